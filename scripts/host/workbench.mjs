// Drives VS Code's workbench in a browser page as a person would: by what is seen on it.

const LONG = 30_000;

/** One workbench in one page. */
export class Workbench {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(LONG);
  }

  /** Waits until the window can be used. */
  async ready() {
    await this.page.waitForSelector('.monaco-workbench .explorer-folders-view');
    await this.page.waitForTimeout(1000);
  }

  /** Opens a file through the explorer: folders, then the file's name. */
  async open(...names) {
    const file = names.pop();
    for (const name of names) {
      const folder = this.page.getByRole('treeitem', { name, exact: true }).first();
      if ((await folder.getAttribute('aria-expanded')) !== 'true') {
        await folder.click();
      }
    }
    await this.page.getByRole('treeitem', { name: file }).first().dblclick();
    await this.page.waitForSelector(`.tabs-container [aria-label*="${file}"]`);
  }

  /** Waits for the first squiggle. */
  async squiggle() {
    await this.page.waitForSelector('.squiggly-error, .squiggly-warning');
    await this.page.waitForTimeout(300);
  }

  /** The box of the squiggle in the line that holds a text. */
  async #squiggleBox(text) {
    const line = this.page.locator('.monaco-editor .view-line', { hasText: text }).first();
    const at = await line.boundingBox();
    for (const mark of await this.page.locator('.squiggly-error, .squiggly-warning, .squiggly-info').all()) {
      const box = await mark.boundingBox();
      if (box && at && Math.abs(box.y + box.height - (at.y + at.height)) < at.height / 2) {
        return box;
      }
    }
    throw new Error(`No squiggle in the line with "${text}".`);
  }

  /** Shows the hover of the squiggle in a line. */
  async hoverOn(text) {
    const box = await this.#squiggleBox(text);
    await this.page.mouse.move(box.x + 60, box.y + box.height / 2);
    await this.page.mouse.move(box.x + 80, box.y + box.height / 2);
    await this.page.waitForSelector('.monaco-hover:not(.hidden) .hover-contents');
    await this.page.waitForTimeout(800);
  }

  /** Opens the lightbulb's menu on the squiggle in a line. */
  async quickFixOn(text) {
    const box = await this.#squiggleBox(text);
    await this.page.keyboard.press('Escape');
    await this.page.mouse.click(box.x + 40, box.y + box.height / 2);
    await this.page.waitForSelector('.monaco-editor.focused');
    for (let tries = 0; tries < 10; tries++) {
      await this.page.keyboard.press('Control+.');
      try {
        await this.page.waitForSelector('.action-widget', { timeout: 2000 });
        await this.page.waitForTimeout(400);
        return;
      } catch {
        // the actions were not computed yet
      }
    }
    throw new Error('The lightbulb menu did not open.');
  }

  /** Runs a command of the palette by its title. */
  async command(title) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Waits for something in the checklist's report. */
  async report(selector) {
    const frame = this.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await frame.locator(selector).first().waitFor({ state: 'attached' });
    return frame;
  }

  /** Makes the side bar wider or narrower by pixels. */
  async widenSideBar(pixels) {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    const [x, y] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + pixels, y, { steps: 5 });
    await this.page.mouse.up();
    await this.page.mouse.move(x + pixels + 200, y);
    await this.page.waitForTimeout(500);
  }

  /** Waits for a row of a tree. */
  async row(text) {
    await this.page.locator('.monaco-list-row', { hasText: text }).first().waitFor();
    await this.page.waitForTimeout(600);
  }
}
