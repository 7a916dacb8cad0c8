import assert from 'node:assert/strict';
import { parse } from 'jsonc-parser';
import { isRefusal } from '../../src/remedy/idiom';
import { alnum } from '../scan/specimens';
import { fix, tryFix } from './fixing';
import { inFolder, pour, runs, shell } from './toolchains';

const source = (value: string) => `const x = { binanceApiSecret: '${value}' };\n`;
const bin = 'src/bot.js';

describe('how a value gets from its store to the program', () => {
  it('wraps the task of VS Code that runs the file', async () => {
    const tasks = `{
  // two forms
  "tasks": [
    { "label": "a", "type": "shell", "command": "node src/bot.js --live" },
    { "label": "b", "type": "process", "command": "node", "args": ["\${workspaceFolder}/src/bot.js"] },
    { "label": "c", "type": "shell", "command": "node src/other.js" }
  ]
}
`;
    const files = { [bin]: source(alnum(64)), '.vscode/tasks.json': tasks };
    const offered = await fix(files, bin, { store: '1password' });
    assert.equal(offered.plan.wrapping?.added, 'with op run in tasks.json');
    assert.equal(offered.files['.vscode/tasks.json'], tasks, 'offered, not done');
    const done = await fix(files, bin, { store: '1password', addLoader: true });
    const now = parse(done.files['.vscode/tasks.json'] ?? '').tasks;
    assert.equal(now[0].command, 'op run --env-file=.env -- node src/bot.js --live');
    assert.deepEqual(
      [now[1].command, ...now[1].args],
      ['op', 'run', '--env-file=.env', '--', 'node', '${workspaceFolder}/src/bot.js'],
    );
    assert.equal(now[2].command, 'node src/other.js');
    assert.ok(done.files['.vscode/tasks.json']?.includes('// two forms'));
    assert.match(done.plan.title, /, with op run in tasks\.json$/);
    assert.deepEqual(done.plan.followUp, []);
  });

  it('wraps the debug configuration for Node that starts the file', async () => {
    const launch = `{
  "configurations": [
    {
      "type": "node",
      "program": "\${workspaceFolder}/src/bot.js"
    },
    { "type": "node", "program": "\${workspaceFolder}/src/bot.js", "runtimeArgs": ["--trace-warnings"] },
    { "type": "debugpy", "program": "\${workspaceFolder}/src/bot.js" }
  ]
}
`;
    const files = { [bin]: source(alnum(64)), '.vscode/launch.json': launch };
    const done = await fix(files, bin, { store: 'doppler', addLoader: true });
    const text = done.files['.vscode/launch.json'] ?? '';
    const [plain, args, python] = parse(text).configurations;
    assert.deepEqual([plain.runtimeExecutable, plain.runtimeArgs], ['doppler', ['run', '--', 'node']]);
    assert.deepEqual(
      [args.runtimeExecutable, args.runtimeArgs],
      ['doppler', ['run', '--', 'node', '--trace-warnings']],
    );
    assert.equal(python.runtimeExecutable, undefined);
    assert.match(text, /bot\.js",\n {6}"runtimeExecutable": "doppler",\n {6}"runtimeArgs"/);
    const again = await tryFix({ ...done.files, [bin]: source(alnum(64)) }, bin, { store: 'doppler' });
    assert.ok(!isRefusal(again) && again.wrapping === undefined, 'what is wrapped stays');
  });

  it('is no store for what reads its env file as it stands, nor for direnv where no command reads the store', async () => {
    const unit = `[Service]\nEnvironment=BINANCE_API_SECRET=${alnum(64)}\nExecStart=/usr/bin/bot\n`;
    const systemd = await tryFix({ 'bot.service': unit }, 'bot.service', { store: 'vault' });
    assert.ok(isRefusal(systemd) && systemd.refused.includes('as it stands'));
    const files = { '.envrc': `export BINANCE_API_SECRET=${alnum(64)}\n` };
    for (const store of ['dotenvx', 'codespaces']) {
      const direnv = await tryFix(files, '.envrc', { store });
      assert.ok(isRefusal(direnv), store);
    }
    const vault = await fix(files, '.envrc', { store: 'vault', project: 'bot' });
    assert.match(vault.files['.envrc'] ?? '', /^export BINANCE_API_SECRET="\$\(vault kv get .*\)"$/m);
  });

  it('is the command of the place: a container, a build step, a playbook', async () => {
    const line = async (file: string, text: string) =>
      (await fix({ [file]: text }, file, { store: '1password' })).plan.followUp[0]?.line;
    assert.equal(
      await line('Dockerfile', `FROM a\nENV BINANCE_API_SECRET=${alnum(64)}\n`),
      'op run --env-file=.env -- docker run -e BINANCE_API_SECRET IMAGE',
    );
    assert.equal(
      await line('Dockerfile', `FROM a\nRUN curl -H "X-MBX-APIKEY: ${alnum(64)}" https://api.binance.com\n`),
      'op run --env-file=.env -- docker build --secret id=BINANCE_API_KEY,env=BINANCE_API_KEY .',
    );
    assert.equal(
      await line('group_vars/all.yml', `binance_api_secret: ${alnum(64)}\n`),
      'op run --env-file=.env -- ansible-playbook site.yml',
    );
  });

  it("is the language's own reader of the OS keychain where the project has one", async () => {
    const value = alnum(64);
    const source = (read: string) => `import ccxt\nimport keyring\n\nx = ccxt.binance({"secret": ${read}})\n`;
    const files = { 'bot.py': source(`"${value}"`), 'requirements.txt': 'ccxt\n' };
    const { plan, files: after } = await fix(files, 'bot.py', { store: 'keyring', project: 'bot' });
    assert.equal(after['bot.py'], source('keyring.get_password("bot", "BINANCE_API_SECRET")'));
    assert.equal(plan.storing?.[0]?.spot.reference, 'keychain://bot/BINANCE_API_SECRET');
    assert.deepEqual([plan.followUp, after['.env.example'], after['.env']], [[], undefined, undefined]);
    const dependency = { 'bot.py': `x = {"binance_api_secret": "${value}"}\n`, 'requirements.txt': 'keyring==25\n' };
    const added = await fix(dependency, 'bot.py', { store: 'keyring', project: 'bot' });
    assert.match(added.files['bot.py'] ?? '', /^import keyring\n\n?x = .*keyring\.get_password/);
    const none = await fix({ 'bot.py': dependency['bot.py'] }, 'bot.py', { store: 'keyring', project: 'bot' });
    assert.match(none.files['bot.py'] ?? '', /os\.environ/, 'no dependency is added');
  });

  it('is the reader of a Go file that has go-keyring, where that finds what is stored', async () => {
    const value = alnum(64);
    const LIBRARY = '"github.com/zalando/go-keyring"';
    const source = (read: string, library = LIBRARY) =>
      `package main\n\nimport (\n\t"fmt"\n\n\t${library}\n)\n\nfunc main() {\n\tkeyring.Set("bot", "x", "y")\n\tbinanceApiSecret := ${read}\n\tfmt.Println(binanceApiSecret)\n}\n`;
    const moved = (text: string, onWindows = false) =>
      fix(
        { 'main.go': text, 'go.mod': 'module bot\n' },
        'main.go',
        { store: 'keyring', project: 'bot' },
        { onWindows },
      );
    const { plan, files } = await moved(source(`"${value}"`));
    assert.equal(
      files['main.go'],
      source(
        'func() string {\n\t\tvalue, err := keyring.Get("bot", "BINANCE_API_SECRET")\n\t\tif err != nil {\n\t\t\tpanic("BINANCE_API_SECRET: " + err.Error())\n\t\t}\n\t\treturn value\n\t}()',
      ),
    );
    assert.deepEqual([plan.followUp, plan.storing?.[0]?.spot.reference], [[], 'keychain://bot/BINANCE_API_SECRET']);
    for (const { files: after, plan: other } of [
      await moved(source(`"${value}"`), true),
      await moved(source(`"${value}"`, `kr ${LIBRARY}`)),
      await moved(source(`"${value}"`, '"example.com/keyring"')),
    ]) {
      assert.match(after['main.go'] ?? '', /os\.Getenv\("BINANCE_API_SECRET"\)/);
      assert.match(other.followUp[0]?.line ?? '', /keyring get bot BINANCE_API_SECRET/);
    }
  });

  it('runs with go-keyring, a stand-in of which has the value', async function () {
    if (!runs('go', 'version')) {
      this.skip();
    }
    const value = alnum(64);
    const text = `package main\n\nimport (\n\t"fmt"\n\n\t"github.com/zalando/go-keyring"\n)\n\nconst binanceApiSecret = "${value}"\n\nfunc main() {\n\t_, _ = keyring.Get("other", "X")\n\tfmt.Println("Bearer " + binanceApiSecret)\n}\n`;
    const { files } = await fix({ 'main.go': text, 'go.mod': 'module bot\n' }, 'main.go', {
      store: 'keyring',
      project: 'bot',
    });
    const out = inFolder((folder) => {
      pour(folder, {
        'main.go': files['main.go'] ?? '',
        'go.mod':
          'module bot\n\nrequire github.com/zalando/go-keyring v0.2.3\n\nreplace github.com/zalando/go-keyring => ./keyring\n',
        'keyring/go.mod': 'module github.com/zalando/go-keyring\n',
        'keyring/keyring.go':
          'package keyring\n\nimport "os"\n\nfunc Get(service, user string) (string, error) {\n\treturn os.Getenv(service + "_" + user), nil\n}\n',
      });
      return shell(folder, `bot_BINANCE_API_SECRET=${value} go run . && gofmt -l main.go`);
    });
    assert.equal(out.trim().replace(value, '<value>'), 'Bearer <value>');
  });

  it('is the start of a codespace', async () => {
    const { plan, files } = await fix({ 'bot.js': source(alnum(64)) }, 'bot.js', { store: 'codespaces' });
    assert.equal(plan.title, 'Move to GitHub Codespaces secrets as BINANCE_API_SECRET');
    assert.match(plan.warnings.join(' '), /next start/);
    assert.equal(files['.env'], undefined);
    assert.match(files['bot.js'] ?? '', /process\.env\.BINANCE_API_SECRET/);
  });
});
