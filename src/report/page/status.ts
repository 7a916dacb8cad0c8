import type { CheckResult, Status } from '../../checklist/assessment';
import { say } from '../../words/say';
import { html } from '../markup';
import { statusWord } from '../status-words';

/** Class of a status in the page's style. */
export function statusClass(status: Status): string {
  return `s-${status}`;
}

const SHAPES: Readonly<Record<Status, string>> = {
  pass: '<circle cx="8" cy="8" r="7"/><path class="ink" d="m4.6 8.3 2.3 2.3 4.5-4.9"/>',
  warn: '<path d="M8 1 15.4 14.5H.6Z"/><path class="ink" d="M8 5.8v4M8 12v.3"/>',
  fail: '<rect x="1" y="1" width="14" height="14" rx="2.5"/><path class="ink" d="m5 5 6 6m0-6-6 6"/>',
  error: '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5Z"/><path class="ink" d="M8 4.2v4.6M8 11.4v.3"/>',
  'needs-attestation':
    '<circle cx="8" cy="8" r="7"/><path class="ink" d="M6 6.2a2 2 0 1 1 2.9 1.8c-.7.4-.9.8-.9 1.5M8 11.8v.2"/>',
  'not-applicable': '<circle class="hollow" cx="8" cy="8" r="6.2"/><path class="line" d="M5 8h6"/>',
};

/** The signs of the statuses, each once in a page; a status differs by its shape, not only by its colour. */
export const statusSymbols = `<svg width="0" height="0" aria-hidden="true" class="symbols">${Object.entries(SHAPES)
  .map(([status, shape]) => `<symbol id="sign-${status}" viewBox="0 0 16 16">${shape}</symbol>`)
  .join(
    '',
  )}<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatched" width="2" height="4"/></pattern></svg>`;

/** The sign of a status; the word stands beside it. */
export function sign(status: Status): string {
  return `<svg class="sign ${statusClass(status)}" aria-hidden="true"><use href="#sign-${status}"/></svg>`;
}

/** Sign and word. */
export function signed(status: Status): string {
  return `<span class="status">${sign(status)} ${html(statusWord(status))}</span>`;
}

/** What a verdict rests on, in the reader's language. */
export function basisWord(basis: NonNullable<CheckResult['basis']>): string {
  switch (basis) {
    case 'observed':
      return say('observed');
    case 'declared':
      return say('declared');
    case 'attested':
      return say('attested');
  }
}
