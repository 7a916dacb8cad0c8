import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { transformSync } from 'esbuild';
import { MemoryFiles } from '../../src/project/memory-files';
import { isRefusal } from '../../src/remedy/idiom';
import { planNewValue, planOtherValue } from '../../src/remedy/plan-env-value';
import { planFix } from '../../src/remedy/plan-fix';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { scanText } from '../../src/scan/scan';
import { alnum, base64, uuid } from '../scan/specimens';
import { fix, tryFix } from './fixing';

const bot = () => `const cfg = { coinmarketcapApiKey: '${uuid()}' };\n`;

describe('the plan', () => {
  it('takes the env file of the nearest package, and what its framework loads', async () => {
    const { files } = await fix(
      { 'package.json': '{}', 'apps/web/package.json': '{"dependencies":{"next":"15"}}', 'apps/web/lib/cmc.ts': bot() },
      'apps/web/lib/cmc.ts',
    );
    assert.match(files['apps/web/.env.local'] ?? '', /^COINMARKETCAP_API_KEY=/);
    assert.equal(files['apps/web/.env.example'], 'COINMARKETCAP_API_KEY=\n');
    assert.equal(files['.gitignore'], 'apps/web/.env.local\n');
  });

  it('keeps the env file out of images: docker patterns begin at their folder', async () => {
    const copied = await fix(
      { Dockerfile: 'FROM node\nWORKDIR /app\nCOPY --chown=node . .\n', 'bot/package.json': '{}', 'bot/a.js': bot() },
      'bot/a.js',
    );
    assert.equal(copied.files['.dockerignore'], 'bot/.env\n');
    const covered = await fix(
      { '.dockerignore': '**/.env\n', 'bot/package.json': '{}', 'bot/a.js': bot() },
      'bot/a.js',
    );
    assert.equal(covered.files['.dockerignore'], '**/.env\n');
    const shallow = await fix({ '.dockerignore': '.env\n', 'bot/package.json': '{}', 'bot/a.js': bot() }, 'bot/a.js');
    assert.equal(shallow.files['.dockerignore'], '.env\nbot/.env\n');
    const none = await fix({ Dockerfile: 'FROM node\nCOPY dist /app\n', 'a.js': bot() }, 'a.js');
    assert.equal(none.files['.dockerignore'], undefined);
  });

  it('warns when the package publishes the env file', async () => {
    const all = await fix({ 'package.json': '{"files":["."]}', 'a.js': bot() }, 'a.js');
    assert.match(all.plan.warnings.join(), /"files" of package\.json publishes \.env/);
    const dist = await fix({ 'package.json': '{"files":["dist"]}', 'a.js': bot(), '.npmignore': 'test\n' }, 'a.js');
    assert.deepEqual(dist.plan.warnings, []);
    assert.equal(dist.files['.npmignore'], 'test\n.env\n');
  });

  it('declares the variable where the program declares its variables with types', async () => {
    const t3 = `import { createEnv } from '@t3-oss/env-nextjs';\nimport { z } from 'zod';\nexport const env = createEnv({\n  server: {\n    MODE: z.string(),\n  },\n  client: {},\n  runtimeEnv: {\n    MODE: process.env.MODE,\n  },\n});\n`;
    const one = await fix({ 'package.json': '{}', 'src/env.ts': t3, 'src/a.js': bot() }, 'src/a.js');
    assert.match(
      one.files['src/env.ts'] ?? '',
      /server: \{\n {4}COINMARKETCAP_API_KEY: z\.string\(\)\.min\(1\),\n {4}MODE/,
    );
    assert.match(
      one.files['src/env.ts'] ?? '',
      /runtimeEnv: \{\n {4}COINMARKETCAP_API_KEY: process\.env\.COINMARKETCAP_API_KEY,\n/,
    );
    transformSync(one.files['src/env.ts'] as string, { loader: 'ts' });
    const zod = await fix(
      {
        'env.ts': `import { z } from 'zod';\nexport const env = z.object({ MODE: z.string() }).parse(process.env);\n`,
        'a.js': bot(),
      },
      'a.js',
    );
    assert.match(zod.files['env.ts'] ?? '', /z\.object\(\{ COINMARKETCAP_API_KEY: z\.string\(\)\.min\(1\), MODE/);
    const envalid = await fix(
      {
        'env.js': `import { cleanEnv, str } from 'envalid';\nexport default cleanEnv(process.env, {\n\tMODE: str(),\n});\n`,
        'a.js': bot(),
      },
      'a.js',
    );
    assert.match(envalid.files['env.js'] ?? '', /\{\n\tCOINMARKETCAP_API_KEY: str\(\),\n\tMODE/);
    const pydantic = await fix(
      {
        'app/settings.py': `from pydantic import SecretStr\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    """Settings."""\n\n    mode: str = "live"\n`,
        'app/bot.py': `import ccxt\n\nb = ccxt.kraken({"apiKey": "${alnum(56)}", "secret": "${base64(64)}"})\n`,
      },
      'app/bot.py',
    );
    assert.match(
      pydantic.files['app/settings.py'] ?? '',
      /"""Settings\."""\n {4}kraken_api_key: SecretStr\n {4}kraken_api_secret: SecretStr\n\n {4}mode/,
    );
  });

  it('refuses an env file that git tracks, with the way out', async () => {
    const files = { 'a.js': bot(), '.env': 'A=1\n' };
    const facts = await readProjectFacts(new MemoryFiles(files), 'a.js');
    const tracked = {
      ...facts,
      git: { isTracked: (p: string) => p === '.env', isIgnored: () => true, everTracked: async () => true },
    };
    const findings = scanText(files['a.js'], { fileName: 'a.js' }).findings;
    const r = planFix({ facts: tracked, file: 'a.js', text: files['a.js'], findings });
    assert.ok(isRefusal(r) && r.wayOut.includes('git rm --cached .env'));
    // A reference is no value: it may go into a tracked file.
    const op = planFix({
      facts: tracked,
      file: 'a.js',
      text: files['a.js'],
      findings,
      options: { store: '1password' },
    });
    assert.ok(!isRefusal(op));
  });

  it('keeps an env file that nothing protects out of git, and says what to do about one in git', async () => {
    const env = `COINMARKETCAP_API_KEY=${uuid()}\n`;
    const { plan, files } = await fix({ '.env': env }, '.env');
    assert.equal(plan.title, 'Keep .env out of git');
    assert.equal(files['.gitignore'], '.env\n');
    assert.equal(files['.env'], env);
    const kept = await tryFix({ '.env': env, '.gitignore': '.env\n' }, '.env');
    assert.ok(isRefusal(kept) && kept.wayOut.includes('vault'));
  });

  it('empties a template and gives the value to the env file', async () => {
    const [c, s] = [uuid(), alnum(64)];
    const { files } = await fix(
      { '.env.example': `MODE=live\nCOINMARKETCAP_API_KEY="${c}" # yours\nBINANCE_API_SECRET=${s}\n` },
      '.env.example',
    );
    assert.equal(files['.env.example'], 'MODE=live\nCOINMARKETCAP_API_KEY= # yours\nBINANCE_API_SECRET=\n');
    assert.equal(files['.env'], `COINMARKETCAP_API_KEY=${c}\nBINANCE_API_SECRET=${s}\n`);
  });

  it('lets direnv load the env file, or read the vault', async () => {
    const c = uuid();
    const project = { 'bot/.envrc': `# mine\nexport MODE=live\nexport COINMARKETCAP_API_KEY='${c}'\n` };
    const env = await fix(project, 'bot/.envrc');
    assert.equal(env.files['bot/.envrc'], '# mine\ndotenv\nexport MODE=live\n');
    assert.equal(env.files['bot/.env'], `COINMARKETCAP_API_KEY=${c}\n`);
    const vault = await fix(project, 'bot/.envrc', { store: '1password', project: 'bot' });
    assert.equal(
      vault.files['bot/.envrc'],
      '# mine\nexport MODE=live\nexport COINMARKETCAP_API_KEY="$(op read --no-newline op://Private/bot/COINMARKETCAP_API_KEY)"\n',
    );
    assert.equal(vault.files['bot/.env'], undefined);
    assert.deepEqual(vault.plan.followUp, []);
  });

  it("runs the Makefile's program under the store's tool, when asked", async () => {
    const files = {
      'a.py': `coinmarketcap_api_key = "${uuid()}"\n`,
      Makefile: 'run:\n\t@python a.py --live\n\nother:\n\tls\n',
    };
    const { plan, files: after } = await fix(files, 'a.py', { store: 'infisical', project: 'bot', addLoader: true });
    assert.equal(after.Makefile, 'run:\n\t@infisical run -- python a.py --live\n\nother:\n\tls\n');
    assert.match(plan.title, /, with infisical run in Makefile$/);
  });

  it('refuses a value that the reader of the env file can not take', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pem = privateKey.export({ type: 'sec1', format: 'pem' }).toString().trim().replaceAll('\n', '\\n');
    const r = await tryFix({ Dockerfile: `FROM a\nENV COINBASE_API_SECRET="${pem}"\n` }, 'Dockerfile');
    assert.ok(isRefusal(r) && r.refused.includes('.env can not hold'), JSON.stringify(r));
  });

  it('writes no env file where a file is no file on a disk; a store that needs none takes the value', async () => {
    const files = { 'package.json': '{}', 'bot.js': bot() };
    const facts = await readProjectFacts(new MemoryFiles(files, { isVirtual: true }), 'bot.js');
    const text = files['bot.js'];
    const findings = scanText(text, { fileName: 'bot.js' }).findings;
    const plan = (store: string) => planFix({ facts, file: 'bot.js', text, findings, options: { store } });
    for (const store of ['env', '1password', 'dotenvx']) {
      const refused = plan(store);
      assert.ok(isRefusal(refused) && /not on a disk/.test(refused.refused), store);
    }
    const kept = plan('vault');
    assert.ok(!isRefusal(kept) && kept.changes.every((c) => !c.file.includes('.env') || c.purpose === 'example'));
    for (const change of [planNewValue, planOtherValue]) {
      const refused = change(facts, '.env', 'A_KEY', uuid());
      assert.ok(isRefusal(refused) && /clone/.test(refused.wayOut));
    }
  });
});
