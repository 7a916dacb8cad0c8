import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { mnemonicNew } from '@ton/crypto';
import { CipherSeed } from 'aezeed';
import { PARAMS } from 'aezeed/src/params';
import algosdk from 'algosdk';
import { entropyToMnemonic, wordlists } from 'bip39';
import { generateMnemonic, PREFIXES } from 'electrum-mnemonic';
import fc from 'fast-check';
import slip39 from 'slip39';
import { electrumWords } from '../../src/encodings/electrum-words';
import { moneroEnglish, moneroPrefixes } from '../../src/encodings/monero-words';
import { scanText } from '../../src/scan/scan';

function rules(text: string, fileName = 'notes.txt'): string[] {
  return scanText(text, { fileName }).findings.map((f) => f.ruleId);
}

function bip39(list: string, bytes = 16): string[] {
  return entropyToMnemonic(randomBytes(bytes), wordlists[list]).split(/[ \u3000]/);
}

/** Monero's encoding of a random key in a list of whole words, written from its description. */
function monero(words: readonly string[], head: number): string[] {
  const key = randomBytes(32);
  key[31] = randomInt(16);
  const n = words.length;
  const out: string[] = [];
  for (let i = 0; i < 32; i += 4) {
    const x = key.readUInt32LE(i);
    const a = x % n;
    const b = (Math.floor(x / n) + a) % n;
    const c = (Math.floor(x / n / n) + b) % n;
    out.push(...[a, b, c].map((k) => words[k] as string));
  }
  return [...out, out[checksum(out.map((w) => w.slice(0, head)).join('')) % 24] as string];
}

