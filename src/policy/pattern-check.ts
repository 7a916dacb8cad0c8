import { say } from '../words/say';
/**
 * Says why a custom rule's expression is refused, or undefined when it is safe. Conservative and static: a repeated group
 * may not hold a repetition without bound, alternatives under a repetition may not begin alike, and there is no
 * look-around and no back-reference. What passes runs in linear time on V8.
 */
export function linearProblem(pattern: string): string | undefined {
  if (pattern.length > 400) {
    return say('the expression is longer than 400 characters.');
  }
  try {
    new RegExp(pattern);
  } catch {
    return say('the expression does not compile.');
  }
  if (/\(\?[=!<]/.test(pattern)) {
    return say('look-around is not allowed.');
  }
  if (/\\[1-9]|\\k</.test(pattern)) {
    return say('back-references are not allowed.');
  }
  const flat = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const unbounded = /[*+]|\{\d+,\}/;
  const open: { at: number }[] = [];
  for (let i = 0; i < flat.length; i++) {
    if (flat[i] === '(') {
      open.push({ at: i });
    } else if (flat[i] === ')') {
      const group = flat.slice((open.pop()?.at ?? 0) + 1, i);
      const after = /^(?:[*+]|\{\d+(?:,\d*)?\})/.exec(flat.slice(i + 1))?.[0];
      if (after && after !== '{1}' && (unbounded.test(group) || group.includes('|'))) {
        return say('a repeated group may not hold alternatives or an unbounded repetition.');
      }
    }
  }
  const runs = flat.match(/x[*+]x[*+]|\.[*+].{0,20}\.[*+]/);
  if (runs) {
    return say('two unbounded repetitions may not follow each other.');
  }
  if (/^(?:\(\?:)?[.x][*+]/.test(flat)) {
    return say('the expression must begin with a literal or a bounded repetition.');
  }
  return undefined;
}
