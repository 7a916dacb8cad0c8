import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { VirtualFiles } from './virtual-files';
import { alnum, check, folder, hoverAt, lightbulb, open, read, same, squigglesOf, until, write } from './window';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;

describe('in the browser, on a virtual folder', () => {
  const secret = alnum(64);

  before(async () => {
    vscode.workspace.registerFileSystemProvider('keyward-test', new VirtualFiles());
    await extension.activate();
    same(folder().uri.scheme, 'keyward-test');
    await write({
      'bot.ts': `const binanceApiSecret = '${secret}';\n`,
      'src/deep/c.yml': `binance_api_secret: ${alnum(64)}\n`,
    });
  });

  it('marks a key, and says why no env file is written', async () => {
    const { document } = await open('bot.ts');
    const [found] = await squigglesOf(document.uri, 1);
    check(found, 'a squiggle');
    const hover = await until('the hover', async () => {
      const text = await hoverAt(document.uri, found.range.start);
      return /Binance API secret/.test(text) && text;
    });
    check(/not on a disk/.test(hover) && /clone/.test(hover), `the hover says why: ${hover.replaceAll(secret, '…')}`);
    const actions = await lightbulb(document.uri, found.range);
    same(
      actions.filter((a) => /in \.env/.test(a.title)).map((a) => a.title),
      [],
    );
  });

  it('writes no env file by any other way', async () => {
    const { keyLife, agents } = extension.exports;
    keyLife.ask = async () => alnum(40);
    same(await vscode.commands.executeCommand('keyward.generateSecret', { name: 'A_SECRET', format: 'hex' }), false);
    for (const [tool, input] of [
      ['keyward_add_env_value', { name: 'A_SECRET' }],
      ['keyward_fix_finding', { file: 'bot.ts', line: 1, rule: 'binance-api-secret' }],
    ] as const) {
      let why = '';
      try {
        await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
      } catch (error) {
        why = String(error);
      }
      check(/not on a disk/.test(why), `${tool}: ${why}`);
    }
    check(agents, 'the tools are there');
    same(await read('.env'), undefined);
    check((await read('bot.ts'))?.includes(secret), 'the source is unchanged');
  });

  it('audits all files and runs the checklist, and breaks nowhere', async () => {
    const { findings } = (await extension.exports.audit.run()) ?? {};
    same(findings?.map((f) => f.file).sort(), ['bot.ts', 'src/deep/c.yml']);
    const [assessment] = (await vscode.commands.executeCommand('keyward.runChecklist')) as {
      results: { status: string; message: string }[];
    }[];
    check(assessment && assessment.results.length > 20, 'there are results');
    same(
      assessment.results.filter((r) => r.status === 'error').map((r) => r.message),
      [],
    );
  });
});
