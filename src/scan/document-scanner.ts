import { LONGEST_BLOCK } from './blocks';
import { ChunkedText } from './chunked-text';
import { compose, textLines } from './compose';
import type { ScanOptions, ScanResult } from './finding';
import { type Directive, readDirectives } from './ignore';
import { catalogIndex, type Head, type Pass, preparePass } from './pass';
import { LEAD } from './phrase-findings';
import { HEAD, headWords } from './provider-words';
import type { RawFinding } from './raw-finding';
import { scanBlocks, scanValues } from './scan';
import { LOOK_AHEAD, LOOK_BACK } from './site-reader';

/** Replace `[start, end)` by `text`; several are applied in order, each to the text that the one before left. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A value is found again when an edit touches it, or anything that judgement reads around it. */
const VALUE_BACK = 4096 + LOOK_AHEAD + 700;
const VALUE_AHEAD = LOOK_BACK + 700;
const BLOCK_BACK = LONGEST_BLOCK + LOOK_AHEAD;
/** What a window holds before the first value and after the last start that are looked for. */
const MARGIN_BACK = LEAD + LOOK_BACK + 2000;
const MARGIN_AHEAD = LONGEST_BLOCK + LOOK_AHEAD;

/** A directive with its rules is not longer. */
const DIRECTIVE_REACH = 300;

type Scan = (pass: Pass, from: number, to: number) => RawFinding[];

/**
 * Keeps the findings of one document while it is edited. It follows the edited lines, not the length of the document, and
 * always gives what a scan of the whole text would give.
 */
export class DocumentScanner {
  readonly #text: ChunkedText;
  #values: RawFinding[] = [];
  #blocks: RawFinding[] = [];
  #directives: readonly Directive[] = [];
  /** Everything before this offset has been scanned. */
  #done = 0;
  #result: ScanResult | undefined;
  #head: Head | undefined;

  /** Scans at once; with `deferred`, nothing until `advance` is called. */
  constructor(
    text: string,
    readonly options: ScanOptions,
    deferred = false,
  ) {
    this.#text = new ChunkedText(text);
    if (!deferred) {
      this.advance(text.length + 1);
    }
  }

  get text(): string {
    return this.#text.toString();
  }

  /** UTF-16 units. */
  get length(): number {
    return this.#text.length;
  }

  /** True when the whole text has been scanned. */
  get isComplete(): boolean {
    return this.#done > this.#text.length;
  }

  /** Scans up to `characters` more of a deferred document. True when nothing is left. */
  advance(characters: number): boolean {
    if (!this.isComplete) {
      const to = Math.min(this.#text.length + 1, this.#done + characters);
      this.#values.push(...this.#scan(scanValues, this.#done, to));
      this.#blocks.push(...this.#scan(scanBlocks, this.#done, to));
      this.#rereadDirectives(this.#done, to);
      this.#done = to;
      this.#result = undefined;
    }
    return this.isComplete;
  }

  /** Follows edits. */
  update(edits: readonly Edit[]): void {
    for (const edit of edits) {
      this.#apply(edit);
    }
  }

  /** The findings of the text as it is now (of its scanned part, while deferred). */
  result(): ScanResult {
    this.#result ??= compose(
      () => textLines(this.#text.toString()),
      [...this.#blocks, ...this.#values],
      this.#directives,
      this.options,
    );
    return this.#result;
  }

  /** Scans the values that start in `[from, to)`, in a window of the text around them. */
  #scan(scan: Scan, from: number, to: number): RawFinding[] {
    const base = Math.max(0, from - MARGIN_BACK);
    const text = this.#text.slice(base, to + MARGIN_AHEAD);
    const pass = preparePass(text, this.options, base, () => {
      this.#head ??= headWords(catalogIndex(), this.#text.slice(0, HEAD));
      return this.#head;
    });
    return scan(pass, from - base, to - base);
  }

  #apply(edit: Edit): void {
    const start = Math.max(0, Math.min(edit.start, this.#text.length));
    const end = Math.max(start, Math.min(edit.end, this.#text.length));
    const shift = edit.text.length - (end - start);
    const wasComplete = this.isComplete;
    this.#result = undefined;
    this.#followDirectives(start, end, edit.text);
    if (this.#done > start) {
      this.#done = wasComplete ? this.#text.length + 1 : Math.max(start, this.#done + shift);
    }
    if (start < HEAD && this.#head) {
      const fresh = headWords(catalogIndex(), this.#text.slice(0, HEAD));
      const same = fresh.size === this.#head.size && [...fresh.keys()].every((k) => this.#head?.has(k));
      this.#head = fresh;
      if (!same) {
        this.#values = this.#scan(scanValues, 0, this.#done);
        this.#blocks = this.#scan(scanBlocks, 0, this.#done);
        return;
      }
    }
    const dirtyEnd = start + edit.text.length;
    this.#values = this.#again(this.#values, end, shift, start - VALUE_BACK, dirtyEnd + VALUE_AHEAD, scanValues);
    this.#blocks = this.#again(this.#blocks, end, shift, start - BLOCK_BACK, dirtyEnd + VALUE_AHEAD, scanBlocks);
  }

  #again(raws: readonly RawFinding[], end: number, shift: number, from: number, to: number, scan: Scan): RawFinding[] {
    const low = Math.max(0, from);
    const high = Math.min(this.#done, to);
    const before: RawFinding[] = [];
    const after: RawFinding[] = [];
    for (const raw of raws) {
      if (raw.start < low) {
        before.push(raw);
      } else if (raw.start >= end && raw.start + shift >= high) {
        after.push(shift === 0 ? raw : { ...raw, start: raw.start + shift, end: raw.end + shift });
      }
    }
    return [...before, ...(low < high ? this.#scan(scan, low, high) : []), ...after];
  }

  /** Applies the edit to the text; directives of the touched lines are read again, later ones move. */
  #followDirectives(start: number, end: number, inserted: string): void {
    const shift = inserted.length - (end - start);
    this.#text.replace(start, end, inserted);
    const kept: Directive[] = [];
    let touched = false;
    for (const d of this.#directives) {
      if (d.lineEnd < start) {
        kept.push(d);
      } else if (d.lineStart > end) {
        kept.push(shift === 0 ? d : { ...d, lineStart: d.lineStart + shift, lineEnd: d.lineEnd + shift });
      } else {
        touched = true;
      }
    }
    this.#directives = kept;
    if (touched) {
      this.#readLines(start, start + inserted.length);
    } else {
      this.#rereadDirectives(start, start + inserted.length);
    }
  }

  /** Reads the directives of the lines that `[from, to)` touches, when one stands near: lines may be as long as the text. */
  #rereadDirectives(from: number, to: number): void {
    if (readDirectives(this.#text.slice(from - DIRECTIVE_REACH, to + DIRECTIVE_REACH)).length > 0) {
      this.#readLines(from, to);
    }
  }

  #readLines(from: number, to: number): void {
    const first = this.#text.lineStart(from);
    const last = this.#text.lineEnd(to);
    const fresh = readDirectives(this.#text.slice(first, last)).map((d) => ({
      ...d,
      lineStart: d.lineStart + first,
      lineEnd: d.lineEnd + first,
    }));
    const others = this.#directives.filter((d) => d.lineEnd < first || d.lineStart > last);
    this.#directives = [...others, ...fresh].sort((a, b) => a.lineStart - b.lineStart);
  }
}
