import path from 'node:path';
import * as esbuild from 'esbuild';
import type { FromPage, ToPage } from '../../../src/report/page/messages';
import themes from './themes.json';

const root = path.join(__dirname, '../../..');

/** What the tests use of Playwright, which comes with the test host and not with the project's packages. */
export interface Page {
  goto(url: string): Promise<unknown>;
  close(): Promise<void>;
  evaluate<T, A = undefined>(run: string | ((arg: A) => T), arg?: A): Promise<Awaited<T>>;
  click(selector: string): Promise<void>;
  focus(selector: string): Promise<void>;
  fill(selector: string, text: string): Promise<void>;
  isVisible(selector: string): Promise<boolean>;
  textContent(selector: string): Promise<string | null>;
  selectOption(selector: string, value: string): Promise<unknown>;
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>;
  emulateMedia(media: {
    readonly reducedMotion?: 'reduce' | 'no-preference';
    readonly media?: 'print' | 'screen';
  }): Promise<void>;
  addInitScript(script: string): Promise<void>;
  route(url: string, handle: (route: Route) => unknown): Promise<void>;
  on(event: 'console', listener: (message: { text(): string }) => void): void;
  readonly keyboard: { press(key: string): Promise<void> };
}

interface Route {
  request(): { url(): string };
  fulfill(answer: { readonly contentType: string; readonly body: string }): Promise<void>;
  abort(): Promise<void>;
}

/** A browser without a window. */
export interface Browser {
  newPage(options?: object): Promise<Page>;
  close(): Promise<void>;
}

/** Starts the Chromium of the test host; undefined on machines that it was not tried on. */
export async function startBrowser(): Promise<Browser | undefined> {
  const { hostIsSupported, installHost } = await import('../../../scripts/host/install.mjs');
  if (!hostIsSupported()) {
    return undefined;
  }
  const { launchBrowser } = await import('../../../scripts/host/server.mjs');
  return launchBrowser(await installHost());
}

/** The page's script as it is built. */
export async function pageScript(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/webview/report-view.ts'],
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as Theme[];

/** A page as VS Code shows it: with a theme's colours, and a window that takes messages. */
export class ShownPage {
  /** What the page could not load, and what its content policy refused. */
  readonly refused: string[] = [];

  constructor(readonly page: Page) {}

  /** Opens a document; every address but its own and its script's is refused. */
  static async open(browser: Browser, document: string, script: string, theme?: Theme): Promise<ShownPage> {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    const shown = new ShownPage(page);
    page.on('console', (message) => {
      if (/Content Security Policy|Refused|ERR_|[Ee]rror/.test(message.text())) {
        shown.refused.push(message.text());
      }
    });
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/page') {
        return route.fulfill({ contentType: 'text/html', body: document });
      }
      if (pathname === '/report-view.js') {
        return route.fulfill({ contentType: 'text/javascript', body: script });
      }
      shown.refused.push(pathname);
      return route.abort();
    });
    const { class: classes, variables } = theme ? themes[theme] : { class: '', variables: {} };
    await page.addInitScript(`
      let state = JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
      window.asked = [];
      window.acquireVsCodeApi = () => ({
        postMessage: (message) => window.asked.push(message),
        getState: () => state,
        setState: (next) => { state = next; sessionStorage.setItem('state', JSON.stringify(next)); },
      });
      document.addEventListener('DOMContentLoaded', () => {
        document.body.className = ${JSON.stringify(classes)};
        for (const [name, value] of Object.entries(${JSON.stringify(variables)})) {
          document.documentElement.style.setProperty(name, value);
        }
      });
    `);
    await page.goto('http://page.test/page');
    return shown;
  }

  /** What the page asked the editor for, since the last time. */
  asked(): Promise<FromPage[]> {
    return this.page.evaluate<FromPage[]>('window.asked.splice(0)');
  }

  /** A message of the editor. */
  async tell(message: ToPage): Promise<void> {
    await this.page.evaluate(
      (data) =>
        new Promise((done) => {
          window.addEventListener('message', () => setTimeout(done), { once: true });
          window.postMessage(data, '*');
        }),
      message,
    );
  }

  /** Ids of the checks in sight. */
  checks(): Promise<string[]> {
    return this.page.evaluate<string[]>(
      `[...document.querySelectorAll('.check')].filter((c) => c.checkVisibility()).map((c) => c.id)`,
    );
  }
}
