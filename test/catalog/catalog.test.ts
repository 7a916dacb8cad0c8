import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { checkSync } from 'recheck';
import { credentialTypes } from '../../src/catalog/all';
import { proofIds } from '../../src/encodings/proof';
import { catalogTable } from '../../src/report/catalog-table';

describe('the catalog', () => {
  it('is what docs/catalog.md says (npm run catalog -- --write)', () => {
    assert.equal(fs.readFileSync(path.join(__dirname, '../../docs/catalog.md'), 'utf8'), catalogTable());
  });

  it('has each rule once, with a variable of the usual form', () => {
    const ids = credentialTypes.map((t) => t.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const t of credentialTypes) {
      assert.match(t.env, /^[A-Z][A-Z0-9_]*$/, t.id);
      assert.ok(t.shape.max <= 16_384 && t.shape.min > 0 && t.shape.min <= t.shape.max, t.id);
    }
  });

  it('names pairs and proofs that exist', () => {
    const ids = new Set(credentialTypes.map((t) => t.id));
    const proofs = new Set<string>(proofIds);
    for (const t of credentialTypes) {
      for (const other of t.pairedWith) {
        assert.ok(ids.has(other), `${t.id} is paired with ${other}`);
      }
      assert.ok(t.shape.proof === undefined || proofs.has(t.shape.proof), `${t.id}: ${t.shape.proof}`);
    }
  });

  it('has patterns that run in linear time', function () {
    this.timeout(120_000);
    const patterns = new Set(credentialTypes.flatMap((t) => [t.shape.pattern, ...(t.url ? [t.url] : [])]));
    for (const pattern of patterns) {
      assert.ok(!/\(\?[=!<]|\\[1-9]/.test(pattern), `look-around or back-reference in ${pattern}`);
      // the scanner tries them at one place each, never at every place of a text
      const whole = `^(?:${pattern})$`;
      // The automaton decides at once and the same each time; what is too large for it is tried by search.
      const sure = checkSync(whole, '', { checker: 'automaton', timeout: 5_000 }).status === 'safe';
      assert.equal(sure ? 'safe' : checkSync(whole, '', { timeout: 30_000 }).status, 'safe', pattern);
    }
  });
});
