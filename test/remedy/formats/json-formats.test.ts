import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { readEnvFile } from '../../../src/remedy/env-file';
import { isRefusal } from '../../../src/remedy/idiom';
import { alnum } from '../../scan/specimens';
import { fix, tryFix } from '../fixing';

const secret = () => alnum(64);

async function fixed(file: string, text: string, more: Record<string, string> = {}) {
  const { files, plan } = await fix({ ...more, [file]: text }, file);
  const errors: ParseError[] = [];
  const now = parse(files[file] as string, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], files[file]);
  return { now, plan, files, after: files[file] as string };
}

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

describe('fixes in JSON and TOML', () => {
  it('empty a member of appsettings.json and set Section__Key', async () => {
    const s = secret();
    const { now, files } = await fixed(
      'Bot/appsettings.Production.json',
      `{\n  // live\n  "Binance": { "ApiSecret": "${s}", "Testnet": false }\n}\n`,
    );
    assert.deepEqual(now, { Binance: { ApiSecret: '', Testnet: false } });
    assert.equal(files['.env'], `Binance__ApiSecret=${s}\n`);
  });

  it('let a debug configuration load the env file', async () => {
    const s = secret();
    const text = pretty({
      version: '0.2.0',
      configurations: [
        {
          type: 'node',
          request: 'launch',
          name: 'bot',
          program: 'bot.js',
          env: { BINANCE_API_SECRET: s, MODE: 'live' },
        },
      ],
    });
    const { now, plan, files } = await fixed('.vscode/launch.json', text);
    const [debug] = now.configurations;
    assert.deepEqual(debug.env, { MODE: 'live' });
    assert.equal(debug.envFile, '${workspaceFolder}/.env');
    assert.deepEqual(plan.followUp, []);
    assert.equal(files['.env'], `BINANCE_API_SECRET=${s}\n`);
    const alone = await fixed(
      '.vscode/launch.json',
      pretty({
        configurations: [
          {
            type: 'debugpy',
            envFile: '${workspaceFolder}/bot/prod.env',
            env: { BINANCE_API_SECRET: s, BINANCE_API_KEY: secret() },
          },
        ],
      }),
    );
    assert.deepEqual(Object.keys(alone.now.configurations[0]), ['type', 'envFile', 'env']);
    assert.match(alone.files['bot/prod.env'] ?? '', /^BINANCE_API_SECRET=/m);
    assert.match(alone.files['bot/prod.env'] ?? '', /^BINANCE_API_KEY=/m);
  });

  it('read the environment of VS Code in a task', async () => {
    const { now, plan } = await fixed(
      '.vscode/tasks.json',
      pretty({ tasks: [{ label: 'x', command: 'bot', options: { env: { BINANCE_API_SECRET: secret() } } }] }),
    );
    assert.equal(now.tasks[0].options.env.BINANCE_API_SECRET, '${env:BINANCE_API_SECRET}');
    assert.match(plan.followUp[0]?.line ?? '', /code \.$/);
  });

  it("use what each MCP client fills in, and VS Code's password prompt", async () => {
    const s = secret();
    const servers = { b: { command: 'npx', args: ['b', `--binance-api-secret=${s}`] } };
    const code = await fixed('.vscode/mcp.json', pretty({ servers }));
    assert.deepEqual(code.now.inputs, [
      { id: 'binance-api-secret', type: 'promptString', description: 'BINANCE_API_SECRET', password: true },
    ]);
    assert.equal(code.now.servers.b.args[1], '--binance-api-secret=${input:binance-api-secret}');
    assert.match(code.plan.title, /\(VS Code asks for it when the server starts\)$/);
    assert.equal(code.files['.env'], `BINANCE_API_SECRET=${s}\n`);
    const again = await fixed('.vscode/mcp.json', pretty({ inputs: [{ id: 'x', type: 'promptString' }], servers }));
    assert.deepEqual(
      again.now.inputs.map((i: { id: string }) => i.id),
      ['x', 'binance-api-secret'],
    );
    const env = await fixed(
      '.vscode/mcp.json',
      pretty({ servers: { b: { command: 'b', env: { BINANCE_API_SECRET: s } } } }),
    );
    assert.deepEqual(env.now.servers.b, { command: 'b', envFile: '${workspaceFolder}/.env' });
    const mcpServers = { b: { command: 'b', env: { BINANCE_API_SECRET: s } } };
    const claude = await fixed('.mcp.json', pretty({ mcpServers }));
    assert.equal(claude.now.mcpServers.b.env.BINANCE_API_SECRET, '${BINANCE_API_SECRET}');
    const cursor = await fixed('.cursor/mcp.json', pretty({ mcpServers }));
    assert.equal(cursor.now.mcpServers.b.env.BINANCE_API_SECRET, '${env:BINANCE_API_SECRET}');
    const other = await tryFix({ 'claude_desktop_config.json': pretty({ mcpServers }) }, 'claude_desktop_config.json');
    assert.ok(isRefusal(other) && other.wayOut.includes('script'));
  });

  it('keep a notebook valid, and clear the outputs that repeat the value', async () => {
    const [k, s] = [secret(), secret()];
    const notebook = {
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# Bot'] },
        {
          cell_type: 'code',
          execution_count: 1,
          metadata: {},
          outputs: [{ output_type: 'stream', name: 'stdout', text: [`${s}\n`] }],
          source: [
            'import ccxt\n',
            `b = ccxt.binance({"apiKey": "${k}", 'secret': '${s}'})\n`,
            'print("\\n", b.secret)',
          ],
        },
        {
          cell_type: 'code',
          execution_count: 2,
          metadata: {},
          outputs: [{ output_type: 'stream', text: ['1'] }],
          source: ['1'],
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    const { now, files, after } = await fixed('bot.ipynb', `${JSON.stringify(notebook, null, 1)}\n`);
    assert.deepEqual(now.cells[1].source, [
      'import os\n',
      'import ccxt\n',
      'b = ccxt.binance({"apiKey": os.environ["BINANCE_API_KEY"], \'secret\': os.environ["BINANCE_API_SECRET"]})\n',
      'print("\\n", b.secret)',
    ]);
    assert.deepEqual(now.cells[1].outputs, []);
    assert.equal(now.cells[2].outputs.length, 1);
    assert.ok(!after.includes(s) && !after.includes(k));
    assert.match(files['.env'] ?? '', new RegExp(`^BINANCE_API_KEY=${k}\nBINANCE_API_SECRET=${s}\n`));
    const untouched = (text: string) =>
      text.split('\n').filter((l) => !/binance|import|outputs|stdout|stream/.test(l)).length;
    assert.ok(untouched(after) > 20);
  });

  it('make %env of a notebook demand the variable', async () => {
    const s = secret();
    const cell = {
      cell_type: 'code',
      metadata: {},
      outputs: [],
      execution_count: null,
      source: `%env BINANCE_API_SECRET=${s}\nprint(1)`,
    };
    const { now, files } = await fixed(
      'bot.ipynb',
      JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    assert.equal(now.cells[0].source, 'import os; _ = os.environ["BINANCE_API_SECRET"]\nprint(1)');
    assert.equal(files['.env'], `BINANCE_API_SECRET=${s}\n`);
  });

  it('make cells of a notebook print the same when IPython runs them', async function () {
    if (spawnSync('python3', ['-c', 'import IPython']).status !== 0) {
      this.skip();
    }
    this.timeout(60_000);
    const s = secret();
    const other = secret();
    const code = [
      `%env BINANCE_API_SECRET=${s}\nimport os; print(os.environ['BINANCE_API_SECRET'])`,
      `!echo "binance api secret ${s}"`,
      `%%bash\necho "binance api secret ${s}"`,
      `binance = {'secret': '${s}', 'apiKey': "${other}"}\nprint(binance['secret'], binance['apiKey'])`,
    ];
    const cells = code.map((source) => ({
      cell_type: 'code',
      metadata: {},
      outputs: [],
      execution_count: null,
      source,
    }));
    const { now, files } = await fixed(
      'a.ipynb',
      JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    const moved = Object.fromEntries(readEnvFile(files['.env'] ?? '').map((e) => [e.name, e.value]));
    const run = (sources: readonly string[], env: Record<string, string>) => {
      const folder = fs.mkdtempSync(path.join(tmpdir(), 'keyward-ipython-'));
      const script = `import json,sys\nfrom IPython.core.interactiveshell import InteractiveShell\nshell = InteractiveShell.instance()\nfor c in json.loads(sys.stdin.read()):\n    r = shell.run_cell(c)\n    sys.stdout.flush()\n    assert r.success\n`;
      const ran = spawnSync('python3', ['-c', script], {
        encoding: 'utf8',
        input: JSON.stringify(sources),
        env: { PATH: process.env.PATH ?? '', HOME: folder, IPYTHONDIR: folder, ...env },
      });
      fs.rmSync(folder, { recursive: true, force: true });
      assert.equal(ran.status, 0, ran.stderr.replaceAll(s, '…').replaceAll(other, '…'));
      // What %env says of itself is not the program's.
      return ran.stdout.replace(/^env: .*\r?\n/gm, '').replace(/\r/g, '');
    };
    const before = run(code, {});
    assert.ok(before.split(s).length === 5 && before.includes(other));
    const after = run(
      now.cells.map((c: { source: string }) => c.source),
      moved,
    );
    assert.ok(after === before, 'the cells print something else');
  });

  it('refuse cells that are not Python', async () => {
    const cell = { cell_type: 'code', metadata: {}, outputs: [], source: `binance_api_secret <- "${secret()}"` };
    const metadata = { kernelspec: { language: 'R' } };
    const r = await tryFix({ 'a.ipynb': JSON.stringify({ cells: [cell], metadata, nbformat: 4 }) }, 'a.ipynb');
    assert.ok(isRefusal(r) && r.refused.includes('are R, not Python'));
  });

  it('fill in variables in foundry.toml where Foundry does', async () => {
    const [a, e] = [alnum(32), alnum(34).toUpperCase()];
    const text = `[profile.default]\nsrc = "src"\neth_rpc_url = "https://eth-mainnet.g.alchemy.com/v2/${a}"\n\n[rpc_endpoints]\nmainnet = "https://eth-mainnet.g.alchemy.com/v2/${a}"\n\n[etherscan]\nmainnet = { key = "${e}" }\n`;
    const { files, plan } = await fix({ 'foundry.toml': text.replace(/^eth_rpc.*\n/m, '') }, 'foundry.toml');
    const now = getStaticTOMLValue(parseTOML(files['foundry.toml'] as string)) as Record<
      string,
      Record<string, unknown>
    >;
    assert.deepEqual(now, {
      profile: { default: { src: 'src' } },
      rpc_endpoints: { mainnet: 'https://eth-mainnet.g.alchemy.com/v2/${ALCHEMY_API_KEY}' },
      etherscan: { mainnet: { key: '${ETHERSCAN_API_KEY}' } },
    });
    assert.deepEqual(plan.followUp, []);
    const profile = await tryFix({ 'foundry.toml': text }, 'foundry.toml');
    assert.ok(isRefusal(profile) && profile.refused.includes('rpc_endpoints'));
  });
});
