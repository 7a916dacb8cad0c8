import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { agentTools } from '../../../src/report/agent-tools';
import { alnum, hex, uuid } from '../../scan/specimens';
import { emptyWorkspace, onDisk, open, squigglesOf, write } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;

async function call(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(`keyward_${name}`, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

/** Fails when eight characters in a row of a value stand in a text. */
function demandNone(text: string, values: readonly string[]): void {
  for (const value of values) {
    for (let i = 0; i + 8 <= value.length; i++) {
      assert.ok(!text.includes(value.slice(i, i + 8)), 'an answer holds a part of a value');
    }
  }
}

// Late: the texts that agents name stay open in VS Code for a while, also when their files are gone.
describe('what coding agents can ask', () => {
  let keyward: Keyward;
  const secret = alnum(64);
  const key = alnum(64);

  before(async () => {
    keyward = await extension.activate();
  });

  beforeEach(async () => {
    await emptyWorkspace();
    write({
      '.gitignore': '.env\n',
      'desk/trader.ts': `const a = 1;\nnew ccxt.binance({\n  apiKey: '${key}',\n  secret: '${secret}',\n});\n`,
    });
  });

  it('is in the manifest, in the words of the tools', () => {
    const declared = extension.packageJSON.contributes.languageModelTools;
    assert.deepEqual(
      declared.map((t: Record<string, unknown>) => [t.name, t.modelDescription, t.inputSchema]),
      Object.values(agentTools).map((t) => [`keyward_${t.name}`, t.description, t.inputSchema]),
    );
    for (const tool of declared) {
      assert.ok(tool.canBeReferencedInPrompt && tool.toolReferenceName && tool.icon && tool.displayName, tool.name);
    }
    const known = vscode.lm.tools.map((t) => t.name);
    assert.deepEqual(
      declared.filter((t: { name: string }) => !known.includes(t.name)),
      [],
    );
  });

  it('lists findings by place and kind, of a file and of the project', async () => {
    for (const input of [{ file: 'desk/trader.ts' }, {}]) {
      const answer = await call('list_findings', input);
      demandNone(answer, [secret, key]);
      const { total, findings } = JSON.parse(answer);
      assert.equal(total, findings.length);
      const here = findings.filter((f: { file: string }) => f.file === 'desk/trader.ts');
      assert.deepEqual(
        here.map((f: Record<string, unknown>) => [f.file, f.line, f.rule, f.status, f.variable]),
        [
          ['desk/trader.ts', 3, 'binance-api-key', 'hard-coded', 'BINANCE_API_KEY'],
          ['desk/trader.ts', 4, 'binance-api-secret', 'hard-coded', 'BINANCE_API_SECRET'],
        ],
      );
    }
    const severe = JSON.parse(await call('list_findings', { severity: 'high' }));
    assert.ok(severe.findings.every((f: { severity: string }) => ['critical', 'high'].includes(f.severity)));
  });

  it('asks before a fix in exact words, and moves the pair unseen', async () => {
    const wish = { file: 'desk/trader.ts', line: 4, rule: 'binance-api-secret' };
    const { confirmationMessages } = await keyward.agents.fix.announce(wish);
    assert.match(String(confirmationMessages?.title), /Move .*Binance API secret.* out of desk\/trader\.ts\?/);
    const message = String(confirmationMessages?.message);
    assert.match(message, /writes the value to \.env as .*BINANCE_API_SECRET/);
    assert.match(message, /These files change and are saved: .*\.env.*desk\/trader\.ts/);
    demandNone(JSON.stringify(confirmationMessages), [secret, key]);

    const answer = await call('fix_finding', wish);
    demandNone(answer, [secret, key]);
    assert.deepEqual(JSON.parse(answer).variables.sort(), ['BINANCE_API_KEY', 'BINANCE_API_SECRET']);
    const source = onDisk('desk/trader.ts') ?? '';
    assert.match(source, /process\.env\.BINANCE_API_SECRET/);
    assert.ok(!source.includes(secret) && !source.includes(key));
    assert.ok(onDisk('.env')?.includes(secret) && onDisk('.env')?.includes(key));
    assert.equal(JSON.parse(await call('list_findings', { file: 'desk/trader.ts' })).total, 0);
  });

  it('leaves a text with other unsaved changes for the person to save', async () => {
    const { document } = await open('desk/trader.ts');
    await squigglesOf(document.uri, 2);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// mine\n');
    await vscode.workspace.applyEdit(edit);
    const answer = JSON.parse(
      await call('fix_finding', { file: 'desk/trader.ts', line: 5, rule: 'binance-api-secret' }),
    );
    assert.equal(answer.saved, false);
    assert.ok(document.isDirty && onDisk('desk/trader.ts')?.includes(secret));
    await document.save();
  });

  it('says what is wrong with a wish, and changes nothing', async () => {
    for (const [wish, why] of [
      [{ file: 'desk/trader.ts', line: 1, rule: 'binance-api-secret' }, /no finding/],
      [{ file: '../bot.ts', line: 1, rule: 'x' }, /no open folder/],
      [{ file: '/etc/passwd', line: 1, rule: 'x' }, /no open folder/],
      [{ file: 'src/none.ts', line: 1, rule: 'x' }, /can not be read/],
      [{ file: 'desk/trader.ts', line: 4, rule: 'binance-api-secret', store: 'cloud' }, /no secret store/],
    ] as const) {
      await assert.rejects(call('fix_finding', wish), why);
    }
    assert.ok(onDisk('desk/trader.ts')?.includes(secret));
    assert.equal(onDisk('.env'), undefined);
  });

  it('runs the checklist', async () => {
    const answer = await call('run_checklist', {});
    demandNone(answer, [secret, key]);
    const { checks, counts } = JSON.parse(answer);
    assert.ok(counts.fail > 0);
    const open = checks.filter((c: { status: string }) => c.status === 'fail');
    assert.equal(open.length, counts.fail);
    const inSource = open.find((c: { places?: string[] }) => c.places?.includes('desk/trader.ts:4'));
    assert.ok(inSource?.title && inSource.message && inSource.todo && inSource.placesInAll >= 2);
    const all = JSON.parse(await call('run_checklist', { passed: true })).checks;
    assert.ok(all.length > checks.length);
  });

  it('asks the person for a value, and tells the agent only whether it was stored', async () => {
    const typed = alnum(40);
    const { ask } = keyward.keyLife;
    const said: string[] = [];
    try {
      keyward.keyLife.ask = async (...words) => {
        said.push(...words);
        return typed;
      };
      const answer = await call('add_env_value', { name: 'OKX_API_SECRET', for: 'the\ntrading bot' });
      assert.deepEqual(JSON.parse(answer), { stored: true, name: 'OKX_API_SECRET', file: '.env' });
      assert.deepEqual(said[0], 'Value of OKX_API_SECRET: the trading bot');
      assert.match(said[1] as string, /\.env/);
      assert.match(onDisk('.env') ?? '', new RegExp(`OKX_API_SECRET=.*${typed}`));
      const again = await call('add_env_value', { name: 'OKX_API_SECRET' });
      assert.equal(JSON.parse(again).stored, false);
      demandNone(answer + again, [typed]);
      keyward.keyLife.ask = async () => undefined;
      assert.equal(JSON.parse(await call('add_env_value', { name: 'KRAKEN_API_SECRET' })).stored, false);
      await assert.rejects(call('add_env_value', { name: 'no name' }));
    } finally {
      keyward.keyLife.ask = ask;
    }
  });

  it('never gives a part of a value, whatever stands in the project', async () => {
    const values = [alnum(64), alnum(64), uuid(), hex(64), hex(32), alnum(56)];
    const [a, b, c, d, e, f] = values;
    write({
      'a.py': `BINANCE_API_KEY = "${a}"\nBINANCE_API_SECRET = "${b}"\n`,
      'b.yml': `coinmarketcap_api_key: ${c}\nwallet_private_key: "0x${d}"\n`,
      'c.json': JSON.stringify({ exchange: { name: 'kraken', key: f }, etherscan_api_key: e }),
      '.env': `COINMARKETCAP_API_KEY=${c}\n`,
      Dockerfile: `FROM node\nENV BINANCE_API_SECRET=${b}\n`,
      'log.txt': `POST /x BINANCE_API_SECRET=${b} failed\n`,
    });
    const listed = await call('list_findings', {});
    const parts = [
      listed,
      await call('run_checklist', { passed: true }),
      ...(await Promise.all(['a.py', 'b.yml', '.env'].map((file) => call('list_findings', { file })))),
    ];
    for (const finding of JSON.parse(listed).findings) {
      const { file, line, rule } = finding;
      parts.push(await call('fix_finding', { file, line, rule }).catch((error) => String(error)));
    }
    parts.push(await call('list_findings', {}));
    demandNone(parts.join('\n'), values as string[]);
  });
});
