import assert from 'node:assert/strict';
import { DockerfileParser } from 'dockerfile-ast';
import { type ParseError, parse } from 'jsonc-parser';
import { parseTOML } from 'toml-eslint-parser';
import { parseAllDocuments } from 'yaml';
import { applyPlan } from '../../../src/remedy/apply-plan';
import { readEnvFile } from '../../../src/remedy/env-file';
import { formats } from '../../../src/remedy/formats/all';
import { formatRows } from '../../../src/remedy/formats/rows';
import { type Idiom, isRefusal } from '../../../src/remedy/idiom';
import { mismatch } from '../../../src/remedy/store-destination';
import { stores } from '../../../src/remedy/stores/all';
import { alnum, hex } from '../../scan/specimens';
import { tryFix } from '../fixing';
import { syntaxErrors } from '../grammars';

/** What a parser of a file's format has against a text; undefined where no parser is at hand. */
async function wrongIn(file: string, text: string): Promise<readonly string[] | undefined> {
  if (/\.ya?ml$/.test(file)) {
    return parseAllDocuments(text).flatMap((d) => ('errors' in d ? d.errors.map((e) => e.message) : []));
  }
  if (/\.(?:json|ipynb)$/.test(file)) {
    const errors: ParseError[] = [];
    parse(text, errors);
    return errors.map((e) => `error ${e.error} at ${e.offset}`);
  }
  if (/\.toml$/.test(file)) {
    return parseTOML(text) ? [] : ['nothing'];
  }
  if (file === 'Dockerfile') {
    const known = /^(?:FROM|RUN|CMD|ENV|ARG|COPY)$/;
    return DockerfileParser.parse(text)
      .getInstructions()
      .flatMap((i) => (known.test(i.getInstruction()) ? [] : [i.getInstruction()]));
  }
  return file === '.envrc' ? syntaxErrors('bash', text) : undefined;
}

interface Case {
  readonly place: string;
  readonly file: string;
  /** With § where the value stands. */
  readonly source: string;
  readonly expected?: string;
  readonly refused?: RegExp;
  readonly value?: () => string;
}

const pod = (value: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: bot\nspec:\n  containers:\n    - name: bot\n      env:\n        - name: BINANCE_API_SECRET\n${value}`;
const secretOf = (rest: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: live\n${rest}`;
const workflow = (rest: string) => `on: push\njobs:\n  trade:\n    runs-on: ubuntu-latest\n${rest}`;
const curl = (key: string) => `'curl -H "X-MBX-APIKEY: ${key}" https://api.binance.com'`;
const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const cells = (...source: string[]) =>
  pretty({
    cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }],
    metadata: {},
    nbformat: 4,
  });
const mcp = (list: string, server: object, more: object = {}) =>
  pretty({ [list]: { bot: { command: 'bot', ...server } }, ...more });

