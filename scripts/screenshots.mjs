// npm run screenshots: takes the README's pictures from the running extension into media/screenshots.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bin, ensurePackages, requireNode, root, runNode } from './setup.mjs';

requireNode();
ensurePackages();

const { installHost } = await import('./host/install.mjs');
const { launchBrowser, quietSettings, startServer, workbenchUrl } = await import('./host/server.mjs');
const { Workbench } = await import('./host/workbench.mjs');

const only = process.argv.slice(2);
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-pictures-')));
const sample = path.join(scratch, 'trading-desk');
const pictures = path.join(root, 'media/screenshots');
mkdirSync(sample);
mkdirSync(pictures, { recursive: true });

let server;
let browser;
let code = 0;
try {
  for (const args of [['esbuild.mjs'], [bin('tsx'), 'scripts/pour-sample.ts', 'sample', sample]]) {
    if ((await runNode(args)) !== 0) {
      throw new Error(`${args.join(' ')} failed`);
    }
  }
  const host = await installHost();
  const settings = {
    ...quietSettings,
    'workbench.colorTheme': 'Default Dark Modern',
    'editor.fontFamily': 'DejaVu Sans Mono',
    'editor.fontSize': 14,
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'breadcrumbs.enabled': false,
    'window.commandCenter': false,
    'workbench.layoutControl.enabled': false,
  };
  server = await startServer(host, { dataDir: path.join(scratch, 'data'), settings });
  browser = await launchBrowser(host);
  const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, deviceScaleFactor: 1.5 });
  await page.goto(workbenchUrl({ port: server.port, folder: sample, extension: root }));
  const bench = new Workbench(page);
  await bench.ready();
  const shot = async (name) => {
    if (only.length === 0 || only.includes(name)) {
      await page.screenshot({ path: path.join(pictures, `${name}.png`) });
      console.log(`media/screenshots/${name}.png`);
    }
  };

  await bench.open('src', 'bot.ts');
  await bench.squiggle();
  await shot('squiggle');
  await bench.hoverOn('secret:');
  await shot('hover');
  await bench.quickFixOn('secret:');
  await shot('lightbulb');
  await page.keyboard.press('Escape');
  await bench.command('View: Close All Editors');
  await bench.command('Keyward: Run Lifecycle Checklist');
  await bench.report('#KW-DIS-02.s-fail');
  const prices = path.join(sample, 'src/prices.py');
  writeFileSync(prices, readFileSync(prices, 'utf8').replace('verify=False', 'verify=True'));
  await bench.command('Keyward: Run Lifecycle Checklist');
  await bench.report('#KW-DIS-02.s-pass');
  await page.waitForTimeout(1000);
  await shot('report');
  await bench.command('View: Close All Editors');
  await bench.open('src', 'bot.ts');
  await bench.widenSideBar(190);
  await bench.command('Keyward: Audit Workspace');
  await bench.row('Binance API secret');
  await page.waitForTimeout(1500);
  await shot('findings');
} catch (error) {
  console.error(String(error?.stack ?? error));
  const page = browser?.contexts()[0]?.pages()[0];
  mkdirSync(path.join(root, '.build'), { recursive: true });
  await page?.screenshot({ path: path.join(root, '.build/screenshots-failure.png') }).catch(() => {});
  code = 1;
} finally {
  await browser?.close().catch(() => {});
  await server?.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
process.exit(code);
