import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChanges } from '../../src/remedy/apply-plan';
import { EditedText } from '../../src/remedy/edited-text';

describe('an edited text', () => {
  it('gives changes that lead from the original to the result, whatever was replaced', () => {
    const step = fc.tuple(fc.nat(60), fc.nat(12), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), fc.array(step, { maxLength: 8 }), (original, steps) => {
        const edited = new EditedText(original);
        let plain = original;
        for (const [at, length, text] of steps) {
          const start = Math.min(at, plain.length);
          const end = Math.min(start + length, plain.length);
          edited.replace({ start, end, text });
          plain = plain.slice(0, start) + text + plain.slice(end);
        }
        assert.equal(edited.text, plain);
        assert.equal(applyChanges(original, edited.changes()), plain);
      }),
      { numRuns: 2000 },
    );
  });
});
