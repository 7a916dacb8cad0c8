import assert from 'node:assert/strict';
import fs from 'node:fs';
import { bundleFile, exported } from '../../scripts/l10n';
import { type Call, type Literal, read } from './literals';

/** Names are the same in every language. */
const NAMES = /^(?:Keyward|SARIF|JUnit|OSCAL|CSV|JSON|Markdown|HTML)$/;
const TRANSLATED = /^(?:vscode\.l10n\.t|say)$/;
/** The log is for those who mend Keyward; it is English. */
const LOGGED = /(?:^|[.#])log\.(?:info|warn|error|debug|trace)$/;
/** What VS Code shows of the objects that are handed to it. */
const SHOWN =
  /^(?:label|title|detail|description|tooltip|message|placeHolder|prompt|text|name|refused|wayOut|until|why|fail|warn|pass|remediation)$/;

function isWords(text: string): boolean {
  return /[A-Za-z]{2,}[,.:;]? [a-zA-Z(]|[A-Za-z]{2}\. *$|^[A-Z][a-z]+…?$/.test(text);
}

/** A whole sentence, or words in a place that a person reads. */
function isSaid({ text, property }: Literal): boolean {
  const sentence = /^[A-Z§"%.][^\n]*[a-z§)"][.!]$/.test(text) && /[a-z] [a-z§]/.test(text);
  const isCode = /[{}<>=$\\]|^[./]/.test(text);
  const shown = property !== undefined && /^(?:refused|wayOut|until|message|detail|fail|warn|pass)$/.test(property);
  return sentence || (shown && !isCode && /[a-z]{2,} [a-z§(]/.test(text));
}

describe('the words for people', function () {
  this.timeout(120_000); // all sources are parsed
  let editor: { literals: Literal[]; calls: Call[] };
  let rooms: { literals: Literal[]; calls: Call[] };

  before(async () => {
    editor = await read(['src/editor']);
    rooms = await read(['src/words', 'src/scan', 'src/remedy', 'src/policy', 'src/checklist']);
  });

  it('are all in l10n/bundle.l10n.json (npm run l10n -- --write)', async () => {
    assert.equal(fs.readFileSync(bundleFile, 'utf8'), await exported());
  });

  it('of the editor are all translated', () => {
    const bypassing = editor.literals.filter(
      ({ text, calls, property }) =>
        !NAMES.test(text) &&
        !calls.some((c) => TRANSLATED.test(c) || LOGGED.test(c)) &&
        (isWords(text) || (property !== undefined && SHOWN.test(property) && /^[A-Za-z]{3,}$/.test(text))) &&
        // keys of memory, what is written into files, and a style
        !/^(?:told of agents|who) §$|^test key$|^1px solid$/.test(text),
    );
    const withOwnWords = bypassing.filter(({ text }) => isWords(text.replace(/\$\(\w[\w-]*\)|command:|§/g, '')));
    assert.deepEqual(
      withOwnWords.map((l) => `${l.place}: ${l.text}`),
      [],
    );
  });

  it('of the rooms that know no screen are all translated', () => {
    const bypassing = rooms.literals.filter((l) => isSaid(l) && !l.calls.some((c) => TRANSLATED.test(c)));
    assert.deepEqual(
      bypassing.map((l) => `${l.place}: ${l.text}`),
      [],
    );
  });

  it('are whole sentences: a literal, with nothing but numbers in its braces', () => {
    for (const { place, name, args } of [...editor.calls, ...rooms.calls]) {
      const [message, ...holes] = args;
      if (!message || !TRANSLATED.test(name) || place.startsWith('src/editor/language.ts')) {
        continue;
      }
      if (message.type !== 'string') {
        // a text of a table, which stands in the bundle by itself, or a number of things
        assert.ok(name === 'say' && (holes.length === 0 || message.text === 'words'), `${place}: ${message.text}`);
        continue;
      }
      assert.ok(!/[{}]/.test(message.text.replace(/\{\d\}/g, '')), `${place}: ${message.text}`);
      const numbers = [...message.text.matchAll(/\{(\d)\}/g)].map((m) => Number(m[1]));
      assert.equal(Math.max(-1, ...numbers) + 1, holes.length, `${place}: ${message.text}`);
    }
  });
});
