import assert from 'node:assert/strict';
import { applyChanges } from '../../src/remedy/apply-plan';
import { appended, readEnvFile } from '../../src/remedy/env-file';

describe('env files', () => {
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
