import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum, check, hoverAt, lightbulb, open, read, same, squigglesOf, until, write } from './window';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;

describe('in the browser, on a folder of a server', () => {
  before(async () => {
    await extension.activate();
  });

  it('runs in the browser’s worker', () => {
    same(vscode.env.uiKind, vscode.UIKind.Web);
    same(extension.extensionKind, vscode.ExtensionKind.UI);
    check(typeof (globalThis as { process?: unknown }).process === 'undefined', 'no Node is here');
  });

  it('marks a key, explains it, and moves it to the env file', async () => {
    const secret = alnum(64);
    await write({ '.gitignore': 'dist\n', 'a.ts': `const binanceApiSecret = '${secret}';\n` });
    const { document } = await open('a.ts');
    const [found] = await squigglesOf(document.uri, 1);
    check(found, 'a squiggle');
    check(!found.message.includes(secret), 'the message has no value');
    check(/Binance API secret/.test(await hoverAt(document.uri, found.range.start)), 'the hover says what it is');
    const action = await until('the fix', async () =>
      (await lightbulb(document.uri, found.range)).find((a) => /BINANCE_API_SECRET in \.env/.test(a.title)),
    );
    await vscode.commands.executeCommand(action.command?.command ?? '', ...(action.command?.arguments ?? []));
    await squigglesOf(document.uri, 0);
    check((await read('.env'))?.includes(secret), 'the value is in .env');
    check(/^\.env$/m.test((await read('.gitignore')) ?? ''), '.env is ignored');
    check(document.getText().includes('process.env.BINANCE_API_SECRET'), 'the source reads it');
  });

  it('audits the folder and runs the checklist', async () => {
    await write({ 'src/b.py': `BINANCE_API_SECRET = "${alnum(64)}"\n` });
    const { findings } = (await extension.exports.audit.run()) ?? {};
    check(
      findings?.some((f) => f.file === 'src/b.py'),
      'the audit finds it',
    );
    const [assessment] = (await vscode.commands.executeCommand('keyward.runChecklist')) as {
      results: { check: string; status: string; message: string }[];
    }[];
    check(assessment && assessment.results.length > 20, 'there are results');
    same(
      assessment.results.filter((r) => r.status === 'error').map((r) => r.message),
      [],
      'no check breaks',
    );
  });

  it('follows settings without a reload', async () => {
    await write({ 'c.ts': `const binanceApiSecret = '${alnum(64)}';\n` });
    const { document } = await open('c.ts');
    await squigglesOf(document.uri, 1);
    const settings = vscode.workspace.getConfiguration('keyward');
    await settings.update('enable', false, vscode.ConfigurationTarget.Global);
    await squigglesOf(document.uri, 0);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
    await squigglesOf(document.uri, 1);
  });

  it('says plainly that git and the tools of stores are not there', async () => {
    same(await vscode.commands.executeCommand('keyward.auditStaged'), undefined);
    same(await vscode.commands.executeCommand('keyward.auditHistory'), undefined);
    const value = alnum(64);
    await write({ 'd.ts': `const binanceApiSecret = '${value}';\n` });
    const { document } = await open('d.ts');
    const [found] = await squigglesOf(document.uri, 1);
    check(found, 'a squiggle');
    const action = await until('the menu', async () =>
      (await lightbulb(document.uri, found.range)).find((a) => /secret store/.test(a.title)),
    );
    const [named] = action.command?.arguments ?? [];
    // The command that the person would run is shown in a message that waits; nothing changes before.
    const moving = vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'vault' });
    let ended = false;
    void moving.then(() => {
      ended = true;
    });
    await until('the end', async () => {
      await vscode.commands.executeCommand('notifications.clearAll');
      return ended;
    });
    check(document.getText().includes(value), 'the source is unchanged');
  });

  it('offers agents the tools', async () => {
    const result = await vscode.lm.invokeTool('keyward_list_findings', {
      input: { file: 'd.ts' },
      toolInvocationToken: undefined,
    });
    const [part] = result.content;
    check(part instanceof vscode.LanguageModelTextPart, 'a text');
    same(JSON.parse(part.value).total, 1);
  });
});
