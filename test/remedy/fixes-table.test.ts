import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fixesTable } from '../../src/report/fixes-table';

describe('the table of fixes', () => {
  it('is what docs/fixes.md says (npm run fixes -- --write)', () => {
    assert.equal(fs.readFileSync(path.join(__dirname, '../../docs/fixes.md'), 'utf8'), fixesTable());
  });
});
