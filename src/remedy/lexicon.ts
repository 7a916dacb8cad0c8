/** One way in which a language writes strings. */
export interface StringForm {
  /** Matches all that opens the string, prefix included; sticky. */
  readonly open: RegExp;
  /** What closes it, given what opened it. */
  readonly close: (open: string) => string;
  /** Character that takes the meaning of the next one away; empty for raw strings. */
  readonly escape: '\\' | '`' | '';
  /** The closing text written twice stands for itself. */
  readonly doubled?: boolean;
  /** What surrounds an expression inside the string: `${` and `}`. */
  readonly hole?: readonly [string, string];
  /** May run over several lines. */
  readonly lines?: boolean;
}

/** What a language's comments and strings look like: enough to tell code from text. */
export interface Lexicon {
  /** Marks of comments to the end of the line. */
  readonly line: readonly string[];
  /** A line comment begins at the beginning of a word only. */
  readonly lineAtWord?: boolean;
  /** Marks that begin no comment before this character. */
  readonly lineUnless?: readonly (readonly [string, string])[];
  readonly block: readonly (readonly [string, string])[];
  /** Tried in this order. */
  readonly strings: readonly StringForm[];
  /** Character literals and the like that hold no text, as a whole; sticky. */
  readonly opaque?: RegExp;
  /** Opens a here-document; sticky. Group 1 is the quote, group 2 the word that ends it. */
  readonly heredoc?: RegExp;
  /** `/…/` is a regular expression where a value is expected. */
  readonly regex?: boolean;
  /** Code stands between these only, the rest is text of a page; both sticky. */
  readonly embedded?: readonly [RegExp, RegExp];
}

/** A comment or a string of a text. */
export interface Token {
  readonly kind: 'comment' | 'string' | 'heredoc' | 'page';
  /** With delimiters and prefix. */
  readonly start: number;
  readonly end: number;
  /** The content. */
  readonly open: number;
  readonly close: number;
  readonly form?: StringForm;
  /** Expressions inside a string. */
  readonly holes: readonly { readonly start: number; readonly end: number }[];
}

const same = () => (open: string) => open.slice(-1);

