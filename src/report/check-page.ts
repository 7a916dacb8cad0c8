import { definitionOf, standards } from '../checklist/definitions';
import { say } from '../words/say';

/** The page of a check: what it asks and why, what to do, and the controls that it gives evidence for. Markdown. */
export function checkPage(id: string): string {
  const check = definitionOf(id);
  const controls = check.standards.map((s) => {
    const standard = standards.find((x) => x.id === s.standard);
    const title = standard?.controls[s.control];
    return `- ${standard?.short ?? s.standard} ${s.control}${title ? `: ${title}` : ''}`;
  });
  return [
    `# ${check.id}: ${say(check.title)}`,
    '',
    say('Severity {0}.', say(check.severity)),
    '',
    say(check.intent),
    '',
    `**${say('Applies:')}** ${say(check.applies)}`,
    '',
    `**${say('What to do:')}** ${say(check.remediation)}`,
    '',
    ...(controls.length ? [`## ${say('Gives evidence for')}`, '', ...controls, ''] : []),
    say('It is evidence about files and declarations on one day. It is no certificate of any standard.'),
    '',
  ].join('\n');
}
