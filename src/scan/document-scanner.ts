import { LONGEST_BLOCK } from './blocks';
import { compose } from './compose';
import type { ScanOptions, ScanResult } from './finding';
import { type Directive, readDirectives } from './ignore';
import type { RawFinding } from './raw-finding';
import { type Pass, preparePass, scanBlocks, scanValues } from './scan';
import { LOOK_BACK } from './site';
import { HEAD, LOOK_AHEAD } from './surroundings';

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

/**
 * Keeps the findings of one document while it is edited. It follows the edited lines, not the length of the document, and
 * always gives what a scan of the whole text would give.
 */
export class DocumentScanner {
  #text: string;
  #pass: Pass;
  #headKey: string;
  #values: RawFinding[] = [];
  #blocks: RawFinding[] = [];
  #directives: Directive[];
  /** Everything before this offset has been scanned. */
  #done = 0;
  #result: ScanResult | undefined;

  /** Scans at once; with `deferred`, nothing until `advance` is called. */
  constructor(
    text: string,
    readonly options: ScanOptions,
    deferred = false,
  ) {
    this.#text = text;
    this.#pass = preparePass(text, options);
    this.#headKey = headKey(this.#pass);
    this.#directives = readDirectives(text);
    if (!deferred) {
      this.advance(text.length + 1);
    }
  }

  get text(): string {
    return this.#text;
  }

  /** True when the whole text has been scanned. */
  get isComplete(): boolean {
    return this.#done > this.#text.length;
  }

  /** Scans up to `characters` more of a deferred document. True when nothing is left. */
  advance(characters: number): boolean {
    if (!this.isComplete) {
      const to = Math.min(this.#text.length + 1, this.#done + characters);
      this.#values.push(...scanValues(this.#pass, this.#done, to));
      this.#blocks.push(...scanBlocks(this.#pass, this.#done, to));
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
    this.#result ??= compose(this.#text, [...this.#blocks, ...this.#values], this.#directives, this.options);
    return this.#result;
  }

  #apply(edit: Edit): void {
    const old = this.#text;
    const start = Math.max(0, Math.min(edit.start, old.length));
    const end = Math.max(start, Math.min(edit.end, old.length));
    const shift = edit.text.length - (end - start);
    const wasComplete = this.isComplete;
    this.#text = old.slice(0, start) + edit.text + old.slice(end);
    this.#result = undefined;
    this.#followDirectives(old, start, end, shift, edit.text.length);
    if (this.#done > start) {
      this.#done = wasComplete ? this.#text.length + 1 : Math.max(start, this.#done + shift);
    }
    if (start < HEAD) {
      const fresh = preparePass(this.#text, this.options);
      const key = headKey(fresh);
      this.#pass = fresh;
      if (key !== this.#headKey) {
        this.#headKey = key;
        this.#values = scanValues(fresh, 0, this.#done);
        this.#blocks = scanBlocks(fresh, 0, this.#done);
        return;
      }
    } else {
      this.#pass = { ...this.#pass, text: this.#text };
    }
    const dirtyEnd = start + edit.text.length;
    this.#values = this.#again(this.#values, start, end, shift, start - VALUE_BACK, dirtyEnd + VALUE_AHEAD, scanValues);
    this.#blocks = this.#again(this.#blocks, start, end, shift, start - BLOCK_BACK, dirtyEnd + VALUE_AHEAD, scanBlocks);
  }

  #again(
    raws: readonly RawFinding[],
    start: number,
    end: number,
    shift: number,
    from: number,
    to: number,
    scan: (pass: Pass, from: number, to: number) => RawFinding[],
  ): RawFinding[] {
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
    void start;
    return [...before, ...(low < high ? scan(this.#pass, low, high) : []), ...after];
  }

  #followDirectives(old: string, start: number, end: number, shift: number, inserted: number): void {
    // Directives belong to lines: those of the touched lines are read again, later ones move.
    const oldFrom = old.lastIndexOf('\n', start - 1) + 1;
    const newline = old.indexOf('\n', end);
    const oldTo = newline < 0 ? old.length : newline;
    const kept: Directive[] = [];
    const moved: Directive[] = [];
    for (const d of this.#directives) {
      if (d.lineEnd < oldFrom) {
        kept.push(d);
      } else if (d.lineStart > oldTo) {
        moved.push({ ...d, lineStart: d.lineStart + shift, lineEnd: d.lineEnd + shift });
      }
    }
    const next = this.#text.indexOf('\n', start + inserted);
    const fresh = readDirectives(this.#text, oldFrom, next < 0 ? this.#text.length : next);
    this.#directives = [...kept, ...fresh, ...moved];
  }
}

function headKey(pass: Pass): string {
  return [...pass.head.keys()].sort().join(' ');
}
