import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { type EnvReader, quoted, readEnvFile } from '../../src/remedy/env-file';
import { alnum, base64 } from '../scan/specimens';

const has = (program: string, args: readonly string[] = ['--version']) => spawnSync(program, args).status === 0;

/** Values of all kinds that a credential may have, and some that only a person could think of. */
const values = [
  alnum(64),
  base64(64),
  'twelve words with spaces between them and a comma, too',
  `-----BEGIN EC PRIVATE KEY-----\n${base64(32)}\n-----END EC PRIVATE KEY-----\n`,
  'pa#ss word',
  'pa$$HOME#x',
  "it's",
  'back\\slash',
  ' led and trailed ',
  '!bang&amp;|<>*?~;(){}[]',
  'a"b',
  '%PATH%',
];

/** What a reader gives for every variable of a file. */
type Reader = (text: string, names: readonly string[]) => Record<string, string>;

function inFile<T>(text: string, read: (file: string) => T): T {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'keyward-env-'));
  try {
    const file = path.join(folder, '.env');
    fs.writeFileSync(file, text, { mode: 0o600 });
    return read(file);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const printed = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): Record<string, string> => {
  const ran = spawnSync(command, args, { encoding: 'utf8', env });
  assert.equal(ran.status, 0, ran.stderr);
  return JSON.parse(ran.stdout) as Record<string, string>;
};

const clean = { PATH: process.env.PATH ?? '' };
const dump = 'process.stdout.write(JSON.stringify(process.env))';

/** docker's own rule: `NAME=` and the rest of the line, comments only at its start. Source: docker/cli, env file. */
const docker: Reader = (text) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((l) => l !== '' && !l.startsWith('#'))
      .map((l) => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]),
  );

const readers: readonly (readonly [string, EnvReader, Reader, () => boolean])[] = [
  ['dotenv', 'dotenv', (text) => dotenv.parse(text), () => true],
  [
    'node --env-file',
    'dotenv',
    (text) => inFile(text, (file) => printed(process.execPath, [`--env-file=${file}`, '-e', dump], clean)),
    () => true,
  ],
  [
    'python-dotenv',
    'dotenv',
    (text) =>
      inFile(text, (file) =>
        printed(
          'python3',
          ['-c', 'import json,sys,dotenv;print(json.dumps(dotenv.dotenv_values(sys.argv[1],interpolate=False)))', file],
          clean,
        ),
      ),
    () => has('python3', ['-c', 'import dotenv']),
  ],
  [
    'set -a; . ./.env',
    'shell',
    (text) =>
      inFile(text, (file) =>
        printed('sh', ['-c', `set -a; . ${file}; exec "${process.execPath}" -e '${dump}'`], clean),
      ),
    () => has('sh', ['-c', 'true']),
  ],
  ['docker run --env-file', 'docker', docker, () => true],
  [
    'what Keyward itself reads',
    'compose',
    (text) => Object.fromEntries(readEnvFile(text).map((e) => [e.name, e.value])),
    () => true,
  ],
];

describe('an env file', () => {
  for (const [name, reader, read, there] of readers) {
    it(`gives ${name} exactly the values`, function () {
      if (!there()) {
        this.skip();
      }
      const lines = values.flatMap((v, i) => {
        const q = quoted(v, reader);
        return q === undefined ? [] : [{ name: `V${i}`, v, q }];
      });
      const text = `${lines.map((l) => `${l.name}=${l.q}`).join('\n')}\n`;
      const given = read(
        text,
        lines.map((l) => l.name),
      );
      for (const l of lines) {
        assert.equal(given[l.name], l.v, `${name}: V${l.name}`);
      }
      // What real keys look like, nobody refuses; a PEM only where the format has no lines.
      assert.deepEqual(
        [0, 1, 2].map((i) => lines.some((l) => l.name === `V${i}`)),
        [true, true, true],
      );
      assert.equal(
        lines.some((l) => l.name === 'V3'),
        reader !== 'docker',
      );
    });
  }

  it('gives every reader the value back or does not take it', () => {
    const value = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...`aZ0 #'"$\\\`!\n=`) });
    fc.assert(
      fc.property(value, fc.constantFrom<EnvReader>('dotenv', 'compose', 'shell', 'dotenv-expand'), (v, reader) => {
        const q = quoted(v, reader);
        if (q !== undefined) {
          assert.equal(readEnvFile(`KEY=${q}\n`)[0]?.value, v);
          if (reader === 'dotenv') {
            assert.equal(dotenv.parse(`KEY=${q}\n`).KEY, v);
          }
        }
      }),
    );
  });
});
