import type { Node } from 'jsonc-parser';
import { findNodeAtLocation } from 'jsonc-parser';
import { say } from '../words/say';
import { type PolicyProblem, problemAt } from './problem';

interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** For an error in the name of a property. */
  readonly propertyName?: string;
}

const SECRET_NAME = /^(?:value|secret|apisecret|privatekey|mnemonic|password|passphrase|seed|apikey|token)$/i;
const SYNONYMS: Readonly<Record<string, string>> = {
  retired: 'deactivated',
  inactive: 'deactivated',
  revoked: 'destroyed',
  deleted: 'destroyed',
  leaked: 'compromised',
  live: 'production',
  prod: 'production',
  dev: 'development',
  stage: 'staging',
  disabled: 'suspended',
};
const NEEDS: Readonly<Record<string, string>> = {
  owner: say('Every key needs an owner from owners[].'),
  expiresAt: say('A suppression without an end is a rule.'),
  environment: say('Every key belongs to one of environments[].'),
};

function distance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    let last = row[0] as number;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const kept = row[j] as number;
      row[j] = a[i - 1] === b[j - 1] ? last : 1 + Math.min(last, kept, row[j - 1] as number);
      last = kept;
    }
  }
  return row[b.length] as number;
}

function nearest(word: string, words: readonly string[]): string | undefined {
  const known = SYNONYMS[word.toLowerCase()];
  if (known && words.includes(known)) {
    return known;
  }
  return words
    .map((w) => [w, distance(word, w)] as const)
    .filter(([, d]) => d <= 2)
    .sort((a, b) => a[1] - b[1])[0]?.[0];
}

function list(words: readonly string[]): string {
  return words.length > 1 ? say('{0} or {1}', words.slice(0, -1).join(', '), words.at(-1)) : (words[0] ?? '');
}

function unknownProperty(where: string, name: string, hint: string | undefined): string {
  if (where) {
    return hint
      ? say('{0}: unknown property "{1}" (did you mean "{2}"?).', where, name, hint)
      : say('{0}: unknown property "{1}".', where, name);
  }
  const own = say('Own properties must begin with x-.');
  return hint
    ? `${say('Unknown property "{0}" (did you mean "{1}"?).', name, hint)} ${own}`
    : `${say('Unknown property "{0}".', name)} ${own}`;
}

function label(path: readonly (string | number)[]): string {
  return path.reduce<string>((s, p) => (typeof p === 'number' ? `${s}[${p}]` : s ? `${s}.${p}` : p), '');
}

/** A value may be quoted only when it can't be a secret: short, and made of the letters of ids and dates. */
function quotable(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text !== undefined && text.length <= 24 && /^[\w./: -]*$/.test(text)
    ? JSON.stringify(value)
    : `this ${typeof value}`;
}

