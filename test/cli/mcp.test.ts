import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { agentTools } from '../../src/report/agent-tools';
import { alnum, hex, uuid } from '../scan/specimens';

const repository = path.join(__dirname, '../..');

interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

describe('keyward mcp', () => {
  let folder: string;
  let client: Client | undefined;

  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'keyward-mcp-')));
  });

  afterEach(async () => {
    await client?.close();
    client = undefined;
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
  }
  const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

  /** Starts it as a client does, in the folder. */
  async function connected(...args: string[]): Promise<Client> {
    client = new Client({ name: 'a test', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [
          '--import',
          pathToFileURL(require.resolve('tsx')).href,
          path.join(repository, 'src/cli.ts'),
          'mcp',
          ...args,
        ],
        cwd: folder,
        stderr: 'ignore',
      }),
    );
    return client;
  }

  async function call(name: string, input: Readonly<Record<string, unknown>>): Promise<Answer> {
    const result = await (client as Client).callTool({ name, arguments: { ...input } });
    const [part] = result.content as { type: string; text: string }[];
    return { text: part?.text ?? '', isError: result.isError === true };
  }

  it('offers the tools, says which one changes files, and leaves that out on wish', async function () {
    this.timeout(30_000);
    const { tools } = await (await connected()).listTools();
    assert.deepEqual(
      tools.map((t) => [t.name, t.description, t.inputSchema]),
      [agentTools.list, agentTools.fix, agentTools.checklist].map((t) => [t.name, t.description, t.inputSchema]),
    );
    assert.deepEqual(
      tools.filter((t) => !t.annotations?.readOnlyHint).map((t) => t.name),
      ['fix_finding'],
    );
    await client?.close();
    const reading = await (await connected('--read-only')).listTools();
    assert.deepEqual(
      reading.tools.map((t) => t.name),
      ['list_findings', 'run_checklist'],
    );
    assert.ok((await call('fix_finding', { file: 'a', line: 1, rule: 'b' })).isError);
  });

  it('lists, moves a pair and checks, without a part of a value in any answer', async function () {
    this.timeout(60_000);
    const values = [alnum(64), alnum(64), uuid(), hex(64)] as const;
    const [key, secret, other, wallet] = values;
    write({
      '.gitignore': '.env\n',
      'bot.py': `import ccxt\n\nexchange = ccxt.binance({\n    'apiKey': '${key}',\n    'secret': '${secret}',\n})\n`,
      'config/market.yml': `coinmarketcap_api_key: ${other}\nwallet_private_key: "0x${wallet}"\n`,
    });
    await connected();
    const answers: Answer[] = [];
    const ask = async (name: string, input: Readonly<Record<string, unknown>>) => {
      const answer = await call(name, input);
      answers.push(answer);
      return answer;
    };
    const { total, findings } = JSON.parse((await ask('list_findings', {})).text);
    assert.equal(total, 4);
    assert.deepEqual([findings[0].file, findings[0].line, findings[0].rule], ['bot.py', 4, 'binance-api-key']);
    assert.equal(JSON.parse((await ask('list_findings', { file: 'config/market.yml' })).text).total, 2);
    const moved = await ask('fix_finding', { file: 'bot.py', line: 5, rule: 'binance-api-secret' });
    assert.ok(!moved.isError, 'it is moved');
    assert.deepEqual(JSON.parse(moved.text).changed.sort(), ['.env', '.env.example', 'bot.py']);
    assert.match(read('bot.py'), /os\.environ\['BINANCE_API_SECRET'\]/);
    assert.ok(read('.env').includes(key) && read('.env').includes(secret));
    assert.ok(!read('bot.py').includes(key) && !read('bot.py').includes(secret));
    const report = JSON.parse((await ask('run_checklist', { passed: true })).text);
    assert.ok(report.checks.length > 20 && report.counts.fail > 0);
    assert.equal(
      JSON.parse((await ask('list_findings', { severity: 'critical' })).text).findings[0].severity,
      'critical',
    );
    const said = answers.map((a) => a.text).join('\n');
    for (const value of values) {
      for (let i = 0; i + 8 <= value.length; i++) {
        assert.ok(!said.includes(value.slice(i, i + 8)), 'an answer holds a part of a value');
      }
    }
  });

  it('stays in the folder that it was started in', async function () {
    this.timeout(30_000);
    const outside = fs.mkdtempSync(path.join(tmpdir(), 'keyward-outside-'));
    const value = alnum(64);
    fs.writeFileSync(path.join(outside, 'x.ts'), `const binanceApiSecret = "${value}";\n`);
    fs.symlinkSync(outside, path.join(folder, 'link'));
    write({ 'a.ts': 'const a = 1;\n' });
    try {
      await connected();
      for (const file of [path.join(outside, 'x.ts'), `../${path.basename(outside)}/x.ts`, 'link/x.ts', 'link']) {
        for (const [tool, input] of [
          ['list_findings', { file }],
          ['fix_finding', { file, line: 1, rule: 'binance-api-secret' }],
        ] as const) {
          const { text, isError } = await call(tool, input);
          assert.ok(isError && /lies outside/.test(text), `${tool} ${file}: ${text}`);
        }
      }
      assert.ok(fs.readFileSync(path.join(outside, 'x.ts'), 'utf8').includes(value));
    } finally {
      fs.rmSync(outside, { recursive: true, force: true });
    }
  });

  it('says what is wrong', async function () {
    this.timeout(30_000);
    write({ 'a.ts': 'const a = 1;\n' });
    await connected();
    for (const [tool, input, why] of [
      ['fix_finding', { file: 'a.ts', line: 1, rule: 'x' }, /no finding x in line 1/],
      ['fix_finding', { file: 'none.ts', line: 1, rule: 'x' }, /no such file/],
      ['fix_finding', { file: 'a.ts' }, /needed/],
      ['fix_finding', { file: 'a.ts', line: 1, rule: 'x', store: 'cloud' }, /store must be/],
      ['list_findings', { severity: 'bad' }, /severity must be/],
      ['list_findings', { file: 3 }, /file must be a text/],
      ['nothing', {}, /no tool/],
    ] as const) {
      const { text, isError } = await call(tool, input);
      assert.ok(isError && why.test(text), `${tool}: ${text}`);
    }
  });
});
