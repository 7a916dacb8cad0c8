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

// With --themes: every surface in every theme, into .build/screenshots, to be looked at; without, the README's.
const all = process.argv.some((a) => a.startsWith('--themes'));
const only = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};
/** `--themes=light,high-contrast` takes those only. */
const chosen = process.argv.find((a) => a.startsWith('--themes='))?.slice('--themes='.length);
const README = ['hover', 'lightbulb', 'report'];
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-pictures-')));

/** Pours the sample anew: what one theme's pictures change, the next must not see. */
async function sample(name) {
  const folder = path.join(scratch, name, 'trading-desk');
  mkdirSync(folder, { recursive: true });
  if ((await runNode([bin('tsx'), 'scripts/pour-sample.ts', 'sample', folder])) !== 0) {
    throw new Error('the sample could not be poured');
  }
  return folder;
}

/** Surfaces that a command opens; the walkthrough is picked from a list. */
const MORE = [
  ['capabilities', 'Keyward: Show What Keyward Can Do'],
  ['walkthrough', 'Welcome: Open Walkthrough...', 'Keyward'],
];

let server;
let browser;
let code = 0;

/** All pictures in one theme. */
async function pictures(host, theme, label) {
  const target = path.join(root, all ? `.build/screenshots/${theme}` : 'media/screenshots');
  mkdirSync(target, { recursive: true });
  const settings = {
    ...quietSettings,
    'workbench.colorTheme': label,
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    'editor.fontFamily': 'DejaVu Sans Mono',
    'editor.fontSize': 14,
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'breadcrumbs.enabled': false,
    'window.commandCenter': false,
    'workbench.layoutControl.enabled': false,
  };
  const folder = await sample(theme);
  server = await startServer(host, { dataDir: path.join(scratch, `${theme}-data`), settings });
  browser = await launchBrowser(host);
  const page = await browser.newPage({ viewport: { width: 1180, height: 720 }, deviceScaleFactor: all ? 1 : 1.5 });
  await page.goto(workbenchUrl({ port: server.port, folder, extension: root }));
  const bench = new Workbench(page);
  await bench.ready();
  const shot = async (name) => {
    if (only.length ? only.includes(name) : all || README.includes(name)) {
      await page.screenshot({ path: path.join(target, `${name}.png`) });
      console.log(path.relative(root, path.join(target, `${name}.png`)));
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
  if (all) {
    await bench.command('Keyward: Mask or Show Values');
    await page.waitForTimeout(800);
    await shot('conceal');
    await bench.command('Keyward: Mask or Show Values');
    await page.keyboard.press('Control+Shift+m');
    await bench.row('Binance');
    await shot('problems');
    await page.keyboard.press('Control+Shift+m');
    await page.locator('[id="status.languageStatus"]').hover();
    await page.waitForTimeout(1500);
    await shot('status');
    await page.mouse.move(600, 300);
  }
  await bench.command('View: Close All Editors');
  await bench.command('Keyward: Run Lifecycle Checklist');
  await bench.report('#KW-DIS-02.s-fail');
  const prices = path.join(folder, 'src/prices.py');
  writeFileSync(prices, readFileSync(prices, 'utf8').replace('verify=False', 'verify=True'));
  await bench.command('Keyward: Run Lifecycle Checklist');
  await bench.report('#KW-DIS-02.s-pass');
  await page.waitForTimeout(1000);
  await shot('report');
  await bench.command('View: Close All Editors');
  await bench.open('src', 'bot.ts');
  await bench.widenSideBar(190);
  if (all) {
    await bench.command('Keyward: Focus on Lifecycle Checklist View');
    await bench.row('Secure generation');
    await shot('checklist');
  }
  await bench.command('Keyward: Audit Workspace');
  await bench.row('Binance API secret');
  await page.waitForTimeout(1500);
  await shot('findings');
  if (all) {
    for (const [name, title, choice] of MORE) {
      await bench.command(title);
      if (choice) {
        await page.waitForTimeout(1000);
        await page.keyboard.type(choice);
        await page.waitForTimeout(500);
        await page.keyboard.press('Enter');
      }
      await page.waitForTimeout(3000);
      await shot(name);
    }
  }
  await browser.close();
  await server.stop();
}

try {
  if ((await runNode(['esbuild.mjs'])) !== 0) {
    throw new Error('the build failed');
  }
  const host = await installHost();
  for (const [theme, label] of Object.entries(THEMES)) {
    if (all ? !chosen || chosen.split(',').includes(theme) : theme === 'dark') {
      await pictures(host, theme, label);
    }
  }
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
