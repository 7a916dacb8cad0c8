import type { Finding } from '../../scan/finding';
import { idiomOf } from '../idioms';
import type { FixRequest } from '../plan-fix';
import { stores } from './all';
import type { Store } from './store';

const isWalletKey = (f: Finding) => f.category === 'wallet-key' && (f.part === 'private-key' || f.part === 'phrase');

/** The encrypted keystore of a tool that the project has, where all of some findings are wallet keys that it can take. */
export function keystoreAt({ facts, file, text, languageId, findings }: FixRequest): Store | undefined {
  const idiom = idiomOf(file, languageId, text);
  const [first] = findings;
  if (!idiom?.keystore || !first || !findings.every(isWalletKey)) {
    return undefined;
  }
  const id = idiom.keystore({ facts, file, text, finding: first })?.store;
  return findings.every((finding) => idiom.keystore?.({ facts, file, text, finding })?.store === id)
    ? stores.find((s) => s.id === id)
    : undefined;
}