const cases: readonly Case[] = [
  {
    place: 'Ansible: variable',
    file: 'group_vars/all.yml',
    source: 'binance_api_secret: §\n',
    expected: `binance_api_secret: "{{ lookup('ansible.builtin.env', 'BINANCE_API_SECRET', default=undef()) }}"\n`,
  },
  {
    place: 'appsettings.json: member',
    file: 'appsettings.json',
    source: '{ "Binance": { "ApiSecret": "§" } }\n',
    expected: '{ "Binance": { "ApiSecret": "" } }\n',
  },
  {
    place: 'brownie-config.yaml: host',
    file: 'brownie-config.yaml',
    value: () => hex(32),
    source: 'networks:\n  live:\n    host: https://mainnet.infura.io/v3/§\n',
    expected: 'networks:\n  live:\n    host: https://mainnet.infura.io/v3/${INFURA_API_KEY}\n',
  },
  {
    place: 'CircleCI: environment',
    file: '.circleci/config.yml',
    source: 'jobs:\n  trade:\n    environment:\n      MODE: live\n      BINANCE_API_SECRET: §\n',
    expected: 'jobs:\n  trade:\n    environment:\n      MODE: live\n',
  },
  {
    place: 'CircleCI: command',
    file: '.circleci/config.yml',
    source: `jobs:\n  trade:\n    steps:\n      - run: ${curl('§')}\n`,
    expected: `jobs:\n  trade:\n    steps:\n      - run: ${curl('${BINANCE_API_KEY}')}\n`,
  },
  {
    place: 'docker-compose: environment as a map',
    file: 'compose.yml',
    source: 'services:\n  bot:\n    environment:\n      BINANCE_API_SECRET: §\n',
    expected:
      'services:\n  bot:\n    environment:\n      BINANCE_API_SECRET: "${BINANCE_API_SECRET:?BINANCE_API_SECRET is not set}"\n',
  },
  {
    place: 'docker-compose: environment as a list',
    file: 'compose.yml',
    source: 'services:\n  bot:\n    environment:\n      - BINANCE_API_SECRET=§\n',
    expected:
      'services:\n  bot:\n    environment:\n      - "BINANCE_API_SECRET=${BINANCE_API_SECRET:?BINANCE_API_SECRET is not set}"\n',
  },
  {
    place: 'docker-compose: command',
    file: 'compose.yml',
    source: 'services:\n  bot:\n    command: bot --binance-api-secret=§\n',
    expected: 'services:\n  bot:\n    command: bot --binance-api-secret=${BINANCE_API_SECRET}\n',
  },
  {
    place: 'Dockerfile: ENV',
    file: 'Dockerfile',
    source: 'FROM node:22\nENV BINANCE_API_SECRET=§\nCMD ["node", "bot.js"]\n',
    expected: 'FROM node:22\nCMD ["node", "bot.js"]\n',
  },
  {
    place: 'Dockerfile: ARG',
    file: 'Dockerfile',
    source: 'FROM node:22\nARG BINANCE_API_SECRET=§\nRUN ./build "$BINANCE_API_SECRET"\n',
    expected:
      'FROM node:22\nRUN --mount=type=secret,id=BINANCE_API_SECRET,env=BINANCE_API_SECRET ./build "$BINANCE_API_SECRET"\n',
  },
  {
    place: 'Dockerfile: RUN',
    file: 'Dockerfile',
    source: 'FROM alpine\nRUN curl -H "X-MBX-APIKEY: §" https://api.binance.com\n',
    expected:
      'FROM alpine\nRUN --mount=type=secret,id=BINANCE_API_KEY,env=BINANCE_API_KEY curl -H "X-MBX-APIKEY: ${BINANCE_API_KEY}" https://api.binance.com\n',
  },
  {
    place: '.env.example: entry',
    file: '.env.example',
    source: 'BINANCE_API_SECRET=§\n',
    expected: 'BINANCE_API_SECRET=\n',
  },
  { place: '.envrc: export', file: '.envrc', source: 'export BINANCE_API_SECRET=§\n', expected: 'dotenv\n' },
  {
    place: 'foundry.toml: endpoint',
    file: 'foundry.toml',
    value: () => hex(32),
    source: '[rpc_endpoints]\nmainnet = "https://mainnet.infura.io/v3/§"\n',
    expected: '[rpc_endpoints]\nmainnet = "https://mainnet.infura.io/v3/${INFURA_API_KEY}"\n',
  },
  {
    place: 'freqtrade: exchange.secret',
    file: 'config.json',
    source: pretty({ stake_currency: 'USDT', exchange: { name: 'binance', secret: '§' } }),
    expected: pretty({ stake_currency: 'USDT', exchange: { name: 'binance' } }),
  },
  {
    place: 'GitHub Actions: env',
    file: '.github/workflows/trade.yml',
    source: workflow('    env:\n      BINANCE_API_SECRET: §\n'),
    expected: workflow('    env:\n      BINANCE_API_SECRET: ${{ secrets.BINANCE_API_SECRET }}\n'),
  },
  {
    place: 'GitHub Actions: command of a step',
    file: '.github/workflows/trade.yml',
    source: workflow(`    steps:\n      - run: ${curl('§')}\n`),
    expected: workflow(`    steps:\n      - run: ${curl('${{ secrets.BINANCE_API_KEY }}')}\n`),
  },
  {
    place: 'GitLab CI: variables',
    file: '.gitlab-ci.yml',
    source: 'variables:\n  MODE: live\n  BINANCE_API_SECRET: §\n',
    expected: 'variables:\n  MODE: live\n',
  },
  {
    place: 'GitLab CI: script',
    file: '.gitlab-ci.yml',
    source: `trade:\n  script:\n    - ${curl('§')}\n`,
    expected: `trade:\n  script:\n    - ${curl('${BINANCE_API_KEY}')}\n`,
  },
  {
    place: 'Helm values: value',
    file: 'values.yaml',
    source: 'binance:\n  apiSecret: §\n',
    expected: 'binance:\n  apiSecret: ""\n',
  },
  {
    place: 'Helm values: value beside existingSecret',
    file: 'chart/values.yaml',
    source: 'binance:\n  existingSecret: ""\n  apiSecret: §\n',
    expected: 'binance:\n  existingSecret: app-secrets\n  apiSecret: ""\n',
  },
  {
    place: 'Hummingbot: key of a connector',
    file: 'conf/connectors/binance.yml',
    source: 'connector: binance\nbinance_api_secret: §\n',
    refused: /connect binance/,
  },
  {
    place: 'Kubernetes: env of a container',
    file: 'pod.yaml',
    source: pod('          value: §\n'),
    expected: pod(
      '          valueFrom:\n            secretKeyRef:\n              name: bot-secrets\n              key: BINANCE_API_SECRET\n',
    ),
  },
  {
    place: 'Kubernetes: stringData of a Secret',
    file: 'secret.yaml',
    source: secretOf('stringData:\n  BINANCE_API_SECRET: §\n'),
    expected: secretOf(''),
  },
  {
    place: 'Kubernetes: data of a Secret',
    file: 'secret.yaml',
    source: secretOf('data:\n  BINANCE_API_SECRET: §64\n'),
    expected: secretOf(''),
  },
  {
    place: 'launch.json and tasks.json: env of a debug configuration',
    file: '.vscode/launch.json',
    source: '{ "configurations": [{ "type": "node", "env": { "BINANCE_API_SECRET": "§" } }] }\n',
    expected: '{ "configurations": [{ "type": "node", "envFile": "${workspaceFolder}/.env" }] }\n',
  },
  {
    place: 'launch.json and tasks.json: env of a task',
    file: '.vscode/tasks.json',
    source: '{ "tasks": [{ "command": "bot", "options": { "env": { "BINANCE_API_SECRET": "§" } } }] }\n',
    expected:
      '{ "tasks": [{ "command": "bot", "options": { "env": { "BINANCE_API_SECRET": "${env:BINANCE_API_SECRET}" } } }] }\n',
  },
  {
    place: 'MCP configuration: env, VS Code',
    file: '.vscode/mcp.json',
    source: '{ "servers": { "bot": { "command": "bot", "env": { "BINANCE_API_SECRET": "§" } } } }\n',
    expected: '{ "servers": { "bot": { "command": "bot", "envFile": "${workspaceFolder}/.env" } } }\n',
  },
  {
    place: 'MCP configuration: argument, VS Code',
    file: '.vscode/mcp.json',
    source: mcp('servers', { args: ['--binance-api-secret=§'] }, { inputs: [] }),
    expected: mcp('servers', { args: ['--binance-api-secret=${input:binance-api-secret}'] }, { inputs: ['§'] }).replace(
      '"§"',
      '{ "id": "binance-api-secret", "type": "promptString", "description": "BINANCE_API_SECRET", "password": true }',
    ),
  },
  {
    place: 'MCP configuration: env, Claude Code',
    file: '.mcp.json',
    source: mcp('mcpServers', { env: { BINANCE_API_SECRET: '§' } }),
    expected: mcp('mcpServers', { env: { BINANCE_API_SECRET: '${BINANCE_API_SECRET}' } }),
  },
  {
    place: 'MCP configuration: env, Cursor',
    file: '.cursor/mcp.json',
    source: mcp('mcpServers', { env: { BINANCE_API_SECRET: '§' } }),
    expected: mcp('mcpServers', { env: { BINANCE_API_SECRET: '${env:BINANCE_API_SECRET}' } }),
  },
  {
    place: 'Jupyter notebook: cell of Python',
    file: 'a.ipynb',
    source: cells('import os\n', 'binance_api_secret = "§"\n'),
    expected: cells('import os\n', 'binance_api_secret = os.environ["BINANCE_API_SECRET"]\n'),
  },
  {
    place: 'Jupyter notebook: %env',
    file: 'a.ipynb',
    source: cells('%env BINANCE_API_SECRET=§'),
    expected: cells('import os; _ = os.environ["BINANCE_API_SECRET"]'),
  },
  {
    place: 'serverless.yml: environment',
    file: 'serverless.yml',
    source: 'provider:\n  environment:\n    BINANCE_API_SECRET: §\n',
    expected: 'provider:\n  environment:\n    BINANCE_API_SECRET: ${env:BINANCE_API_SECRET}\n',
  },
  {
    place: 'INI and other settings files: line',
    file: 'bot.ini',
    source: '[binance]\napi_secret = §\n',
    refused: /not known/,
  },
  {
    place: 'Spring: property of a .properties file',
    file: 'application.properties',
    source: 'binance.api.secret=§\n',
    expected: 'binance.api.secret=${BINANCE_API_SECRET}\n',
  },
  {
    place: 'Spring: property of a YAML file',
    file: 'application.yml',
    source: 'binance:\n  api-secret: §\n',
    expected: 'binance:\n  api-secret: ${BINANCE_API_SECRET}\n',
  },
  {
    place: 'systemd unit: Environment=',
    file: 'bot.service',
    source: '[Service]\nEnvironment=BINANCE_API_SECRET=§\nExecStart=/usr/bin/bot\n',
    expected: '[Service]\nEnvironmentFile=/etc/bot.env\nExecStart=/usr/bin/bot\n',
  },
  {
    place: 'Terraform: argument',
    file: 'main.tf',
    source: 'provider "bot" {\n  binance_api_secret = "§"\n}\n',
    expected:
      'provider "bot" {\n  binance_api_secret = var.binance_api_secret\n}\n\nvariable "binance_api_secret" {\n  type      = string\n  sensitive = true\n}\n',
  },
  {
    place: 'Terraform: default of a variable',
    file: 'main.tf',
    source: 'variable "binance_api_secret" {\n  default = "§"\n}\n',
    expected: 'variable "binance_api_secret" {\n  sensitive = true\n}\n',
  },
  {
    place: 'Terraform: value of a .tfvars file',
    file: 'live.tfvars',
    source: 'mode = "live"\nbinance_api_secret = "§"\n',
    expected: 'mode = "live"\n',
  },
];

