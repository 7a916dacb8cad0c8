import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Assessment } from '../../src/checklist/assessment';
import { changesSince, runRecord } from '../../src/checklist/changes';
import { seenBy } from '../../src/checklist/profile';
import { soloChecks } from '../../src/checklist/standards';
import { assessmentHtml } from '../../src/report/assessment-html';
import { readFromPage, readPageState } from '../../src/report/page/messages';
import { emptyContent, reportDocument, type View, viewContent } from '../../src/report/page/view';
import { judge } from '../checklist/judging';
import { type Perfect, perfect } from '../checklist/perfect';
import { alnum } from '../scan/specimens';

const HOSTILE = `"><img src=x onerror=alert(1)>'&`;
const leaking = (p: Perfect) => {
  p.files['src/leak.ts'] = `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`;
};

/** The report of a project whose every text is out to break the page. */
function hostile(a: Assessment): Assessment {
  return {
    ...a,
    subject: {
      project: HOSTILE,
      vcs: { kind: 'git', commit: HOSTILE, dirty: true },
      policy: { state: 'ok', path: HOSTILE },
    },
    results: a.results.map((r) => ({
      ...r,
      message: HOSTILE,
      ...(r.remediation ? { remediation: HOSTILE } : {}),
      ...(r.status === 'fail' ? { accepted: { until: HOSTILE, by: HOSTILE } } : {}),
      evidence: r.evidence.map((e) => ({ ...e, file: HOSTILE, snippet: HOSTILE })),
    })),
    attestations: [{ check: HOSTILE, statement: HOSTILE }],
    suppressions: [{ check: HOSTILE, reason: HOSTILE }],
    notEvaluated: [{ what: HOSTILE, why: HOSTILE }],
  };
}

/** Asserts without printing a page of a hundred thousand characters. */
function lacks(page: string, pattern: RegExp): void {
  const [found] = pattern.exec(page) ?? [];
  assert.equal(found, undefined, `${page.slice(Math.max(0, page.search(pattern) - 60)).slice(0, 120)}`);
}
function has(page: string, pattern: RegExp): void {
  assert.ok(pattern.test(page), `${pattern} is not there`);
}

const view = (assessment: Assessment, more: Partial<View> = {}): View => ({
  folders: [{ name: 'desk', uri: 'file:///desk', assessment }],
  shown: 0,
  profile: '',
  ...more,
});