/** Says the errors of the schema in the words of a person, at their places. `names` lists the properties of an object. */
export function inWords(
  errors: readonly SchemaError[],
  root: Node,
  text: string,
  file: string,
  names: (schemaPath: string) => readonly string[],
): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const seen = new Set<string>();
  for (const e of errors) {
    const path = e.instancePath
      .split('/')
      .slice(1)
      .map((p) => p.replaceAll('~1', '/').replaceAll('~0', '~'))
      .map((p) => (/^\d+$/.test(p) ? Number(p) : p));
    const node = (path.length ? findNodeAtLocation(root, path) : root) ?? root;
    const where = label(path);
    const owner =
      node.type === 'object'
        ? node.children?.find((c) => /^(?:id|check)$/.test(String(c.children?.[0]?.value)))?.children?.[1]?.value
        : undefined;
    const named = `${where}${owner ? ` (${String(owner)})` : ''}`;
    const add = (at: Pick<Node, 'offset' | 'length'>, code: string, message: string) => {
      const key = `${code}:${at.offset}:${message}`;
      if (!seen.has(key)) {
        seen.add(key);
        problems.push(problemAt(file, text, at, code, message));
      }
    };
    const value = node.value as unknown;
    switch (e.keyword) {
      case 'additionalProperties': {
        const name = String(e.params.additionalProperty);
        const property = node.children?.find((c) => c.children?.[0]?.value === name);
        const at = property?.children?.[0] ?? node;
        if (SECRET_NAME.test(name) && path.includes('inventory')) {
          add(
            at,
            'KWP-108',
            say(
              '{0}: a key record never holds the secret itself. Remove the property and point to the secret with storage.ref (for example op://Vault/item/field).',
              where ? `${where}.${name}` : name,
            ),
          );
        } else {
          const hint = nearest(name, names(e.schemaPath));
          add(at, 'KWP-101', unknownProperty(where, name, hint));
        }
        break;
      }
      case 'required': {
        const name = String(e.params.missingProperty);
        const status = node.children?.find((c) => c.children?.[0]?.value === 'status')?.children?.[1]?.value;
        const statusNode = node.children?.find((c) => c.children?.[0]?.value === 'status');
        const at =
          status && /At$/.test(name) && name !== 'createdAt'
            ? (statusNode ?? node)
            : { offset: node.offset, length: Math.min(node.length, 1) };
        add(
          at,
          'KWP-102',
          /\/(?:then|allOf)\//.test(e.schemaPath) && status && /At$/.test(name)
            ? say('{0}: status {1} needs {2}.', named, String(status), name)
            : [
                named ? say('{0}: {1} is missing.', named, name) : say('{0} is missing.', name),
                ...(path.length && NEEDS[name] && (name !== 'expiresAt' || path[0] === 'suppressions')
                  ? [NEEDS[name]]
                  : []),
              ].join(' '),
        );
        break;
      }
      case 'type':
        if (/(?:one|any)Of/.test(e.schemaPath)) {
          break;
        }
        add(
          node,
          'KWP-103',
          String(e.params.type) === 'integer'
            ? say('{0} must be a whole number; found {1}.', where, quotable(value ?? node.type))
            : say('{0} must be a {1}; found {2}.', where, String(e.params.type), quotable(value ?? node.type)),
        );
        break;
      case 'enum':
      case 'const': {
        if (e.schemaPath.includes('/checkId/')) {
          const given = e.propertyName ?? value;
          const property = node.children?.find((c) => c.children?.[0]?.value === given);
          const hint = nearest(String(given), e.params.allowedValues as string[]);
          add(
            property?.children?.[0] ?? node,
            'KWP-210',
            hint
              ? say('{0}: {1} is no check (did you mean "{2}"?).', where, quotable(given), hint)
              : say('{0}: {1} is no check.', where, quotable(given)),
          );
          break;
        }
        const allowed = (e.params.allowedValues as string[] | undefined) ?? [String(e.params.allowedValue)];
        const hint = typeof value === 'string' ? nearest(value, allowed) : undefined;
        const what =
          path.at(-1) === 'status' && path.includes('keys')
            ? say('{0}: {1} is not a key state.', where, quotable(value))
            : say('{0}: {1} is not offered.', where, quotable(value));
        const use =
          where === 'permissions.withdrawal'
            ? say('forbidden, or approved-only with an entry per key in permissions.exceptions')
            : list(allowed);
        add(
          node,
          'KWP-104',
          `${what} ${hint ? say('Use {0} (did you mean "{1}"?).', use, hint) : say('Use {0}.', use)}`,
        );
        break;
      }
      case 'pattern':
        if (/date|At$|On$/i.test(String(path.at(-1)))) {
          add(
            node,
            'KWP-106',
            say('{0}: {1} is not a date. Write YYYY-MM-DD, for example 2026-12-01.', where, quotable(value)),
          );
        } else if (path[0] === 'extends' && /^\w+:\/\//.test(String(value))) {
          add(
            node,
            'KWP-207',
            say(
              'extends: network addresses are refused. Use a workspace path (./…) or pkg:<npm package>/<file> which your lockfile pins.',
            ),
          );
        } else {
          add(node, 'KWP-105', say('{0}: {1} does not have the form that is asked for here.', where, quotable(value)));
        }
        break;
      case 'format':
        add(
          node,
          'KWP-106',
          say('{0}: {1} is not a date. Write YYYY-MM-DD, for example 2026-12-01.', where, quotable(value)),
        );
        break;
      case 'minimum':
      case 'maximum':
        add(
          node,
          'KWP-107',
          e.keyword === 'minimum'
            ? say('{0} must be at least {1}; found {2}.', where, String(e.params.limit), quotable(value))
            : say('{0} must be at most {1}; found {2}.', where, String(e.params.limit), quotable(value)),
        );
        break;
      case 'minLength':
        add(
          node,
          'KWP-107',
          path.at(-1) === 'reason'
            ? say('{0}: {1} characters at least; say why this is acceptable.', where, String(e.params.limit))
            : say('{0}: {1} characters at least.', where, String(e.params.limit)),
        );
        break;
      case 'maxLength':
        add(node, 'KWP-107', say('{0}: at most {1} characters.', where, String(e.params.limit)));
        break;
      case 'minItems':
        add(node, 'KWP-107', say('{0}: at least {1} entries.', where, String(e.params.limit)));
        break;
      case 'maxItems':
        add(node, 'KWP-107', say('{0}: at most {1} entries.', where, String(e.params.limit)));
        break;
      case 'uniqueItems':
        add(node, 'KWP-107', say('{0}: an entry stands there twice.', where));
        break;
      case 'false schema':
        add(node, 'KWP-109', say('{0} may not stand in this kind of file.', where));
        break;
      default:
        break;
    }
  }
  return problems;
}
