import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../../src/cli/io';
import { run } from '../../src/cli/run';

/** What a run of the command line gave. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for a test, removed by `remove`. */
export class Folder {
  constructor(readonly root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'keyward-cli-')))) {}

  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.root, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
    return this;
  }

  read(name: string): string | undefined {
    const file = path.join(this.root, name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  }

  async keyward(
    args: readonly string[],
    stdin = '',
    env: Record<string, string> = {},
    more: Partial<Io> = {},
  ): Promise<Ran> {
    let out = '';
    let err = '';
    const status = await run(args, {
      cwd: this.root,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      stdin: async () => new TextEncoder().encode(stdin),
      env,
      colour: false,
      terminal: false,
      ...more,
    });
    return { status, out, err };
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}
