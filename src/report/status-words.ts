import type { Status } from '../checklist/assessment';
import { say } from '../words/say';

/** From what asks for work to what does not. */
export const statusOrder: readonly Status[] = ['fail', 'error', 'warn', 'needs-attestation', 'pass', 'not-applicable'];

/** A status in the reader's language. */
export function statusWord(status: Status): string {
  switch (status) {
    case 'pass':
      return say('pass');
    case 'warn':
      return say('warn');
    case 'fail':
      return say('fail');
    case 'error':
      return say('could not look');
    case 'needs-attestation':
      return say('needs attestation');
    case 'not-applicable':
      return say('not applicable');
  }
}
