import { roleOf } from './names';
import { looksGenerated } from './placeholders';
import type { Bond } from './site';
import type { SiteReader } from './site-reader';

/**
 * Where a walk stands: `own` while what it passes is still the value itself (parentheses, casts, wrappers, pieces of a
 * string), so that the next name is the value's and not its holder's.
 */
export interface Step {
  readonly at: number;
  readonly own: boolean;
  readonly level: number;
}

/** A name that the walk passed: the value's own while it stands there and none is known, else its holder's. */
export function note(r: SiteReader, step: Step, name: string, bond: Bond): void {
  if (step.own && !r.isNamed) {
    r.add(name, bond);
  } else {
    r.parent(name);
  }
}

const WORDS = /^(?:[a-z][a-z0-9]{0,14}[-_])+[a-z][a-z0-9]{0,14}$/i;

/** A string of a generated value's look: no one names an argument so. */
export function isRandom(text: string): boolean {
  return (
    !/[ .:$@]/.test(text) &&
    !WORDS.test(text) &&
    (looksGenerated(text) ||
      (text.length >= 40 && !/[-_]/.test(text)) ||
      (text.length >= 16 && (text.match(/\d/g)?.length ?? 0) / text.length > 0.05 && roleOf(text) === undefined))
  );
}

/** A string that may name an argument or a member. */
export function isName(s: string | undefined): s is string {
  return s !== undefined && s.length <= 100 && /^[\w.:$@ -]+$/.test(s) && !isRandom(s.replace(/^-+/, ''));
}
