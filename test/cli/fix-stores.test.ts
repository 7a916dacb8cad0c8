import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { startingPolicy } from '../../src/policy/starting-policy';
import { alnum, uuid } from '../scan/specimens';
import { Folder } from './command-line';

/** A folder of stand-in tools that record how they were called, and keep what they were given in files. */
class Tools {
  readonly folder = new Folder();
  readonly log = path.join(this.folder.root, 'log');
  readonly held = path.join(this.folder.root, 'held');

  constructor() {
    fs.mkdirSync(this.held);
  }

  /** A tool is a shell script; `record` writes its arguments, its standard input and the file that it was given. */
  add(name: string, script: string): this {
    const file = path.join(this.folder.root, 'bin', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(
      file,
      `#!/bin/sh\nHELD='${this.held}'\nprintf '%s\\n' "${name} $*" >> '${this.log}'\n${script}\n`,
      { mode: 0o755 },
    );
    return this;
  }

  get env(): Record<string, string> {
    return { PATH: `${path.join(this.folder.root, 'bin')}:/usr/bin:/bin` };
  }

  get calls(): string {
    return fs.existsSync(this.log) ? fs.readFileSync(this.log, 'utf8') : '';
  }

  has(name: string): string | undefined {
    const file = path.join(this.held, name);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  }
}

const KEYRING = 'case $1 in set) cat > "$HELD/$2-$3" ;; get) cat "$HELD/$2-$3" 2>/dev/null ;; esac';

(process.platform === 'win32' ? describe.skip : describe)('keyward fix --to a store', () => {
  let folder: Folder;
  let tools: Tools;
  beforeEach(() => {
    folder = new Folder();
    tools = new Tools();
  });
  afterEach(() => {
    folder.remove();
    tools.folder.remove();
  });

  const script = (value: string) => `const cfg = { coinmarketcapApiKey: '${value}' };\n`;

  it('puts references of 1Password into the env file, and values into items through a file', async () => {
    const [k, s, c] = [alnum(64), alnum(64), uuid()];
    tools.add(
      'op',
      `case "$1 $2" in
  "item get") cat "$HELD/$5-$3" 2>/dev/null || exit 1 ;;
  "item create") ls -l "$6" | cut -c1-10 >> "$HELD/modes"; cp "$6" "$HELD/$4-bot" ;;
  "item edit") cp "$7" "$HELD/$5-$3" ;;
  "read --no-newline") node -e 'const [held,ref]=process.argv.slice(-2);const [v,i,f]=ref.slice(5).split("/");const x=JSON.parse(require("fs").readFileSync(held+"/"+v+"-"+i)).fields.find(y=>y.label===f);if(!x)process.exit(1);process.stdout.write(x.value)' x "$HELD" "$3" ;;
esac`,
    );
    folder.write({
      'package.json': '{ "name": "@me/bot", "scripts": { "start": "node a.js" } }\n',
      'a.js': `new ccxt.binance({ apiKey: '${k}', secret: '${s}' });\n`,
      '.env': `COINMARKETCAP_API_KEY=${c}\nMODE=live\n`,
      '.gitignore': '.env\n',
    });
    const { status, out, err } = await folder.keyward(['fix', '--to', '1password', '--add-loader'], '', {
      ...tools.env,
      PATH: `${tools.env.PATH}:${path.dirname(process.execPath)}`,
    });
    assert.equal(status, 0, out + err);
    assert.match(
      folder.read('a.js') ?? '',
      /apiKey: process\.env\.BINANCE_API_KEY, secret: process\.env\.BINANCE_API_SECRET/,
    );
    assert.equal(
      folder.read('.env'),
      'COINMARKETCAP_API_KEY=op://Private/bot/COINMARKETCAP_API_KEY\nMODE=live\nBINANCE_API_KEY=op://Private/bot/BINANCE_API_KEY\nBINANCE_API_SECRET=op://Private/bot/BINANCE_API_SECRET\n',
    );
    assert.match(folder.read('package.json') ?? '', /"start": "op run --env-file=\.env -- node a\.js"/);
    const item = JSON.parse(tools.has('Private-bot') ?? '{}');
    assert.equal(item.title, 'bot');
    assert.deepEqual(
      item.fields.map((f: { label: string; value: string; type: string }) => [f.label, f.value, f.type]).sort(),
      [
        ['BINANCE_API_KEY', k, 'CONCEALED'],
        ['BINANCE_API_SECRET', s, 'CONCEALED'],
        ['COINMARKETCAP_API_KEY', c, 'CONCEALED'],
      ],
    );
    assert.equal(tools.has('modes'), '-rw-------\n');
    assert.ok(![k, s, c].some((v) => tools.calls.includes(v) || out.includes(v) || err.includes(v)));
    assert.match((await folder.keyward(['fix', '--to', '1password'], '', tools.env)).out, /Nothing to move/);
  });

  it('stores through standard input and says how the program gets the value', async () => {
    const c = uuid();
    tools.add('keyring', KEYRING);
    folder.write({ 'a.py': `coinmarketcap_api_key = "${c}"\n`, 'package.json': '{"name":"bot"}' });
    const { status, out } = await folder.keyward(['fix', '--to', 'keychain'], '', tools.env);
    assert.equal(status, 0, out);
    assert.equal(tools.has('bot-COINMARKETCAP_API_KEY'), c);
    assert.ok(!tools.calls.includes(c));
    assert.match(out, /COINMARKETCAP_API_KEY="\$\(keyring get bot COINMARKETCAP_API_KEY\)" python a\.py/);
    assert.equal(folder.read('.env'), undefined);
    assert.match(folder.read('a.py') ?? '', /os\.environ\["COINMARKETCAP_API_KEY"\]/);
  });

  it('changes nothing when the tool fails, and shows no part of the value', async () => {
    const c = uuid();
    tools.add('vault', 'cat >&2; echo "permission denied" >&2; exit 2');
    folder.write({ 'a.js': script(c) });
    const { status, out } = await folder.keyward(['fix', '--to', 'vault'], '', tools.env);
    assert.equal(status, 1);
    assert.match(out, /could not be stored in HashiCorp Vault/);
    assert.ok(!out.includes(c) && !out.includes(c.slice(0, 8)));
    assert.equal(folder.read('a.js'), script(c));
    assert.equal(folder.read('.env.example'), undefined);
  });

  it('never overwrites another value, and believes only what it reads back', async () => {
    const c = uuid();
    tools.add('keyring', KEYRING);
    folder.write({ 'a.js': script(c), 'package.json': '{"name":"bot"}' });
    fs.writeFileSync(path.join(tools.held, 'bot-COINMARKETCAP_API_KEY'), 'another');
    // A name that the program has chosen gets no suffix.
    const fallback = `const k = process.env.COINMARKETCAP_API_KEY ?? '${c}';\n`;
    folder.write({ 'a.js': fallback });
    const other = await folder.keyward(['fix', '--to', 'keyring'], '', tools.env);
    assert.equal(other.status, 1);
    assert.match(other.out, /COINMARKETCAP_API_KEY is set to another value already, and this program reads no other/);
    assert.equal(folder.read('a.js'), fallback);
    assert.equal(tools.has('bot-COINMARKETCAP_API_KEY'), 'another');
    fs.rmSync(path.join(tools.held, 'bot-COINMARKETCAP_API_KEY'));
    folder.write({ 'a.js': script(c) });
    tools.add('keyring', 'exit 0');
    const silent = await folder.keyward(['fix', '--to', 'keyring'], '', tools.env);
    assert.match(silent.out, /does not give the value back/);
    assert.equal(folder.read('a.js'), script(c));
  });

  it('shows the command when the tool is missing, and goes on when the person has stored the value', async () => {
    const c = uuid();
    folder.write({ 'a.js': script(c), 'package.json': '{"name":"bot"}' });
    const missing = await folder.keyward(['fix', '--to', 'aws'], '', { PATH: '' });
    assert.equal(missing.status, 1);
    assert.match(
      missing.out,
      /through aws, which is not installed.*aws secretsmanager create-secret --name bot\/COINMARKETCAP_API_KEY/,
    );
    assert.equal(folder.read('a.js'), script(c));
    const stored = await folder.keyward(['fix', '--to', 'aws', '--stored'], '', { PATH: '' });
    assert.equal(stored.status, 0, stored.out);
    assert.match(folder.read('a.js') ?? '', /process\.env\.COINMARKETCAP_API_KEY/);
    assert.match(
      stored.out,
      /COINMARKETCAP_API_KEY="\$\(aws secretsmanager get-secret-value --secret-id bot\/COINMARKETCAP_API_KEY/,
    );
    assert.ok(!stored.out.includes(c));
  });

  /** What each store's tool does with a value, as far as Keyward calls it. `$HELD/v` is where it keeps it. */
  const standIns: Readonly<Record<string, readonly [tool: string, script: string, policy?: string]>> = {
    vault: ['vault', 'case "$2" in get) cat "$HELD/v" 2>/dev/null ;; patch) exit 2 ;; put) cat > "$HELD/v" ;; esac'],
    'aws-secrets-manager': [
      'aws',
      'case "$2" in get-secret-value) cat "$HELD/v" 2>/dev/null && echo || exit 254 ;; create-secret) cat "${6#file://}" > "$HELD/v" ;; esac',
    ],
    'aws-ssm': [
      'aws',
      'case "$2" in get-parameter) cat "$HELD/v" 2>/dev/null && echo || exit 254 ;; put-parameter) cat "${8#file://}" > "$HELD/v" ;; esac',
    ],
    'azure-key-vault': [
      'az',
      'case "$3" in show) cat "$HELD/v" 2>/dev/null && echo || exit 3 ;; set) cat "$9" > "$HELD/v" ;; esac',
      'https://team.vault.azure.net/secrets/{name}',
    ],
    doppler: ['doppler', 'case "$2" in get) cat "$HELD/v" 2>/dev/null || exit 1 ;; set) cat > "$HELD/v" ;; esac'],
    infisical: [
      'infisical',
      'case "$2" in get) cat "$HELD/v" 2>/dev/null || exit 1 ;; set) cat "${3#*=@}" > "$HELD/v" ;; esac',
    ],
    sops: [
      'sops',
      `case "$1" in decrypt) cat "$HELD/v" 2>/dev/null || exit 1 ;; set) sed 's/^"//; s/"$//' > "$HELD/v" ;; esac`,
    ],
    keyring: [
      'secret-tool',
      'case "$1" in lookup) cat "$HELD/v" 2>/dev/null || exit 1 ;; store) cat > "$HELD/v" ;; esac',
    ],
  };

  for (const [store, [tool, body, template]] of Object.entries(standIns)) {
    it(`hands a value to ${tool} for ${store} outside of its arguments, and reads it back`, async () => {
      const c = uuid();
      tools.add(tool, body);
      folder.write({ 'a.js': script(c), 'package.json': '{"name":"bot"}' });
      if (template) {
        const fixes = `,"fixes": { "referenceTemplate": "${template}" } }`;
        folder.write({ 'keyward.policy.jsonc': startingPolicy('bot', '2026-01-01').replace(/\}\s*$/, fixes) });
      }
      const { status, out, err } = await folder.keyward(['fix', '--to', store], '', tools.env);
      assert.equal(status, 0, out + err);
      assert.equal(tools.has('v'), c);
      assert.match(folder.read('a.js') ?? '', /process\.env\.COINMARKETCAP_API_KEY/);
      assert.ok(![tools.calls, out, err].some((text) => text.includes(c)));
      assert.ok(!fs.readdirSync(folder.root).includes('.env'));
    });
  }

  it('puts a value of a manifest into the Secret of the cluster, and one of a pipeline into GitLab', async () => {
    const [k, s] = [alnum(64), alnum(64)];
    tools.add(
      'kubectl',
      'case "$1" in get) base64 < "$HELD/k" 2>/dev/null | tr -d "\\n" ;; patch) exit 1 ;; create) cat "${5##*=}" > "$HELD/k" ;; esac',
    );
    tools.add('glab', 'case "$2" in get) cat "$HELD/g" 2>/dev/null || exit 1 ;; set) cat > "$HELD/g" ;; esac');
    folder.write({
      'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: bot\nspec:\n  containers:\n    - name: bot\n      env:\n        - name: BINANCE_API_SECRET\n          value: ${k}\n`,
      '.gitlab-ci.yml': `variables:\n  MODE: live\n  BINANCE_API_SECRET: ${s}\n`,
    });
    await folder.keyward(['fix', 'pod.yaml', '--to', 'k8s'], '', tools.env);
    assert.equal(tools.has('k'), k);
    assert.match(folder.read('pod.yaml') ?? '', /secretKeyRef:\n\s+name: bot-secrets\n\s+key: BINANCE_API_SECRET/);
    await folder.keyward(['fix', '.gitlab-ci.yml', '--to', 'gitlab'], '', tools.env);
    assert.equal(tools.has('g'), s);
    assert.equal(folder.read('.gitlab-ci.yml'), 'variables:\n  MODE: live\n');
    assert.ok(![k, s].some((v) => tools.calls.includes(v)));
  });

  it('gives a name that has another value in the store a suffix, and a value that is there its name', async () => {
    const [old, a, b] = [uuid(), uuid(), uuid()];
    tools.add('keyring', KEYRING);
    const files = { 'a.js': script(a), 'b.js': script(b), 'c.js': script(a) };
    folder.write({ 'package.json': '{ "name": "bot" }\n', ...files });
    fs.writeFileSync(path.join(tools.held, 'bot-COINMARKETCAP_API_KEY'), old);
    const { status, out } = await folder.keyward(['fix', '--to', 'keyring'], '', tools.env);
    assert.equal(status, 0, out);
    const held = (suffix: string) => tools.has(`bot-COINMARKETCAP_API_KEY${suffix}`);
    assert.deepEqual([held(''), held('_2'), held('_3')], [old, a, b]);
    const named = (file: string) => /process\.env\.(\w+)/.exec(folder.read(file) ?? '')?.[1];
    assert.deepEqual(['a.js', 'b.js', 'c.js'].map(named), [
      'COINMARKETCAP_API_KEY_2',
      'COINMARKETCAP_API_KEY_3',
      'COINMARKETCAP_API_KEY_2',
    ]);
    folder.write({ 'd.js': script(b) });
    await folder.keyward(['fix', '--to', 'keyring'], '', tools.env);
    assert.equal(named('d.js'), 'COINMARKETCAP_API_KEY_3');
    assert.equal(held('_4'), undefined);
  });

  it('names two values of one name alike whether or not they are stored', async () => {
    folder.write({ 'a.js': script(uuid()), 'b.js': script(uuid()), 'doppler.yaml': 'setup:\n  project: bot\n' });
    for (const flag of ['--dry-run', '--stored']) {
      const { out } = await folder.keyward(['fix', '--to', 'doppler', flag], '', tools.env);
      assert.match(out, /COINMARKETCAP_API_KEY in[\s\S]*COINMARKETCAP_API_KEY_2 in/, flag);
    }
  });

  it('tells of a store that the project uses already', async () => {
    folder.write({ 'a.js': script(uuid()), 'doppler.yaml': 'setup:\n  project: bot\n' });
    const { out } = await folder.keyward(['fix', '--dry-run'], '', tools.env);
    assert.match(out, /This project uses Doppler: keyward fix --to doppler/);
  });

  it('stores nothing in a dry run, and runs no tool that lies in the project', async () => {
    const c = uuid();
    tools.add('keyring', KEYRING);
    folder.write({ 'a.js': script(c), 'bin/keyring': '#!/bin/sh\ntouch ran\n' });
    fs.chmodSync(path.join(folder.root, 'bin/keyring'), 0o755);
    const dry = await folder.keyward(['fix', '--to', 'keyring', '--dry-run'], '', tools.env);
    assert.equal(dry.status, 0);
    assert.match(dry.out, /would move coinmarketcap-api-key to COINMARKETCAP_API_KEY in OS keychain/);
    assert.ok(!dry.out.includes(c));
    assert.equal(tools.calls, '');
    await folder.keyward(['fix', '--to', 'keyring'], '', {
      PATH: `${path.join(folder.root, 'bin')}:./bin:/usr/bin:/bin`,
    });
    assert.equal(folder.read('ran'), undefined);
    assert.equal(folder.read('a.js'), script(c));
  });

  it('lets a workflow read GitHub secrets, and refuses them to a program', async () => {
    const s = alnum(64);
    tools.add('gh', 'case "$2" in list) ls "$HELD" ;; set) cat > "$HELD/$3" ;; esac');
    folder.write({
      '.github/workflows/w.yml': `on: push\njobs:\n  a:\n    env:\n      BINANCE_API_SECRET: ${s}\n`,
      'a.js': script(uuid()),
    });
    const { status, out } = await folder.keyward(['fix', '--to', 'github'], '', tools.env);
    assert.equal(status, 1);
    assert.equal(tools.has('BINANCE_API_SECRET'), s);
    assert.match(
      folder.read('.github/workflows/w.yml') ?? '',
      /BINANCE_API_SECRET: \$\{\{ secrets\.BINANCE_API_SECRET \}\}/,
    );
    assert.match(out, /a\.js:1:\d+: .* A program here can't read GitHub Actions secrets/);
    assert.equal(folder.read('.env'), undefined);
  });

  it('encrypts the env file with dotenvx, and restores it when that fails', async () => {
    const c = uuid();
    tools.add(
      'dotenvx',
      'case $1 in encrypt) cp "$3" "$HELD/plain"; printf "%s=\\"encrypted:BAAA\\"\\n" "$5" > "$3" ;; get) sed -n "s/^$2=//p" "$HELD/plain" ;; esac',
    );
    folder.write({ 'a.js': script(c) });
    const { status, out, err } = await folder.keyward(['fix', '--to', 'dotenvx'], '', tools.env);
    assert.equal(status, 0, out + err);
    assert.equal(folder.read('.env'), 'COINMARKETCAP_API_KEY="encrypted:BAAA"\n');
    assert.match(folder.read('.gitignore') ?? '', /^\.env\.keys$/m);
    assert.match(out, /dotenvx run -f \.env -- /);
    const again = new Folder();
    again.write({ 'a.js': script(c), '.env': 'A=1\n' });
    tools.add('dotenvx', 'exit 1');
    await again.keyward(['fix', '--to', 'dotenvx'], '', tools.env);
    assert.equal(again.read('.env'), 'A=1\n');
    assert.equal(again.read('a.js'), script(c));
    again.remove();
  });

  it('takes the store and the form of references from the policy', async () => {
    const c = uuid();
    folder.write({
      'a.js': script(c),
      'keyward.policy.jsonc': startingPolicy('bot', '2026-01-01').replace(
        /\}\s*$/,
        ',"fixes": { "store": "gcp-secret-manager", "referenceTemplate": "projects/p1/secrets/bot-{name}" } }',
      ),
    });
    tools.add(
      'gcloud',
      'case "$1 $2" in "secrets create") cat > "$HELD/$3" ;; "secrets versions") test -f "$HELD/bot-COINMARKETCAP_API_KEY" && cat "$HELD/bot-COINMARKETCAP_API_KEY" ;; esac',
    );
    const { out, err } = await folder.keyward(['fix'], '', tools.env);
    assert.equal(tools.has('bot-COINMARKETCAP_API_KEY'), c, out + err);
    assert.match(
      tools.calls,
      /gcloud secrets create bot-COINMARKETCAP_API_KEY --replication-policy=automatic --data-file=- --project=p1/,
    );
  });
});
