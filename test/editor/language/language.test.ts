import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { told } from '../told';
import { emptyWorkspace, lightbulb, open, pourInto, squiggles, until, write } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;

const NAMES = /^(?:Keyward|Binance|Kraken|JUnit|GitLab|GitHub|Ctrl|Markdown|Generation)$/;

/**
 * English that is left in a text of the pseudo-language: what stands outside of its brackets, and words without accents
 * inside. Names, paths, ids, values and commands are no English.
 */
function english(text: string): string[] {
  const words = text.replace(/`[^`]*`|\]\([^)]*\)|<[^>]*>|\$\([\w-]+\)|&\w+;/g, ' ').replace(/\\/g, '');
  let outside = words;
  for (let longer = ''; longer !== outside; ) {
    longer = outside;
    outside = outside.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  const inside = words.replace(/[⟦⟧]/g, ' ');
  const plain = (rest: string) =>
    (rest.replace(/"[^"]*"|\S*[./_=@{}\d:]\S*|[\p{L}\d]+(?:-[\p{L}\d]+)+/gu, ' ').match(/\p{L}+/gu) ?? []).filter(
      (w) => w.length > 2 && !NAMES.test(w) && w !== w.toUpperCase(),
    );
  return [...plain(outside), ...plain(inside).filter((w) => /^[a-z]+$/.test(w) && /[aeiou]/.test(w))];
}

function assertTranslated(texts: readonly (string | undefined)[], what: string, names = /^$/): void {
  const all = texts.filter((t): t is string => t !== undefined && t !== '');
  assert.ok(all.length > 0, `${what}: nothing is shown`);
  for (const text of all) {
    assert.deepEqual(
      english(text).filter((w) => !names.test(w)),
      [],
      `${what}: ${text}`,
    );
  }
}

function textsOfItem(item: vscode.TreeItem): (string | undefined)[] {
  const { tooltip } = item;
  return [
    item.resourceUri || typeof item.label !== 'string' ? undefined : item.label,
    typeof item.description === 'string' && !item.resourceUri ? item.description : undefined,
    // standards have names of their own
    (typeof tooltip === 'object' ? tooltip.value : tooltip)?.replace(/⟦[^\n]*évídéncé&nbsp;fór[^\n]*/, ''),
    item.accessibilityInformation?.label,
    item.command?.title,
  ];
}

/** Rows of evidence show code. */
function isCheck({ iconPath }: vscode.TreeItem): boolean {
  return !(iconPath instanceof vscode.ThemeIcon && iconPath.id === 'location');
}

/** A text of the manifest, as VS Code keeps it. */
function shown(text: string | { readonly value: string }): string {
  return typeof text === 'string' ? text : text.value;
}

/** Every row of a tree. */
async function rows<T>(tree: vscode.TreeDataProvider<T>, node?: T): Promise<vscode.TreeItem[]> {
  const children = (await tree.getChildren(node)) ?? [];
  const items: vscode.TreeItem[] = [];
  for (const child of children) {
    items.push(await tree.getTreeItem(child), ...(await rows(tree, child)));
  }
  return items;
}

describe('in another language', () => {
  let keyward: Keyward;
  let bot: vscode.Uri;

  before(async () => {
    assert.equal(vscode.env.language, 'qps-ploc');
    keyward = await extension.activate();
    await emptyWorkspace();
    pourInto('sample');
    bot = (await open('src/bot.ts')).document.uri;
    await until('squiggles', () => squiggles(bot).length >= 3);
  });

  it('VS Code shows commands, views and settings in it', () => {
    const { commands, views, configuration, viewsWelcome } = extension.packageJSON.contributes;
    assertTranslated(
      commands.map((c: { title: string }) => shown(c.title)),
      'commands',
    );
    assertTranslated(
      views.keyward.map((v: { name: string }) => shown(v.name)),
      'views',
    );
    assertTranslated(
      viewsWelcome.map((w: { contents: string }) => shown(w.contents)),
      'welcomes',
    );
    const sections = Array.isArray(configuration) ? configuration : [configuration];
    const settings = sections.flatMap((s) => Object.values(s.properties)) as Record<string, string>[];
    assertTranslated(
      settings.map((s) => shown(s.markdownDescription as string)),
      'settings',
    );
  });

  it('diagnostics and what relates to them', () => {
    const list = squiggles(bot);
    assertTranslated(
      list.flatMap((d) => [d.message, ...(d.relatedInformation ?? []).map((r) => r.message)]),
      'diagnostics',
    );
  });

  it('the hover', async () => {
    for (const { range } of squiggles(bot)) {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        bot,
        range.start.translate(0, 2),
      );
      const texts = hovers.flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value)));
      assertTranslated(
        texts.filter((t) => t.includes('(Keyward)')),
        'hover',
      );
    }
  });

  it('the lightbulb', async () => {
    for (const { range } of squiggles(bot)) {
      assertTranslated(
        (await lightbulb(bot, range)).map((a) => a.title),
        'actions',
      );
    }
  });

  it('the findings', async () => {
    for (const by of ['file', 'severity', 'provider']) {
      await vscode.workspace
        .getConfiguration('keyward')
        .update('findings.groupBy', by, vscode.ConfigurationTarget.Global);
      const items = await rows(keyward.view);
      assertTranslated(items.flatMap(textsOfItem), by);
    }
    await vscode.workspace
      .getConfiguration('keyward')
      .update('findings.groupBy', undefined, vscode.ConfigurationTarget.Global);
  });

  it('the checklist, with what it saw and what to do', async () => {
    write({ 'keyward.policy.jsonc': '{ "version": 1, "nothing": true }' });
    await keyward.checklist.run();
    assertTranslated((await rows(keyward.checklist.view)).filter(isCheck).flatMap(textsOfItem), 'checks');
    write({ 'keyward.policy.jsonc': '' });
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder().uri, 'keyward.policy.jsonc'));
    await keyward.checklist.run();
    assertTranslated((await rows(keyward.checklist.view)).filter(isCheck).flatMap(textsOfItem), 'checks');
  });

  it('mistakes of a policy', async () => {
    write({ 'keyward.policy.jsonc': '{ "version": 2, "wrong": 1, "inventory": { "keys": [{ "id": 3 }] } }' });
    const { document } = await open('keyward.policy.jsonc');
    const list = await until('mistakes', () => squiggles(document.uri).length > 2 && squiggles(document.uri));
    assertTranslated(
      list.map((d) => d.message),
      'policy',
      /^(?:string|project|environments|owners|version|provider|kind|environment|owner|storage|status|purpose|class)$/,
    );
  });

  it('pages about types and checks', async () => {
    for (const page of ['types/binance-api-secret', 'types/coingecko-demo-api-key', 'checks/KW-STO-01']) {
      const uri = vscode.Uri.from({ scheme: 'keyward', path: `/${page}.md` });
      const lines = (await vscode.workspace.openTextDocument(uri)).getText().split('\n');
      assert.ok(lines.length > 5);
      // the controls of standards have names of their own
      const controls = lines.findIndex((l) => /évídéncé fór/.test(l));
      assert.match(lines[0] ?? '', /^# .*⟦.*⟧$/);
      assertTranslated(lines.slice(1, controls < 0 ? undefined : controls), page);
    }
  });

  it('what is told and asked', async () => {
    await open('src/bot.ts');
    const [first] = squiggles(bot);
    const at = { uri: bot.toString(), version: 0, start: 0 };
    const run =
      (command: string, ...args: unknown[]) =>
      () =>
        vscode.commands.executeCommand(command, ...args);
    const notes = [
      ...(await told(run('keyward.ignoreFinding', at))),
      ...(await told(run('keyward.auditFile'))),
      ...(await told(run('keyward.groupFindings'))),
      ...(await told(run('keyward.filterFindings'))),
      ...(await told(run('keyward.exportFindings'))),
      ...(await told(run('keyward.attest'))),
      ...(await told(run('keyward.verifyAuditLog'))),
      ...(await told(run('keyward.rotateKey'))),
      ...(await told(run('keyward.toggleConceal'))),
      ...(await told(run('keyward.toggleConceal'))),
      ...(await told(run('keyward.auditStaged'))),
      ...(await told(run('keyward.generateSecret'))),
    ];
    assert.ok(first && notes.length >= 8, `${notes.length} notes`);
    for (const { how, texts } of notes) {
      assertTranslated(texts, how);
    }
    const fix = (await lightbulb(bot, first.range)).find((a) => a.command?.command === 'keyward.applyFix');
    const after = await told(async () => {
      await vscode.commands.executeCommand('keyward.applyFix', ...(fix?.command?.arguments ?? []));
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    assertTranslated(
      after.flatMap((n) => n.texts),
      'after a fix',
    );
  });
});

function folder(): vscode.WorkspaceFolder {
  return (vscode.workspace.workspaceFolders as vscode.WorkspaceFolder[])[0] as vscode.WorkspaceFolder;
}
