import { compose } from './compose';
import type { Finding, ScanOptions, StaleIgnore } from './finding';
import { type Directive, readDirectives } from './ignore';
import type { Position } from './line-starts';
import { type Head, preparePass } from './pass';
import type { RawFinding } from './raw-finding';
import { readHead, scanBlocks, scanValues } from './scan';

/** A part of a text that is too large to be held, with its neighbours' edges around it. */
export interface TextPart {
  readonly text: string;
  /** What stands before `text`: UTF-16 units, lines, and units since the last line end. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** What starts in `[from, to)` of `text` belongs to this part. The edges outside are as long as a value and what judgement
   * reads around it. */
  readonly from: number;
  readonly to: number;
}

/** A directive whose line, and the one after it, may end in a later part. */
interface OpenDirective {
  readonly directive: Directive;
  readonly line: number;
  lineEnd?: number;
  nextEnd?: number;
}

/**
 * Scans a text part by part and gives what a scan of the whole would give: parts find values and ignore directives, and only
 * the whole decides over overlaps, pairs and what is ignored. It keeps what was found, not the text.
 */
export class PartScanner {
  readonly #raws: RawFinding[] = [];
  readonly #directives: OpenDirective[] = [];
  readonly #places = new Map<number, Position>();
  readonly #values = new Map<number, string>();
  #head: Head | undefined;
  #length = 0;

  constructor(
    readonly options: ScanOptions,
    /** Keep values until the scanner is forgotten, for `valueOf`. */
    readonly keepsValues = false,
  ) {}

  /** Scans the next part. */
  add(part: TextPart): void {
    const { text, offset, from, to } = part;
    this.#head ??= readHead(text);
    const head = this.#head;
    const pass = preparePass(text, this.options, offset, () => head);
    const raws = [...scanBlocks(pass, from, to), ...scanValues(pass, from, to)];
    this.#place(part, raws);
    this.#raws.push(...raws);
    if (this.keepsValues) {
      for (const raw of raws) {
        this.#values.set(raw.start, text.slice(raw.start - offset, raw.end - offset));
      }
    }
    this.#readDirectives(part);
    this.#length = offset + text.length;
  }

  /** The findings of all parts, with offsets in the whole text. */
  result(): { readonly findings: readonly Finding[]; readonly staleIgnores: readonly StaleIgnore[] } {
    const directives = this.#directives.map((d) => ({ ...d.directive, lineEnd: d.lineEnd ?? this.#length }));
    const lines = new Map(this.#directives.map((d) => [d.directive.lineStart, d.line]));
    const ends = new Map(this.#directives.map((d) => [(d.lineEnd ?? this.#length) + 1, d.nextEnd]));
    return compose(
      () => ({
        length: this.#length,
        lineEnd: (offset) => ends.get(offset) ?? this.#length,
        lineAt: (offset) => lines.get(offset) ?? 0,
      }),
      this.#raws,
      directives,
      this.options,
    );
  }

  /** Where the start or the end of a finding stands. */
  placeOf(offset: number): Position {
    return this.#places.get(offset) ?? { line: 0, character: offset };
  }

  /** A finding's value; empty unless values are kept. */
  valueOf(finding: Finding): string {
    return this.#values.get(finding.start) ?? '';
  }

  #place({ text, offset, line, column }: TextPart, raws: readonly RawFinding[]): void {
    const offsets = [...new Set(raws.flatMap((r) => [r.start, r.end]))].sort((a, b) => a - b);
    const ends = text.matchAll(/\r\n|\r|\n/g);
    let next = ends.next();
    let lineNow = line;
    let lineStart = offset - column;
    for (const at of offsets) {
      for (; !next.done && offset + next.value.index + next.value[0].length <= at; next = ends.next()) {
        lineNow++;
        lineStart = offset + next.value.index + next.value[0].length;
      }
      this.#places.set(at, { line: lineNow, character: at - lineStart });
    }
  }

  #readDirectives({ text, offset, line, column, from, to }: TextPart): void {
    let lineOf = line;
    let end = text.indexOf('\n');
    for (const d of readDirectives(text, from, to)) {
      for (; end >= 0 && end < d.lineStart; end = text.indexOf('\n', end + 1)) {
        lineOf++;
      }
      const lineStart = d.lineStart === 0 ? offset - column : d.lineStart + offset;
      this.#directives.push({ directive: { ...d, lineStart }, line: lineOf });
    }
    for (const d of this.#directives) {
      if (d.lineEnd === undefined) {
        d.lineEnd = lineFeedFrom(text, d.directive.lineStart - offset, offset);
      }
      if (d.lineEnd !== undefined && d.nextEnd === undefined) {
        d.nextEnd = lineFeedFrom(text, d.lineEnd + 1 - offset, offset);
      }
    }
  }
}

/** Offset in the whole text of the first line feed at or after `at`; undefined when a later part holds it. */
function lineFeedFrom(text: string, at: number, offset: number): number | undefined {
  const found = text.indexOf('\n', Math.max(0, at));
  return found < 0 ? undefined : found + offset;
}
