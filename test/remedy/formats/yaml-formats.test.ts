import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { isRefusal } from '../../../src/remedy/idiom';
import { alnum, hex } from '../../scan/specimens';
import { fix, tryFix } from '../fixing';

const secret = () => alnum(64);

/** The fix of one file, with its YAML read before and after. */
async function fixed(file: string, text: string, more: Record<string, string> = {}) {
  const { files, plan } = await fix({ ...more, [file]: text }, file);
  const after = files[file] as string;
  return { plan, after, env: files['.env'], now: parse(after) };
}

describe('fixes in YAML', () => {
  it('read secrets in a workflow of GitHub, in env, with, and the commands of a step', async () => {
    const [k, s] = [secret(), secret()];
    const { now, plan, env } = await fixed(
      '.github/workflows/trade.yml',
      `on: push\njobs:\n  trade:\n    runs-on: ubuntu-latest\n    env: { BINANCE_API_SECRET: ${s} }\n    steps:\n      - run: |\n          curl -H 'X-MBX-APIKEY: ${k}' https://api.binance.com/api/v3/account\n`,
    );
    assert.equal(now.jobs.trade.env.BINANCE_API_SECRET, '${{ secrets.BINANCE_API_SECRET }}');
    assert.equal(
      now.jobs.trade.steps[0].run,
      "curl -H 'X-MBX-APIKEY: ${{ secrets.BINANCE_API_KEY }}' https://api.binance.com/api/v3/account\n",
    );
    assert.match(env ?? '', new RegExp(`BINANCE_API_SECRET=${s}`));
    assert.match(plan.title, /\(then set them in GitHub\)$/);
    assert.deepEqual(plan.followUp.map((c) => c.line).sort(), [
      'gh secret set BINANCE_API_KEY',
      'gh secret set BINANCE_API_SECRET',
    ]);
  });

  it('take variables out of pipelines of GitLab and CircleCI, and read them in commands', async () => {
    const [k, s] = [secret(), secret()];
    const gitlab = await fixed(
      '.gitlab-ci.yml',
      `variables:\n  MODE: live\n  BINANCE_API_SECRET: ${s}\ntrade:\n  script:\n    - |\n      curl -H 'X-MBX-APIKEY: ${k}' https://api.binance.com\n`,
    );
    assert.deepEqual(gitlab.now.variables, { MODE: 'live' });
    assert.equal(
      gitlab.now.trade.script[0],
      `curl -H 'X-MBX-APIKEY: '"\${BINANCE_API_KEY}"'' https://api.binance.com\n`,
    );
    const circle = await fixed(
      '.circleci/config.yml',
      `version: 2.1\njobs:\n  trade:\n    environment:\n      MODE: live\n      BINANCE_API_SECRET: "${s}"\n    steps:\n      - run: 'curl -H "X-MBX-APIKEY: ${k}" https://api.binance.com'\n`,
    );
    assert.deepEqual(circle.now.jobs.trade.environment, { MODE: 'live' });
    assert.equal(
      circle.now.jobs.trade.steps[0].run,
      'curl -H "X-MBX-APIKEY: ${BINANCE_API_KEY}" https://api.binance.com',
    );
  });

  it('read a key of a Secret in a Kubernetes container, also inside a longer value', async () => {
    const [s, i] = [secret(), hex(32)];
    const { now, plan } = await fixed(
      'k8s/deploy.yaml',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: bot\nspec:\n  template:\n    spec:\n      containers:\n        - name: bot\n          env:\n            - name: BINANCE_API_SECRET\n              value: "${s}"\n            - name: RPC\n              value: https://mainnet.infura.io/v3/${i}\n            - { name: MODE, value: live }\n`,
    );
    assert.deepEqual(now.spec.template.spec.containers[0].env, [
      { name: 'BINANCE_API_SECRET', valueFrom: { secretKeyRef: { name: 'bot-secrets', key: 'BINANCE_API_SECRET' } } },
      { name: 'INFURA_API_KEY', valueFrom: { secretKeyRef: { name: 'bot-secrets', key: 'INFURA_API_KEY' } } },
      { name: 'RPC', value: 'https://mainnet.infura.io/v3/$(INFURA_API_KEY)' },
      { name: 'MODE', value: 'live' },
    ]);
    assert.equal(
      plan.followUp[0]?.line,
      "grep -E '^(BINANCE_API_SECRET|INFURA_API_KEY)=' .env | kubectl create secret generic bot-secrets --from-env-file=/dev/stdin",
    );
  });

  it('say a command that kubectl makes the Secret from', async function () {
    if (spawnSync('kubectl', ['version', '--client']).status !== 0) {
      this.skip();
    }
    this.timeout(30_000);
    const s = secret();
    const { plan, files } = await fix(
      {
        'pod.yml': `apiVersion: v1\nkind: Pod\nmetadata: { name: bot }\nspec:\n  containers:\n    - name: bot\n      env:\n        - { name: BINANCE_API_SECRET, value: ${s} }\n`,
      },
      'pod.yml',
    );
    const folder = fs.mkdtempSync(path.join(tmpdir(), 'keyward-kubectl-'));
    fs.writeFileSync(path.join(folder, '.env'), files['.env'] as string);
    const line = `${plan.followUp[0]?.line} --dry-run=client -o yaml`;
    const ran = spawnSync('sh', ['-c', line], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    });
    fs.rmSync(folder, { recursive: true });
    assert.equal(ran.status, 0, ran.stderr);
    const made = parse(ran.stdout);
    assert.equal(made.metadata.name, 'bot-secrets');
    assert.equal(Buffer.from(made.data.BINANCE_API_SECRET, 'base64').toString(), s);
  });

  it('add an entry to the ExternalSecret that the project has', async () => {
    const es = `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: bot\nspec:\n  secretStoreRef:\n    name: aws\n    kind: SecretStore\n  target:\n    name: bot-live\n  data:\n    - secretKey: KRAKEN_API_KEY\n      remoteRef:\n        key: prod/bot/KRAKEN_API_KEY\n  refreshInterval: 1h\n`;
    const { files, plan } = await fix(
      {
        'k8s/external-secret.yaml': es,
        'k8s/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: bot\nspec:\n  containers:\n    - name: bot\n      env:\n        - name: BINANCE_API_SECRET\n          value: ${secret()}\n`,
      },
      'k8s/pod.yaml',
    );
    const now = parse(files['k8s/external-secret.yaml'] as string);
    assert.deepEqual(now.spec.data[1], {
      secretKey: 'BINANCE_API_SECRET',
      remoteRef: { key: 'prod/bot/BINANCE_API_SECRET' },
    });
    assert.equal(now.spec.refreshInterval, '1h');
    const pod = parse(files['k8s/pod.yaml'] as string);
    assert.deepEqual(pod.spec.containers[0].env[0].valueFrom.secretKeyRef, {
      name: 'bot-live',
      key: 'BINANCE_API_SECRET',
    });
    assert.match(plan.title, /\(then put it into aws\)$/);
  });

  it('read a key of a Secret in an entry in braces', async () => {
    const { now } = await fixed(
      'pod.yml',
      `apiVersion: v1\nkind: Pod\nmetadata: { name: bot }\nspec:\n  containers:\n    - name: bot\n      env: [{ name: BINANCE_API_SECRET, value: ${secret()} }]\n`,
    );
    assert.deepEqual(now.spec.containers[0].env[0], {
      name: 'BINANCE_API_SECRET',
      valueFrom: { secretKeyRef: { name: 'bot-secrets', key: 'BINANCE_API_SECRET' } },
    });
  });

  it('take values out of a Secret, and leave the Secret and the other documents', async () => {
    const [k, s] = [secret(), secret()];
    const file = 'secret.yaml';
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: binance\nstringData:\n  BINANCE_API_KEY: ${k}\n  BINANCE_API_SECRET: ${s}\n`;
    const { files, plan } = await fix({ [file]: text }, file);
    const [config, now] = parseAllDocuments(files[file] as string).map((d) => d.toJS());
    assert.equal(config.kind, 'ConfigMap');
    assert.deepEqual(now, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'binance' } });
    assert.match(plan.followUp[0]?.line ?? '', /kubectl create secret generic binance --from-env-file/);
    assert.ok(!JSON.stringify(plan.followUp).includes(s));
  });

  it('empty a value of a Helm chart, name the existing Secret, and say how helm gets it', async () => {
    const s = secret();
    const { now, plan } = await fixed(
      'chart/values.yaml',
      `binance:\n  existingSecret: ""\n  apiSecret: ${s} # live\nreplicas: 1\n`,
      { 'chart/Chart.yaml': 'name: bot\n' },
    );
    assert.deepEqual(now, { binance: { existingSecret: 'app-secrets', apiSecret: '' }, replicas: 1 });
    assert.match(plan.followUp[0]?.line ?? '', /--set-file binance\.apiSecret=<\(/);
  });

  it('use the marks that Ansible, Spring, Brownie and the Serverless Framework fill in', async () => {
    const s = secret();
    const ansible = await fixed('group_vars/all.yml', `binance_api_secret: ${s}\nmode: live\n`);
    assert.equal(
      ansible.now.binance_api_secret,
      "{{ lookup('ansible.builtin.env', 'BINANCE_API_SECRET', default=undef()) }}",
    );
    const spring = await fixed('src/main/resources/application.yml', `binance:\n  api-secret: '${s}'\n`);
    assert.equal(spring.now.binance['api-secret'], '${BINANCE_API_SECRET}');
    const brownie = await fixed(
      'brownie-config.yaml',
      `dotenv: .env\nnetworks:\n  live:\n    host: https://mainnet.infura.io/v3/${hex(32)}\n`,
    );
    assert.equal(brownie.now.networks.live.host, 'https://mainnet.infura.io/v3/${INFURA_API_KEY}');
    assert.deepEqual(brownie.plan.followUp, []);
    const serverless = await fixed('serverless.yml', `provider:\n  environment:\n    BINANCE_API_SECRET: ${s}\n`);
    assert.equal(serverless.now.provider.environment.BINANCE_API_SECRET, '${env:BINANCE_API_SECRET}');
  });

  it('write compose variables in maps, lists, commands and fallbacks', async () => {
    const [k, s, i] = [secret(), secret(), hex(32)];
    const { files } = await fix(
      {
        'compose.yaml': `services:\n  a:\n    environment:\n      - BINANCE_API_KEY=${k}\n  b:\n    environment:\n      BINANCE_API_SECRET: \${BINANCE_API_SECRET:-${s}}\n      RPC: https://mainnet.infura.io/v3/${i}\n`,
      },
      'compose.yaml',
    );
    const { services } = parse(files['compose.yaml'] as string);
    assert.deepEqual(services.a.environment, ['BINANCE_API_KEY=${BINANCE_API_KEY:?BINANCE_API_KEY is not set}']);
    assert.deepEqual(services.b.environment, {
      BINANCE_API_SECRET: '${BINANCE_API_SECRET:?BINANCE_API_SECRET is not set}',
      RPC: 'https://mainnet.infura.io/v3/${INFURA_API_KEY}',
    });
  });

  it('write compose variables in braces, brackets and blocks', async () => {
    const [k, s, i] = [secret(), secret(), hex(32)];
    const { files } = await fix(
      {
        'compose.yaml': `services:\n  a:\n    environment: { BINANCE_API_KEY: ${k}, RPC: https://mainnet.infura.io/v3/${i} }\n    command: ["bot", "--binance-api-secret=${s}"]\n`,
      },
      'compose.yaml',
    );
    const { a } = parse(files['compose.yaml'] as string).services;
    assert.equal(a.environment.BINANCE_API_KEY, '${BINANCE_API_KEY:?BINANCE_API_KEY is not set}');
    assert.equal(a.environment.RPC, 'https://mainnet.infura.io/v3/${INFURA_API_KEY}');
    assert.match(a.command[1], /^--binance-api-secret=\$\{BINANCE_API_SECRET/);
  });

  it('refuse the places of a workflow to which GitHub gives no secrets', async () => {
    const text = `on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        binance_api_secret: [${secret()}]\n`;
    const r = await tryFix({ '.github/workflows/a.yml': text }, '.github/workflows/a.yml');
    assert.ok(isRefusal(r) && r.refused.includes('"strategy"'));
  });

  it('are refused with a way out where nothing reads a variable', async () => {
    const s = secret();
    const hummingbot = await tryFix(
      { 'conf/connectors/binance.yml': `connector: binance\nbinance_api_secret: ${s}\n` },
      'conf/connectors/binance.yml',
    );
    assert.ok(isRefusal(hummingbot) && hummingbot.wayOut.includes('connect binance'));
    const config = await tryFix(
      { 'c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  BINANCE_API_SECRET: ${s}\n` },
      'c.yaml',
    );
    assert.ok(isRefusal(config) && config.wayOut.includes('Secret'));
    const comment = await tryFix({ '.gitlab-ci.yml': `# BINANCE_API_SECRET: ${s}\nvariables: {}\n` }, '.gitlab-ci.yml');
    assert.ok(isRefusal(comment) && comment.refused.includes('comment'));
  });
});
