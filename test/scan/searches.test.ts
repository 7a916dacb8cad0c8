import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moneroPrefixes } from '../../src/encodings/word-data';
import { languages, listWords } from '../../src/encodings/word-lists';
import { sieveLists } from '../../src/encodings/word-sieve';
import { alphabetOf } from '../../src/scan/alphabet';
import { eachNamed } from '../../src/scan/named-values';
import { eachNumberList } from '../../src/scan/number-lists';
import { catalogIndex, preparePass, typesAround } from '../../src/scan/pass';
import { codeSet, eachStretch } from '../../src/scan/stretches';
import { codesOf } from '../../src/scan/text-codes';
import { eachToken, SHORTEST } from '../../src/scan/tokens';
import { ShapeGroup } from '../../src/scan/type-index';
import { eachWordRun } from '../../src/scan/word-runs';
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

  it('see every stretch of a set, wherever they begin and however long it must be', () => {
    const set = codeSet('0123456789abcdefx, ', true);
    fc.assert(
      fc.property(texts, fc.nat(60), fc.integer({ min: 1, max: 40 }), (text, from, least) => {
        const found: string[] = [];
        eachStretch(codesOf(text), set, least, from, text.length, (start, end) => found.push(text.slice(start, end)));
        const wanted = text.slice(from).match(new RegExp(`[0-9a-fx, \\u0080-\\uffff]{${least},}`, 'g')) ?? [];
        assert.deepEqual(found, wanted);
      }),
      { numRuns: 400 },
    );
  });

  it('see every list of 32 numbers, in whatever bracket and notation', () => {
    for (const [open, close] of ['[]', '{}', '()'] as const) {
      for (const item of ['1', '0xff', '(byte) 0x7f', '200u8', '77n']) {
        for (const comma of [',', ', ', ',\n\t']) {
          const list = `${open}${Array(32).fill(item).join(comma)}${close}`;
          for (const before of ['', 'x = f(1, [2, 3], ', 'new byte[] ', '\u3000']) {
            const text = `${before}${list};`;
            const opens: number[] = [];
            eachNumberList(codesOf(text), 0, text.length, (at) => opens.push(at));
            assert.ok(opens.includes(before.length), text);
          }
        }
      }
    }
  });

  it('read past no phrase, whatever stands around it', () => {
    const lists = [...languages, 'slip39', 'electrum'] as const;
    const around = fc
      .array(
        fc.constantFrom('the sum of all prices ', 'return x;\n', '// see below: ', '<li>', 'é ', 'a_b = ', '', '  '),
        { maxLength: 12 },
      )
      .map((pieces) => pieces.join(''));
    const joints = fc.constantFrom(
      ' ',
      '  ',
      ', ',
      '\n',
      '\n * ',
      '\\n',
      ',\\\\r\\\\n',
      '" "',
      "', '",
      '</li>\n<li class="ab">',
      ' 3. ',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...lists),
        fc.array(fc.nat(1000), { minLength: 12, maxLength: 24 }),
        around,
        joints,
        around,
        (name, numbers, before, joint, after) => {
          const list = listWords(name);
          const phrase = numbers.map((n) => list[n] as string).join(joint);
          const text = `${before}; ${phrase} = ${after}`;
          const at = before.length + 2;
          const runs: string[] = [];
          eachWordRun(text, codesOf(text), 0, text.length, (words) =>
            runs.push(text.slice(words[0]?.start, words.at(-1)?.end)),
          );
          assert.ok(
            runs.some((run) => run.includes(text.slice(at, at + phrase.length))),
            `${text}: ${runs.join(' | ')}`,
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('know the lists of every word by the characters that they look at', () => {
    for (const name of [...languages, 'slip39', 'electrum'] as const) {
      const ascii = listWords(name).filter((w) => /^[a-z]+$/.test(w));
      const common = ascii.reduce((bits, w) => bits & sieveLists(codesOf(`.${w}.`), 1, w.length + 1), -1);
      assert.ok(ascii.length === 0 || common !== 0, name);
    }
    for (const [name, [length, heads]] of Object.entries(moneroPrefixes)) {
      let common = -1;
      for (let i = 0; i < heads.length; i += length) {
        const head = heads.slice(i, i + length).trimEnd();
        if (/^[a-z]+$/i.test(head)) {
          const word = head.length < length ? head : `${head}xyz`;
          common &= sieveLists(codesOf(`.${word}.`), 1, word.length + 1);
        }
      }
      assert.notEqual(common, 0, name);
    }
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
        { telling: (name) => name === 'secret', deciding: () => false, following: () => false },
        (token, value) => found.push(`${token.start} ${value}`),
      );
      return found.sort();
    };
    const text = `it's "so", { "a": 'b', "secret": "tr0ub4dor" }, log("secret:",x,"!"), '{"secret":"in-json"}'`;
    assert.deepEqual(
      named(text, 0).map((f) => f.replace(/^\d+ /, '')),
      ['tr0ub4dor', 'in-json'].sort((a, b) => text.indexOf(a) - text.indexOf(b)),
    );
    for (let from = 0; from < 20; from++) {
      assert.deepEqual(named(text, from), named(text, 0));
    }
  });
});
