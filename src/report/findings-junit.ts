import { type FindingsReport, type LocatedFinding, standing } from './located-finding';

/** What XML 1.0 has no place for: most control characters, and halves of surrogate pairs. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text for an attribute or an element. */
function xml(text: string): string {
  return text.replace(NO_XML, '\ufffd').replace(/[&<>"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('');
}

/** What a test case is called: no two of a report are called the same, for readers keep the first of a name only. */
function named(f: LocatedFinding): string {
  const { line, character } = f.range.start;
  const at = `${f.file}:${line + 1}:${character + 1}`;
  return f.commit ? `${at} in ${f.commit.slice(0, 12)}` : at;
}

function findingCase(f: LocatedFinding, fails: boolean): string {
  const head = `    <testcase${attributes({ classname: `keyward.${f.ruleId}`, name: named(f), file: f.file, line: f.range.start.line + 1, time: 0 })}>`;
  const what = `${f.severity}, ${f.confidence}, ${f.redacted}, because of its ${f.why.join(', ')}`;
  const inside = fails
    ? `<failure${attributes({ message: f.message, type: f.ruleId })}>${xml(`${named(f)}\n${what}`)}</failure>`
    : `<skipped${attributes({ message: `${f.message} It is below the level that fails.` })}/>`;
  return `${head}${inside}</testcase>`;
}

/** Findings as a JUnit report, as GitLab, Jenkins and Azure read it: a failed test case each; what does not fail is skipped. */
export function findingsJunit(report: FindingsReport): string {
  const told = standing(report);
  const failures = told.filter(report.fails).length;
  const seconds = (report.milliseconds / 1000).toFixed(3);
  const cases = [
    ...told.map((f) => findingCase(f, report.fails(f))),
    ...report.errors.map(
      (e) =>
        `    <testcase${attributes({ classname: 'keyward.read', name: e.file, file: e.file, time: 0 })}><error${attributes({ message: e.message, type: 'not-read' })}/></testcase>`,
    ),
  ];
  if (cases.length === 0) {
    cases.push(
      `    <testcase${attributes({ classname: 'keyward', name: 'no hard-coded credential', time: seconds })}/>`,
    );
  }
  const counts = { tests: cases.length, failures, errors: report.errors.length };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'Keyward', ...counts, time: seconds })}>`,
    `  <testsuite${attributes({ name: 'Hard-coded credentials', ...counts, skipped: told.length - failures, time: seconds, timestamp: report.startedAt.slice(0, 19) })}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
