import type { CredentialType } from '../catalog/credential-type';
import { prove } from '../encodings/proof';
import { testKeyName } from '../encodings/test-keys';
import { alphabetOf } from './alphabet';
import { isFragment } from './fragments';
import { isNear, type Pass } from './pass';
import type { Token } from './tokens';

/** A published test key, or a value with a checksum, is no stand-in, whatever it looks like. */
export function isKnown(types: readonly CredentialType[], value: string): boolean {
  const proves = (t: CredentialType) => (t.shape.proof ? (prove(t.shape.proof, value)?.bits ?? 0) : 0) >= 15;
  return testKeyName(value) !== undefined || types.some(proves);
}

/** Types that a token has the shape of, and that may count where it stands. */
export function fittingTypes(pass: Pass, { start, end }: Token, value: string): CredentialType[] {
  const { index, text } = pass;
  const fitting: CredentialType[] = [];
  const shapes = index.shapes(value.length, value.charCodeAt(0), alphabetOf(value));
  if (shapes.length === 0) {
    return fitting;
  }
  // What stands near turns away most tokens, and costs less than their shapes' expressions.
  const near = isNear(pass, shapes, start, end);
  let fragment: boolean | undefined;
  for (const shape of shapes) {
    const own = near && isNear(pass, shape, start, end);
    if ((!own && !shape.needless) || !shape.matches(value)) {
      continue;
    }
    const types = shape.types.filter((type) => !isEdged(text, start, end, type));
    if (types.length === 0) {
      continue;
    }
    if (own) {
      fragment ??= isFragment(text, start, end);
    }
    fitting.push(...(own && fragment === false ? types : types.filter((t) => t.need === 'none')));
  }
  return fitting;
}

function isEdged(text: string, start: number, end: number, type: CredentialType): boolean {
  const { edge } = type.shape;
  if (!edge || /[[{(]/.test(text[start] as string)) {
    return false; // a list of bytes has its own bounds
  }
  const touches = edgeTest(edge);
  // An equals sign before a value assigns it (only after one it is padding), and a shell's `:-` precedes a default.
  const isApart = text[start - 1] === '=' || text.startsWith(':-', start - 2);
  return (!isApart && touches(text[start - 1])) || touches(text[end]);
}

const edgeTests = new Map<string, (c: string | undefined) => boolean>();

function edgeTest(edge: string): (c: string | undefined) => boolean {
  let test = edgeTests.get(edge);
  if (!test) {
    const re = new RegExp(edge);
    test = (c) => c !== undefined && re.test(c);
    edgeTests.set(edge, test);
  }
  return test;
}
