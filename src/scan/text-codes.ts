/** What a unit of text is to the searches, as bits of `CLASS`. */
export enum Unit {
  /** May stand in a generated value: `[A-Za-z0-9_+/=~.:@-]`. */
  Token = 1,
  Digit = 2,
  /** May stand in a piece of a value that is written in pieces: `[A-Za-z0-9_+/=.:-]`. */
  Part = 4,
  Blank = 16,
  /** Stands between a name and its value. */
  Separator = 32,
  /** May stand in a name: `[A-Za-z0-9_$.-]`. */
  Name = 64,
  /** May stand before an opening quote: b"", f"", r"", u"", @"". */
  Prefix = 128,
}

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (characters: string, bit: Unit) => {
    for (const c of characters) {
      const code = c.charCodeAt(0);
      table[code] = (table[code] as number) | bit;
    }
  };
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  add(`${lower}${lower.toUpperCase()}0123456789_+/=~.:@-`, Unit.Token);
  add('0123456789', Unit.Digit);
  add(`${lower}${lower.toUpperCase()}0123456789_+/=.:-`, Unit.Part);
  add(' \t\r\n', Unit.Blank);
  add('=:>,|?', Unit.Separator);
  add(`${lower}${lower.toUpperCase()}0123456789_$.-`, Unit.Name);
  add('rbufRBUF@', Unit.Prefix);
  return table;
}

/** Bits of `Unit` by code. */
export const CLASS: Uint8Array = classes();

const encoder = new TextEncoder();
let buffer = new Uint8Array(1 << 16);

/**
 * The units of a text as bytes, at the same offsets; what is no ASCII becomes 0xff. Searches run twice as fast over bytes
 * as over a string. The buffer is shared: the codes hold until the next call.
 */
export function codesOf(text: string): Uint8Array {
  const { length } = text;
  if (buffer.length <= length) {
    buffer = new Uint8Array(Math.max(length + 1, buffer.length * 2));
  }
  const { read, written } = encoder.encodeInto(text, buffer);
  if (read !== length || written !== length) {
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      buffer[i] = code < 128 ? code : 0xff;
    }
  }
  return buffer.subarray(0, length);
}
