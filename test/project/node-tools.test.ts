import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { toolRunner } from '../../src/project/node-tools';
import { Folder } from '../cli/command-line';
import { alnum } from '../scan/specimens';

(process.platform === 'win32' ? describe.skip : describe)('tools of stores', () => {
  const value = alnum(40);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const add = (script: string) => {
    folder.write({ 'bin/tool': `#!/bin/sh\n${script}\n` });
    fs.chmodSync(path.join(folder.root, 'bin/tool'), 0o755);
  };
  const run = (root = path.join(folder.root, 'project'), timeout?: number) => {
    fs.mkdirSync(root, { recursive: true });
    const env = { PATH: `${path.join(folder.root, 'bin')}:/usr/bin:/bin`, MARK: 'seen' };
    return toolRunner({ root, env, ...(timeout === undefined ? {} : { timeout }) });
  };

  it('take the value from standard input, and give back what they print', async () => {
    add('cat; printf %s "$MARK$1"');
    const outcome = await run()({ program: 'tool', args: ['; echo no'], input: (v) => v }, value, '');
    assert.deepEqual(outcome, { status: 'done', output: `${value}seen; echo no` });
  });

  it('take the value from a file that only its owner can read, and that is gone afterwards', async () => {
    add('ls -l "$1" | cut -c1-10; printf "%s\\n" "$1"; cat "$1"');
    const outcome = await run()({ program: 'tool', args: ['{file}'], file: (v) => v }, value, '');
    const [mode, file, held] = outcome.status === 'done' ? outcome.output.split('\n') : [];
    assert.equal(mode, '-rw-------');
    assert.equal(held, value);
    assert.equal(fs.existsSync(file as string), false);
  });

  it('are missed when they are not on the PATH, or stand in the project', async () => {
    add('true');
    assert.deepEqual(await run()({ program: 'no-such-tool', args: [] }, value, ''), { status: 'missing' });
    assert.deepEqual(await run(folder.root)({ program: 'tool', args: [] }, value, ''), { status: 'missing' });
  });

  it('fail in words without a part of the value', async () => {
    add(`echo "bad value ${value.slice(8, 20)}" >&2; exit 3`);
    const leak = await run()({ program: 'tool', args: ['item', 'get'] }, value, '');
    assert.deepEqual(leak, { status: 'failed', message: 'tool item get failed with status 3.' });
    add('echo "not signed in" >&2; exit 1');
    const said = await run()({ program: 'tool', args: ['item'] }, value, '');
    assert.deepEqual(said, { status: 'failed', message: 'tool item failed: not signed in' });
  });

  it('are ended when they take too long', async () => {
    add('exec sleep 30');
    const outcome = await run(undefined, 200)({ program: 'tool', args: [], input: (v) => v }, value, '');
    assert.deepEqual(outcome, { status: 'failed', message: 'tool took longer than 0.2 seconds.' });
  });
});
