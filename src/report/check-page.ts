import { definitionOf, standards } from '../checklist/definitions';

/** The page of a check: what it asks and why, what to do, and the controls that it gives evidence for. Markdown. */
export function checkPage(id: string): string {
  const check = definitionOf(id);
  const controls = check.standards.map((s) => {
    const standard = standards.find((x) => x.id === s.standard);
    const title = standard?.controls[s.control];
    return `- ${standard?.short ?? s.standard} ${s.control}${title ? `: ${title}` : ''}`;
  });
  return [
    `# ${check.id}: ${check.title}`,
    '',
    `Severity ${check.severity}.`,
    '',
    check.intent,
    '',
    `**Applies:** ${check.applies}`,
    '',
    `**What to do:** ${check.remediation}`,
    '',
    ...(controls.length ? ['## Gives evidence for', '', ...controls, ''] : []),
    'It is evidence about files and declarations on one day. It is no certificate of any standard.',
    '',
  ].join('\n');
}
