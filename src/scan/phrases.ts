import { listsOf, phraseLengths, phraseScheme, wholeWords } from '../encodings/phrase';
import { eachWordRun, FEWEST, type Word } from './word-runs';

/** Words that are a wallet's recovery phrase by their checksum. */
export interface PhraseHit {
  readonly start: number;
  readonly end: number;
  /** Words, NFKD and lower case. */
  readonly words: readonly string[];
  /** Catalog id it is evidence for. */
  readonly ruleId: string;
  /** Bits of its checksum. */
  readonly bits: number;
  /** Its entropy, where the scheme has one that is known in all languages. */
  readonly key: Uint8Array | undefined;
  /** The words are exactly what quotes, a line, a list or a field holds. */
  readonly bounded: boolean;
  /** A label such as `mnemonic` or `seed phrase` stands before it. */
  readonly labelled: boolean;
}

/** Longer runs of one list's words are word lists. */
const MOST = 33;
/** A phrase spans no more characters than this, line ends and indentation included. */
const WIDEST = 2000;

const LABEL =
  /(?:mnemonic|seed[_\s-]?(?:phrase|words?)?|recovery[_\s-]?(?:phrase|words?)|secret[_\s-]?(?:phrase|words?)|backup[_\s-]?phrase|pass[_\s-]?phrase|wallet[_\s-]?(?:words?|phrase|seed)|\bphrase|\bwords|\bshare|slip-?39|bip-?39|助记词|助記詞|ニーモニック|니모닉)[^\n]{0,40}$/i;