describe('the checklist’s page', () => {
  let bad: Assessment;
  let good: Assessment;
  before(async () => {
    [bad, good] = await Promise.all([judge(perfect(leaking)), judge(perfect())]);
  });

  it('shows file names, snippets, statements and policy texts as text, whatever they hold', () => {
    const evil = hostile(bad);
    const texts = [
      assessmentHtml(evil),
      viewContent(view(evil, { folders: [{ name: HOSTILE, uri: HOSTILE, assessment: evil }] })),
      viewContent(
        view(evil, {
          shown: -1,
          folders: [
            { name: HOSTILE, uri: HOSTILE, assessment: evil },
            { name: 'b', uri: 'b', assessment: bad },
          ],
        }),
      ),
      viewContent(view(evil, { fixes: new Map([['KW-GEN-02 0', HOSTILE]]) })),
    ];
    for (const text of texts) {
      assert.ok(text.includes('onerror'), 'it is shown');
      assert.ok(!text.includes('<img') && !text.includes(HOSTILE), 'it is escaped');
    }
  });

  it('runs only the script that bears the nonce, and loads nothing else', () => {
    const page = reportDocument(viewContent(view(bad)), {
      nonce: 'n0nce',
      script: 'vscode-resource://x/report-view.js',
      language: 'en',
    });
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    assert.equal(policy, `default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'`);
    lacks(page, /unsafe-|(?:src|href)="(?!#|vscode-resource:)|\son\w+=|\sstyle=|url\((?!#)|javascript:/);
    assert.equal(page.match(/<script/g)?.length, 1);
  });

  it('is exported without a script, with a style that its own hash allows', () => {
    const page = assessmentHtml(bad);
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256')
      .update(style as string)
      .digest('base64');
    assert.ok(page.includes(`content="default-src 'none'; style-src 'sha256-${hash}'"`));
    lacks(page, /<script|<button|unsafe-|(?:src|href)="(?!#)|url\((?!#)|\sstyle=|data-do/);
  });

  it('says what each stage’s passes rest on, and the grade with its reasons', () => {
    const text = viewContent(view(bad)).replace(/<[^>]*>/g, ' ');
    has(text, /Grade\s+D/);
    has(text, /The grade is lowered: an open critical failure\./);
    has(text, /\d+ observed, \d+ declared, \d+ attested/);
    lacks(text, /compliant|certified/i);
  });

  it('leads to places, pages and statements, and to fixes only where there is one', async () => {
    const bare = await judge(perfect((p) => (p.policy = undefined)));
    const page = viewContent(view(bad));
    has(page, /data-do="open" data-check="KW-GEN-02" data-place="0"/);
    has(page, /data-do="explain" data-check="KW-GEN-02"/);
    lacks(page, /data-do="fix"/);
    has(viewContent(view(bare)), /Create policy/);
    lacks(viewContent(view(bare)), /data-do="attest"/);
    const fixes = new Map([
      ['KW-GEN-02 0', 'Move it'],
      ['KW-GEN-02', 'Move all'],
      ['KW-GEN-02 99', 'none there'],
    ]);
    const fixing = viewContent(view(bad, { fixes }));
    assert.equal(viewContent(view(bad)).match(/data-do="fix"/g), null);
    assert.equal(fixing.match(/data-do="fix"/g)?.length, 2);
  });

  it('names what changed since the last run', () => {
    const changes = changesSince(runRecord(good), runRecord(bad));
    const text = viewContent(view(bad, { folders: [{ name: 'desk', uri: 'u', assessment: bad, changes }] }));
    has(text, /new failure<\/span> <a href="#KW-GEN-02">/);
    const same = changesSince(runRecord(bad), runRecord(bad));
    has(
      viewContent(view(bad, { folders: [{ name: 'desk', uri: 'u', assessment: bad, changes: same }] })),
      /Every check gives the same answer/,
    );
  });

  it('can be cut to a standard with its matrix, or to ten checks without a grade', () => {
    const ccss = viewContent(view(bad, { profile: 'ccss-9' }));
    has(ccss, /data-standard="ccss-9"/);
    lacks(ccss, /data-standard="soc2"/);
    const solo = viewContent(view(bad, { profile: 'solo' }));
    assert.equal(solo.match(/data-status=/g)?.length, soloChecks.length);
    lacks(solo, /class="grade|KW-INC-08|KW-INC-06|data-standard/);
  });

  it('agrees with a run that was cut to the same profile', async () => {
    for (const profile of ['solo', 'soc2', 'dora']) {
      const cut = await judge(perfect(leaking), { profile });
      const { summary, standards } = seenBy(await judge(perfect(leaking)), profile);
      assert.deepEqual(summary, cut.summary, profile);
      assert.deepEqual(standards ?? {}, profile === 'solo' ? {} : cut.standards, profile);
    }
  });

  it('shows several folders worst first, each a button', () => {
    const folders = [
      { name: 'good', uri: 'g', assessment: good },
      { name: 'bad', uri: 'b', assessment: bad },
    ];
    const text = viewContent(view(bad, { shown: -1, folders }));
    assert.ok(text.indexOf('data-do="folder" value="1">bad<') < text.indexOf('data-do="folder" value="0">good<'));
    has(emptyContent(), /data-do="run"/);
  });

  it('offers to put a run on record where the log can be written and a policy names its people', async () => {
    has(viewContent(view(bad, { canRecord: true })), /data-do="record"/);
    lacks(viewContent(view(bad)), /data-do="record"/);
    const bare = await judge(perfect((p) => (p.policy = undefined)));
    lacks(viewContent(view(bare, { canRecord: true })), /data-do="record"/);
  });

  it('takes only messages that it knows from its script', () => {
    assert.deepEqual(readFromPage({ type: 'open', check: 'KW-GEN-02', place: 0, file: '/etc/passwd' }), {
      type: 'open',
      check: 'KW-GEN-02',
      place: 0,
    });
    for (const bad of [
      undefined,
      null,
      'run',
      { type: 'exec' },
      { type: 'open', check: '../x', place: 0 },
      { type: 'open', check: 'KW-GEN-02', place: -1 },
      { type: 'open', check: 'KW-GEN-02', place: '0' },
      { type: 'fix', check: 'KW' },
      { type: 'folder', index: 0.5 },
    ]) {
      assert.equal(readFromPage(bad), undefined);
    }
    assert.deepEqual(readPageState({ folder: 1 }), { folder: '', profile: '' });
  });
});
