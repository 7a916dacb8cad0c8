import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Outcome, RunTool, ToolCall } from './tools';

export interface ToolOptions {
  /** Folder that tools run in; no program in it is ever started. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that a tool may take: it may wait for a fingerprint. */
  readonly timeout?: number;
}

const OUTPUT = 1024 * 1024;

/**
 * Runs the command-line tools of stores: no shell, the value through standard input or a file that its owner alone can
 * read, never in an argument, never in a message. Programs are looked up on the PATH, outside of the project.
 */
export function toolRunner(options: ToolOptions): RunTool {
  return async (call, value, before) => {
    const program = programPath(call.program, options);
    if (!program) {
      return { status: 'missing' };
    }
    const folder = call.file ? fs.mkdtempSync(path.join(tmpdir(), 'keyward-')) : undefined;
    const remove = () => {
      if (folder) {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    };
    process.once('exit', remove);
    try {
      let args = call.args;
      if (folder && call.file) {
        const file = path.join(folder, 'value');
        let content: string;
        try {
          content = call.file(value, before);
        } catch (error) {
          const why = error instanceof SyntaxError || !(error instanceof Error) ? '' : error.message;
          return { status: 'failed', message: why || `${call.program} gave an answer that can't be read.` };
        }
        fs.writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
        args = args.map((a) => a.replace('{file}', file));
      }
      return await run(call, program, args, value, before, options);
    } finally {
      process.removeListener('exit', remove);
      remove();
    }
  };
}

/** Whether a tool would be found, without starting it. */
export function hasTool(program: string, options: ToolOptions): boolean {
  return programPath(program, options) !== undefined;
}

/** Full path of a program on the PATH; relative entries and the project itself are passed over. */
function programPath(program: string, { env, root }: ToolOptions): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  const inside = real(root);
  for (const folder of (env.PATH ?? env.Path ?? '').split(path.delimiter)) {
    const place = path.isAbsolute(folder) ? real(folder) : undefined;
    if (place === undefined || `${place}${path.sep}`.startsWith(`${inside}${path.sep}`)) {
      continue;
    }
    for (const name of names) {
      const full = path.join(folder, name);
      try {
        fs.accessSync(full, fs.constants.X_OK);
        if (fs.statSync(full).isFile()) {
          return full;
        }
      } catch {
        // Not there, or not to be run: the next folder.
      }
    }
  }
  return undefined;
}

function real(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function run(
  call: ToolCall,
  program: string,
  args: readonly string[],
  value: string,
  before: string,
  { root, env, timeout = 120_000 }: ToolOptions,
): Promise<Outcome> {
  const what = [call.program, ...call.args.slice(0, 2).filter((a) => /^[a-z-]+$/.test(a))].join(' ');
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: root,
      env: { ...env } as NodeJS.ProcessEnv,
      shell: false,
      windowsHide: true,
      stdio: [call.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    let late = false;
    const clock = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeout);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(0, OUTPUT);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(0, OUTPUT);
    });
    // A tool that ends without reading its input breaks the pipe; its exit status tells enough.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(call.input?.(value, before));
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(clock);
      resolve({ status: 'failed', message: `${what} could not be started (${error.code ?? 'unknown'}).` });
    });
    child.on('close', (code) => {
      clearTimeout(clock);
      if (late) {
        resolve({ status: 'failed', message: `${what} took longer than ${timeout / 1000} seconds.` });
      } else if (code === 0) {
        resolve({ status: 'done', output });
      } else {
        const said = telling(errors, value);
        resolve({ status: 'failed', message: `${what} failed${said ? `: ${said}` : ` with status ${code}.`}` });
      }
    });
  });
}

/** The first line of what a tool said, unless a part of the value is in it. */
function telling(errors: string, value: string): string {
  const line =
    errors
      .split(/\r?\n/)
      .find((l) => l.trim() !== '')
      ?.trim()
      .slice(0, 200) ?? '';
  const piece = 5;
  for (let i = 0; i + piece <= value.length; i++) {
    if (line.includes(value.slice(i, i + piece))) {
      return '';
    }
  }
  return value.length < piece ? '' : line;
}
