/** A word, a number, or a word and a number; several of them with marks between: `bitcoin`, `test1234`, `btc-usdt-240628`. */
const SPOKEN = /^(?:(?:[A-Z]?[a-z]+|[A-Z]+|(?:[A-Z][a-z]{2,}){2,})?\d{0,6}(?:[-_.]|$))+$/;

/** Whether a short value may come from a generator at all. Values of a longer shape are looked at again when judged. */
export function isGenerated(value: string): boolean {
  const mixed = /\d/.test(value) || (value.match(/(?<![a-z])[a-z](?![a-z])/g)?.length ?? 0) >= 2;
  return value.length >= 8 && /[A-Za-z]/.test(value) && mixed && !SPOKEN.test(value);
}
