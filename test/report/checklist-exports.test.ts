import assert from 'node:assert/strict';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Assessment } from '../../src/checklist/assessment';
import { againstBaseline, baselineOf } from '../../src/checklist/baseline';
import reportSchema from '../../src/checklist/report.schema.json';
import { rollUp } from '../../src/checklist/roll-up';
import { assessmentHtml } from '../../src/report/assessment-html';
import { assessmentMarkdown } from '../../src/report/assessment-markdown';
import { assessmentOscal } from '../../src/report/assessment-oscal';
import { assessmentSarif } from '../../src/report/assessment-sarif';
import { findingsSarif } from '../../src/report/findings-sarif';
import { rollUpHtml, rollUpMarkdown, rollUpText } from '../../src/report/roll-up';
import { judge } from '../checklist/judging';
import { acceptedRisk, type Perfect, perfect } from '../checklist/perfect';
import { alnum } from '../scan/specimens';
import { sarif } from './sarif-2.1.0';

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const validSarif: (log: unknown) => boolean = ajv.compile(sarif);
const validReport = ajv.compile(reportSchema);

/** What the test reads of a log. */
interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly {
          readonly id: string;
          readonly properties: { readonly tags: readonly string[] };
          readonly relationships: readonly { readonly target: { readonly id: string; readonly index: number } }[];
        }[];
      };
    };
    readonly taxonomies: readonly { readonly taxa: readonly { readonly id: string }[] }[];
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
}

const leaking = (p: Perfect) => {
  p.files['src/leak.ts'] = `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`;
  p.files['a.py'] = 'requests.get(u, verify=False)\n';
  p.policy.suppressions = [acceptedRisk('KW-DIS-02', 'a.py')];
};
const without = (p: Perfect) => {
  p.policy = undefined;
};

describe('exports of the checklist', () => {
  let bad: Assessment;
  let good: Assessment;
  let bare: Assessment;
  before(async () => {
    [bad, good, bare] = await Promise.all([judge(perfect(leaking)), judge(perfect()), judge(perfect(without))]);
  });

  it('are of the form of the report’s schema', () => {
    for (const a of [bad, good, bare, againstBaseline(bad, baselineOf(bad))]) {
      assert.ok(validReport(JSON.parse(JSON.stringify(a))), JSON.stringify(validReport.errors?.slice(0, 3)));
    }
  });

  it('are valid SARIF 2.1.0, for one project, for several and from a baseline', () => {
    for (const a of [bad, good, bare, [bad, good, bare], againstBaseline(bad, baselineOf(good))]) {
      const log: Log = JSON.parse(assessmentSarif(a));
      assert.ok(validSarif(log), 'valid SARIF');
      for (const run of log.runs) {
        for (const rule of run.tool.driver.rules) {
          assert.ok(rule.properties.tags.length <= 20);
          assert.ok(rule.relationships.every(({ target }) => run.taxonomies[0]?.taxa[target.index]?.id === target.id));
        }
        for (const r of run.results) {
          assert.equal(run.tool.driver.rules[r.ruleIndex]?.id, r.ruleId);
        }
      }
    }
    assert.ok(validSarif(JSON.parse(findingsSarif({ findings: [], errors: [], version: '0.0.0' } as never))));
  });

  it('carry accepted risks into SARIF as suppressions', () => {
    const log = JSON.parse(assessmentSarif(bad));
    const tls = log.runs[0].results.find((r: { ruleId: string }) => r.ruleId === 'KW-DIS-02');
    assert.deepEqual(tls.suppressions[0].status, 'accepted');
  });

  it('are OSCAL assessment results whose parts point to each other', () => {
    for (const a of [bad, good, bare]) {
      const document = JSON.parse(assessmentOscal(a))['assessment-results'];
      const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
      const declared = new Set<string>();
      JSON.stringify(document, (key, value) => {
        if (key === 'uuid') {
          assert.match(value, uuid);
          assert.ok(!declared.has(value), 'each is used once');
          declared.add(value);
        }
        return value;
      });
      JSON.stringify(document, (key, value) => {
        if (/-uuid$/.test(key)) {
          assert.ok(declared.has(value), `${key} points somewhere`);
        }
        return value;
      });
      assert.ok(declared.has(document['import-ap'].href.slice(1)));
      const [result] = document.results;
      const applicable = a.results.filter((r) => r.status !== 'not-applicable').length;
      assert.equal(result.observations.length, applicable);
      assert.equal(result.findings.length, applicable);
      assert.equal(result.risks?.length ?? 0, a.results.filter((r) => r.status === 'fail').length);
      assert.ok(
        result.observations.every((o: { methods: string[] }) =>
          o.methods.every((m) => /^(?:TEST|EXAMINE|INTERVIEW|UNKNOWN)$/.test(m)),
        ),
      );
    }
  });

  it('put the open questions together, by who can answer them', () => {
    const text = assessmentMarkdown(bare);
    assert.match(text, /## Answer these\n\nThe policy file can answer these[^\n]*\n\n- KW-/);
    assert.match(assessmentHtml(bare), /<h2>Answer these<\/h2>/);
    assert.doesNotMatch(assessmentMarkdown(good), /## Answer these/);
    assert.match(assessmentMarkdown(good), /## Attestations\n\n\| check \| statement/);
    assert.match(assessmentMarkdown(bad), /## Suppressions[\s\S]*the sandbox has a private authority/);
  });

  it('mask what the policy’s authors should not have written', async () => {
    const secret = alnum(64);
    const { attestations } = await judge(
      perfect((p) => (p.policy.attestations[0].statement = `Seen with BINANCE_API_SECRET="${secret}" in the console.`)),
    );
    assert.ok(!JSON.stringify(attestations).includes(secret));
  });

  it('never say that something is compliant or certified, and hold no value', () => {
    const roll = rollUp([
      { folder: 'bad', assessment: bad },
      { folder: 'good', assessment: good },
    ]);
    const texts = [
      ...[bad, bare].flatMap((a) => [assessmentMarkdown(a), assessmentHtml(a), assessmentOscal(a), assessmentSarif(a)]),
      rollUpText(roll),
      rollUpMarkdown(roll),
      rollUpHtml(roll),
    ];
    for (const text of texts) {
      assert.doesNotMatch(text, /\bcompliant\b|\bcertified\b/i);
      assert.doesNotMatch(text.replace(/[0-9a-f]{64}/g, ''), /[A-Za-z0-9]{60}/);
    }
  });
});

describe('several projects', () => {
  it('stand in a line each, worst first, with the gaps that they share', async () => {
    const [bad, bare, good] = await Promise.all([judge(perfect(leaking)), judge(perfect(without)), judge(perfect())]);
    const worse = await judge(
      perfect((p) => {
        leaking(p);
        without(p);
      }),
    );
    const roll = rollUp([
      { folder: 'good', assessment: good },
      { folder: 'bare', assessment: bare },
      { folder: 'bad', assessment: bad },
      { folder: 'worse', assessment: worse },
    ]);
    assert.deepEqual(
      roll.projects.map((p) => p.folder),
      ['worse', 'bad', 'bare', 'good'],
    );
    const gap = roll.shared.find((g) => g.check === 'KW-GEN-02');
    assert.deepEqual(gap?.projects, ['bad', 'worse']);
    assert.ok(roll.shared.every((g) => g.projects.length > 1));
    const lines = rollUpText(roll).split('\n');
    assert.match(lines[1] ?? '', /fail {2}worse/);
    assert.match(lines[4] ?? '', /pass {2}good/);
  });
});
