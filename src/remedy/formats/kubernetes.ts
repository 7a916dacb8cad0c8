import { isMap } from 'yaml';
import { say } from '../../words/say';
import type { Idiom, Loading, Moved, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { externalSecretOf } from './external-secret';
import { inYamlComment, isYamlComment } from './yaml-comment';
import { isOnly, pairLines, unreadable, type YamlPlace, yamlPlace } from './yaml-place';

/**
 * Manifests: a container's `env` reads a key of a Secret that kubectl makes from outside of the repository. Source:
 * kubernetes.io, "Distribute Credentials Securely Using Secrets".
 */
function isManifest(text: string): boolean {
  return /^apiVersion\s*:/m.test(text) && /^kind\s*:/m.test(text);
}

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Name of the Secret for the values of a document: the Secret itself, or one named after the workload. */
function secretName({ document }: YamlPlace): string {
  const name = asText(document.getIn(['metadata', 'name']));
  return document.get('kind') === 'Secret' ? (name ?? 'app-secrets') : name ? `${name}-secrets` : 'app-secrets';
}

/** The `name` of the env entry in which a value stands, with the path of the entry. */
function entry(place: YamlPlace): { name: string; path: readonly (string | number)[] } | undefined {
  const path = place.path.slice(0, -1);
  const name = asText(place.document.getIn([...path, 'name']));
  return place.path.at(-1) === 'value' && typeof path.at(-1) === 'number' && path.at(-2) === 'env' && name
    ? { name, path }
    : undefined;
}

/** A member of a Secret's `data` or `stringData`. */
function member(place: YamlPlace): string | undefined {
  const [section, key] = place.path;
  return place.document.get('kind') === 'Secret' &&
    (section === 'stringData' || section === 'data') &&
    place.path.length === 2
    ? asText(key)
    : undefined;
}

function rewrite({ text, finding, facts }: Place, variable: string): Rewrite | Refusal {
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const place = yamlPlace(text, finding);
  if (!place) {
    return unreadable;
  }
  if (member(place) !== undefined) {
    return withoutSecretMember(text, place);
  }
  const env = entry(place);
  if (!env) {
    return {
      refused: say('Kubernetes fills no variables into this place.'),
      wayOut: say('Put the value into a Secret, let the container read it as {0}, and remove it here.', variable),
    };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const name = externalSecretOf(facts)?.target ?? secretName(place);
  if (place.flow) {
    const pair = pairStart(place, env.path);
    return place.whole && pair !== undefined
      ? {
          change: {
            start: pair,
            end: place.end,
            text: `valueFrom: { secretKeyRef: { name: ${name}, key: ${variable} } }`,
          },
        }
      : {
          refused: say('The value is a part of a text in braces.'),
          wayOut: say('Write the entry over several lines first.'),
        };
  }
  if (place.whole) {
    const start = pairStart(place, env.path);
    if (start === undefined) {
      return unreadable;
    }
    const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    return {
      change: {
        start,
        end: place.end,
        text: [
          'valueFrom:',
          `${indent}  secretKeyRef:`,
          `${indent}    name: ${name}`,
          `${indent}    key: ${variable}`,
        ].join(eol),
      },
    };
  }
  // A part of a longer value: `$(NAME)` takes it from an entry that stands before.
  const item = itemStart(text, place, env.path);
  if (item === undefined) {
    return unreadable;
  }
  const { at, indent } = item;
  const before = [
    `- name: ${variable}`,
    `${indent}  valueFrom:`,
    `${indent}    secretKeyRef:`,
    `${indent}      name: ${name}`,
    `${indent}      key: ${variable}`,
    `${indent}`,
  ].join(eol);
  return {
    change: { start: finding.start, end: finding.end, text: `$(${variable})` },
    once: [{ start: at, end: at, text: before }],
  };
}

/** Offset of the key `value` of an env entry. */
function pairStart(place: YamlPlace, path: readonly (string | number)[]): number | undefined {
  const map = place.document.getIn(path);
  const pair = isMap(map)
    ? map.items.find((p) => String((p.key as { value?: unknown })?.value) === 'value')
    : undefined;
  return (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0];
}

/** Offset of the dash of a list item, and the spaces before it. */
function itemStart(
  text: string,
  place: YamlPlace,
  path: readonly (string | number)[],
): { at: number; indent: string } | undefined {
  const map = place.document.getIn(path);
  const first = isMap(map) ? map.range?.[0] : undefined;
  if (first === undefined) {
    return undefined;
  }
  const line = text.lastIndexOf('\n', first - 1) + 1;
  const lead = /^([ \t]*)-[ \t]+$/.exec(text.slice(line, first));
  return lead ? { at: line + (lead[1] as string).length, indent: lead[1] as string } : undefined;
}

/** The member goes; kubectl sets it in the cluster. The Secret stays, so that what refers to it still finds its name. */
function withoutSecretMember(text: string, place: YamlPlace): Rewrite | Refusal {
  const lines = pairLines(text, place);
  if (!lines || !place.whole) {
    return {
      refused: say('The value is a part of a longer text of this Secret.'),
      wayOut: say('Create the Secret with kubectl, and remove it from the manifest.'),
    };
  }
  if (!isOnly(place)) {
    return { change: { start: lines.start, end: lines.end, text: '' } };
  }
  // The last one: the section goes with it.
  const section = new RegExp(`^${String(place.path[0])}[ \\t]*:[^\\n]*\\n`, 'gm');
  const head = [...text.slice(0, lines.start).matchAll(section)].at(-1);
  const at = head && head.index + head[0].length === lines.start ? head.index : undefined;
  return at === undefined
    ? {
        refused: say('Comments stand around the only value of this Secret.'),
        wayOut: say('Create the Secret with kubectl, and remove it from the manifest.'),
      }
    : { change: { start: at, end: lines.end, text: '' } };
}

function loading({ facts }: Place, envFile: string, { text, values }: Moved): Loading {
  const external = externalSecretOf(facts);
  if (external) {
    return {
      loaded: false,
      until:
        values.length > 1 ? say('then put them into {0}', external.store) : say('then put it into {0}', external.store),
      commands: [
        {
          line: `kubectl get externalsecret ${external.target}`,
          shell: 'any',
          why: say(
            'shows whether the operator has found the values, which {0} keeps, beside {1} in {2}',
            envFile,
            external.key,
            external.store,
          ),
        },
      ],
    };
  }
  const secrets = new Map<string, Set<string>>();
  for (const { variable, finding } of values) {
    const place = yamlPlace(text, finding);
    const name = place ? secretName(place) : 'app-secrets';
    secrets.set(name, (secrets.get(name) ?? new Set()).add(variable));
  }
  return {
    loaded: false,
    until: say('then create the Secret {0}', [...secrets.keys()].join(', ')),
    commands: [...secrets].map(([name, keys]) => ({
      line: `grep -E '^(${[...keys].join('|')})=' ${envFile} | kubectl create secret generic ${name} --from-env-file=/dev/stdin`,
      shell: 'posix' as const,
      why: say('makes the Secret of what {0} keeps', envFile),
    })),
  };
}

export const kubernetes: Idiom = {
  id: 'kubernetes',
  applies: (file, _languageId, text) => /\.ya?ml$/.test(file) && isManifest(text),
  variable: ({ text, finding }) => {
    const place = yamlPlace(text, finding);
    return place && member(place);
  },
  suggestion: ({ text, finding }) => {
    const place = yamlPlace(text, finding);
    const name = place?.whole ? entry(place)?.name : undefined;
    return name && /^[A-Z_][A-Z0-9_]*$/.test(name) ? name : undefined;
  },
  rewrite,
  loading,
  companions: ({ facts }, variables) => {
    const change = externalSecretOf(facts)?.added(variables);
    return change ? [change] : [];
  },
  store: 'kubernetes',
  holder: ({ text, finding }) => {
    const place = yamlPlace(text, finding);
    return place && secretName(place);
  },
  reader: 'docker',
};