function checksum(text: string): number {
  if (crc32) {
    return crc32(text);
  }
  let crc = 0xffffffff;
  for (const b of Buffer.from(text)) {
    crc ^= b;
    for (let k = 0; k < 8; k++) {
      crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const item = (f: (word: string, i: number) => string, between: string) => (w: readonly string[]) =>
  w.map(f).join(between);
const halves = (w: readonly string[]) => [w.slice(0, 5).join(' '), w.slice(5).join(' ')] as const;

/** Ways in which people write a phrase down. */
const layouts: Readonly<Record<string, readonly [fileName: string, text: (words: readonly string[]) => string]>> = {
  'an env file': ['.env', (w) => `MNEMONIC=${w.join(' ')}\nNODE_ENV=test\n`],
  'an env file, quoted': ['.env', (w) => `MNEMONIC="${w.join(' ')}"\n`],
  'a literal without a telling name': ['a.js', (w) => `const x = '${w.join(' ')}';\n`],
  'an array': ['a.js', (w) => `const words = [${item((x) => `'${x}'`, ', ')(w)}];\n`],
  'an array over lines': ['a.ts', (w) => `const x = [\n${item((x) => `  "${x}",`, '\n')(w)}\n];\n`],
  'an array in rows': [
    'a.py',
    (w) => `seed = ["${w.slice(0, 6).join('", "')}",\n        "${w.slice(6).join('", "')}"]\n`,
  ],
  'a numbered list': ['a.md', (w) => `# Backup\n\n${item((x, i) => `${i + 1}. ${x}`, '\n')(w)}\n\nKeep it safe.\n`],
  'numbers on one line': ['a.txt', (w) => `${item((x, i) => `${i + 1}) ${x}`, '  ')(w)}\n`],
  'one word a line': ['seed.txt', (w) => `${w.join('\n')}\n`],
  'one word a line, CRLF': ['seed.txt', (w) => `${w.join('\r\n')}\r\n`],
  'pieces with +': ['a.js', (w) => `const m = "${halves(w)[0]} " +\n  "${halves(w)[1]}";\n`],
  'pieces side by side': ['a.py', (w) => `m = ("${halves(w)[0]} "\n     "${halves(w)[1]}")\n`],
  'pieces with a dot': ['a.php', (w) => `$m = '${halves(w)[0]} ' . '${halves(w)[1]}';\n`],
  'a YAML block': ['a.yaml', (w) => `mnemonic: |\n  ${halves(w)[0]}\n  ${halves(w)[1]}\nname: x\n`],
  'a folded YAML scalar': ['a.yaml', (w) => `mnemonic: >-\n  ${w.join(' ')}\nother: 1\n`],
  'a YAML list': ['a.yaml', (w) => `words:\n${item((x) => `  - ${x}`, '\n')(w)}\nnext: 1\n`],
  'an HTML list': ['a.html', (w) => `<ol>\n${item((x) => `  <li>${x}</li>`, '\n')(w)}\n</ol>\n`],
  'an HTML list with classes': [
    'a.html',
    (w) => `<ul>\n${item((x, i) => `  <li class="word"><i>${i + 1}.</i> ${x}</li>`, '\n')(w)}\n</ul>\n`,
  ],
  'a comment': ['a.go', (w) => `// mnemonic: ${w.join(' ')}\nfunc main() {}\n`],
  'two lines of comment': ['a.js', (w) => `// test wallet seed\n// ${halves(w)[0]}\n// ${halves(w)[1]}\nrun();\n`],
  'a sentence': ['a.md', (w) => `My recovery phrase is ${w.join(' ')} and nobody knows it.\n`],
  'a table': ['a.md', (w) => `| # | word |\n|---|---|\n${item((x, i) => `| ${i + 1} | ${x} |`, '\n')(w)}\n`],
  JSON: ['a.json', (w) => JSON.stringify({ accounts: { mnemonic: w.join(' '), path: 'm/44' } })],
  'JSON in JSON': ['a.json', (w) => JSON.stringify({ data: JSON.stringify({ mnemonic: w.join(' ') }) })],
  'members by number': ['a.json', (w) => JSON.stringify(Object.fromEntries(w.map((x, i) => [i + 1, x])), null, 2)],
  'escaped line ends': ['a.js', (w) => `const m = '${w.join('\\n')}';\n`],
  commas: ['a.txt', (w) => `seed words: ${w.join(', ')}\n`],
  'a call': ['a.ts', (w) => `const wallet = Wallet.fromPhrase('${w.join(' ')}');\n`],
  capitals: ['.env', (w) => `MNEMONIC="${w.join(' ').toUpperCase()}"\n`],
  XML: ['a.xml', (w) => `<config><mnemonic>${w.join(' ')}</mnemonic></config>\n`],
};

describe('recovery phrases', () => {
  for (const [what, [fileName, layout]] of Object.entries(layouts)) {
    it(`are found in ${what}, whole and once`, () => {
      for (const bytes of [16, 32]) {
        const words = bip39('english', bytes);
        const text = layout(words);
        const findings = scanText(text, { fileName }).findings;
        assert.deepEqual(
          findings.map((f) => f.ruleId),
          ['bip39-mnemonic-english'],
        );
        const span = text.slice(findings[0]?.start, findings[0]?.end).toLowerCase();
        assert.ok(span.startsWith(words[0] as string) && span.endsWith(words.at(-1) as string));
      }
    });
  }

  const names = Object.keys(wordlists).filter((l) => l.includes('_') || (l.length > 2 && l === l.toLowerCase()));
  for (const list of names) {
    it(`are found in ${list}, composed or not`, () => {
      const id = list.replace(/(\w+)_(\w+)/, '$1-$2');
      for (const form of ['NFC', 'NFKD'] as const) {
        for (const between of [' ', list === 'japanese' ? '\u3000' : '\n', '", "']) {
          const text = `mnemonic = ["${bip39(list, 20).join(between).normalize(form)}"]\n`;
          assert.match(
            rules(text, 'a.py').join(),
            new RegExp(`^bip39-mnemonic-(?:${id}|chinese-\\w+|english|french)$`),
          );
        }
      }
    });
  }

  const schemes: readonly (readonly [rule: string, make: () => string | Promise<string>])[] = [
    ['electrum-seed', () => generateMnemonic({ prefix: PREFIXES.segwit })],
    ['electrum-seed', () => generateMnemonic({ prefix: PREFIXES.standard })],
    ['electrum-seed', () => electrum1()],
    ['algorand-mnemonic', () => algosdk.secretKeyToMnemonic(algosdk.generateAccount().sk)],
    ['ton-mnemonic', async () => (await mnemonicNew(24)).join(' ')],
    ['lightning-hsm-secret', () => aezeed()],
    ['slip39-share', () => share(16)],
    ['slip39-share', () => share(32)],
    ['monero-seed-25', () => monero(moneroEnglish.split(' '), 3).join(' ')],
    ...Object.entries(moneroPrefixes).map(([, [head, packed]]): readonly [string, () => string] => {
      const heads = packed.match(new RegExp(`.{${head}}`, 'gu')) ?? [];
      return [
        'monero-seed-25',
        () =>
          monero(
            heads.map((h) => h.trimEnd()),
            head,
          ).join(' '),
      ];
    }),
  ];

  function electrum1(): string {
    const words = electrumWords.split(' ');
    const n = words.length;
    return Array.from({ length: 4 }, () => randomBytes(4).readUInt32BE())
      .flatMap((x) => {
        const a = x % n;
        const b = (Math.floor(x / n) + a) % n;
        return [a, b, (Math.floor(x / n / n) + b) % n].map((k) => words[k]);
      })
      .join(' ');
  }

  /** LND's seed, with a password function made cheap: the checksum is over its output. */
  function aezeed(): string {
    PARAMS[0] = { n: 2, r: 8, p: 1 };
    return CipherSeed.random().toMnemonic();
  }

  function share(bytes: number): string {
    const master = [...randomBytes(bytes)];
    return slip39.fromArray(master, { threshold: 1, groups: [[1, 1, 'x']], iterationExponent: 0 }).fromPath('r/0')
      .mnemonics[0];
  }

  for (const [rule, make] of schemes) {
    it(`${rule}: found; with two words changed places it is none`, async () => {
      const phrase = await make();
      const found = rules(`wallet_seed = "${phrase}"\n`, 'a.py');
      // One phrase in some hundreds satisfies BIP-39 as well.
      assert.ok(found.length === 1 && (found[0] === rule || found[0]?.startsWith('bip39-')), `${found}`);
      if (/algorand|slip39/.test(rule)) {
        const w = phrase.split(' ');
        const k = w.findIndex((x, i) => i > 3 && x !== w[i + 1]);
        [w[k], w[k + 1]] = [w[k + 1] as string, w[k] as string];
        assert.deepEqual(rules(`wallet_seed = "${w.join(' ')}"\n`, 'a.py'), []);
      }
    });
  }

  it('a wrong checksum clears them, label or not', () => {
    const words = wordlists.english as string[];
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(23), fc.nat(2046), (entropy, at, step) => {
        const w = entropyToMnemonic(Buffer.from(entropy), words).split(' ');
        w[at] = words[(words.indexOf(w[at] as string) + 1 + step) % 2048] as string;
        const found = rules(`MNEMONIC="${w.join(' ')}"\n`, '.env');
        // 1 in 256 keeps its checksum, and as many are a phrase of TON or Electrum.
        assert.ok(found.length === 0 || /^(?:bip39|ton|electrum)-/.test(found[0] as string));
        return true;
      }),
      { numRuns: 15 },
    );
    let passed = 0;
    for (let i = 0; i < 40; i++) {
      const w = Array.from({ length: 24 }, () => words[randomInt(2048)]);
      passed += rules(`MNEMONIC="${w.join(' ')}"\n`, '.env').length;
    }
    assert.ok(passed <= 5, `${passed} of 40 random runs of words passed`);
  });

  it('several, one a line, are as many findings', () => {
    const list = Array.from({ length: 6 }, () => bip39('english').join(' '));
    assert.equal(rules(`${list.join('\n')}\n`).length, 6);
  });

  it('followed by a path of derivation they are a secret URI of Substrate', () => {
    const uri = `${bip39('english').join(' ')}//hard/soft///password`;
    const text = `keyring.addFromUri('${uri}');\n`;
    const { findings } = scanText(text, { fileName: 'a.ts' });
    assert.deepEqual(
      findings.map((f) => [f.ruleId, text.slice(f.start, f.end) === uri]),
      [['substrate-secret-uri', true]],
    );
  });
});

