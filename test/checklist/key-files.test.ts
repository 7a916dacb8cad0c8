import assert from 'node:assert/strict';
import { runChecklist } from '../../src/checklist/run';
import { loadPolicy } from '../../src/policy/load';
import type { FileEntry } from '../../src/project/files';
import { MemoryFiles } from '../../src/project/memory-files';

/** A project on a disk that knows who may read what. */
class Modes extends MemoryFiles {
  constructor(
    files: Readonly<Record<string, string>>,
    readonly modes: Readonly<Record<string, number>>,
  ) {
    super(files, { tracked: [], ignored: Object.keys(files) });
  }

  override async list(): Promise<readonly FileEntry[]> {
    return (await super.list()).map((e) => {
      const mode = this.modes[e.path];
      return mode === undefined ? e : { ...e, mode };
    });
  }
}

async function status(files: MemoryFiles): Promise<string | undefined> {
  const { results } = await runChecklist({
    files,
    policy: await loadPolicy(files),
    asOf: '2026-11-24',
    trigger: 'cli',
    toolVersion: '0.0.0',
  });
  return results.find((r) => r.check === 'KW-STO-07')?.status;
}

describe('a key file on the disk', () => {
  const KEY = { 'deploy.key': 'x\n' };

  it('is for its owner only', async () => {
    assert.equal(await status(new Modes(KEY, { 'deploy.key': 0o600 })), 'pass');
    assert.equal(await status(new Modes(KEY, { 'deploy.key': 0o644 })), 'warn');
  });

  it('is not asked where there are no modes, nor when it is a certificate or an env file', async () => {
    assert.equal(await status(new Modes(KEY, {})), 'pass');
    const certificate = { 'ca.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' };
    assert.equal(await status(new Modes(certificate, { 'ca.pem': 0o644 })), 'not-applicable');
    assert.equal(await status(new Modes({ '.env': 'A=1\n' }, { '.env': 0o644 })), 'not-applicable');
  });
});
