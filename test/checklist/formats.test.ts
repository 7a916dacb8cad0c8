import assert from 'node:assert/strict';
import { composeServices } from '../../src/checklist/formats/compose';
import { dependencies } from '../../src/checklist/formats/dependencies';
import { buildStages } from '../../src/checklist/formats/dockerfile';
import { readHcl } from '../../src/checklist/formats/hcl';
import { readJson } from '../../src/checklist/formats/json';
import { containersOf, manifests, podOf } from '../../src/checklist/formats/kubernetes';
import { pipelines } from '../../src/checklist/formats/pipelines';
import { terraformBlocks } from '../../src/checklist/formats/terraform';
import { readToml } from '../../src/checklist/formats/toml';
import { at, isTrue, itemsOf, mapsIn, type Tree, textOf, textsOf } from '../../src/checklist/formats/tree';
import { readYaml } from '../../src/checklist/formats/yaml';
import { readProject } from '../../src/checklist/project-texts';
import { runChecklist } from '../../src/checklist/run';
import { loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';

async function project(files: Readonly<Record<string, string>>) {
  const memory = new MemoryFiles(files);
  return readProject(memory, await loadPolicy(memory), '2026-11-24');
}

describe('reading YAML', () => {
  it('follows aliases and merge keys, and keeps places', () => {
    const text = 'base: &b\n  user: root\n  keep: 1\nweb:\n  <<: *b\n  user: app\nsame: *b\n';
    const [root] = readYaml(text).trees;
    assert.deepEqual([textOf(at(root, 'web', 'user')), textOf(at(root, 'web', 'keep'))], ['app', '1']);
    assert.equal(textOf(at(root, 'same', 'user')), 'root');
    assert.equal(text.slice(at(root, 'web', 'user')?.at).slice(0, 3), 'app');
    // A map that aliases reach twice is visited once.
    assert.equal(mapsIn(root).length, 3);
  });

  it('reads several documents, and around the templates of a chart', () => {
    const { trees, error } = readYaml(
      'kind: A\n---\n{{- if .Values.on }}\nkind: B\nimage: "x:{{ .Values.tag }}"\nname: {{ include "n" . }}\n{{- end }}\n',
    );
    assert.equal(error, undefined);
    assert.deepEqual(
      trees.map((t) => textOf(at(t, 'kind'))),
      ['A', 'B'],
    );
    assert.equal(textOf(at(trees[1], 'image')), 'x:{{ .Values.tag }}');
  });

  it('survives a map that holds itself', () => {
    assert.ok(mapsIn(readYaml('a: &a\n  b: *a\n').trees[0]).length >= 2);
  });

  it('says when it could not', () => {
    assert.ok(readYaml('a: [\n').error);
    assert.deepEqual(readYaml('a: [\n').trees, []);
  });
});

describe('reading Terraform', () => {
  const text = `# comment
resource "aws_iam_policy" "p" {
  name   = "x-\${var.env["a"]}"
  policy = jsonencode({ Statement = [{ Action = ["*"], Resource = "*" }] })
  count  = var.on ? 1 : 0
  assume = <<-EOF
    { "Statement": { "Action": "sts:AssumeRole" } }
  EOF
}
path "secret/*" { capabilities = ["read"] }
`;
  it('knows blocks, encoded documents and heredocs', () => {
    const { trees, error } = readHcl(text);
    assert.equal(error, undefined);
    const block = at(trees[0], 'resource');
    assert.deepEqual(block?.kind === 'map' && block.labels, ['aws_iam_policy', 'p']);
    const statement = itemsOf(at(block, 'policy', 'Statement'))[0];
    assert.deepEqual(textsOf(at(statement, 'Action')), ['*']);
    assert.equal(textOf(at(block, 'assume', 'Statement', 'Action')), 'sts:AssumeRole');
    const action = at(block, 'assume', 'Statement', 'Action') as Tree;
    assert.ok(text.slice(action.at).startsWith('"sts:AssumeRole"'));
  });

  it('takes what is computed for no value', () => {
    const block = at(readHcl(text).trees[0], 'resource');
    for (const name of ['name', 'count']) {
      const value = at(block, name);
      assert.ok(value?.kind === 'scalar' && value.computed, name);
    }
  });

  it('says when it could not', () => {
    assert.ok(readHcl('resource "a" "b" {\n').error);
    assert.ok(readHcl('a = "x\n').error);
  });

  it('reads its JSON form, too', async () => {
    const body = { resource: { aws_db_instance: { db: { engine: 'postgres' } } } };
    const [block] = terraformBlocks(await project({ 'main.tf.json': JSON.stringify(body) }));
    assert.deepEqual([block?.kind, block?.labels], ['resource', ['aws_db_instance', 'db']]);
  });
});

describe('reading JSON and TOML', () => {
  it('allows comments in JSON', () => {
    assert.equal(isTrue(at(readJson('{ // yes\n "a": true, }').trees[0], 'a')), true);
    assert.ok(readJson('{ "a": ').error);
  });

  it('nests tables, dotted keys and arrays of tables', () => {
    const [root] = readToml('a.b = 1\n[x.y]\nc = ["d"]\n[[z]]\nq = 1\n[[z]]\nq = 2\n').trees;
    assert.equal(textOf(at(root, 'a', 'b')), '1');
    assert.deepEqual(textsOf(at(root, 'x', 'y', 'c')), ['d']);
    assert.deepEqual(
      itemsOf(at(root, 'z')).map((t) => textOf(at(t, 'q'))),
      ['1', '2'],
    );
    assert.ok(readToml('a = \n').error);
  });
});

describe('reading containers and workloads', () => {
  it('knows the stages of a Dockerfile', () => {
    const stages = buildStages(
      'ARG V=20\nFROM node:${V} AS build\nRUN a \\\n  b\nFROM gcr.io/distroless/nodejs:nonroot\nUSER app\n',
    );
    assert.deepEqual(
      stages.map((s) => s.image),
      ['node:20', 'gcr.io/distroless/nodejs:nonroot'],
    );
    assert.deepEqual(
      stages[1]?.instructions.map((i) => `${i.name} ${i.rest}`),
      ['USER app'],
    );
  });

  it('knows services with what they extend', async () => {
    const services = composeServices(
      await project({
        'base.yaml': 'x: 1\n',
        'compose.yaml':
          'x-env: &e\n  A: "1"\nservices:\n  base:\n    privileged: true\n  bot:\n    extends: base\n    environment:\n      <<: *e\n      B:\n    env_file: [.env, {path: b.env}]\n    ports: ["127.0.0.1:80:8080", "90:90", {target: 70, host_ip: 127.0.0.1}]\n',
      }),
    );
    const bot = services.find((s) => s.name === 'bot');
    assert.equal(isTrue(at(bot?.body, 'privileged')), true);
    assert.deepEqual(
      bot?.variables.map((v) => [v.name, v.value]),
      [
        ['B', undefined],
        ['A', '1'],
      ],
    );
    assert.deepEqual(
      bot?.envFiles.map((f) => f.path),
      ['.env', 'b.env'],
    );
    assert.deepEqual(
      bot?.ports.map((p) => p.address),
      ['127.0.0.1', undefined, '127.0.0.1'],
    );
  });

  it('finds pods in lists and cron jobs', async () => {
    const list = manifests(
      await project({
        'k.yaml':
          'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: batch/v1\n    kind: CronJob\n    metadata: {name: x}\n    spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c}]}}}}}\n',
      }),
    );
    assert.deepEqual(
      list.map((m) => [m.kind, m.name, containersOf(podOf(m)).length]),
      [['CronJob', 'x', 1]],
    );
  });
});

describe('reading pipelines and manifests', () => {
  it('knows the jobs of GitHub, GitLab and CircleCI', async () => {
    const list = pipelines(
      await project({
        '.github/workflows/a.yml':
          'on: [push, pull_request]\njobs:\n  deploy:\n    environment: {name: production}\n    steps:\n      - uses: actions/checkout@v4\n      - run: make\n',
        '.gitlab-ci.yml':
          'stages: [a]\nscan:\n  script:\n    - one\n    - two\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n',
        '.circleci/config.yml': 'jobs:\n  a:\n    steps:\n      - checkout\n      - run: {command: make}\n',
        Jenkinsfile: "pipeline { stages { stage('x') { steps { sh 'make' } } } }\n",
      }),
    );
    const runs = Object.fromEntries(
      list.map((p) => [p.system, p.jobs.flatMap((j) => j.steps.map((s) => s.run ?? s.uses))]),
    );
    assert.deepEqual(runs, {
      github: ['actions/checkout@v4', 'make'],
      gitlab: ['one', 'two'],
      circleci: ['checkout', 'make'],
      jenkins: ["'make'"],
    });
    const github = list.find((p) => p.system === 'github');
    assert.deepEqual(
      [github?.jobs[0]?.environment, [...(github?.events ?? [])]],
      ['production', ['push', 'pull_request']],
    );
    assert.ok(list.find((p) => p.system === 'gitlab')?.events.has('schedule'));
  });

  it('names the dependencies of each language', async () => {
    const found = dependencies(
      await project({
        'package.json': '{"dependencies":{"ccxt":"4"},"devDependencies":{"mocha":"1"}}',
        'requirements.txt': '# x\nhvac==1.0\nccxt>=4\n',
        'pyproject.toml': '[project]\ndependencies = ["fastapi[all]>=0.1"]\n[tool.poetry.dependencies]\nboto3 = "1"\n',
        'go.mod': 'module x\n\nrequire (\n\tgithub.com/ethereum/go-ethereum v1.0.0\n)\n',
        'Cargo.toml': '[dependencies]\nethers = "2"\n',
        'pom.xml': '<dependency><groupId>org.web3j</groupId><artifactId>core</artifactId></dependency>\n',
      }),
    );
    assert.deepEqual(found.map((d) => d.name).sort(), [
      'boto3',
      'ccxt',
      'ccxt',
      'ethers',
      'fastapi',
      'github.com/ethereum/go-ethereum',
      'hvac',
      'mocha',
      'org.web3j:core',
    ]);
  });
});

describe('a file that cannot be read', () => {
  class Locked extends MemoryFiles {
    override async read(path: string): Promise<Uint8Array | undefined> {
      if (path.startsWith('locked')) {
        throw new Error('permission denied');
      }
      return super.read(path);
    }
  }

  it('is no pass, and is told', async () => {
    const files = new Locked({ 'a.js': '1;\n', 'locked.js': '1;\n', 'locked.md': 'x\n', 'locked.json': '{}\n' });
    const { results, notEvaluated } = await runChecklist({
      files,
      policy: await loadPolicy(files),
      asOf: '2026-11-24',
      trigger: 'cli',
      toolVersion: '0.0.0',
    });
    for (const check of ['KW-GEN-02', 'KW-GEN-03', 'KW-STO-01']) {
      assert.equal(results.find((r) => r.check === check)?.status, 'error', check);
    }
    assert.equal(notEvaluated.length, 3);
  });
});
