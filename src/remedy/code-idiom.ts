import { say } from '../words/say';
import { type CodePlace, codePlace, type Spot } from './code-place';
import type { EnvReader } from './env-file';
import type { FixRow, Idiom, Loading, Moved, Place, Rewrite } from './idiom';
import type { Lexicon } from './lexicon';
import type { Refusal, TextChange } from './plan';

/** What a programming language contributes to its idiom; the rest is the same for all. */
export interface CodeLanguage {
  readonly id: string;
  readonly files: RegExp;
  readonly languageIds: readonly string[];
  readonly lexicon: Lexicon;
  /** Also tells a file of this language by its text. */
  readonly applies?: (file: string, text: string) => boolean;
  /** Who reads the env file; dotenv unless told. */
  readonly reader?: EnvReader;
  /** Why a place can take no expression, with the way out; undefined where it can. */
  readonly bar?: (spot: Spot) => Refusal | undefined;
  /** Replaces a literal that is the value. */
  readonly whole: (spot: Spot) => Rewrite | Refusal;
  /** Replaces `[from, to)` of a longer literal. */
  readonly part: (spot: Spot, from: number, to: number) => Rewrite | Refusal;
  /** Replaces a list of numbers; without it, such a place is refused. */
  readonly array?: (spot: Spot) => Rewrite | Refusal;
  /** Replaces a value that is code itself; without it, such a place is refused. */
  readonly bare?: (spot: Spot) => Rewrite | Refusal;
  /** Lookups with this literal as their fallback: they lose it, and fail without a value. */
  readonly fallbacks?: readonly Fallback[];
  /** The variable that a literal stands in for, where the place decides it. */
  readonly variable?: (spot: Spot) => string | undefined;
  readonly suggestion?: (place: Place) => string | undefined;
  readonly readsKeychain?: Idiom['readsKeychain'];
  readonly keystore?: Idiom['keystore'];
  readonly loading: (place: Place, envFile: string, moved: Moved) => Loading;
  readonly rows: readonly FixRow[];
}

/** A lookup with a literal as its fallback, told by the text around the literal. */
export interface Fallback {
  /** Text that ends before the literal. The group `name`, else group 1, is the variable's name. */
  readonly before: RegExp;
  /** Text that begins after the literal; sticky. */
  readonly after: RegExp;
  /** What takes the place of all three. */
  readonly text: (before: RegExpExecArray, spot: Spot) => string;
  /** The variable, where it is not the name itself (`Binance:ApiKey`). */
  readonly variable?: (name: string) => string;
  /** Changes that the new text needs. */
  readonly once?: (spot: Spot) => readonly TextChange[];
}

interface Backed {
  readonly fallback: Fallback;
  readonly before: RegExpExecArray;
  readonly end: number;
}

function backed(language: CodeLanguage, spot: Spot): Backed | undefined {
  const left = spot.text.slice(Math.max(0, spot.start - 500), spot.start);
  for (const fallback of language.fallbacks ?? []) {
    const before = fallback.before.exec(left);
    fallback.after.lastIndex = spot.end;
    if (before && fallback.after.test(spot.text)) {
      return { fallback, before, end: fallback.after.lastIndex };
    }
  }
  return undefined;
}

/** The refusal for a value in a comment. */
export const inComment: Refusal = {
  refused: say('The value stands in a comment, where nothing reads a variable.'),
  wayOut: say('Delete the comment, and rotate the key.'),
};

/** The refusal for a value that is not a string. */
export const notAString: Refusal = {
  refused: say('The value does not stand in a string here.'),
  wayOut: say('Put it into a string, or remove it.'),
};

function rewritten(language: CodeLanguage, at: CodePlace): Rewrite | Refusal {
  switch (at.kind) {
    case 'comment':
      return inComment;
    case 'page':
      return {
        refused: say('The value stands in the text of a page.'),
        wayOut: say('Remove it: whoever opens the page reads it.'),
      };
    case 'pieces':
      return {
        refused: say('The value is written in several pieces inside longer strings.'),
        wayOut: say('Write it as one string, then move it.'),
      };
    case 'array':
      return (
        language.array?.(at.spot) ?? {
          refused: say('A list of numbers can not be read from a variable in one expression here.'),
          wayOut: say('Keep the key as base58 or JSON text in a variable, and decode it where the program starts.'),
        }
      );
    case 'bare':
    case 'whole': {
      const { spot } = at;
      const found = backed(language, spot);
      if (found) {
        const { fallback, before, end } = found;
        return {
          change: { start: spot.start - before[0].length, end, text: fallback.text(before, spot) },
          once: fallback.once?.(spot) ?? [],
        };
      }
      return language.bar?.(spot) ?? (at.kind === 'whole' ? language.whole : language.bare)?.(spot) ?? notAString;
    }
    case 'part':
      return language.bar?.(at.spot) ?? language.part(at.spot, at.from, at.to);
  }
}

/** The idiom of a programming language. */
export function codeIdiom(language: CodeLanguage): Idiom {
  const variable = (place: Place): string | undefined => {
    const at = codePlace(place, '', language.lexicon);
    if (at.kind !== 'whole' && at.kind !== 'bare') {
      return undefined;
    }
    const found = backed(language, at.spot);
    const name = found?.before.groups?.name ?? found?.before[1];
    return name === undefined ? language.variable?.(at.spot) : (found?.fallback.variable?.(name) ?? name);
  };
  return {
    id: language.id,
    rows: language.rows,
    applies: (file, languageId, text) =>
      language.files.test(file) ||
      language.languageIds.includes(languageId ?? '') ||
      Boolean(language.applies?.(file, text)),
    variable,
    ...(language.keystore
      ? {
          // A lookup that is there already reads its variable, and no keystore.
          keystore: (place: Place) =>
            variable(place) === undefined && place.finding.fallbackOf === undefined
              ? language.keystore?.(place)
              : undefined,
        }
      : {}),
    ...(language.suggestion ? { suggestion: language.suggestion } : {}),
    ...(language.readsKeychain ? { readsKeychain: language.readsKeychain } : {}),
    rewrite: (place, variable) => rewritten(language, codePlace(place, variable, language.lexicon)),
    loading: language.loading,
    reader: language.reader ?? 'dotenv',
  };
}
