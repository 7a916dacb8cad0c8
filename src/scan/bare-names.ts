import { lineStart } from './literal';
import { looksGenerated } from './placeholders';

/** Languages whose strings have quotes: a bare word is a name there. */
const CODE =
  /\.(?:[cm]?[jt]sx?|java|kts?|go|rs|[ch]|[ch]pp|[ch]xx|cc|hh|cs|swift|scala|dart|php|sol|vy|move|cairo|lua|mm?|py|rb)$/i;
const NAME = /^[A-Za-z_$][\w$.]*$/;
/** A number with the suffix of its type. */
const NUMBER = /^0x[0-9a-f]+u?l{1,2}u?$/i;
const HEX = /^[0-9a-f]+$/i;
/** What follows a name in an expression, a declaration or a list of arguments. */
const AFTER = /^[ \t]*(?:[;)*&{|,]|->|[!=<>]=|:[^/])/;
const COMMENT = /\/\/|\/\*|#|^[ \t]*\*|--|<!--/;

/**
 * True when an unquoted value is a name of a program: in a source file, outside a comment, with the punctuation of code
 * behind it. Hex digits and what only a generator makes stay: they may stand in a text of several lines.
 */
export function isBareName(text: string, start: number, end: number, fileName: string): boolean {
  const value = text.slice(start, end);
  if (!CODE.test(fileName) || NUMBER.test(value)) {
    return NUMBER.test(value);
  }
  if (!NAME.test(value) || HEX.test(value) || looksGenerated(value) || !AFTER.test(text.slice(end, end + 8))) {
    return false;
  }
  const line = text.slice(lineStart(text, start, start - 400), start).replace(/\/\*.*?\*\//g, '');
  return !COMMENT.test(line) && !/["'`]/.test(line.slice(-1));
}
