import type { Assessment, StandardView } from '../checklist/assessment';
import { standards } from '../checklist/definitions';
import { statusWords } from './assessment-words';

/** A control's state as people read it. */
const STATES: Readonly<Record<StandardView[string]['state'], string>> = {
  supported: 'supported',
  partial: 'partly supported',
  gap: 'gap',
  'not-observable': 'needs attestation',
  'not-applicable': 'not applicable',
};

/** To whom a law or a rule book applies at all. */
const NOTES: Readonly<Record<string, string>> = {
  gdpr: 'It applies where keys give access to personal data of people in the European Union.',
  dora: 'It applies to financial entities in the European Union, and to those who provide ICT services to them.',
  mica: 'It applies to crypto-asset service providers in the European Union.',
  'pci-dss-4.0.1': 'It applies where card data is stored, processed or sent.',
};

/** One standard as a table: control, state, checks. */
export interface StandardTable {
  readonly name: string;
  /** What the table is, and to whom the standard applies. */
  readonly note: string;
  readonly rows: readonly {
    readonly control: string;
    readonly title: string;
    readonly state: string;
    readonly checks: string;
  }[];
}

/** The standards of a report, each as a table. */
export function standardTables(assessment: Assessment): readonly StandardTable[] {
  const status = new Map(assessment.results.map((r) => [r.check, statusWords[r.status]]));
  return Object.entries(assessment.standards ?? {}).map(([id, view]) => {
    const standard = standards.find((s) => s.id === id);
    const note = 'Controls that the checklist touches; the standard asks for more than files can show.';
    return {
      name: standard?.name ?? id,
      note: NOTES[id] ? `${note} ${NOTES[id]}` : note,
      rows: Object.entries(view).map(([control, { state, checks }]) => ({
        control,
        title: standard?.controls[control] ?? '',
        state: STATES[state],
        checks: checks.map((c) => `${c} ${status.get(c) ?? ''}`).join(', '),
      })),
    };
  });
}
