import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Assessment } from '../../../src/checklist/assessment';
import { changesSince, runRecord } from '../../../src/checklist/changes';
import { assessmentHtml } from '../../../src/report/assessment-html';
import { emptyContent, reportDocument, type View, viewContent } from '../../../src/report/page/view';
import { judge } from '../../checklist/judging';
import { type Perfect, perfect } from '../../checklist/perfect';
import { alnum } from '../../scan/specimens';
import { type Browser, pageScript, ShownPage, startBrowser, type Theme, themeNames } from './browser';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const leaking = (p: Perfect) => {
  p.files['src/leak.ts'] = `new ccxt.binance({ apiKey: '${alnum(64)}', secret: '${alnum(64)}' });\n`;
  p.files['a.py'] = 'requests.get(u, verify=False)\n';
  p.policy.attestations = p.policy.attestations.slice(1);
};

/** What axe-core finds, as lines: rule, element, and what is wrong with it. */
async function faults({ page }: ShownPage): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.flatMap((v) =>
    v.nodes.slice(0, 3).map((n) => v.id + ': ' + n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? '')),
  ))`);
}

describe('the report’s page in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let script: string;
  let bad: Assessment;
  let view: View;
  const open: ShownPage[] = [];

  const shown = async (content: string, theme: Theme = 'dark') => {
    const document = reportDocument(content, { nonce: 'n0nce', script: '/report-view.js', language: 'en' });
    const page = await ShownPage.open(browser, document, script, theme);
    open.push(page);
    return page;
  };

  before(async function () {
    this.timeout(400_000); // a first run installs the browser
    const started = await startBrowser();
    if (!started) {
      this.skip();
    }
    browser = started;
    script = await pageScript();
    bad = await judge(perfect(leaking));
    const changes = changesSince(runRecord(await judge(perfect())), runRecord(bad));
    view = {
      folders: [{ name: 'desk', uri: 'file:///desk', assessment: bad, changes }],
      shown: 0,
      profile: '',
      fixes: new Map([
        ['KW-DIS-02 0', 'Verify certificates'],
        ['KW-DIS-02', 'Verify all'],
      ]),
    };
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ page }) => page.close()));
  });
  after(() => browser?.close());

  for (const theme of themeNames) {
    it(`has no fault that axe-core knows of, in a theme that is ${theme}`, async () => {
      const page = await shown(viewContent(view), theme);
      await page.page.evaluate(`document.querySelectorAll('details').forEach((d) => { d.open = true; })`);
      await page.tell({ type: 'progress', text: 'desk: file 1 of 2' });
      assert.deepEqual(await faults(page), []);
      assert.deepEqual(page.refused, []);
    });
  }

  it('has none in its other forms: before a run, one standard, several folders, on paper and in the export', async () => {
    const folders = [...view.folders, { name: 'b', uri: 'file:///b', assessment: bad }];
    for (const content of [
      emptyContent(),
      viewContent({ ...view, profile: 'ccss-9' }),
      viewContent({ ...view, folders, shown: -1 }),
    ]) {
      assert.deepEqual(await faults(await shown(content, 'light')), []);
    }
    const exported = await ShownPage.open(browser, assessmentHtml(bad), '');
    open.push(exported);
    assert.deepEqual(await faults(exported), []);
    assert.deepEqual(exported.refused, [], 'the export loads nothing');
    await exported.page.emulateMedia({ media: 'print' });
    assert.equal((await exported.checks()).length, bad.results.length, 'everything is printed');
  });

  it('needs no sideways scrolling at 200 % and 400 % zoom, nor in a narrow column', async () => {
    const { page } = await shown(viewContent({ ...view, profile: 'soc2' }));
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 700 });
      const [wide, seen] = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      const cause = await page.evaluate<string>(
        `[...document.querySelectorAll('main *')].find((e) => e.getBoundingClientRect().right > innerWidth + 1)?.outerHTML.slice(0, 200) ?? ''`,
      );
      assert.ok(wide <= seen, `${wide} pixels in ${seen}: ${cause}`);
    }
  });

  it('is worked with the keyboard: every control is reached in order, and checks fold', async () => {
    const { page } = await shown(viewContent(view));
    const reached: string[] = [];
    for (let i = 0; i < 45; i++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate<string>(`(() => {
          const e = document.activeElement;
          return e.dataset.do || e.name || (e.tagName === 'SUMMARY' ? e.parentElement.id : e.hash) || e.tagName;
        })()`),
      );
    }
    for (const control of [
      'run',
      'export',
      'policy',
      'profile',
      '#KW-GEN-02',
      'find',
      'stage',
      'status',
      'KW-GEN-01',
    ]) {
      assert.ok(reached.includes(control), `${control} of ${reached.join(' ')}`);
    }
    await page.focus('#KW-GEN-01 summary');
    await page.keyboard.press('Enter');
    assert.ok(await page.isVisible('#KW-GEN-01 .inside'));
    const outline = await page.evaluate<string>(`getComputedStyle(document.activeElement).outlineStyle`);
    assert.equal(outline, 'solid', 'the focus is seen');
  });

  it('narrows the checks by words, status and stage, and says how many are left', async () => {
    const window = await shown(viewContent(view));
    const { page } = window;
    const all = bad.results.length;
    assert.equal((await window.checks()).length, all);
    await page.fill('[name=find]', 'src/leak.ts');
    assert.deepEqual(await window.checks(), ['KW-GEN-02']);
    assert.equal(await page.textContent('#shown'), `1 of ${all} checks are shown.`);
    await page.fill('[name=find]', '');
    await page.click('[value=fail]');
    assert.ok(!(await window.checks()).includes('KW-GEN-02'));
    await page.selectOption('[name=stage]', 'DIS');
    assert.ok((await window.checks()).every((id) => id.startsWith('KW-DIS')));
    assert.ok(!(await page.isVisible('#stage-GEN')));
    // after a reload of the window
    await page.goto('http://page.test/page');
    assert.ok((await window.checks()).every((id) => id.startsWith('KW-DIS') && id !== 'KW-DIS-02'));
    // a link leads to a check that is filtered away
    await page.click('#first a[href="#KW-GEN-02"]');
    assert.ok(await page.isVisible('#KW-GEN-02 .inside'));
    assert.equal(await page.evaluate<string>('document.activeElement.parentElement.id'), 'KW-GEN-02');
  });

  it('asks the editor by check and number, and for nothing else', async () => {
    const window = await shown(viewContent(view));
    const { page } = window;
    assert.deepEqual(await window.asked(), [{ type: 'ready' }]);
    await page.click('#KW-GEN-02 [data-do=open]');
    await page.click('#KW-DIS-02 .places [data-do=fix]');
    await page.click('#KW-DIS-02 [data-do=fix]:not([data-place])');
    await page.click('#KW-DIS-02 [data-do=explain]');
    await page.click('#KW-ACC-11 summary');
    await page.click('#KW-ACC-11 [data-do=attest]');
    await page.selectOption('[data-do=profile]', 'soc2');
    await page.click('[data-do=run]');
    assert.deepEqual(await window.asked(), [
      { type: 'open', check: 'KW-GEN-02', place: 0 },
      { type: 'fix', check: 'KW-DIS-02', place: 0 },
      { type: 'fix', check: 'KW-DIS-02' },
      { type: 'explain', check: 'KW-DIS-02' },
      { type: 'attest', check: 'KW-ACC-11' },
      { type: 'profile', id: 'soc2' },
      { type: 'run' },
    ]);
  });

  it('keeps focus, filter and folding when a new run replaces the report', async () => {
    const window = await shown(viewContent(view));
    const { page } = window;
    await page.click('#KW-GEN-02 summary');
    await page.fill('[name=find]', 'git');
    const before = await window.checks();
    await page.focus('[data-do=run]');
    await window.tell({ type: 'report', html: viewContent(view) });
    assert.deepEqual(await window.checks(), before);
    assert.equal(await page.evaluate<string>('document.activeElement.dataset.do'), 'run');
    assert.equal(await page.evaluate<boolean>(`document.getElementById('KW-GEN-02').open`), false);
  });

  it('tells how far a run is, with a way to end it, and without motion for those who ask for none', async () => {
    const window = await shown(viewContent(view));
    const { page } = window;
    assert.ok(!(await page.isVisible('#progress')));
    await window.tell({ type: 'progress', text: 'desk: file 3 of 9' });
    assert.ok(await page.isVisible('progress'));
    assert.equal(await page.textContent('#progress-text'), 'desk: file 3 of 9');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.ok(!(await page.isVisible('progress')));
    assert.ok(await page.isVisible('#progress-text'));
    await page.click('[data-do=cancel]');
    assert.deepEqual((await window.asked()).at(-1), { type: 'cancel' });
    await window.tell({ type: 'progress' });
    assert.ok(!(await page.isVisible('#progress')));
  });
});
