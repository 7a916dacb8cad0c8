import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { storesTable } from '../../src/report/stores-table';

describe('the table of stores', () => {
  it('is what docs/stores.md says (npm run stores -- --write)', () => {
    assert.equal(fs.readFileSync(path.join(__dirname, '../../docs/stores.md'), 'utf8'), storesTable());
  });
});
