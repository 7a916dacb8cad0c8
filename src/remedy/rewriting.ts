import type { Finding } from '../scan/finding';
import { decodedValue } from '../scan/value';
import { say } from '../words/say';
import { EditedText } from './edited-text';
import type { Wanted } from './env-destination';
import { type Idiom, isRefusal, type Place } from './idiom';
import type { Refusal } from './plan';

/** The value of a place with the variable that it should get. */
export function wantedOf(place: Place, idiom: Idiom, names: Readonly<Record<string, string>> | undefined): Wanted {
  const { finding, text, file } = place;
  const fixed =
    idiom.variable?.(place) ?? (/^[A-Za-z_]\w*$/.test(finding.fallbackOf ?? '') ? finding.fallbackOf : undefined);
  return {
    value: idiom.whole?.(place) ?? decodedValue(text, finding, file),
    variable: fixed ?? names?.[finding.ruleId] ?? idiom.suggestion?.(place) ?? finding.variable,
    fixed: fixed !== undefined,
    ...(finding.group === undefined ? {} : { group: finding.group }),
  };
}

/** Rewrites from the last finding to the first, so that places before stay where they are. */
export function rewriteAll(
  place: (finding: Finding) => Place,
  idiom: Idiom,
  findings: readonly Finding[],
  variables: readonly string[],
): EditedText | Refusal {
  const original = place(findings[0] as Finding).text;
  const edited = new EditedText(original);
  const at = findings.map((f) => f.start);
  for (let i = findings.length - 1; i >= 0; i--) {
    const finding = findings[i] as Finding;
    const length = finding.end - finding.start;
    const moved: Finding = { ...finding, start: at[i] as number, end: (at[i] as number) + length };
    const rewrite = idiom.rewrite({ ...place(moved), text: edited.text }, variables[i] as string);
    if (isRefusal(rewrite)) {
      return rewrite;
    }
    // From the last to the first, so that offsets of one text hold for all.
    const steps = [rewrite.change, ...(rewrite.once ?? [])].sort((a, b) => b.start - a.start || b.end - a.end);
    for (const step of steps) {
      edited.replace(step);
      const grown = step.text.length - (step.end - step.start);
      for (let k = 0; k < i; k++) {
        const f = findings[k] as Finding;
        const start = at[k] as number;
        if (start >= step.end) {
          at[k] = start + grown;
        } else if (start >= step.start) {
          const inside = step.text.indexOf(original.slice(f.start, f.end));
          if (inside < 0) {
            return {
              refused: say('Two values stand in one expression that can not be rewritten together.'),
              wayOut: say('Move them one after the other.'),
            };
          }
          at[k] = step.start + inside;
        }
      }
    }
  }
  return edited;
}
