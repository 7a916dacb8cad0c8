import type { Node } from 'jsonc-parser';
import { isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { treeOf } from '../declared';
import { type Observation, seen, seenFinding } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { secretsIn } from './literals';

/** Properties in which a secret would stand; a record has none of them. */
const NAME = /^(?:value|secret|apiSecret|apiKey|privateKey|mnemonic|password|passphrase|seed)$/i;
const HEX = /^[0-9a-f]{16,64}$/i;

/** Secrets in the policy, the files that it extends and its inventory files; also in one that is not valid. */
export function policySecrets(project: ProjectTexts): Observation[] {
  return project.of('policy').flatMap((file) => {
    const found = secretsIn(file)
      .filter((f) => f.confidence !== 'possible')
      .map((f) => seenFinding(file, f, 'secretInPolicy', 'fail'));
    const byName = named(treeOf(file)).map((n) => seen(file, n.value.offset, 'secretInPolicy', n.outcome));
    const lines = new Set(found.map((o) => o.line));
    return [...found, ...byName.filter((o) => !lines.has(o.line))];
  });
}

/** Values that stand where a record of the policy would keep a secret, by the property's name. */
export function secretsByName(root: Node | undefined): readonly Node[] {
  return named(root)
    .filter((n) => n.outcome === 'fail')
    .map((n) => n.value);
}

interface Named {
  readonly value: Node;
  readonly outcome: 'fail' | 'warn';
}

function named(root: Node | undefined): readonly Named[] {
  const out: Named[] = [];
  const walk = (node: Node | undefined, within: string) => {
    for (const child of node?.children ?? []) {
      if (node?.type !== 'object') {
        walk(child, within);
        continue;
      }
      const [key, value] = child.children ?? [];
      const name = String(key?.value);
      if (typeof value?.value === 'string') {
        const text: string = value.value;
        const isPrint = within === 'fingerprint' && name === 'value' && HEX.test(text);
        if (NAME.test(name) && !isPrint && text.length >= 8 && !isReference(text) && !isPlaceholder(text)) {
          out.push({ value, outcome: 'fail' });
        } else if (within === 'fingerprint' && name === 'alg' && !/hmac/i.test(text)) {
          out.push({ value, outcome: 'warn' });
        }
      }
      walk(value, name);
    }
  };
  walk(root, '');
  return out;
}
