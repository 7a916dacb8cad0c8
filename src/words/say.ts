/** What stands for a message's holes. */
export type Hole = string | number | boolean;

/** Gives a message in the language of the person, its holes filled. */
export type Translator = (message: string, ...holes: Hole[]) => string;

/** Fills `{0}`, `{1}`, ... of an English message, as VS Code's own `l10n.t` does. */
export const english: Translator = (message, ...holes) =>
  message.replace(/\{(\d+)\}/g, (hole, i: string) => String(holes[Number(i)] ?? hole));

let translator: Translator = english;

/** Sets the language of all rooms: the editor's, at its start. The command line keeps English. */
export function speak(translate: Translator): void {
  translator = translate;
}

/**
 * A sentence for a person, whole, with `{0}` where a value goes: translators move the holes, so no braces stand beside them. Each
 * form that English has for a number is a sentence of its own. Texts of tables are given to it when they are shown; scripts/l10n.ts
 * collects those.
 */
export function say(message: string, ...holes: (Hole | undefined)[]): string {
  return translator(message, ...holes.map((h) => h ?? ''));
}

/** `a and b and c`; empty without words. */
export function allOf(words: readonly string[]): string {
  return words.length > 1 ? words.reduce((a, b) => say('{0} and {1}', a, b)) : (words[0] ?? '');
}

/** `a or b or c`; empty without words. */
export function anyOf(words: readonly string[]): string {
  return words.length > 1 ? words.reduce((a, b) => say('{0} or {1}', a, b)) : (words[0] ?? '');
}
