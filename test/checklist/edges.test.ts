import assert from 'node:assert/strict';
import { runChecklist } from '../../src/checklist/run';
import { loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';
import { alnum, uuid } from '../scan/specimens';
import { describeCases, project } from './cases';
import { judge } from './judging';
import { asOf, perfect } from './perfect';

const lying = { asOf };

/** The checklist over files that cannot all be read. */
async function checked(files: MemoryFiles) {
  return runChecklist({ files, policy: await loadPolicy(files), asOf, trigger: 'cli', toolVersion: '0.0.0' });
}

describeCases('KW-DIS-03', [
  project('warn', "a bot's token in Telegram's address, which takes it no other way", {
    'a.py': 'requests.post(f"https://api.telegram.org/bot{token}/sendMessage", json=m)\n',
  }),
  project('warn', 'the same in JavaScript', {
    'a.js': 'fetch(`https://api.telegram.org/bot${process.env.TELEGRAM_TOKEN}/sendMessage`);\n',
  }),
  project('pass', 'the address of Telegram without a token', {
    'a.js': "const base = 'https://api.telegram.org/bot';\n",
  }),
]);

const noRecord = perfect((p) => (p.policy.inventory.keys = []));

describeCases('KW-GEN-06', [
  project('fail', 'an empty inventory while keys are referenced', noRecord, { lying, at: 'keyward.policy.jsonc:146' }),
]);
describeCases('KW-STO-04', [project('warn', 'an empty inventory while keys are referenced', noRecord, { lying })]);

const bake = (args: string) => ({ 'docker-bake.hcl': `target "app" {\n  args = {\n    ${args}\n  }\n}\n` });
describeCases('KW-STO-03', [
  project('fail', 'a value in the arguments of a bake file', bake(`KRAKEN_API_SECRET = "${alnum(40)}"`), {
    at: 'docker-bake.hcl:3',
  }),
  project('fail', 'a default of a bake variable', {
    'docker-bake.hcl': `variable "API_TOKEN" {\n  default = "${alnum(24)}"\n}\n`,
  }),
  project('warn', 'an argument that is filled from a variable', bake('KRAKEN_API_SECRET = KRAKEN_API_SECRET')),
  project('pass', 'a secret of the build, and other arguments', {
    'docker-bake.hcl': 'target "app" {\n  args = { VERSION = "1.2.3" }\n  secret = ["id=token,env=TOKEN"]\n}\n',
  }),
]);

const local = { '.env': `COINMARKETCAP_API_KEY=${uuid()}\n`, '.gitignore': '.env\n' };
const storage = (forbid: boolean) => ({
  ...local,
  'keyward.policy.jsonc': JSON.stringify({
    version: 1,
    project: { name: 'a', team: 'solo' },
    environments: [{ id: 'prod', kind: 'production' }],
    owners: [{ id: 'me', kind: 'person', contact: 'me@a.example' }],
    storage: { allowedStores: ['1password'], forbidPlaintextEnv: forbid },
    inventory: { keys: [] },
  }),
});
describeCases('KW-STO-01', [
  project('fail', 'a value in an ignored env file where the policy forbids it', storage(true), {
    lying: { ignored: ['.env'] },
  }),
  project('warn', 'the same where the policy allows it', storage(false), { lying: { ignored: ['.env'] } }),
  project('warn', 'the same without a policy', local, { lying: { ignored: ['.env'] } }),
]);

describeCases('KW-DIS-01', [
  project('fail', 'an exchange on port 80', { 'a.js': "connect('api.kraken.com:80');\n" }),
  project('fail', 'an exchange with port 80 beside it', {
    'a.js': "request({ host: 'api.binance.com', port: 80 });\n",
  }),
  project('not-applicable', 'an exchange on port 443', {
    'a.js': "request({ host: 'api.binance.com', port: 443 });\n",
  }),
  project('pass', 'a port that begins with 80', { 'a.js': "const u = 'https://api.kraken.com:8080/';\n" }),
]);

const spring = (name: string, lines: string) => ({ [`src/main/resources/${name}`]: lines });
describeCases('KW-ACC-07', [
  project(
    'fail',
    'the actuator shows the environment',
    spring('application.properties', 'management.endpoints.web.exposure.include = health,env\n'),
  ),
  project(
    'fail',
    'the same in YAML',
    spring('application.yml', 'management:\n  endpoints.web.exposure.include: "*"\n'),
  ),
  project(
    'warn',
    'the same for development',
    spring('application-dev.properties', 'management.endpoints.web.exposure.include=*\n'),
  ),
  project(
    'pass',
    'health only',
    spring('application.properties', '# open\nmanagement.endpoints.web.exposure.include=health,info\n'),
  ),
]);
describeCases('KW-REV-06', [
  project(
    'warn',
    'headers are logged by the HTTP client',
    spring('application.properties', 'logging.level.org.apache.http.wire: DEBUG\n'),
  ),
  project('pass', 'warnings only', spring('application.properties', 'logging.level.org.apache.http=WARN\n')),
]);

describe('a file that is there and cannot be read', () => {
  const unreadable = (files: Readonly<Record<string, string>>, path: string) => {
    const all = new MemoryFiles({ ...files, [path]: 'x' });
    const read = all.read.bind(all);
    all.read = async (p: string) => {
      if (p === path) {
        throw new Error('permission denied');
      }
      return read(p);
    };
    return all;
  };
  const statuses = async (path: string) => {
    const files = unreadable(perfect(), path);
    const { results } = await checked(files);
    return results.filter((r) => r.status === 'error').map((r) => r.check);
  };

  for (const [path, checks] of [
    [
      'src/hidden.ts',
      'GEN-01 GEN-02 GEN-04 GEN-05 STO-08 DIS-01 DIS-02 DIS-03 REV-02 REV-03 REV-06 ACC-02 ACC-04 ACC-07 ACC-08',
    ],
    ['deploy/hidden.yaml', 'STO-05 STO-06 STO-07 ACC-06'],
    ['.github/workflows/hidden.yml', 'DIS-05 ACC-06'],
    ['docs/hidden.md', 'GEN-03'],
    ['.env', 'STO-01'],
    ['Dockerfile.worker', 'STO-03 STO-07'],
    ['main.tf', 'STO-06 DIS-04'],
  ] as const) {
    it(`${path} leaves the checks undecided that look into such files`, async () => {
      const undecided = await statuses(path);
      for (const check of checks.split(' ')) {
        assert.ok(undecided.includes(`KW-${check}`), `${check} of ${undecided.join(' ')}`);
      }
    });
  }

  it('hides no violation that another file shows', async () => {
    const files = unreadable({ 'a.js': "const u = 'http://api.kraken.com';\n" }, 'b.js');
    const { results } = await checked(files);
    assert.equal(results.find((r) => r.check === 'KW-DIS-01')?.status, 'fail');
    assert.match(results.find((r) => r.check === 'KW-DIS-02')?.message ?? '', /^b\.js could not be read\.$/);
  });

  it('is nothing in a project where all can be read', async () => {
    const { results } = await judge(perfect(), lying);
    assert.deepEqual(
      results.filter((r) => r.status === 'error'),
      [],
    );
  });
});

describe('a folder that cannot be listed', () => {
  it('leaves undecided what it may hold, and hides no violation', async () => {
    const files = Object.assign(new MemoryFiles({ ...perfect(), 'a.js': "fetch('http://api.kraken.com');\n" }), {
      closed: ['secret'],
    });
    const { results } = await checked(files);
    const of = (check: string) => results.find((r) => r.check === check);
    assert.equal(of('KW-DIS-01')?.status, 'fail');
    assert.equal(of('KW-GEN-02')?.status, 'error');
    assert.match(of('KW-GEN-02')?.message ?? '', /^secret could not be read\.$/);
    assert.equal(of('KW-ACC-09')?.status, 'pass');
  });
});
