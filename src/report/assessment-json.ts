import type { Assessment } from '../checklist/assessment';

/** The assessment itself: what every other form is made from. */
export function assessmentJson(assessment: Assessment): string {
  return `${JSON.stringify(assessment, null, 2)}\n`;
}
