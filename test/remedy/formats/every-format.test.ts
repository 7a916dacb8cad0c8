import assert from 'node:assert/strict';
import { MemoryFiles } from '../../../src/project/memory-files';
import { readEnvFile } from '../../../src/remedy/env-file';
import { planAll } from '../../../src/remedy/fix-all';
import { formats } from '../../../src/remedy/formats/all';
import { readProjectFacts } from '../../../src/remedy/project-facts';
import { scanText } from '../../../src/scan/scan';
import { alnum, hex } from '../../scan/specimens';

interface Sample {
  readonly id: string;
  readonly file: string;
  /** `k` and `s` are a key and a secret of Binance, `i` an Infura key. */
  readonly text: (v: { k: string; s: string; i: string }) => string;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const samples: readonly Sample[] = [
  {
    id: 'appsettings',
    file: 'appsettings.json',
    text: ({ k, s }) => json({ Binance: { ApiKey: k, ApiSecret: s }, A: 1 }),
  },
  {
    id: 'launch-json',
    file: '.vscode/launch.json',
    text: ({ k, s }) =>
      json({
        configurations: [{ type: 'go', env: { BINANCE_API_KEY: k, MODE: 'x', BINANCE_API_SECRET: s } }],
        version: '1',
      }),
  },
  {
    id: 'mcp-json',
    file: '.vscode/mcp.json',
    text: ({ k, s }) =>
      json({ servers: { b: { args: [`--binance-api-key=${k}`, `--binance-api-secret=${s}`], command: 'b' } } }),
  },
  {
    id: 'notebook',
    file: 'a.ipynb',
    text: ({ k, s }) =>
      json({
        cells: [
          {
            cell_type: 'code',
            execution_count: 1,
            metadata: {},
            outputs: [{ text: [s] }],
            source: ['import ccxt\n', `ccxt.binance({"apiKey": "${k}",\n`, ` "secret": "${s}"})`],
          },
        ],
        nbformat: 4,
      }),
  },
  {
    id: 'freqtrade',
    file: 'config.json',
    text: ({ k, s }) => json({ stake_currency: 'USDT', exchange: { name: 'binance', key: k, secret: s } }),
  },
  {
    id: 'docker-compose',
    file: 'compose.yml',
    text: ({ k, s }) =>
      `services:\n  a:\n    environment:\n      BINANCE_API_KEY: ${k}\n      BINANCE_API_SECRET: "${s}"\n  # end\n`,
  },
  {
    id: 'github-actions',
    file: '.github/workflows/a.yml',
    text: ({ k, s }) =>
      `on: push\njobs:\n  a:\n    env:\n      BINANCE_API_KEY: ${k} # key\n      BINANCE_API_SECRET: '${s}'\n`,
  },
  {
    id: 'gitlab-ci',
    file: '.gitlab-ci.yml',
    text: ({ k, s }) =>
      `variables:\n  A: b\n  BINANCE_API_KEY: ${k}\n  BINANCE_API_SECRET: '${s}'\njob:\n  script: [ls]\n`,
  },
  {
    id: 'circleci',
    file: '.circleci/config.yml',
    text: ({ k, s }) =>
      `jobs:\n  a:\n    environment:\n      A: b\n      BINANCE_API_KEY: ${k}\n      BINANCE_API_SECRET: '${s}'\n`,
  },
  {
    id: 'serverless',
    file: 'serverless.yml',
    text: ({ k, s }) => `provider:\n  environment:\n    BINANCE_API_KEY: ${k}\n    BINANCE_API_SECRET: '${s}'\n`,
  },
  {
    id: 'brownie',
    file: 'brownie-config.yaml',
    text: ({ i }) => `networks:\n  live:\n    host: https://mainnet.infura.io/v3/${i}\n`,
  },
  {
    id: 'spring-yaml',
    file: 'application.yml',
    text: ({ k, s }) => `binance:\n  api-key: ${k}\n  api-secret: "${s}"\n`,
  },
  {
    id: 'spring-properties',
    file: 'application.properties',
    text: ({ k, s }) => `# x\nbinance.api.key=${k}\nbinance.api.secret = ${s}\n`,
  },
  { id: 'helm-values', file: 'values.yaml', text: ({ k, s }) => `binance:\n  apiKey: ${k}\n  apiSecret: "${s}" # y\n` },
  {
    id: 'kubernetes',
    file: 'k.yaml',
    text: ({ k, s, i }) =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    env:\n    - name: BINANCE_API_KEY\n      value: ${k}\n    - name: BINANCE_API_SECRET\n      value: "${s}"\n    - name: RPC\n      value: https://mainnet.infura.io/v3/${i}\n`,
  },
  {
    id: 'ansible',
    file: 'group_vars/all.yml',
    text: ({ k, s }) => `binance_api_key: ${k}\nbinance_api_secret: "${s}"\n`,
  },
  {
    id: 'foundry',
    file: 'foundry.toml',
    text: ({ i }) =>
      `[profile.default]\nsrc = 'src'\n\n[rpc_endpoints]\nmainnet = "https://mainnet.infura.io/v3/${i}" # z\n`,
  },
  {
    id: 'dockerfile',
    file: 'Dockerfile',
    text: ({ k, s }) => `FROM a\nENV BINANCE_API_KEY=${k} BINANCE_API_SECRET="${s}" A=b\nRUN true\n`,
  },
  {
    id: 'terraform',
    file: 'main.tf',
    text: ({ k, s }) => `provider "x" {\n  binance_api_key    = "${k}"\n  binance_api_secret = "${s}"\n}\n`,
  },
  {
    id: 'tfvars',
    file: 'a.tfvars',
    text: ({ k, s }) => `binance_api_key    = "${k}"\na = 1\nbinance_api_secret = "${s}"\n`,
  },
  {
    id: 'systemd',
    file: 'a.service',
    text: ({ k, s }) =>
      `[Service]\nEnvironment=BINANCE_API_KEY=${k}\nEnvironment="BINANCE_API_SECRET=${s}" A=b\nExecStart=/a\n`,
  },
];

/** Formats in which nothing is rewritten, one whose credentials are of other trades, and env files themselves. */
const without = ['notebook-cell', 'hummingbot', 'settings-file', 'npmrc', 'env-template', 'envrc'];

async function fixAll(files: Readonly<Record<string, string>>, file: string) {
  const fixed = await planAll([file], {
    text: (name) => files[name],
    wanted: (name, text) => scanText(text, { fileName: name }).findings.filter((f) => f.state === 'secret'),
    facts: (name, changed) => readProjectFacts(new MemoryFiles({ ...files, ...Object.fromEntries(changed) }), name),
    options: {},
  });
  assert.deepEqual(
    fixed.staying.map((s) => s.why),
    [],
  );
  return { ...files, ...Object.fromEntries(fixed.texts) };
}

describe('every format', () => {
  it('has a sample here', () => {
    assert.deepEqual(
      formats
        .map((f) => f.id)
        .filter((id) => !without.includes(id))
        .sort(),
      samples.map((s) => s.id).sort(),
    );
  });

  for (const sample of samples) {
    for (const [ends, eol] of [
      ['LF', '\n'],
      ['CRLF', '\r\n'],
    ] as const) {
      it(`${sample.id}: values stand in the env file only, other lines stay, and once is enough (${ends})`, async () => {
        const v = { k: alnum(64), s: alnum(64), i: hex(32) };
        const before = sample.text(v).replaceAll('\n', eol);
        const values = Object.values(v).filter((x) => before.includes(x));
        const files = await fixAll({ [sample.file]: before }, sample.file);
        const after = files[sample.file] as string;
        const env = files['.env'] as string;
        for (const value of values) {
          assert.equal(readEnvFile(env).filter((e) => e.value === value).length, 1);
          const holding = Object.values(files).reduce((n, text) => n + text.split(value).length - 1, 0);
          assert.equal(holding, 1, `${sample.id}: in ${holding} places`);
        }
        if (eol === '\r\n') {
          assert.ok(!/(^|[^\r])\n/.test(after), 'a line end was changed');
        }
        // Lines without a value that a fix has no business with are there, in their order.
        const kept = before
          .split(eol)
          .filter(
            (l) =>
              !values.some((x) => l.includes(x)) &&
              !/^[\s{}[\],]*$|env|output|args|"A"|MODE|text|\]|import|null/i.test(l),
          );
        const lines = after.split(eol).map((l) => l.replace(/,$/, ''));
        let from = 0;
        for (const line of kept) {
          const at = lines.indexOf(line.replace(/,$/, ''), from);
          assert.ok(at >= 0, `lost: ${line}`);
          from = at + 1;
        }
        assert.deepEqual(await fixAll(files, sample.file), files);
      });
    }
  }

  it('gives one value one variable, in several files and formats', async () => {
    const s = alnum(64);
    const files = {
      'a.js': `const x = { binanceApiSecret: '${s}' };\n`,
      'b.py': `binance_api_secret = "${s}"\n`,
      'group_vars/all.yml': `binance_api_secret: ${s}\n`,
    };
    const fixed = await planAll(Object.keys(files), {
      text: (name) => files[name as keyof typeof files],
      wanted: (name, text) => scanText(text, { fileName: name }).findings,
      facts: (name, changed) => readProjectFacts(new MemoryFiles({ ...files, ...Object.fromEntries(changed) }), name),
      options: {},
    });
    assert.equal(fixed.plans.length, 3);
    assert.equal(fixed.texts.get('.env'), `BINANCE_API_SECRET=${s}\n`);
    assert.equal(fixed.texts.get('.env.example'), 'BINANCE_API_SECRET=\n');
  });
});
