import type { Assessment, StandardView } from '../checklist/assessment';
import { standards } from '../checklist/definitions';
import { say } from '../words/say';
import { statusWords } from './assessment-words';

/** A control's state as people read it. */
function stateWord(state: StandardView[string]['state']): string {
  switch (state) {
    case 'supported':
      return say('supported');
    case 'partial':
      return say('partly supported');
    case 'gap':
      return say('gap');
    case 'not-observable':
      return say('needs attestation');
    case 'not-applicable':
      return say('not applicable');
  }
}

/** To whom a law or a rule book applies at all. */
function appliesTo(standard: string): string {
  switch (standard) {
    case 'gdpr':
      return say('It applies where keys give access to personal data of people in the European Union.');
    case 'dora':
      return say(
        'It applies to financial entities in the European Union, and to those who provide ICT services to them.',
      );
    case 'mica':
      return say('It applies to crypto-asset service providers in the European Union.');
    case 'pci-dss-4.0.1':
      return say('It applies where card data is stored, processed or sent.');
    default:
      return '';
  }
}

/** One standard as a table: control, state, checks. */
export interface StandardTable {
  readonly id: string;
  readonly name: string;
  /** What the table is, and to whom the standard applies. */
  readonly note: string;
  readonly rows: readonly {
    readonly control: string;
    readonly title: string;
    readonly state: string;
    readonly checks: string;
    readonly checkIds: readonly string[];
  }[];
}

/** The standards of a report, each as a table. */
export function standardTables(assessment: Assessment): readonly StandardTable[] {
  const status = new Map(assessment.results.map((r) => [r.check, statusWords[r.status]]));
  return Object.entries(assessment.standards ?? {}).map(([id, view]) => {
    const standard = standards.find((s) => s.id === id);
    const note = say('Controls that the checklist touches; the standard asks for more than files can show.');
    const applies = appliesTo(id);
    return {
      id,
      name: standard?.name ?? id,
      note: applies ? `${note} ${applies}` : note,
      rows: Object.entries(view).map(([control, { state, checks }]) => ({
        control,
        title: standard?.controls[control] ?? '',
        state: stateWord(state),
        checks: checks.map((c) => `${c} ${status.get(c) ?? ''}`).join(', '),
        checkIds: checks,
      })),
    };
  });
}
