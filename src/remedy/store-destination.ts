import { say } from '../words/say';
import { exampleLines, type Named, named, unwritable, type Wanted } from './env-destination';
import { appended, quoted, readEnvFile } from './env-file';
import type { Idiom } from './idiom';
import { ignoreLines } from './ignore-lines';
import type { Destination, FileChange, Refusal, Storing, TextChange } from './plan';
import type { ProjectFacts } from './project-facts';
import { referenceFor, type Spot, type Store } from './stores/store';

/** Why a place can't take its value from a store; undefined when it can. */
export function mismatch(store: Store, idiom: Idiom | undefined): Refusal | undefined {
  if (store.barred) {
    return store.barred;
  }
  if (store.keystoreOf) {
    return {
      refused: say('The {0} gives keys to {1} only.', store.title, store.keystoreOf),
      wayOut: say('Use --to env for this place.'),
    };
  }
  if (idiom?.store && !(idiom.store === store.id && store.serves?.includes(idiom.id))) {
    return {
      refused: say('What reads this file takes no values from {0}.', store.title),
      wayOut: say('Use --to {0}, or --to env and the command that is shown then.', idiom.store),
    };
  }
  if (!idiom?.store && store.serves) {
    return {
      refused: say("A program here can't read {0}.", store.title),
      wayOut: say('Use --to env, the OS keychain or a vault for this file.'),
    };
  }
  if (idiom?.takesEnvFileAsIs) {
    return {
      refused: say(
        'What reads this file loads an env file as it stands, so that a reference would be taken for the value.',
      ),
      wayOut: say('Use --to env for this file.'),
    };
  }
  return undefined;
}

/** A name that every store takes: letters, digits, dots and dashes. */
export function projectName(chosen: string | undefined, facts: ProjectFacts): string {
  const name = facts.manifest?.name ?? chosen ?? facts.packageRoot.split('/').at(-1) ?? '';
  return (
    name
      .replace(/^@[^/]*\//, '')
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '') || 'app'
  );
}

/** What moving values to a store takes, besides the source's part. */
export interface StoreWrite {
  readonly destinations: readonly Destination[];
  readonly storing: readonly Storing[];
  readonly changes: readonly FileChange[];
}

/** What is known of places in a store, each by `heldAt`. */
export type Held = ReadonlyMap<string, HeldValue>;

export interface HeldValue {
  readonly variable: string;
  /** Undefined: another value than any that is to be moved. */
  readonly value: string | undefined;
}

/** A place in a store, as a key of what is held there. */
export function heldAt({ variable, reference }: Pick<Spot, 'variable' | 'reference'>): string {
  return `${variable} ${reference}`;
}

interface Options {
  readonly template: string | undefined;
  readonly held?: Held | undefined;
  /** Project (or holder) of each wanted value. */
  readonly projects: readonly string[];
}

/** Plans the references in the env file, the plain copies that leave it, and the names in its template. */
export function planStoreWrite(
  facts: ProjectFacts,
  envFile: string,
  store: Store,
  wanted: readonly Wanted[],
  options: Options,
): StoreWrite | Refusal {
  const text = facts.text(envFile);
  const entries = readEnvFile(text ?? '');
  const [first = 'app'] = options.projects;
  const reference = (variable: string, project: string) => referenceFor(store, options.template, project, variable);
  const present = entries.filter((e) => e.value !== reference(e.name, first) && e.value !== '');
  const taken = new Map<string, string | undefined>(present.map((e) => [e.name, e.value]));
  for (const [at, { variable, value }] of options.held ?? []) {
    const form = reference(variable, first);
    if (typeof form === 'string' && at === heldAt({ variable, reference: form })) {
      taken.set(variable, value);
    }
  }
  const names = named(wanted, taken);
  if ('refused' in names) {
    return names;
  }
  const spots: Spot[] = [];
  for (const [i, { variable }] of names.entries()) {
    const project = options.projects[i] ?? first;
    const form = reference(variable, project);
    if (typeof form !== 'string') {
      return form;
    }
    spots.push({ variable, project, reference: form });
  }
  // One call for each place in the store, whatever the number of findings.
  const at = new Map<string, number>();
  for (const [i, { reference: form, variable }] of spots.entries()) {
    const key = heldAt({ variable, reference: form });
    if (!at.has(key)) {
      at.set(key, i);
    }
  }
  const unfit = names.some(({ wanted: w }, i) =>
    store.encrypts
      ? quoted(w.value, 'dotenv') === undefined
      : store.inEnvFile && quoted((spots[i] as Spot).reference, 'dotenv') === undefined,
  );
  if (unfit) {
    return unwritable(envFile);
  }
  const changes = envFileChanges(facts, envFile, store, names, spots, text);
  const example = exampleLines(facts, envFile, [...new Set(spots.map((x) => x.variable))]);
  return {
    destinations: spots.map((spot) => ({
      kind: 'store',
      store: store.id,
      variable: spot.variable,
      reference: spot.reference,
      ...(store.inEnvFile || store.encrypts ? { file: envFile } : {}),
    })),
    storing: [...at.values()].map((finding) => ({ finding, store: store.id, spot: spots[finding] as Spot, envFile })),
    changes: store.serves ? changes : example ? [...changes, example] : changes,
  };
}

function envFileChanges(
  facts: ProjectFacts,
  envFile: string,
  store: Store,
  names: readonly Named[],
  spots: readonly Spot[],
  text: string | undefined,
): FileChange[] {
  const entries = readEnvFile(text ?? '');
  const edits: TextChange[] = [];
  const lines = new Map<string, string>();
  for (const [i, { variable, wanted }] of names.entries()) {
    const line = store.encrypts
      ? (quoted(wanted.value, 'dotenv') ?? '')
      : store.inEnvFile
        ? (quoted((spots[i] as Spot).reference, 'dotenv') ?? '')
        : undefined;
    const there = entries.filter((e) => e.name === variable);
    for (const e of there) {
      const lead = /^\s*export\s+/.exec((text ?? '').slice(e.start))?.[0] ?? '';
      const put = line === undefined ? '' : `${lead}${variable}=${line}`;
      const eol = /^[^\n]*\n?/.exec((text ?? '').slice(e.end))?.[0].length ?? 0;
      const old = (text ?? '').slice(e.start, e.end);
      const holds = e.value === wanted.value || e.value === '';
      if (holds && put !== old && !(store.encrypts && e.value === wanted.value)) {
        if (!edits.some((x) => x.start === e.start)) {
          edits.push({ start: e.start, end: line === undefined ? e.end + eol : e.end, text: put });
        }
      }
    }
    if (line !== undefined && there.length === 0) {
      lines.set(variable, `${variable}=${line}`);
    }
  }
  const changes: FileChange[] = [];
  if (edits.length > 0 || lines.size > 0) {
    changes.push({
      file: envFile,
      purpose: 'destination',
      ...(text === undefined ? { create: true, mode: 0o600 } : {}),
      changes: [...edits, ...(lines.size > 0 ? [appended(text ?? '', [...lines.values()])] : [])],
    });
  }
  if (store.encrypts) {
    const folder = envFile.includes('/') ? envFile.slice(0, envFile.lastIndexOf('/') + 1) : '';
    changes.push(...ignoreLines(facts, `${folder}.env.keys`));
  }
  return changes;
}
