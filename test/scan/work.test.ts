import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fittingTypes } from '../../src/scan/fitting-types';
import { isTelling } from '../../src/scan/named-types';
import { eachNamed } from '../../src/scan/named-values';
import { eachNumberList } from '../../src/scan/number-lists';
import { type Pass, preparePass } from '../../src/scan/pass';
import { eachToken } from '../../src/scan/tokens';
import { eachWordRun } from '../../src/scan/word-runs';
import { eachWrittenForm } from '../../src/scan/written-forms';

/** How often the searches of a scan hand something on to what is dearer than they are. */
interface Work {
  /** Runs of characters that a key could be. */
  tokens: number;
  /** Tokens that have a type's shape where it may count: their place is read. */
  fitting: number;
  /** Names that are asked whether they mean a credential. */
  names: number;
  /** Quoted values without such a name, for which the lines around are read. */
  unnamed: number;
  /** Runs of words that may be a phrase. */
  runs: number;
  lists: number;
  /** Values that are put together from pieces and escapes. */
  written: number;
}

/** What is handed on for each 1,000 lines today, and half as much again: who goes beyond it has made scanning dearer. */
const BOUNDS = {
  programs: { tokens: 42, fitting: 2, names: 420, unnamed: 55, runs: 5, lists: 1, written: 2 },
  prose: { tokens: 52, fitting: 4, names: 1900, unnamed: 52, runs: 14, lists: 1, written: 1 },
  'lock files': { tokens: 630, fitting: 1, names: 1800, unnamed: 530, runs: 1, lists: 1, written: 1 },
} as const satisfies Record<string, Work>;

const nothing: Work = { tokens: 0, fitting: 0, names: 0, unnamed: 0, runs: 0, lists: 0, written: 0 };

function count(text: string, fileName: string, work: Work): void {
  const pass: Pass = preparePass(text, { fileName });
  const { codes, index } = pass;
  eachToken(text, codes, 0, text.length, (token, value) => {
    work.tokens++;
    work.fitting += fittingTypes(pass, token, value).length > 0 ? 1 : 0;
  });
  const naming = {
    telling: (name: string) => {
      work.names++;
      return isTelling(index, name);
    },
    deciding: () => {
      work.unnamed++;
      return false;
    },
    following: () => false,
  };
  eachNamed(text, codes, 0, text.length, fileName, naming, () => {});
  eachWordRun(text, codes, 0, text.length, () => work.runs++);
  eachNumberList(codes, 0, text.length, () => work.lists++);
  eachWrittenForm(text, codes, 0, text.length, fileName, () => work.written++);
}

const root = path.join(__dirname, '../..');

/** Texts that everyone with the repository has, by what they are. */
const kinds: Readonly<Record<keyof typeof BOUNDS, { readonly folder: string; readonly ext: RegExp }>> = {
  programs: { folder: 'src', ext: /\.ts$/ },
  prose: { folder: 'docs', ext: /\.md$/ },
  'lock files': { folder: '.', ext: /^package-lock\.json$/ },
};

describe('the work of a scan', () => {
  for (const [kind, { folder, ext }] of Object.entries(kinds)) {
    it(`does not grow in ${kind}`, () => {
      const at = path.join(root, folder);
      const all = fs.readdirSync(at, { recursive: folder !== '.' }) as string[];
      const work = { ...nothing };
      let lines = 0;
      for (const file of all.filter((f) => ext.test(f))) {
        const text = fs.readFileSync(path.join(at, file), 'utf8');
        lines += text.split('\n').length;
        count(text, file, work);
      }
      assert.ok(lines > 1000);
      for (const [what, most] of Object.entries(BOUNDS[kind as keyof typeof BOUNDS])) {
        const share = (work[what as keyof Work] * 1000) / lines;
        assert.ok(share <= most, `${what}: ${share.toFixed(1)} for each 1,000 lines, at most ${most}`);
      }
    });
  }
});
