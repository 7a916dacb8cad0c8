import { say } from '../words/say';
import type { EnvReader } from './env-file';
import { appended, quoted, readEnvFile } from './env-file';
import type { Idiom, Place } from './idiom';
import { ignoreLines } from './ignore-lines';
import type { Destination, FileChange, Refusal } from './plan';
import type { ProjectFacts } from './project-facts';

const HINTS = [
  /--env-file(?:-if-exists)?(?:=|\s+)["']?(\.?[\w./-]+)/,
  /(?:load_dotenv|dotenv_values)\(\s*(?:dotenv_path\s*=\s*)?["']([\w./-]+)["']/,
  /\bconfig\(\s*\{[^}]*\bpath\s*:\s*["']([\w./-]+)["']/,
  /loadEnvFile\(\s*["']([\w./-]+)["']/,
];

const TEMPLATES = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example', 'example.env'];

const within = (folder: string, name: string) => (folder ? `${folder}/${name}` : name);

/** The env file that a place's program reads: what the person chose, what the code or its scripts load, else the framework's. */
export function envFileOf(place: Place, idiom: Idiom, chosen: string | undefined): string {
  const { facts, text } = place;
  if (chosen) {
    return within(facts.packageRoot, chosen.replace(/^\.\//, ''));
  }
  const own = idiom.envFile?.(place);
  if (own) {
    return own;
  }
  const scripts = Object.values(facts.manifest?.scripts ?? {});
  for (const source of [text, ...scripts]) {
    for (const hint of HINTS) {
      const name = hint.exec(source)?.[1]?.replace(/^\.\//, '');
      if (name && !name.startsWith('..') && !name.startsWith('/')) {
        return within(facts.packageRoot, name);
      }
    }
  }
  const next = facts.manifest?.dependencies.has('next');
  return within(facts.packageRoot, next ? '.env.local' : '.env');
}

/** One value that needs a name in the destination. */
export interface Wanted {
  readonly value: string;
  readonly variable: string;
  /** The program decides the name (freqtrade, a fallback): it can't be changed. */
  readonly fixed: boolean;
  readonly group?: string;
}

export interface Named {
  readonly wanted: Wanted;
  readonly variable: string;
  readonly reused: boolean;
}

/**
 * Names for values: an entry with the same value is reused; a name taken by another value gets a suffix, the same for all parts of
 * a credential. A present value that is undefined can't be read, and is none of these.
 */
export function named(wanted: readonly Wanted[], present: ReadonlyMap<string, string | undefined>): Named[] | Refusal {
  const taken = new Map(present);
  const out: Named[] = [];
  const done = new Map<string, Named>();
  const suffixes = new Map<string, string>();
  for (const w of wanted) {
    const before = done.get(w.value);
    if (before && (!w.fixed || before.variable === w.variable)) {
      out.push({ ...before, wanted: w, reused: true });
      continue;
    }
    const same = [...present].find(([, value]) => value === w.value)?.[0];
    const takes = (name: string, value: string) =>
      !taken.has(name) || taken.get(name) === '' || taken.get(name) === value;
    const fits = (name: string) => takes(name, w.value);
    let variable = w.variable;
    if (w.fixed) {
      if (!fits(variable)) {
        return {
          refused: say('{0} is set to another value already, and this program reads no other name.', variable),
          wayOut: say('Find out which value is right, then remove the other by hand.'),
        };
      }
    } else if (same !== undefined) {
      variable = same;
    } else {
      const parts = w.group === undefined ? [w] : wanted.filter((p) => p.group === w.group && !p.fixed);
      let suffix = suffixes.get(w.group ?? '') ?? '';
      const free = (s: string) => parts.every((p) => takes(p.variable + s, p.value));
      for (let n = 2; !suffix && !fits(variable) && n < 1000; n++) {
        suffix = free(`_${n}`) ? `_${n}` : '';
      }
      if (!suffix && w.group !== undefined && !free('')) {
        for (let n = 2; !suffix && n < 1000; n++) {
          suffix = free(`_${n}`) ? `_${n}` : '';
        }
      }
      if (w.group !== undefined) {
        suffixes.set(w.group, suffix);
      }
      variable += suffix;
    }
    const result = { wanted: w, variable, reused: present.get(variable) === w.value };
    taken.set(variable, w.value);
    done.set(w.value, result);
    out.push(result);
  }
  return out;
}

/** What writing values to an env file takes. */
export interface EnvWrite {
  /** In the order of the wanted values. */
  readonly destinations: readonly Destination[];
  readonly changes: readonly FileChange[];
}

/** The refusal for a value that an env file can't hold for its reader. */
export function unwritable(envFile: string): Refusal {
  return {
    refused: say('The value has characters or lines that {0} can not hold for the program that reads it.', envFile),
    wayOut: say('Keep it in a vault or the OS keychain, or in a file of its own.'),
  };
}

/** Who reads an env file of this package: Next.js and Vite fill in `$NAME` inside values. */
export function readerOf(reader: EnvReader, { manifest }: ProjectFacts): EnvReader {
  const expands = ['next', 'vite', 'astro', '@sveltejs/kit', 'nuxt', 'dotenv-expand'].some((d) =>
    manifest?.dependencies.has(d),
  );
  return reader === 'dotenv' && expands ? 'dotenv-expand' : reader;
}

/** Why values can't be written to an env file, if they can't. */
export function envFileRefusal(facts: ProjectFacts, envFile: string): Refusal | undefined {
  if (facts.isVirtual) {
    return {
      refused: say('This folder is not on a disk: {0} would be uploaded or committed.', envFile),
      wayOut: say('Move the value to a secret store, or work on a clone of the project.'),
    };
  }
  return facts.git?.isTracked(envFile)
    ? {
        refused: say('{0} is tracked by git: the value would be committed.', envFile),
        wayOut: say('Run git rm --cached {0}, commit that, and try again.', envFile),
      }
    : undefined;
}

/** Plans the env file's lines, the names in its template, and the ignore rules that keep it out of git. */
export function planEnvWrite(
  facts: ProjectFacts,
  envFile: string,
  reader: EnvReader,
  wanted: readonly Wanted[],
): EnvWrite | Refusal {
  const refusal = envFileRefusal(facts, envFile);
  if (refusal) {
    return refusal;
  }
  const text = facts.text(envFile);
  const entries = readEnvFile(text ?? '');
  const names = named(wanted, new Map(entries.map((e) => [e.name, e.value])));
  if ('refused' in names) {
    return names;
  }
  const changes: FileChange[] = [];
  const fresh = new Map<string, string>();
  const filled: FileChange['changes'][number][] = [];
  for (const { variable, wanted: w, reused } of names) {
    const empty = entries.findLast((e) => e.name === variable && e.value === '');
    if (reused || fresh.has(variable)) {
      continue;
    }
    const line = quoted(w.value, reader);
    if (line === undefined) {
      return unwritable(envFile);
    }
    fresh.set(variable, line);
    if (empty) {
      // A name without a value, as copied from a template: give it its value where it stands.
      filled.push({
        start: empty.start,
        end: empty.end,
        text: `${/^\s*export\s/.test(text?.slice(empty.start) ?? '') ? 'export ' : ''}${variable}=${line}`,
      });
      fresh.set(variable, '');
    }
  }
  const lines = [...fresh].filter(([, line]) => line !== '').map(([name, line]) => `${name}=${line}`);
  if (lines.length > 0 || filled.length > 0) {
    changes.push({
      file: envFile,
      purpose: 'destination',
      ...(text === undefined ? { create: true, mode: 0o600 } : {}),
      changes: [...filled, ...(lines.length > 0 ? [appended(text ?? '', lines)] : [])],
    });
  }
  changes.push(...ignoreLines(facts, envFile));
  const example = exampleLines(facts, envFile, [...new Set(names.map((n) => n.variable))]);
  if (example) {
    changes.push(example);
  }
  return {
    destinations: names.map(({ variable, reused }) => ({
      kind: 'env-file',
      file: envFile,
      variable,
      ...(reused ? { reused } : {}),
    })),
    changes,
  };
}

/** Name-only lines for the template that tells others which variables there are. */
export function exampleLines(
  facts: ProjectFacts,
  envFile: string,
  variables: readonly string[],
): FileChange | undefined {
  const folder = envFile.includes('/') ? envFile.slice(0, envFile.lastIndexOf('/')) : '';
  const target =
    TEMPLATES.map((name) => within(folder, name)).find((p) => facts.text(p) !== undefined) ??
    within(folder, '.env.example');
  const text = facts.text(target);
  const known = new Set(readEnvFile(text ?? '').map((e) => e.name));
  const missing = variables.filter((v) => !known.has(v)).map((v) => `${v}=`);
  if (missing.length === 0) {
    return undefined;
  }
  return {
    file: target,
    purpose: 'example',
    ...(text === undefined ? { create: true } : {}),
    changes: [appended(text ?? '', missing)],
  };
}