describe('places of configuration files', () => {
  for (const c of cases) {
    it(`${c.place}: ${c.refused ? 'is refused' : 'becomes what docs/fixes.md says, and is read by each store that can serve it'}`, async () => {
      const value = (c.value ?? (() => alnum(64)))();
      const encoded = Buffer.from(value).toString('base64');
      const text = c.source.replaceAll('§64', encoded).replaceAll('§', value);
      const files = { [c.file]: text };
      const env = await tryFix(files, c.file);
      if (c.refused) {
        assert.ok(isRefusal(env));
        assert.match(`${env.refused} ${env.wayOut}`, c.refused);
        return;
      }
      assert.ok(!isRefusal(env), isRefusal(env) ? env.refused : '');
      const after = applyPlan(env.changes, (f) => files[f]);
      assert.equal(after.get(c.file), c.expected);
      const kept = readEnvFile(after.get('.env') ?? '').map((e) => e.value);
      assert.deepEqual(kept, [c.source.includes('§64') ? encoded : value]);
      assert.deepEqual((await wrongIn(c.file, text)) ?? [], [], 'it parses before');
      assert.deepEqual((await wrongIn(c.file, c.expected as string)) ?? [], [], 'and after');
      const idiom = formats.find((f) => f.applies(c.file, undefined, text)) as Idiom;
      for (const store of stores) {
        const options = { project: 'bot', ...(store.form ? { referenceTemplate: store.form.example } : {}) };
        const plan = await tryFix(files, c.file, { store: store.id, ...options });
        const fits = !mismatch(store, idiom) && !(idiom.fetch && (store.encrypts || !store.reads));
        assert.equal(!isRefusal(plan), fits, store.id);
        if (isRefusal(plan)) {
          continue;
        }
        const texts = applyPlan(plan.changes, (f) => files[f]);
        assert.ok(plan.storing?.length, store.id);
        for (const [name, now] of texts) {
          const encrypted = store.encrypts && plan.storing.some((s) => s.envFile === name);
          assert.ok(encrypted || !(now.includes(value) || now.includes(encoded)), `${store.id}: in ${name}`);
        }
        const now = texts.get(c.file) as string;
        assert.ok(idiom.fetch ? /="\$\(.+\)"/.test(now) : now === c.expected, `${store.id}: ${now}`);
        assert.deepEqual((await wrongIn(c.file, now)) ?? [], [], store.id);
      }
    });
  }

  it('are all in docs/fixes.md, each with its proof', async () => {
    const parsed = await Promise.all(cases.map(async (c) => (await wrongIn(c.file, c.source)) !== undefined));
    assert.deepEqual(
      cases.map((c, i) => [c.place, c.refused ? 'refused' : parsed[i] ? 'parse' : 'text']),
      formatRows.map((r) => [`${r.language}: ${r.place}`, r.proof]),
    );
    const without = formats.map((f) => f.id).filter((id) => !formatRows.some((r) => r.idiom === id));
    assert.deepEqual(without, ['notebook-cell', 'npmrc'], 'what the notebook does, and credentials of other trades');
  });
});
