import assert from 'node:assert/strict';
import { isRefusal } from '../../src/remedy/idiom';
import { alnum, base64, uuid } from '../scan/specimens';
import { fix, tryFix } from './fixing';

const key = () => alnum(64);

describe('the fix', () => {
  it('moves both halves of a Binance key out of TypeScript', async () => {
    const [k, s] = [key(), key()];
    const bot = `import ccxt from 'ccxt';\n\nconst exchange = new ccxt.binance({\n  apiKey: '${k}',\n  secret: '${s}',\n});\n`;
    const { files, plan } = await fix(
      { 'src/bot.ts': bot, 'package.json': '{"dependencies":{"ccxt":"4"}}' },
      'src/bot.ts',
    );
    assert.equal(
      files['src/bot.ts'],
      "import ccxt from 'ccxt';\n\nconst exchange = new ccxt.binance({\n  apiKey: process.env.BINANCE_API_KEY!,\n  secret: process.env.BINANCE_API_SECRET!,\n});\n",
    );
    assert.equal(files['.env'], `BINANCE_API_KEY=${k}\nBINANCE_API_SECRET=${s}\n`);
    assert.equal(files['.env.example'], 'BINANCE_API_KEY=\nBINANCE_API_SECRET=\n');
    assert.equal(files['.gitignore'], '.env\n');
    assert.equal(plan.title, 'Move Binance key and secret to .env (add how .env is loaded)');
    assert.deepEqual(
      plan.changes.map((c) => c.purpose),
      ['destination', 'ignore', 'example', 'source'],
    );
    assert.equal(plan.changes[0]?.mode, 0o600);
  });

  it('says nothing about loading where the project loads its env file', async () => {
    const bot = `const k = { coinmarketcapApiKey: '${uuid()}' };\n`;
    const next = await fix(
      { 'app/api/route.ts': bot, 'package.json': '{"dependencies":{"next":"15"}}' },
      'app/api/route.ts',
    );
    assert.equal(next.plan.title, 'Move to environment variable COINMARKETCAP_API_KEY in .env.local');
    const scripted = await fix(
      { 'bot.js': bot, 'package.json': '{"scripts":{"start":"node --env-file=.env.bot bot.js"}}' },
      'bot.js',
    );
    assert.equal(scripted.plan.title, 'Move to environment variable COINMARKETCAP_API_KEY in .env.bot');
  });

  it('reuses a variable that holds the value, and gives a suffix to a name that holds another', async () => {
    const [k, s] = [key(), key()];
    const bot = `const c = new ccxt.binance({ apiKey: '${k}', secret: '${s}' });\n`;
    const same = await fix({ 'bot.js': bot, '.env': `MY_KEY=${k}\nMY_SECRET=${s}\n` }, 'bot.js');
    assert.match(same.files['bot.js'] as string, /process\.env\.MY_KEY, secret: process\.env\.MY_SECRET/);
    assert.equal(same.files['.env'], `MY_KEY=${k}\nMY_SECRET=${s}\n`);
    const other = await fix({ 'bot.js': bot, '.env': 'BINANCE_API_KEY=another\n' }, 'bot.js');
    assert.match(
      other.files['bot.js'] as string,
      /process\.env\.BINANCE_API_KEY_2, secret: process\.env\.BINANCE_API_SECRET_2/,
    );
    assert.equal(other.files['.env'], `BINANCE_API_KEY=another\nBINANCE_API_KEY_2=${k}\nBINANCE_API_SECRET_2=${s}\n`);
  });

  it('fills in a name that stands without a value', async () => {
    const k = uuid();
    const { files } = await fix(
      { 'bot.js': `const cfg = { coinmarketcapApiKey: '${k}' };\n`, '.env': 'A=1\nCOINMARKETCAP_API_KEY=\nB=2\n' },
      'bot.js',
    );
    assert.equal(files['.env'], `A=1\nCOINMARKETCAP_API_KEY=${k}\nB=2\n`);
  });

  it('drops a literal fallback and keeps the lookup', async () => {
    const k = key();
    const js = await fix({ 'a.js': `const secret = process.env.BINANCE_API_SECRET ?? '${k}';\n` }, 'a.js');
    assert.equal(js.files['a.js'], 'const secret = process.env.BINANCE_API_SECRET;\n');
    const py = await fix({ 'a.py': `import os\nsecret = os.getenv("BINANCE_API_SECRET", "${k}")\n` }, 'a.py');
    assert.equal(py.files['a.py'], 'import os\nsecret = os.environ["BINANCE_API_SECRET"]\n');
    assert.equal(py.files['.env'], `BINANCE_API_SECRET=${k}\n`);
  });

  it('refuses a fallback whose variable is set to another value', async () => {
    const r = await tryFix(
      {
        'a.js': `const secret = process.env.BINANCE_API_SECRET ?? '${key()}';\n`,
        '.env': 'BINANCE_API_SECRET=other\n',
      },
      'a.js',
    );
    assert.ok(isRefusal(r) && r.refused.includes('BINANCE_API_SECRET is set to another value'));
  });

  it('imports os after the docstring and the future imports, once', async () => {
    const { files } = await fix(
      {
        'bot.py': `#!/usr/bin/env python\n"""A bot."""\nfrom __future__ import annotations\n\nimport ccxt\n\nb = ccxt.kraken({"apiKey": "${alnum(56)}", "secret": "${base64(64)}"})\n`,
      },
      'bot.py',
    );
    assert.match(
      files['bot.py'] as string,
      /annotations\n(?:\n)?import os\n\n?import ccxt\n\nb = ccxt\.kraken\(\{"apiKey": os\.environ\["KRAKEN_API_KEY"\]/,
    );
    assert.equal(files['bot.py']?.match(/import os/g)?.length, 1);
  });

  it('adds load_dotenv where python-dotenv is a dependency, when asked', async () => {
    const files = {
      'requirements.txt': 'ccxt\npython-dotenv==1.0\n',
      'bot.py': `import ccxt\n\nb = ccxt.kraken({"apiKey": "${alnum(56)}", "secret": "${base64(64)}"})\n`,
    };
    const plain = await fix(files, 'bot.py');
    assert.match(plain.plan.title, /\(add how \.env is loaded\)$/);
    const loaded = await fix(files, 'bot.py', { addLoader: true });
    assert.match(loaded.plan.title, /, with load_dotenv\(\)$/);
    assert.match(
      loaded.files['bot.py'] as string,
      /^from dotenv import load_dotenv\nimport os\nimport ccxt\n\nload_dotenv\(\)\n\nb = /,
    );
    assert.deepEqual(loaded.plan.followUp, []);
  });

  it('adds --env-file to the script that runs the program, when asked', async () => {
    const { files, plan } = await fix(
      {
        'package.json': '{ "scripts": { "start": "node bot.js", "test": "mocha" } }\n',
        'bot.js': `const cfg = { coinmarketcapApiKey: '${uuid()}' };\n`,
      },
      'bot.js',
      { addLoader: true },
    );
    assert.equal(files['package.json'], '{ "scripts": { "start": "node --env-file=.env bot.js", "test": "mocha" } }\n');
    assert.match(plan.title, /, with --env-file in package\.json$/);
  });

  it('takes the name that a shell script exports already', async () => {
    const k = uuid();
    const { files } = await fix({ 'run.sh': `#!/bin/sh\nexport CMC_PRO_API_KEY="${k}"\n` }, 'run.sh');
    assert.equal(
      files['run.sh'],
      '#!/bin/sh\nexport CMC_PRO_API_KEY="${CMC_PRO_API_KEY:?CMC_PRO_API_KEY is not set}"\n',
    );
    assert.equal(files['.env'], `CMC_PRO_API_KEY=${k}\n`);
  });

  it('removes the members of a freqtrade configuration and sets its variables', async () => {
    const [k, s] = [key(), key()];
    const config = JSON.stringify(
      { max_open_trades: 3, stake_currency: 'USDT', exchange: { name: 'binance', key: k, secret: s } },
      null,
      2,
    );
    const { files } = await fix({ 'config.json': config }, 'config.json');
    assert.deepEqual(JSON.parse(files['config.json'] as string).exchange, { name: 'binance' });
    assert.equal(files['.env'], `FREQTRADE__EXCHANGE__KEY=${k}\nFREQTRADE__EXCHANGE__SECRET=${s}\n`);
  });

  it('writes compose variables that fail loudly when unset', async () => {
    const [k, s] = [key(), key()];
    const { files } = await fix(
      {
        'deploy/docker-compose.yml': `services:\n  bot:\n    environment:\n      BINANCE_API_KEY: ${k}\n      BINANCE_API_SECRET: '${s}'\n`,
      },
      'deploy/docker-compose.yml',
    );
    assert.equal(
      files['deploy/docker-compose.yml'],
      'services:\n  bot:\n    environment:\n      BINANCE_API_KEY: "${BINANCE_API_KEY:?BINANCE_API_KEY is not set}"\n      BINANCE_API_SECRET: \'${BINANCE_API_SECRET:?BINANCE_API_SECRET is not set}\'\n',
    );
    assert.equal(files['deploy/.env'], `BINANCE_API_KEY=${k}\nBINANCE_API_SECRET=${s}\n`);
    assert.equal(files['.gitignore'], 'deploy/.env\n');
  });

  it('adds an ignore rule only where none covers the env file', async () => {
    const bot = `const cfg = { coinmarketcapApiKey: '${uuid()}' };\n`;
    const covered = await fix({ 'bot.js': bot, '.gitignore': 'node_modules\n.env*\n!.env.example\n' }, 'bot.js');
    assert.equal(covered.files['.gitignore'], 'node_modules\n.env*\n!.env.example\n');
    const shown = await fix({ 'bot.js': bot, '.gitignore': '*.env\n!.env\n', '.dockerignore': 'dist\n' }, 'bot.js');
    assert.equal(shown.files['.gitignore'], '*.env\n!.env\n.env\n');
    assert.equal(shown.files['.dockerignore'], 'dist\n.env\n');
  });

  it('is not offered in client code, where a variable would be public or undefined', async () => {
    const text = `'use client';\nconst cfg = { coinmarketcapApiKey: '${uuid()}' };\n`;
    const r = await tryFix({ 'app/page.tsx': text, 'package.json': '{"dependencies":{"next":"15"}}' }, 'app/page.tsx');
    assert.ok(isRefusal(r) && r.refused.includes('"use client"') && r.wayOut.includes('server route'));
  });

  it('moves two values of one template literal together', async () => {
    const [a, b] = [uuid(), `CG-${alnum(24)}`];
    const { files } = await fix(
      { 'u.js': `const u = "https://x.test/?CMC_PRO_API_KEY=${a}&x_cg_pro_api_key=${b}";\n` },
      'u.js',
    );
    assert.match(
      files['u.js'] as string,
      /^const u = `https:\/\/x\.test\/\?CMC_PRO_API_KEY=\$\{process\.env\.\w+\}&x_cg_pro_api_key=\$\{process\.env\.\w+\}`;\n$/,
    );
  });

  it('changes nothing the second time', async () => {
    const bot = `const cfg = { coinmarketcapApiKey: '${uuid()}' };\n`;
    const once = await fix({ 'bot.js': bot }, 'bot.js');
    await assert.rejects(fix(once.files, 'bot.js'), /nothing was found/);
  });
});
