import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { alnum, uuid } from '../../scan/specimens';
import {
  choose,
  emptyWorkspace,
  lightbulb,
  onDisk,
  open,
  pourInto,
  repository,
  squigglesOf,
  until,
  workspace,
  write,
} from '../workspace';

const node = process.env.KEYWARD_NODE as string;

function run(command: string, args: readonly string[], folder: string): string {
  const env = { PATH: process.env.PATH ?? '' };
  return execFileSync(command, args, { cwd: path.join(workspace, folder), encoding: 'utf8', env });
}

function has(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

/** Applies the first fix of the first squiggle and saves. */
async function fixFirst(name: string, squiggleCount: number, title: RegExp): Promise<string> {
  const { document } = await open(name);
  const [first] = await squigglesOf(document.uri, squiggleCount);
  const chosen = await choose(document.uri, (first as vscode.Diagnostic).range, title);
  await until('the changed source', () => document.isDirty);
  await document.save();
  return chosen;
}

describe('the quick fix', () => {
  beforeEach(emptyWorkspace);

  it('moves a freqtrade exchange key and secret', async () => {
    const values = pourInto('freqtrade', 'bot');
    await fixFirst('bot/user_data/config.json', 3, /^Move Binance key and secret/);
    const config = JSON.parse(onDisk('bot/user_data/config.json') ?? '');
    assert.deepEqual(config.exchange, { name: 'binance', pair_whitelist: ['BTC/USDT', 'ETH/USDT'] });
    assert.equal(config.telegram.token, values['telegram.token']);
    const env = `FREQTRADE__EXCHANGE__KEY=${values['binance.key']}\nFREQTRADE__EXCHANGE__SECRET=${values['binance.secret']}\n`;
    assert.equal(onDisk('.env'), env);
    assert.equal(onDisk('.env.example'), 'FREQTRADE__EXCHANGE__KEY=\nFREQTRADE__EXCHANGE__SECRET=\n');
    assert.equal(onDisk('.gitignore'), '.env\n');
    if (process.platform !== 'win32') {
      assert.equal(fs.statSync(path.join(workspace, '.env')).mode & 0o777, 0o600);
    }
  });

  it('moves the keys of a CCXT bot in TypeScript, which reads the same values', async () => {
    const values = pourInto('ccxt-typescript', 'bot');
    write({
      'bot/node_modules/ccxt/package.json': '{"name":"ccxt","main":"index.js"}',
      'bot/node_modules/ccxt/index.js':
        'class Exchange { constructor(o) { Object.assign(this, o); } }\nmodule.exports = { binance: Exchange };\n',
    });
    const esbuild = path.join(repository, 'node_modules/esbuild/bin/esbuild');
    const bundle = [
      'src/bot.ts',
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--outfile=bot.js',
      '--log-level=error',
    ];
    const start = ['--env-file=.env', 'bot.js'];
    const program = () => {
      run(esbuild, bundle, 'bot');
      return run(node, start, 'bot');
    };
    const before = program();
    assert.equal(before, `${values['binance.key']} ${values['binance.secret']}\n`);
    const title = await fixFirst('bot/src/bot.ts', 2, /^Move Binance key and secret/);
    assert.equal(title, 'Move Binance key and secret to bot/.env');
    assert.equal(
      onDisk('bot/src/bot.ts'),
      "import ccxt from 'ccxt';\n\nconst exchange = new ccxt.binance({\n  apiKey: process.env.BINANCE_API_KEY!,\n  secret: process.env.BINANCE_API_SECRET!,\n  enableRateLimit: true,\n});\n\nconsole.log(exchange.apiKey, exchange.secret);\n",
    );
    assert.equal(
      onDisk('bot/.env'),
      `LOG_LEVEL=info\nBINANCE_API_KEY=${values['binance.key']}\nBINANCE_API_SECRET=${values['binance.secret']}\n`,
    );
    assert.equal(program(), before);
  });

  it('moves the keys of a CCXT bot in Python, which reads the same values', async function () {
    if (!has('python3')) {
      this.skip();
    }
    const values = pourInto('ccxt-python', 'bot');
    write({
      'bot/ccxt.py':
        'class kraken:\n    def __init__(self, o):\n        self.apiKey = o["apiKey"]\n        self.secret = o["secret"]\n',
    });
    const before = run('python3', ['bot.py'], 'bot');
    assert.equal(before, `${values['kraken.key']} ${values['kraken.secret']}\n`);
    const title = await fixFirst('bot/bot.py', 2, /^Move Kraken.*key and secret/);
    assert.match(title, /\(add how bot\/\.env is loaded\)$/);
    assert.match(
      onDisk('bot/bot.py') ?? '',
      /^"""Prints the balance of a Kraken account\."""\n\nimport os\nimport ccxt\n/,
    );
    assert.equal(run('sh', ['-c', 'set -a; . ./.env; set +a; python3 bot.py'], 'bot'), before);
  });

  it('adds load_dotenv to the Python bot when that is chosen', async () => {
    pourInto('ccxt-python', 'bot');
    await fixFirst('bot/bot.py', 2, /^Move Kraken.*key and secret.*with load_dotenv\(\)$/);
    assert.match(
      onDisk('bot/bot.py') ?? '',
      /from dotenv import load_dotenv\nimport os\nimport ccxt\n\nload_dotenv\(\)\n/,
    );
  });

  it('moves what a shell script assigns, and the script prints the same', async function () {
    if (!has('bash')) {
      this.skip();
    }
    const values = pourInto('shell', 'job');
    const before = run('bash', ['price.sh'], 'job');
    const title = await fixFirst('job/price.sh', 1, /^Move to environment variable/);
    assert.equal(title, 'Move to environment variable CMC_API_KEY in job/.env');
    assert.equal(onDisk('job/.env'), `LOG_LEVEL=info\nCMC_API_KEY=${values['coinmarketcap.key']}\n`);
    assert.ok(!onDisk('job/price.sh')?.includes(values['coinmarketcap.key'] as string));
    assert.equal(run('bash', ['price.sh'], 'job'), before);
  });

  it("moves a Hardhat project's node key, wallet key and explorer key, and its configuration reads the same", async () => {
    const values = pourInto('hardhat', 'vault');
    write({
      'vault/node_modules/dotenv/package.json': '{"name":"dotenv","main":"index.js"}',
      'vault/node_modules/dotenv/index.js':
        'exports.config = () => { const fs = require("fs"); if (fs.existsSync(".env")) process.loadEnvFile(".env"); };\n',
    });
    const show = () => run(node, ['-p', 'JSON.stringify(require("./hardhat.config.js"))'], 'vault');
    const before = show();
    const { document } = await open('vault/hardhat.config.js');
    for (let left = 3; left > 0; left--) {
      const [first] = await squigglesOf(document.uri, left);
      await choose(
        document.uri,
        (first as vscode.Diagnostic).range,
        /^Move to environment variable \S+ in vault\/\.env$/,
      );
      await squigglesOf(document.uri, left - 1);
    }
    await document.save();
    for (const value of Object.values(values)) {
      assert.ok(!onDisk('vault/hardhat.config.js')?.includes(value));
      assert.ok(onDisk('vault/.env')?.includes(value));
    }
    assert.equal(show(), before);
  });

  it("moves a Next.js page's price keys to .env.local", async () => {
    const values = pourInto('next-prices', 'site');
    const { document } = await open('site/app/api/prices/route.ts');
    for (let left = 2; left > 0; left--) {
      const [first] = await squigglesOf(document.uri, left);
      await choose(
        document.uri,
        (first as vscode.Diagnostic).range,
        /^Move to environment variable \S+ in site\/\.env\.local$/,
      );
      await squigglesOf(document.uri, left - 1);
    }
    await document.save();
    const text = onDisk('site/app/api/prices/route.ts') ?? '';
    assert.match(text, /^const COINGECKO_API_KEY = process\.env\.COINGECKO\w*_API_KEY!;/);
    assert.match(text, /'X-CMC_PRO_API_KEY': process\.env\.COINMARKETCAP_API_KEY! /);
    assert.ok(onDisk('site/.env.local')?.includes(`COINMARKETCAP_API_KEY=${values['coinmarketcap.key']}\n`));
    assert.equal(onDisk('.gitignore'), 'site/.env.local\n');
  });

  it('moves what a compose file sets, to the .env that compose reads', async () => {
    const values = pourInto('compose', 'deploy');
    await fixFirst('deploy/docker-compose.yml', 3, /^Move Binance key and secret/);
    const text = onDisk('deploy/docker-compose.yml') ?? '';
    assert.match(text, /BINANCE_API_KEY: "\$\{BINANCE_API_KEY:\?BINANCE_API_KEY is not set\}"\n/);
    assert.match(text, /BINANCE_API_SECRET: '\$\{BINANCE_API_SECRET:\?BINANCE_API_SECRET is not set\}'\n/);
    assert.equal(
      onDisk('deploy/.env'),
      `BINANCE_API_KEY=${values['binance.key']}\nBINANCE_API_SECRET=${values['binance.secret']}\n`,
    );
  });

  it('is taken back by one undo, and the value stays in the destination', async () => {
    const key = uuid();
    const text = `const cfg = { coinmarketcapApiKey: '${key}' };\n`;
    for (const env of ['new', 'closed', 'open', 'dirty']) {
      await emptyWorkspace();
      // a folder of its own, for VS Code may still be reading again what the last one held
      const at = `undo-${env}`;
      write({
        [`${at}/bot.js`]: text,
        [`${at}/package.json`]: '{}',
        ...(env === 'new' ? {} : { [`${at}/.env`]: 'A=1\n' }),
      });
      if (env === 'open' || env === 'dirty') {
        const editor = await open(`${at}/.env`);
        if (env === 'dirty') {
          await editor.edit((e) => e.insert(new vscode.Position(0, 0), 'B=2\n'));
        }
      }
      const { document } = await open(`${at}/bot.js`);
      const [found] = await squigglesOf(document.uri, 1);
      await choose(
        document.uri,
        (found as vscode.Diagnostic).range,
        /^Move to environment variable COINMARKETCAP_API_KEY in undo-\w+\/\.env \(/,
      );
      assert.match(document.getText(), /process\.env\.COINMARKETCAP_API_KEY/);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text, env);
      const expected = { new: '', closed: 'A=1\n', open: 'A=1\n', dirty: 'B=2\nA=1\n' }[env];
      assert.equal(onDisk(`${at}/.env`), `${expected}COINMARKETCAP_API_KEY=${key}\n`, env);
    }
  });

  it('changes nothing when the destination can not be written', async () => {
    const text = `const cfg = { coinmarketcapApiKey: '${uuid()}' };\n`;
    write({ 'blocked/bot.js': text, 'blocked/package.json': '{}' });
    fs.mkdirSync(path.join(workspace, 'blocked/.env')); // a folder stands where the file should
    const { document } = await open('blocked/bot.js');
    const [found] = await squigglesOf(document.uri, 1);
    await choose(document.uri, (found as vscode.Diagnostic).range, /^Move to environment variable/);
    assert.equal(document.getText(), text);
    assert.equal(onDisk('.gitignore'), undefined);
  });

  it('is not offered for an env file that git tracks', async () => {
    write({
      'tracked.js': `const cfg = { coinmarketcapApiKey: '${uuid()}' };\n`,
      '.env': 'A=1\n',
      'package.json': '{}',
    });
    execFileSync('git', ['add', '-f', '.env'], { cwd: workspace });
    const { document } = await open('tracked.js');
    const [found] = await squigglesOf(document.uri, 1);
    await until('no fix', async () => {
      const titles = (await lightbulb(document.uri, (found as vscode.Diagnostic).range)).map((a) => a.title);
      return titles.length > 0 && !titles.some((t) => / in \.env\b/.test(t));
    });
  });

  it('is not offered in a text that is not saved', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: `const s = { binanceApiSecret: '${alnum(64)}' };\n`,
    });
    await vscode.window.showTextDocument(document);
    const [found] = await squigglesOf(document.uri, 1);
    const titles = (await lightbulb(document.uri, (found as vscode.Diagnostic).range)).map((a) => a.title);
    assert.ok(titles.some((t) => t.startsWith('Ignore')) && !titles.some((t) => t.startsWith('Move')));
  });

  it('moves a key out of a cell of a notebook, which one undo takes back', async () => {
    const value = alnum(64);
    const source = `binance_api_secret = "${value}"`;
    write({
      'bot.ipynb': JSON.stringify({
        cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] }],
        metadata: { language_info: { name: 'python' } },
        nbformat: 4,
        nbformat_minor: 5,
      }),
    });
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(path.join(workspace, 'bot.ipynb')));
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    const [found] = await squigglesOf(cell.uri, 1);
    const title = await choose(cell.uri, (found as vscode.Diagnostic).range, /^Move to environment variable/);
    assert.equal(title, 'Move to environment variable BINANCE_API_SECRET in .env (add how .env is loaded)');
    assert.equal(cell.getText(), 'import os\n\nbinance_api_secret = os.environ["BINANCE_API_SECRET"]');
    assert.equal(onDisk('.env'), `BINANCE_API_SECRET=${value}\n`);
    await vscode.commands.executeCommand('notebook.cell.edit');
    await vscode.commands.executeCommand('undo');
    await until('the cell as it was', () => cell.getText() === source);
  });
});
