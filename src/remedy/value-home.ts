import { isReference } from '../scan/references';
import { say } from '../words/say';
import { readEnvFile } from './env-file';
import { isRefusal } from './idiom';
import { ignoreLines } from './ignore-lines';
import type { Destination, FileChange, Refusal, Storing } from './plan';
import { planNewValue, planOtherValue } from './plan-env-value';
import type { ProjectFacts } from './project-facts';
import { planStoreWrite, projectName } from './store-destination';
import { storeNamed, stores } from './stores/all';
import { referenceFor, type Spot, type Store } from './stores/store';

/** Where one variable's value is kept, or is to be kept. */
export interface ValueHome {
  /** The env file of the variable: it holds the value, a reference to it, or nothing. */
  readonly envFile: string;
  /** The value in plain, where the env file holds that. */
  readonly value?: string;
  /** The store that keeps it; absent: the env file. */
  readonly kept?: { readonly store: Store; readonly spot: Spot };
  /** The env file refers to the store, or holds what its tool has encrypted: the line stays as it is. */
  readonly referenced?: boolean;
}

/** What a team or a person has chosen for new values. */
export interface HomeWishes {
  readonly store?: string;
  readonly referenceTemplate?: string;
  /** Name of the project in the store, where the package has none. */
  readonly project?: string;
}

/**
 * Where a variable's value is, by the first of some env files that sets it; else where the wishes say, in `usual` when they say
 * nothing. Refuses where the file holds a reference that no known store resolves.
 */
export function valueHome(
  facts: ProjectFacts,
  envFiles: readonly string[],
  usual: string,
  variable: string,
  wishes: HomeWishes,
): ValueHome | Refusal {
  const project = projectName(wishes.project, facts);
  for (const envFile of [usual, ...envFiles.filter((f) => f !== usual)]) {
    const entry = readEnvFile(facts.text(envFile) ?? '').find((e) => e.name === variable && e.value !== '');
    if (!entry) {
      continue;
    }
    const store = entry.value.startsWith('encrypted:')
      ? stores.find((s) => s.encrypts)
      : isReference(entry.value)
        ? stores.find((s) => s.form?.pattern.test(entry.value))
        : undefined;
    if (store) {
      return { envFile, kept: { store, spot: { variable, project, reference: entry.value } }, referenced: true };
    }
    return isReference(entry.value)
      ? {
          refused: say("{0} refers to another place for {1}, which Keyward can't write to.", envFile, variable),
          wayOut: say('Change the value there.'),
        }
      : { envFile, value: entry.value };
  }
  const store = wishes.store === undefined ? 'env' : storeNamed(wishes.store);
  // A store of pipelines or workloads gives nothing to a program that reads its environment here.
  if (!store || store === 'env' || store.serves) {
    return { envFile: usual };
  }
  const reference = referenceFor(store, wishes.referenceTemplate, project, variable);
  return typeof reference === 'string'
    ? { envFile: usual, kept: { store, spot: { variable, project, reference } } }
    : reference;
}

/** What giving a variable its value takes. With `storing`, the store has it before anything is written. */
export interface ValueWrite {
  readonly destinations: readonly Destination[];
  readonly storing?: readonly Storing[];
  readonly changes: readonly FileChange[];
}

/** Plans a variable's value for its home. Another value is replaced only where `replace` asks for it. */
export function planValueWrite(
  facts: ProjectFacts,
  home: ValueHome,
  variable: string,
  value: string,
  replace: boolean,
): ValueWrite | Refusal {
  const { envFile, kept, referenced } = home;
  if (!kept) {
    return (replace ? planOtherValue : planNewValue)(facts, envFile, variable, value);
  }
  const { store, spot } = kept;
  const storing: Storing[] = [{ finding: 0, store: store.id, spot, envFile }];
  const destinations: Destination[] = [
    { kind: 'store', store: store.id, variable, reference: spot.reference, file: envFile },
  ];
  if (!referenced) {
    return planStoreWrite(facts, envFile, store, [{ value, variable, fixed: true }], {
      template: spot.reference,
      projects: [spot.project],
    });
  }
  if (!replace) {
    return {
      refused: say('{0} has {1} already.', envFile, variable),
      wayOut: say('Rotate the key to give it another value.'),
    };
  }
  if (!store.encrypts) {
    return { destinations, storing, changes: [] };
  }
  // In plain for a moment: the tool encrypts it where it stands.
  const plain = planOtherValue(facts, envFile, variable, value);
  const folder = envFile.slice(0, envFile.lastIndexOf('/') + 1);
  return isRefusal(plain)
    ? plain
    : { destinations, storing, changes: [...plain.changes, ...ignoreLines(facts, `${folder}.env.keys`)] };
}
