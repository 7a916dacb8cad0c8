import type { Finding } from '../scan/finding';
import { scanText } from '../scan/scan';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const SETS: readonly (readonly [RegExp, string])[] = [
  [/[0-9]/, '0123456789'],
  [/[a-f]/, 'abcdef'],
  [/[g-z]/, LOWER],
  [/[A-F]/, 'ABCDEF'],
  [/[G-Z]/, LOWER.toUpperCase()],
];

/** A value of the same shape: digits stay digits, letters letters of the same case and, in hexadecimal, of the same range. */
export function madeUp(value: string, random: (below: number) => number): string {
  const hex = /^(?:0x)?[0-9a-fA-F-]+$/.test(value);
  return value.replace(/[0-9A-Za-z]/g, (c, at: number) => {
    if (value.startsWith('0x') && at < 2) {
      return c;
    }
    const set = SETS.find(([of]) => of.test(c))?.[1] ?? c;
    const letters = hex ? set : set.length < 10 ? (c < 'a' ? LOWER.toUpperCase() : LOWER) : set;
    return letters[random(letters.length)] ?? c;
  });
}

function below(n: number): number {
  return Math.floor((crypto.getRandomValues(new Uint32Array(1))[0] as number) % n);
}

/** The lines around a finding for a report of a false alarm, every credential in them made up. */
export function falseAlarmReport(text: string, finding: Finding, file: string): string {
  const lineStart = (at: number) => text.lastIndexOf('\n', at - 1) + 1;
  const from = lineStart(Math.max(0, lineStart(finding.start) - 1));
  let to = text.indexOf('\n', finding.end);
  to = to < 0 ? text.length : to;
  const next = text.indexOf('\n', to + 1);
  to = next < 0 ? text.length : next;
  let out = '';
  let at = from;
  for (const f of scanText(text, { fileName: file }).findings.filter((x) => x.end > from && x.start < to)) {
    out +=
      text.slice(at, Math.max(at, f.start)) + madeUp(text.slice(Math.max(from, f.start), Math.min(to, f.end)), below);
    at = Math.min(to, f.end);
  }
  out += text.slice(at, to);
  const extension = /\.[A-Za-z0-9]+$/.exec(file)?.[0] ?? '';
  return [
    `Rule: ${finding.ruleId}, ${finding.confidence}, because of its ${finding.why.join(', ')}`,
    `File: *${extension}`,
    '',
    '```',
    out.replace(/^\n+|\n+$/g, ''),
    '```',
    '',
    'The values above are made up. What it really is: ',
    '',
  ].join('\n');
}
