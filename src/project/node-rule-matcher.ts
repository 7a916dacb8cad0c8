import vm from 'node:vm';

/** A rule's matches that start in `[from, to)`. */
type Matcher = (
  rule: { readonly id: string; readonly pattern: string },
  text: string,
  from: number,
  to: number,
) => readonly (readonly [number, number])[];

/** Milliseconds that one rule may take on one text. */
const LIMIT = 250;

const MATCH = new vm.Script(`(() => {
  const expression = new RegExp(pattern, 'g');
  expression.lastIndex = from;
  const found = [];
  for (let m = expression.exec(text); m && m.index < to; m = expression.exec(text)) {
    if (m[0] === '') {
      expression.lastIndex++;
    } else {
      found.push([m.index, m.index + m[0].length]);
    }
  }
  return found;
})()`);

/**
 * Matches custom rules under a time limit: V8 ends an expression that runs too long, and the rule counts no more in this run.
 * `onSlow` is told once a rule.
 */
export function limitedMatcher(onSlow: (ruleId: string) => void, limit = LIMIT): Matcher {
  const box: Record<string, unknown> = Object.create(null);
  const context = vm.createContext(box);
  const stopped = new Set<string>();
  return (rule, text, from, to) => {
    if (stopped.has(rule.id)) {
      return [];
    }
    Object.assign(box, { pattern: rule.pattern, text, from, to });
    try {
      return MATCH.runInContext(context, { timeout: limit }) as [number, number][];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        throw error;
      }
      stopped.add(rule.id);
      onSlow(rule.id);
      return [];
    } finally {
      box.text = '';
    }
  };
}
