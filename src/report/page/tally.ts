import type { Basis, CheckResult, Status } from '../../checklist/assessment';
import { say } from '../../words/say';
import { html } from '../markup';
import { statusOrder, statusWord } from '../status-words';
import { basisWord, statusClass } from './status';

const BASES: readonly Basis[] = ['observed', 'declared', 'attested'];

/** What passes rest on: `4 observed, 1 attested`. */
export function restsOn(results: readonly CheckResult[]): string {
  const passes = results.filter((r) => r.status === 'pass');
  return BASES.map((basis) => [basis, passes.filter((r) => (r.basis ?? 'observed') === basis).length] as const)
    .filter(([, n]) => n > 0)
    .map(([basis, n]) => `${n} ${basisWord(basis)}`)
    .join(', ');
}

/** How many results there are of each status but `pass`: `2 fail, 1 warn`. */
export function otherThanPass(results: readonly CheckResult[]): string {
  return statusOrder
    .filter((status) => status !== 'pass')
    .map((status) => [status, results.filter((r) => r.status === status).length] as const)
    .filter(([, n]) => n > 0)
    .map(([status, n]) => `${n} ${statusWord(status)}`)
    .join(', ');
}

/** A bar of all results that apply: passes by what they rest on, then the others. The words beside it say the same. */
export function bar(results: readonly CheckResult[]): string {
  const parts: [name: string, count: number][] = [
    ...BASES.map((basis): [string, number] => [
      `b-${basis}`,
      results.filter((r) => r.status === 'pass' && (r.basis ?? 'observed') === basis).length,
    ]),
    ...(['warn', 'fail', 'error', 'needs-attestation'] as const).map((status: Status): [string, number] => [
      statusClass(status),
      results.filter((r) => r.status === status).length,
    ]),
  ];
  const all = parts.reduce((sum, [, n]) => sum + n, 0);
  if (all === 0) {
    return '';
  }
  let x = 0;
  const rects = parts
    .filter(([, n]) => n > 0)
    .map(([name, n]) => {
      const width = (200 * n) / all;
      const drawn = piece(name, x, Math.max(1, width - 2));
      x += width;
      return drawn;
    });
  return `<svg class="bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">${rects.join('')}</svg>`;
}

/** A share of a hundred as a bar. */
export function share(percent: number | null): string {
  return `<svg class="bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="200" height="10" rx="2"/><rect class="fill" width="${round(2 * (percent ?? 0))}" height="10" rx="2"/></svg>`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

/** What the parts of the bars mean. */
export function legend(): string {
  const parts: readonly [name: string, word: string][] = [
    ['b-observed', say('passes: observed in files')],
    ['b-declared', say('passes: declared in the policy')],
    ['b-attested', say('passes: attested by a person')],
    [statusClass('warn'), statusWord('warn')],
    [statusClass('fail'), say('fail, or could not look')],
    [statusClass('needs-attestation'), statusWord('needs-attestation')],
  ];
  return `<ul class="legend small dim">${parts
    .map(
      ([name, word]) =>
        `<li><svg viewBox="0 0 26 12" aria-hidden="true">${piece(name, 0, 26, 12)}</svg> ${html(word)}</li>`,
    )
    .join('')}</ul>`;
}

function piece(name: string, x: number, width: number, height = 10): string {
  const rect = (classes: string) =>
    `<rect class="${classes}" x="${round(x)}" width="${round(width)}" height="${height}" rx="2"/>`;
  return name === 'b-declared' || name === 'b-attested' ? rect(name) + rect(`over ${name}`) : rect(name);
}

/** A table whose rows become cards in a narrow column: each cell knows its head, and each part its role, whatever its box. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((h) => `<th scope="col" role="columnheader">${html(h)}</th>`).join('');
  const body = rows.map(
    ([first, ...rest]) =>
      `<tr role="row"><th scope="row" role="rowheader">${first}</th>${rest.map((c, i) => `<td role="cell" data-head="${html(heads[i + 1] ?? '')}">${c}</td>`).join('')}</tr>`,
  );
  return `<table role="table"><caption>${html(caption)}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body.join('\n')}</tbody></table>`;
}
