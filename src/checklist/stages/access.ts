import type { Draft } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { environments } from './environments';
import { permissions } from './permissions';
import { requests } from './requests';
import { scans } from './scans';
import { signIn } from './sign-in';

/** Stage ACC: who and what may use keys, and from where. */
export const access: readonly ((project: ProjectTexts) => Draft)[] = [
  ...environments,
  ...permissions,
  ...requests,
  ...scans,
  ...signIn,
];
