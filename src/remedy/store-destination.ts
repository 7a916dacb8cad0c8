import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { ToolCall } from '../project/tools';
import { say } from '../words/say';
import { exampleLines, type Named, named, unwritable, type Wanted } from './env-destination';
import { appended, quoted, readEnvFile } from './env-file';
import type { Idiom, Place } from './idiom';
import { ignoreLines } from './ignore-lines';
import type { Command, Destination, FileChange, Refusal, Storing, TextChange } from './plan';
import type { ProjectFacts } from './project-facts';
import { runCommand, scriptOf } from './run-command';
import { asLine, referenceFor, type Spot, type Store } from './stores/store';

/** Why a place can't take its value from a store; undefined when it can. */
export function mismatch(store: Store, idiom: Idiom | undefined): Refusal | undefined {
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

interface Options {
  readonly template: string | undefined;
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
  const names = named(wanted, new Map(present.map((e) => [e.name, e.value])));
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
    const key = `${variable} ${form}`;
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

/** How the program gets its values from the store, and what would make a script of package.json do it. */
export interface Arrival {
  readonly arrives: boolean;
  readonly commands: readonly Command[];
  readonly changes: readonly FileChange[];
  /** For the title. */
  readonly added: string;
}

/** Nothing is to be done: the reader takes the value itself. */
export const arrived: Arrival = { arrives: true, commands: [], changes: [], added: '' };

/** How a program gets its values from a store. */
export function arrivalFrom(store: Store, place: Place, envFile: string, storing: readonly Storing[]): Arrival {
  const [first] = storing;
  if (store.serves || store.supplies || !first) {
    return arrived;
  }
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const program = runCommand(place);
  const why = say('gives the program what {0} keeps', store.title);
  if (!store.runner) {
    const lines = (reads: (spot: Spot) => ToolCall | undefined, because: string): Command[] => {
      const calls = storing.map(({ spot }) => ({ name: spot.variable, read: reads(spot) }));
      if (calls.some((c) => c.read === undefined)) {
        return [];
      }
      const posix = calls.map((c) => `${c.name}="$(${asLine(c.read as ToolCall)})"`).join(' ');
      const powershell = calls.map((c) => `$env:${c.name} = ${asLine(c.read as ToolCall)};`).join(' ');
      return [
        { line: `${posix} ${program}`, shell: 'posix', why: because },
        { line: `${powershell} ${program}`, shell: 'powershell', why: because },
      ];
    };
    const other = (spot: Spot) => store.writes(spot).find((a) => a.reads)?.reads;
    return {
      ...arrived,
      arrives: false,
      commands: [
        ...lines((spot) => store.reads?.(spot, name), why),
        ...lines(other, say('the same with {0}', other(first.spot)?.program)).filter((c) => c.shell === 'posix'),
      ],
    };
  }
  const line = store.runner(program, name, first.spot);
  const head = line.split(' ').slice(0, 2).join(' ');
  const scripts = Object.values(place.facts.manifest?.scripts ?? {});
  if (scripts.some((s) => s.includes(head))) {
    return arrived;
  }
  return {
    arrives: false,
    commands: [{ line, shell: 'any', why }],
    ...wrapping(store, place, name, first.spot, head),
  };
}

/** The script of package.json, else the lines of a Makefile that name the file, under the store's tool. */
function wrapping(
  store: Store,
  place: Place,
  envFile: string,
  spot: Spot,
  head: string,
): Pick<Arrival, 'changes' | 'added'> {
  const script = wrappedScript(store, place, envFile, spot);
  return script.length > 0
    ? { changes: script, added: say('with {0} in package.json', head) }
    : { changes: wrappedRecipe(store, place, envFile, spot), added: say('with {0} in the Makefile', head) };
}

/** A recipe line that runs the file: one command, with its `@` or `-` kept in front. */
function wrappedRecipe(store: Store, { file, facts }: Place, envFile: string, spot: Spot): FileChange[] {
  const { packageRoot } = facts;
  const makefile = packageRoot ? `${packageRoot}/Makefile` : 'Makefile';
  const run = file.slice(packageRoot ? packageRoot.length + 1 : 0);
  const changes: TextChange[] = [];
  for (const m of (facts.text(makefile) ?? '').matchAll(/^(\t[@+-]*[ \t]*)([^\r\n]+)/gm)) {
    const command = m[2] as string;
    if (command.split(/[\s"']+/).includes(run) && store.runner && !/&&|\|\||[;|\\]/.test(command)) {
      const start = m.index + (m[1] as string).length;
      changes.push({ start, end: start + command.length, text: store.runner(command, envFile, spot) });
    }
  }
  return changes.length > 0 ? [{ file: makefile, purpose: 'loader', changes }] : [];
}

/** `"dev": "node bot.js"` becomes `"dev": "op run --env-file=.env -- node bot.js"`. */
function wrappedScript(store: Store, place: Place, envFile: string, spot: Spot): FileChange[] {
  const { manifest } = place.facts;
  const script = scriptOf(place);
  const command = script && manifest?.scripts[script];
  if (!manifest || !command || !store.runner || /&&|\|\||[;|]/.test(command)) {
    return [];
  }
  const root = parseTree(manifest.text);
  const value = root && findNodeAtLocation(root, ['scripts', script]);
  if (value?.type !== 'string') {
    return [];
  }
  const { offset: start, length } = value;
  const text = JSON.stringify(store.runner(command, envFile, spot));
  return [{ file: manifest.path, purpose: 'loader', changes: [{ start, end: start + length, text }] }];
}
