import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Command } from '../../src/remedy/plan';

/** A project whose program is to be run. */
export interface Program {
  readonly file: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the fix says to run; absent before the fix. */
  readonly commands?: readonly Command[];
}

/** A language's compiler or interpreter on this machine. */
export interface Toolchain {
  readonly name: string;
  readonly present: () => boolean;
  /** The very lines that Keyward shows start its programs, those for stores too. */
  readonly shown?: boolean;
  /** Runs programs; what each printed, without its last line end. */
  readonly run: (programs: readonly Program[]) => string[];
}

const found = new Map<string, boolean>();

/** Whether a command runs on this machine. */
export function runs(command: string, ...args: string[]): boolean {
  const known = found.get(command) ?? spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  found.set(command, known);
  return known;
}

/** Makes a folder for programs, hands it over, and removes it. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keyward-places-'));
  try {
    return work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a project's files. */
export function pour(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const full = path.join(folder, name);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
  }
}

/** The environment without variables that a fix could have named. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const keep = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'JAVA_HOME', 'GOCACHE', 'CARGO_HOME', 'RUSTUP_HOME', 'PYENV_ROOT'];
  return Object.fromEntries(keep.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Runs a shell line in a folder; what it printed, or what it complained of. */
export function shell(folder: string, line: string): string {
  const out = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8', env: bareEnvironment() });
  return out.status === 0 ? out.stdout.replace(/\r?\n$/, '') : `exit ${out.status}: ${out.stderr.slice(0, 1500)}`;
}

/** Loads a folder's env file as the commands that Keyward shows do, then runs a line. */
export function withEnvFile(folder: string, line: string): string {
  const name = ['.env', '.env.local'].find((n) => fs.existsSync(path.join(folder, n)));
  return shell(folder, name ? `set -a; . ./${name}; set +a; ${line}` : line);
}

/**
 * An interpreter: after the fix, the very line that the fix shows is run where it shows one, with `command` as the
 * interpreter.
 */
export function interpreter(
  name: string,
  command: string,
  version: readonly string[],
  present?: () => boolean,
): Toolchain {
  return {
    name,
    shown: true,
    present: present ?? (() => runs(command, ...version)),
    run: (programs) =>
      programs.map((program) =>
        inFolder((folder) => {
          pour(folder, program.files);
          const shown = program.commands?.find((c) => c.shell !== 'powershell')?.line;
          return shell(folder, shown ?? `${command} ${program.file}`);
        }),
      ),
  };
}

/** Programs as parts of one, so that a slow compiler runs once: each with its own variables. */
export interface Together {
  /** The programs' texts, in order. */
  readonly texts: readonly string[];
  /** One env file for all. */
  readonly env: string;
}

/** Numbers each program's variables, for two may have one of the same name with another value. */
export function together(programs: readonly Program[]): Together {
  const env: string[] = [];
  const texts = programs.map((p, i) => {
    let text = p.files[p.file] as string;
    const own = p.files['.env'] ?? '';
    for (const [, name] of own.matchAll(/^(\w+)=/gm)) {
      text = text.replaceAll(`"${name}"`, `"${name}_${i}"`);
    }
    env.push(own.replaceAll(/^(\w+)=/gm, `$1_${i}=`));
    return text;
  });
  return { texts, env: env.join('') };
}

/** What a program of several prints after each. */
export const DIVIDER = '--- next ---';

/** What each of several programs printed, when they ran as one. */
export function apart(output: string, programs: readonly Program[]): string[] {
  const parts = `${output}\n`.split(`${DIVIDER}\n`);
  return programs.map((_, i) => (parts.length < programs.length ? output : (parts[i] as string).trimEnd()));
}
