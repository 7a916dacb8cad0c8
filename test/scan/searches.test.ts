import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alphabetOf } from '../../src/scan/alphabet';
import { eachNamed } from '../../src/scan/named-values';
import { catalogIndex, preparePass, typesAround } from '../../src/scan/pass';
import { codesOf } from '../../src/scan/text-codes';
import { eachToken, SHORTEST } from '../../src/scan/tokens';
import { ShapeGroup } from '../../src/scan/type-index';
import { alnum, base64, hex, uuid } from './specimens';

/** Text of the kinds of pieces that the searches tell apart, long and short, ASCII and not. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' ',
        '\n',
        '"',
        "'",
        '=',
        ': ',
        ', ',
        '(',
        ')',
        '//',
        '.',
        '-',
        '_',
        '0',
        'x',
        'é',
        '秘',
        '\u{1f511}',
      ),
      fc.constantFrom('const total = ', 'apiKey: ', 'secret=', 'https://', 'function', 'this.rows[12]', 'sha512-'),
      fc.nat(90).map((n) => alnum(n + 1)),
      fc.nat(70).map((n) => hex(n + 1)),
      fc.nat(70).map((n) => base64(n + 1)),
      fc.constant(0).map(() => uuid()),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

/** Every token, the simple way. */
function tokensOf(text: string): string[] {
  const found = new Set<string>();
  for (const run of text.matchAll(/[A-Za-z0-9_+/=~.:@-]{15,}/g)) {
    for (const alphabet of [
      /[A-Za-z0-9]{15,}/g,
      /[A-Za-z0-9_-]{15,}/g,
      /[A-Za-z0-9+/]{15,}={0,2}/g,
      /[A-Za-z0-9_+/-]{15,}={0,2}/g,
      /[A-Za-z0-9_.~-]{15,}/g,
      /[A-Za-z0-9_:-]{15,}/g,
    ]) {
      for (const part of run[0].matchAll(alphabet)) {
        const value = part[0].replace(/[.:~-]+$/, '');
        if (value.length >= SHORTEST && value.length <= 4096 && /[0-9]/.test(value)) {
          found.add(`${run.index + part.index}:${value.length}`);
        }
      }
    }
  }
  return [...found];
}

describe('the quick searches', () => {
  it('miss no token that a look at every character finds', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const found = new Set<string>();
        eachToken(text, codesOf(text), 0, text.length, (token, value) => {
          assert.equal(text.slice(token.start, token.end), value);
          found.add(`${token.start}:${value.length}`);
        });
        assert.deepEqual(
          tokensOf(text).filter((t) => !found.has(t)),
          [],
        );
      }),
      { numRuns: 400 },
    );
  });

  it('turn away no value of a shape by its characters', () => {
    const index = catalogIndex();
    const tokens = index.types.filter((t) => index.routes.get(t) === 'token');
    for (const pattern of new Set(tokens.map((t) => t.shape.pattern))) {
      // Which characters are allowed does not hang on how many there are.
      const short = pattern.replace(/\{\d+(?:,\d*)?\}/g, '{2}');
      const group = new ShapeGroup(short, 1, 4096);
      for (const value of fc.sample(fc.stringMatching(new RegExp(`^(?:${short})$`)), { numRuns: 4 })) {
        assert.ok(group.allows(alphabetOf(value)) && group.matches(value), pattern);
      }
    }
  });

  it('see every name, word and host of a type that stands near', () => {
    const index = catalogIndex();
    for (const type of index.types) {
      const spelled = [...type.names, ...type.words, ...type.hosts.map((h) => h.replace(/^\./, 'a.'))];
      for (const key of spelled) {
        const text = `${'x = 1;\n'.repeat(900)}f(${key});\n${'y = 2;\n'.repeat(300)}`;
        const at = text.indexOf(key);
        const around = typesAround(preparePass(text, {}), at + 40, at + 60);
        const place = index.types.indexOf(type);
        assert.notEqual((around[place >> 5] as number) & (1 << (place & 31)), 0, `${type.id}: ${key}`);
      }
    }
  });

  it('find a named value wherever they begin', () => {
    const named = (text: string, from: number) => {
      const found: string[] = [];
      eachNamed(
        text,
        codesOf(text),
        from,
        text.length,
        'a.ts',
        { telling: (name) => name === 'secret', deciding: () => false },
        (token, value) => found.push(`${token.start} ${value}`),
      );
      return found.sort();
    };
    const text = `it's "so", { "a": 'b', "secret": "tr0ub4dor" }, log("secret:",x,"!"), '{"secret":"in json"}'`;
    assert.deepEqual(
      named(text, 0).map((f) => f.replace(/^\d+ /, '')),
      ['tr0ub4dor', 'in json'].sort((a, b) => text.indexOf(a) - text.indexOf(b)),
    );
    for (let from = 0; from < 20; from++) {
      assert.deepEqual(named(text, from), named(text, 0));
    }
  });
});