/** `"…"` with backslash escapes on one line. */
export const doubleQuoted: StringForm = { open: /"/y, close: same(), escape: '\\' };
/** `'…'` with backslash escapes on one line. */
export const singleQuoted: StringForm = { open: /'/y, close: same(), escape: '\\' };

const BEFORE_REGEX =
  /(?:^|[=([{,;:!&|?+\-~^%<>\n]|\b(?:return|typeof|case|in|of|when|and|or|not|if|unless|while|split|grep|map))$/;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const WORD = /[\p{L}\p{N}_$]+/uy;

const at = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index;
  return pattern.exec(text);
};

/** Reads a text from its beginning, for only so can it be known what is a string and what is code. */
class Reader {
  readonly tokens: Token[] = [];
  private pending: { word: string }[] = [];

  constructor(
    private readonly text: string,
    private readonly lexicon: Lexicon,
  ) {}

  /** Reads code from `from` to `until` at the same depth of brackets, or to the end; the offset behind it. */
  code(from: number, until: string, depth: number): number {
    const { text, lexicon } = this;
    const opener = until === ')' ? '(' : until === ']' ? '[' : '{';
    let nested = 0;
    let i = from;
    while (i < text.length) {
      const c = text[i] as string;
      if (until && c === until && nested-- === 0) {
        return i;
      }
      if (until && c === opener) {
        nested++;
      }
      if (c === '\n' && this.pending.length > 0) {
        i = this.bodies(i + 1);
        continue;
      }
      const next =
        this.comment(i) ||
        this.heredoc(i) ||
        (lexicon.opaque && at(lexicon.opaque, text, i) ? lexicon.opaque.lastIndex : 0) ||
        this.string(i, depth) ||
        this.regex(i) ||
        this.page(i);
      i = next || (at(WORD, text, i) ? WORD.lastIndex : i + 1);
    }
    return i;
  }

  private add(kind: Token['kind'], start: number, open: number, close: number, end: number): number {
    this.tokens.push({ kind, start, end, open, close, holes: [] });
    return end;
  }

  private comment(i: number): number {
    const { text, lexicon } = this;
    for (const [open, close] of lexicon.block) {
      if (text.startsWith(open, i)) {
        const end = text.indexOf(close, i + open.length);
        const to = end < 0 ? text.length : end + close.length;
        return this.add('comment', i, i + open.length, end < 0 ? to : end, to);
      }
    }
    const line =
      lexicon.line.some((mark) => text.startsWith(mark, i)) ||
      lexicon.lineUnless?.some(([mark, next]) => text.startsWith(mark, i) && text[i + mark.length] !== next);
    if (line && !(lexicon.lineAtWord && /[^\s;&|()]/.test(text[i - 1] ?? ' '))) {
      const end = text.indexOf('\n', i);
      const to = end < 0 ? text.length : end;
      return this.add('comment', i, i, to, to);
    }
    return 0;
  }

  private heredoc(i: number): number {
    const m = this.lexicon.heredoc && at(this.lexicon.heredoc, this.text, i);
    if (!m?.[2]) {
      return 0;
    }
    this.pending.push({ word: m[2] });
    return i + m[0].length;
  }

  /** Bodies of the here-documents that a line has opened. */
  private bodies(from: number): number {
    let i = from;
    for (const { word } of this.pending) {
      const end = new RegExp(`^[ \\t]*${word}\\b`, 'm');
      const found = end.exec(this.text.slice(i));
      const close = found ? i + found.index : this.text.length;
      this.add('heredoc', i, i, close, close);
      i = found ? close + found[0].length : close;
    }
    this.pending = [];
    return i;
  }

  private string(i: number, depth: number): number {
    const { text } = this;
    for (const form of this.lexicon.strings) {
      const m = at(form.open, text, i);
      if (!m) {
        continue;
      }
      const index = this.tokens.length;
      const open = i + m[0].length;
      const close = form.close(m[0]);
      const holes: { start: number; end: number }[] = [];
      let j = open;
      while (j < text.length) {
        const c = text[j] as string;
        if (form.hole && text.startsWith(form.hole[0], j) && depth < 16) {
          const mark = form.hole[0];
          if (mark === '{' && text[j + 1] === '{') {
            j += 2;
            continue;
          }
          const start = j + mark.length;
          j = this.code(start, form.hole[1], depth + 1);
          holes.push({ start, end: j });
          j += form.hole[1].length;
        } else if (form.escape && c === form.escape) {
          j += 2;
        } else if (text.startsWith(close, j)) {
          if (form.doubled && text.startsWith(close, j + close.length)) {
            j += 2 * close.length;
            continue;
          }
          const end = j + close.length;
          this.tokens.splice(index, 0, { kind: 'string', start: i, end, open, close: j, form, holes });
          return end;
        } else if (c === '\n' && !form.lines) {
          break;
        } else {
          j++;
        }
      }
      // Not closed: no string of this form.
      this.tokens.length = index;
    }
    return 0;
  }

  private regex(i: number): number {
    if (!this.lexicon.regex || this.text[i] !== '/') {
      return 0;
    }
    const before = this.text.slice(Math.max(0, i - 40), i).replace(/[ \t]+$/, '');
    return BEFORE_REGEX.test(before) && at(REGEX, this.text, i) ? REGEX.lastIndex : 0;
  }

  /** From the end of embedded code to where code begins again. */
  page(i: number, begin = false): number {
    const marks = this.lexicon.embedded;
    if (!marks || (!begin && !at(marks[1], this.text, i))) {
      return 0;
    }
    const from = begin ? i : marks[1].lastIndex;
    const open = new RegExp(marks[0].source, 'g');
    open.lastIndex = from;
    const m = open.exec(this.text);
    const to = m ? m.index + m[0].length : this.text.length;
    return this.add('page', i, i, to, to);
  }

  read(): Token[] {
    this.code(this.page(0, true), '', 0);
    return this.tokens;
  }
}

/** Comments and strings of a text, by their start; those inside a string's expressions follow the string. */
export function lex(text: string, lexicon: Lexicon): Token[] {
  return new Reader(text, lexicon).read();
}

/** The text with comments and the contents of strings blanked, every other character where it was. */
export function codeOnly(text: string, tokens: readonly Token[]): string {
  const out = text.split('');
  const blank = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      out[i] = ' ';
    }
  };
  for (const t of tokens) {
    if (t.kind === 'comment') {
      for (let i = t.start; i < t.end; i++) {
        out[i] = text[i] === '\n' ? '\n' : ' ';
      }
      continue;
    }
    let from = t.open;
    for (const hole of t.holes) {
      blank(from, hole.start);
      from = hole.end;
    }
    blank(from, t.close);
  }
  return out.join('');
}
