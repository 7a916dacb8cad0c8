import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { applyChanges } from '../../src/remedy/apply-plan';
import { appended, quoted, readEnvFile } from '../../src/remedy/env-file';

const value = fc.string({
  minLength: 1,
  maxLength: 40,
  unit: fc.constantFrom(...`abcXYZ019+/=_-.:;, #'"$\\{}!&|<>*()~^%@`),
});

describe('env files', () => {
  it('hold a value so that dotenv reads it back', () => {
    fc.assert(
      fc.property(value, (v) => {
        if (/^\s|\s$/.test(v) && !v.includes("'")) {
          return; // a value with spaces at its ends is no credential
        }
        const [entry] = readEnvFile(`KEY=${quoted(v, 'dotenv')}\n`);
        assert.equal(entry?.value, v);
      }),
    );
  });

  it('hold a value so that a shell reads it back', function () {
    if (spawnSync('sh', ['-c', 'true']).status !== 0) {
      this.skip();
    }
    fc.assert(
      fc.property(value, (v) => {
        const out = spawnSync('sh', ['-c', `KEY=${quoted(v, 'shell')}\nprintf %s "$KEY"`], { encoding: 'utf8' });
        assert.equal(out.stdout, v);
      }),
      { numRuns: 60 },
    );
  });

  it('get a new line at their end, with the line end that they have', () => {
    assert.equal(applyChanges('A=1', [appended('A=1', ['B=2'])]), 'A=1\nB=2\n');
    assert.equal(applyChanges('A=1\r\n', [appended('A=1\r\n', ['B=2'])]), 'A=1\r\nB=2\r\n');
  });

  it('are read with exports, quotes and comments', () => {
    const entries = readEnvFile('export A="x y" # c\n# B=no\nC=plain # note\nD=\'q\'\nE=\n');
    assert.deepEqual(
      entries.map((e) => [e.name, e.value]),
      [
        ['A', 'x y'],
        ['C', 'plain'],
        ['D', 'q'],
        ['E', ''],
      ],
    );
  });
});
