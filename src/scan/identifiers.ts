/**
 * The 100 pairs of letters that fill three quarters of all identifiers (counted over 22,962 of them in public type
 * declarations); random letters fill one pair in seven with them.
 */
const COMMON = new Set(
  (
    'ac ad ag al am an ar as at ca ce ch ck co cr ct da de di ea ec ed em en er es et ex fe fi ge ha he ic id ig il im in ' +
    'io is it ke la le li ll lo ma me mi mo mp na nc nd ne ng no ns nt od om on op or ou pa pe po pr pt qu ra re ri ro rr ' +
    'rs rt ry sa se si ss st ta te th ti to tr ty ue ul un ur ut ve yp'
  ).split(' '),
);
const BY_CHANCE = COMMON.size / (26 * 26);
const FORM = /^[A-Za-z_$][\w$.-]*$/;
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+){2,}$/;
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/**
 * True when a value is made of words, as names in programs are (`privateTradingPostOrder`, `FIELD_SIZE_V2`,
 * `error_wrong_spender`), and not of random characters: how many of its letter pairs are common ones is more than four
 * standard deviations from chance. About one random value in 10,000 of 15 characters passes, fewer when longer.
 */
export function isIdentifier(value: string): boolean {
  if (!FORM.test(value)) {
    return false;
  }
  if (CONSTANT.test(value)) {
    return true;
  }
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
  let pairs = 0;
  let common = 0;
  for (const [word] of value.matchAll(WORD)) {
    let own = 0;
    for (let i = 1; i < word.length; i++) {
      own += COMMON.has(word.slice(i - 1, i + 1).toLowerCase()) ? 1 : 0;
    }
    // Where the case is free, nine letters of one case in a row are rare enough.
    if (mixed && word.length > 9 && own >= (word.length - 1) / 2) {
      return true;
    }
    pairs += word.length - 1;
    common += own;
  }
  if (pairs < 8 || pairs < value.length / 2 || common < pairs * 0.45) {
    return false;
  }
  const deviation = (common - pairs * BY_CHANCE) / Math.sqrt(pairs * BY_CHANCE * (1 - BY_CHANCE));
  // Random alphabets rarely hold two of these separators.
  const parts = value.split(/[_.]/).length;
  return deviation >= (parts > 2 ? 4.25 : 4.75);
}
