import assert from 'node:assert/strict';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import sax from 'sax';
import { findingsForms } from '../../src/report/findings-forms';
import { type FindingsReport, type LocatedFinding, locate } from '../../src/report/located-finding';
import { scanText } from '../../src/scan/scan';
import { alnum, uuid } from '../scan/specimens';
import { gitlabReport } from './gitlab-report';
import { sarif } from './sarif-2.1.0';

const values = [alnum(64), alnum(64), uuid(), uuid(), uuid()] as const;
const [k, s, c, ignored, kept] = values;

function found(file: string, text: string, local = false): LocatedFinding[] {
  return locate(text, scanText(text, { fileName: file, showIgnored: true }).findings, file, local);
}

/** A report with names and messages that every form has to escape. */
function report(more: readonly LocatedFinding[] = []): FindingsReport {
  return {
    toolVersion: '1.2.3',
    files: 9,
    bytes: 1000,
    skipped: 1,
    startedAt: '2026-11-25T10:00:00.123Z',
    milliseconds: 2500,
    fails: (f) => f.state === 'secret' && !f.ignored && !f.local && f.severity === 'critical',
    findings: [
      ...found('src/a, b: 50% <"&\'>.ts', `new ccxt.binance({\n  apiKey: '${k}',\n  secret: '${s}',\n});\n`),
      ...found('x\u0007y\ud800.js', `const o = { coinmarketcapApiKey: '${c}' };\n`),
      ...found(
        'i.js',
        `const o = { coinmarketcapApiKey: '${ignored}' }; // keyward-ignore: closed account\nconst coinmarketcapApiKey2 = 1;\n`,
      ),
      ...found('.env', `COINMARKETCAP_API_KEY=${kept}\n`, true),
      ...more,
    ],
    errors: [{ file: 'secret,\n.bin', message: 'no permission to read it' }],
    staleIgnores: [],
  };
}

function valid(schema: object, document: unknown): void {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const check = ajv.compile(schema);
  assert.ok(check(document), JSON.stringify(check.errors, undefined, 1));
}

describe('exports of findings', () => {
  it('hold no part of a value', () => {
    for (const [name, form] of Object.entries(findingsForms)) {
      const text = form.write(report());
      for (const value of values) {
        assert.ok(!text.includes(value.slice(0, 10)), name);
      }
    }
  });

  it('are valid SARIF 2.1.0, with fingerprints that stay when lines move', () => {
    const document = JSON.parse(findingsForms.sarif.write(report()));
    valid(sarif, document);
    const prints = (text: string) =>
      JSON.parse(findingsForms.sarif.write({ ...report(), findings: found('a.js', text) })).runs[0].results.map(
        (r: { partialFingerprints: unknown }) => r.partialFingerprints,
      );
    const text = `const o = { coinmarketcapApiKey: '${c}' };\n`;
    assert.deepEqual(prints(`// one\n\n// two\n${text}`), prints(text));
    const suppressed = document.runs[0].results.filter((r: { suppressions?: unknown }) => r.suppressions);
    assert.equal(suppressed.length, 1);
    assert.equal(suppressed[0].suppressions[0].justification, 'closed account');
    for (const rule of document.runs[0].tool.driver.rules) {
      assert.ok(rule.help.text && rule.shortDescription.text, rule.id);
    }
  });

  it('are a GitLab secret detection report', () => {
    const [first, ...others] = found('gone.js', `const o = { coinmarketcapApiKey: '${uuid()}' };\n`);
    assert.equal(others.length, 0);
    const inHistory = {
      ...(first as LocatedFinding),
      commit: 'a'.repeat(40),
      history: { date: '2026-01-02T03:04:05+01:00', reach: 'remote', pushed: true },
    } as const;
    const document = JSON.parse(findingsForms.gitlab.write(report([inHistory])));
    valid(gitlabReport, document);
    assert.deepEqual(
      document.vulnerabilities.map((v: { severity: string; location: { start_line: number; commit: object } }) => [
        v.severity,
        v.location.start_line,
        v.location.commit,
      ]),
      [
        ['Medium', 2, { sha: '0000000' }],
        ['Critical', 3, { sha: '0000000' }],
        ['Low', 1, { sha: '0000000' }],
        ['Low', 1, { sha: 'a'.repeat(40), date: '2026-01-02T03:04:05+01:00' }],
      ],
    );
    assert.equal(document.scan.end_time, '2026-11-25T10:00:02');
    const ids = (d: { vulnerabilities: readonly { id: string }[] }) => d.vulnerabilities.map((v) => v.id);
    assert.equal(new Set(ids(document)).size, 4);
    assert.deepEqual(ids(JSON.parse(findingsForms.gitlab.write(report([inHistory])))), ids(document));
  });

  it('are JUnit XML with a test case of its own name for each finding', () => {
    const text = findingsForms.junit.write(report());
    const cases: { name: string; outcome: string }[] = [];
    let counts: Record<string, string> = {};
    const parser = sax.parser(true);
    parser.onerror = (error) => {
      throw error;
    };
    parser.onopentag = ({ name, attributes }) => {
      if (name === 'testsuite') {
        counts = attributes as Record<string, string>;
      } else if (name === 'testcase') {
        cases.push({ name: String(attributes.name), outcome: 'passed' });
      } else if (cases.length > 0) {
        (cases.at(-1) as { outcome: string }).outcome = name;
      }
    };
    parser.write(text).close();
    assert.deepEqual(cases, [
      { name: 'src/a, b: 50% <"&\'>.ts:2:12', outcome: 'skipped' },
      { name: 'src/a, b: 50% <"&\'>.ts:3:12', outcome: 'failure' },
      { name: 'x\ufffdy\ufffd.js:1:35', outcome: 'skipped' },
      { name: 'secret,\n.bin', outcome: 'error' },
    ]);
    assert.deepEqual(
      [counts.tests, counts.failures, counts.skipped, counts.errors, counts.timestamp],
      ['4', '1', '2', '1', '2026-11-25T10:00:00'],
    );
    const none = findingsForms.junit.write({ ...report(), findings: [], errors: [] });
    assert.match(none, /tests="1" failures="0"/);
  });

  it('are annotations that GitHub reads, the gravest first', () => {
    const lines = findingsForms.github.write(report()).trimEnd().split('\n');
    assert.equal(lines.length, 5);
    assert.match(
      lines[0] as string,
      /^::error file=src\/a%2C b%3A 50%25 <"&'>\.ts,line=3,endLine=3,col=12,endColumn=75,title=Keyward%3A binance-api-secret::[^\n]+$/,
    );
    assert.ok(lines.slice(1, 3).every((line) => line.startsWith('::warning file=')));
    assert.equal(lines[3], '::warning file=secret%2C%0A.bin,title=Keyward%3A not read::no permission to read it');
    assert.equal(lines[4], 'Keyward: 1 critical, 1 medium, 1 low in 9 files.');
    const broken = found('a.js', `const o = { coinmarketcapApiKey: '${c}' };\n`).map((f) => ({
      ...f,
      message: '100%\r\n::warning::injected',
    }));
    const [only] = findingsForms.github.write({ ...report(), findings: broken, errors: [] }).split('\n');
    assert.ok(only?.endsWith('::100%25%0D%0A::warning::injected'), only);
  });
});