describe('words that are no phrase', () => {
  const english = wordlists.english as string[];
  const wrapped = (words: readonly string[], n: number) =>
    Array.from({ length: Math.ceil(words.length / n) }, (_, i) => words.slice(i * n, i * n + n));
  const shuffled = [...english]
    .map((w) => [Math.random(), w] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, w]) => w);
  const cases: Readonly<Record<string, string>> = {
    'a word list': english.join('\n'),
    'a word list in another order': shuffled.join('\n'),
    'a word list as an array': `export const words = [\n${wrapped(english, 12)
      .map((r) => `  ${r.map((w) => `'${w}'`).join(', ')},`)
      .join('\n')}\n];`,
    'a shuffled array of words': `words = ${JSON.stringify(shuffled)}`,
    'a shuffled array of words, one a line': JSON.stringify(shuffled, null, 2),
    'a word list in rows of twelve': wrapped(english, 12)
      .map((r) => r.join(' '))
      .join('\n'),
    'Chinese words in rows': wrapped(wordlists.chinese_simplified as string[], 10)
      .map((r) => r.join(' '))
      .join('\n'),
    'the list of Monero': moneroEnglish.split(' ').join('\n'),
    'the first list of Electrum': `words = """\n${electrumWords.split(' ').join('\n')}\n"""`,
    prose:
      'people should give this much more time and thought before they build another system that must remain stable under pressure\n'.repeat(
        40,
      ),
  };
  for (const [what, text] of Object.entries(cases)) {
    it(`${what} is quiet`, () => {
      assert.deepEqual(rules(text), []);
    });
  }

  it('titles, and words that no one drew at random, are quiet where no label names them', () => {
    for (let i = 0; i < 40; i++) {
      assert.deepEqual(rules(`const post = { title: "${bip39('english').join(' ')}" };\n`, 'a.ts'), []);
      const few = Array.from({ length: 12 }, () => ['market', 'token', 'list', 'order', 'open', 'close'][randomInt(6)]);
      assert.deepEqual(rules(`show("${few.join(' ')}");\n`, 'a.ts'), []);
    }
  });

  it('runs of words from the list without a label pass at most by their checksum', () => {
    let passed = 0;
    for (let i = 0; i < 60; i++) {
      passed += rules(
        `x = f("${Array.from({ length: 13 }, () => english[randomInt(2048)]).join(' ')}")\n`,
        'a.py',
      ).length;
    }
    assert.equal(passed, 0);
  });
});
