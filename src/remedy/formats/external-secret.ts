import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { lineEndOf } from '../env-file';
import type { FileChange } from '../plan';
import type { ProjectFacts } from '../project-facts';

/** An ExternalSecret of the project: the operator fills a Secret from a store. Source: external-secrets.io, API spec. */
export interface ExternalSecret {
  readonly file: string;
  /** Name of the Secret that it fills. */
  readonly target: string;
  readonly store: string;
  /** Key in the store that its last entry reads, for the new one to lie beside it. */
  readonly key: string;
  /** Adds variables to its `data`, in the form of its entries. */
  readonly added: (variables: readonly string[]) => FileChange | undefined;
}

const FILES = /external-?secrets?[\w.-]*\.ya?ml$/i;

/** The first ExternalSecret with a list of entries, in files that are named after it. */
export function externalSecretOf(facts: ProjectFacts): ExternalSecret | undefined {
  for (const file of [...facts.paths].filter((p) => FILES.test(p)).sort()) {
    const text = facts.text(file);
    const found = text === undefined ? undefined : read(file, text);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function read(file: string, text: string): ExternalSecret | undefined {
  for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
    if (!('get' in document) || document.errors.length > 0 || document.get('kind') !== 'ExternalSecret') {
      continue;
    }
    const word = (...path: string[]) => {
      const value = document.getIn(path);
      return typeof value === 'string' ? value : undefined;
    };
    const data = document.getIn(['spec', 'data']);
    const target = word('spec', 'target', 'name') ?? word('metadata', 'name');
    const last = isSeq(data) ? data.items.at(-1) : undefined;
    if (!target || !isSeq(data) || data.flow || !isMap(last) || last.flow || !last.range) {
      continue;
    }
    const key = last.getIn(['remoteRef', 'key']);
    const property = last.getIn(['remoteRef', 'property']);
    const start = last.range[0];
    const line = text.lastIndexOf('\n', start - 1) + 1;
    const lead = /^([ \t]*)-([ \t]+)$/.exec(text.slice(line, start));
    if (typeof key !== 'string' || !lead) {
      continue;
    }
    const known = new Set(
      data.items.map((i) => {
        const name = isMap(i) ? i.get('secretKey', true) : undefined;
        return isScalar(name) ? String(name.value) : '';
      }),
    );
    const eol = lineEndOf(text);
    const inner = `${lead[1]} ${lead[2]}`;
    const end = last.range[1];
    // The entry ends with its last scalar: what stands behind it on the line stays there.
    const at = text[end - 1] === '\n' ? end : text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) + 1;
    const before = at === text.length && !text.endsWith('\n') ? eol : '';
    const entryOf = (v: string) =>
      [
        `${lead[1]}-${lead[2]}secretKey: ${v}`,
        `${inner}remoteRef:`,
        ...(property === undefined
          ? [`${inner}  key: ${beside(key, v)}`]
          : [`${inner}  key: ${key}`, `${inner}  property: ${v}`]),
        '',
      ].join(eol);
    return {
      file,
      target,
      store: word('spec', 'secretStoreRef', 'name') ?? 'the store',
      key,
      added: (variables) => {
        const missing = variables.filter((v) => !known.has(v));
        return missing.length === 0
          ? undefined
          : {
              file,
              purpose: 'manifest',
              changes: [{ start: at, end: at, text: before + missing.map(entryOf).join('') }],
            };
      },
    };
  }
  return undefined;
}

/** `prod/bot/OTHER` → `prod/bot/NAME`. */
function beside(key: string, variable: string): string {
  const at = Math.max(key.lastIndexOf('/'), key.lastIndexOf(':'));
  return at < 0 ? variable : `${key.slice(0, at + 1)}${variable}`;
}