const LABEL_WORD = /^(?:mnemonic|phrase|passphrase|seed|words?|backup|wallet)$/i;
/** What may stand between a label and its phrase: brackets, quotes, list marks, the number of the first word. */
const LEAD_IN = /(?:[\s"'`=:([{,>|*#-]|\d{1,2}[.):])+$/;
/** A sentence that ends there labels nothing; `e.g.` may stand between. */
const SENTENCE_END = /[a-z]{3}[.!?]\s*$/;
const BEFORE = /(?:["'`([{=:>|,\u3000]\s*|\n[ \t>*#/+-]*(?:\d{1,2}[.):]?[ \t]*)?)$/;
const AFTER = /^(?:[ \t]{0,8}(?:["'`)\]}<|;\\#(]|\/\/|--|$|\r?\n)|[.,;](?:\s|$|["'`])|[!?]?["'`]|\/)/;

function isSorted(words: readonly string[]): boolean {
  let up = 0;
  let down = 0;
  for (let i = 1; i < words.length; i++) {
    const [a, b] = [words[i - 1] as string, words[i] as string];
    up += a < b ? 1 : 0;
    down += a > b ? 1 : 0;
  }
  return up === words.length - 1 || down === words.length - 1;
}

function wordAt(text: string, { start, end }: Word): string {
  const word = text.slice(start, end);
  return (/^[a-z]+$/.test(word) ? word : word.normalize('NFKD')).toLowerCase();
}

/** Whether twelve words in a row are of some list. Most prose is turned away after a look at one word of six. */
function mayHoldPhrase(text: string, places: readonly Word[]): boolean {
  let stranger = -1;
  for (let k = FEWEST - 1; k < places.length; k = stranger + FEWEST) {
    let i = k;
    while (i > stranger && listsOf(wordAt(text, places[i] as Word)) !== 0) {
      i--;
    }
    if (i === stranger) {
      return true;
    }
    stranger = i;
  }
  return false;
}

function isLabelled(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 80), start).replace(LEAD_IN, ' ');
  return LABEL.test(before) && !SENTENCE_END.test(before);
}

/** One run of words and the phrases in it. */
class Run {
  readonly #words: readonly string[];
  /** Indexes of the words that begin a line, a literal or an item; the run's length last. */
  readonly #items: readonly number[];

  /** Bits of the lists that hold each word. */
  readonly #lists: readonly number[];
  /** For each word, the end of the longest stretch from it whose words have a list in common. */
  readonly #reach: readonly number[];
  readonly #gaps: string[] = [];
  readonly #known = new Map<number, PhraseHit | undefined>();

  constructor(
    readonly text: string,
    readonly places: readonly Word[],
  ) {
    this.#words = places.map((w) => wordAt(text, w));
    this.#lists = this.#words.map(listsOf);
    this.#reach = this.#lists.map((lists, i) => {
      let j = i;
      for (let common = lists; common !== 0 && j - i < MOST; common &= this.#lists[j] ?? 0) {
        j++;
      }
      return j;
    });
    this.#items = [...places.flatMap((w, i) => (w.item ? [i] : [])), places.length];
  }

  /** Words `[i, j)` as a phrase, when their checksum holds. */
  #hit(i: number, j: number, bounded: boolean): PhraseHit | undefined {
    const key = i * 64 + (j - i);
    let hit = this.#known.get(key);
    if (!this.#known.has(key)) {
      hit = this.#read(i, j);
      this.#known.set(key, hit);
    }
    return hit && { ...hit, bounded };
  }

  #read(i: number, j: number): PhraseHit | undefined {
    const start = (this.places[i] as Word).start;
    const end = (this.places[j - 1] as Word).end;
    const words = this.#words.slice(i, j);
    if (end - start > WIDEST || isSorted(words)) {
      return undefined;
    }
    const scheme = phraseScheme(words);
    if (!scheme) {
      return undefined;
    }
    const labelled = isLabelled(this.text, start);
    return { start, end, words, ruleId: scheme.ruleId, bits: scheme.bits, key: scheme.key, bounded: false, labelled };
  }

  #opens(i: number): boolean {
    const start = (this.places[i] as Word).start;
    return i > 0
      ? (this.places[i] as Word).item
      : BEFORE.test((start <= 40 ? '\n' : '') + this.text.slice(Math.max(0, start - 40), start));
  }

  #closes(j: number): boolean {
    const end = (this.places[j - 1] as Word).end;
    return j < this.places.length ? (this.places[j] as Word).item : AFTER.test(this.text.slice(end, end + 12));
  }

  /** Whether a word and the one before have a list in common. */
  #share(i: number): boolean {
    return ((this.#lists[i - 1] as number) & (this.#lists[i] as number) & wholeWords) !== 0;
  }

  /** What stands between a word and the one before, digits alike. */
  #gap(i: number): string {
    const gap =
      this.#gaps[i] ??
      this.text.slice((this.places[i - 1] as Word).end, (this.places[i] as Word).start).replace(/\d+/g, '0');
    this.#gaps[i] = gap;
    return gap;
  }

  /**
   * Whether the words before `i` or from `j` on are of the same list and set apart in the same way as those between: then
   * these are a part of a word list.
   */
  #goesOn(i: number, j: number): boolean {
    const sameGap = (k: number) => {
      const gap = this.#gap(k);
      for (let n = i + 1; n < j; n++) {
        if ((this.places[n] as Word).item && this.#gap(n) === gap) {
          return true;
        }
      }
      return false;
    };
    return (
      (i > 0 && !LABEL_WORD.test(this.#words[i - 1] as string) && this.#share(i) && sameGap(i)) ||
      (j < this.#words.length && this.#share(j) && sameGap(j))
    );
  }

  /** Lines, literals and items that together have as many words as a phrase. */
  #bounded(): PhraseHit[] {
    const hits: PhraseHit[] = [];
    const items = this.#items;
    for (let a = 0; a < items.length - 1; a++) {
      const i = items[a] as number;
      if ((this.#reach[i] as number) - i < FEWEST || !this.#opens(i)) {
        continue;
      }
      for (let b = a + 1; b < items.length && (items[b] as number) <= (this.#reach[i] as number); b++) {
        const j = items[b] as number;
        if (!phraseLengths.includes(j - i) || !this.#closes(j)) {
          continue;
        }
        const hit = b > a + 1 && this.#goesOn(i, j) ? undefined : this.#hit(i, j, true);
        if (hit && (b > a + 1 || hit.labelled || this.#isAmongPhrases(a))) {
          hits.push(hit);
        }
      }
    }
    return hits;
  }

  /** One line of many is a phrase only when the lines beside it that could be are ones too: else it is a word list's. */
  #isAmongPhrases(a: number): boolean {
    let alike = 0;
    let phrases = 0;
    for (let k = Math.max(0, a - 3); k <= Math.min(this.#items.length - 2, a + 3); k++) {
      const [i, j] = [this.#items[k] as number, this.#items[k + 1] as number];
      if (k !== a && phraseLengths.includes(j - i)) {
        alike++;
        phrases += j <= (this.#reach[i] as number) && phraseScheme(this.#words.slice(i, j)) ? 1 : 0;
      }
    }
    return phrases * 2 >= alike;
  }

  /** Words after a label, up to the first of another list: `my mnemonic is abandon ... about, keep it`. */
  #labelled(): PhraseHit[] {
    const starts = new Set<number>();
    this.#words.forEach((w, k) => {
      // `seed`, `word` and `wallet` are words of phrases too: a label stands in a text of other words.
      const text = LABEL_WORD.test(w) ? [1, 2, 3].map((n) => k + n) : [];
      text
        .filter((i) => this.#lists.slice(Math.max(0, k - 2), i).some((lists) => (lists & wholeWords) === 0))
        .forEach((i) => starts.add(i));
    });
    const first = (this.places[0] as Word).start;
    if (isLabelled(this.text, first)) {
      starts.add(0);
    }
    const hits: PhraseHit[] = [];
    for (const i of starts) {
      for (const n of phraseLengths) {
        const j = i + n;
        if (j > (this.#reach[i] ?? 0) || (j < this.#words.length && this.#share(j))) {
          continue;
        }
        const hit = this.#hit(i, j, false);
        if (hit) {
          hits.push({ ...hit, labelled: true });
        }
      }
    }
    return hits;
  }

  /** The phrases of the run, without overlaps: what fills its unit first, then labelled ones, then the longest. */
  phrases(): PhraseHit[] {
    if (this.#reach.every((j, i) => j - i < FEWEST)) {
      return [];
    }
    const hits = [...this.#bounded(), ...this.#labelled()];
    const rank = (h: PhraseHit) => h.words.length + (h.labelled ? 40 : 0) + (h.bounded ? 80 : 0);
    const kept: PhraseHit[] = [];
    for (const hit of hits.sort((a, b) => rank(b) - rank(a))) {
      if (kept.every((k) => hit.end <= k.start || hit.start >= k.end)) {
        kept.push(hit);
      }
    }
    return kept;
  }
}

/** Derivation path and password that make a phrase a secret URI. Source: Substrate, subkey. */
const JUNCTIONS = /^(?:\/{1,2}[A-Za-z0-9]{1,32}){0,6}(?:\/\/\/[^\s"'`]{1,64})?/;

/** A phrase with its path is one secret, which the chain reads as a whole. */
function withJunctions(text: string, hit: PhraseHit): PhraseHit {
  const path = JUNCTIONS.exec(text.slice(hit.end, hit.end + 300))?.[0] ?? '';
  return path !== '' && hit.ruleId.startsWith('bip39-')
    ? { ...hit, end: hit.end + path.length, ruleId: 'substrate-secret-uri' }
    : hit;
}

/** Recovery phrases that start in `[from, to)`, whatever their language. `codes` are the text's. */
export function findPhrases(text: string, codes: Uint8Array, from: number, to: number): PhraseHit[] {
  const hits: PhraseHit[] = [];
  eachWordRun(text, codes, from, to, (words) => {
    if (mayHoldPhrase(text, words)) {
      hits.push(...new Run(text, words).phrases());
    }
  });
  return hits.filter((h) => h.start >= from && h.start < to).map((h) => withJunctions(text, h));
}
