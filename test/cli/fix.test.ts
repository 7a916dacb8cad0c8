import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { alnum, uuid } from '../scan/specimens';
import { Folder } from './command-line';

describe('keyward fix', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('moves every key of a tree, and finds nothing to do the second time', async () => {
    const [k, s, c] = [alnum(64), alnum(64), uuid()];
    folder.write({
      'bot.ts': `new ccxt.binance({ apiKey: '${k}', secret: '${s}' });\n`,
      'again.js': `const other = { binanceApiSecret: '${s}', coinmarketcapApiKey: '${c}' };\n`,
    });
    const { status, out } = await folder.keyward(['fix']);
    assert.equal(status, 0, out);
    assert.equal(
      folder.read('bot.ts'),
      'new ccxt.binance({ apiKey: process.env.BINANCE_API_KEY!, secret: process.env.BINANCE_API_SECRET! });\n',
    );
    const env = Object.fromEntries(
      (folder.read('.env') ?? '')
        .trim()
        .split('\n')
        .map((l) => l.split(/=(.*)/s).slice(0, 2)),
    );
    assert.deepEqual(env, { BINANCE_API_KEY: k, BINANCE_API_SECRET: s, COINMARKETCAP_API_KEY: c });
    assert.equal(folder.read('.gitignore'), '.env\n');
    if (process.platform !== 'win32') {
      assert.equal(fs.statSync(path.join(folder.root, '.env')).mode & 0o777, 0o600);
    }
    assert.ok(![k, s, c].some((v) => out.includes(v)));
    assert.match((await folder.keyward(['fix'])).out, /Nothing to move/);
    assert.equal((await folder.keyward(['scan'])).status, 0);
  });

  it('shows a diff with the values masked, and touches nothing, in a dry run', async () => {
    const c = uuid();
    const other = alnum(40);
    const text = `const x = { coinmarketcapApiKey: '${c}' };\n`;
    folder.write({ 'a.js': text, '.env': `OTHER_SECRET=${other}\n` });
    const { status, out } = await folder.keyward(['fix', '--dry-run']);
    assert.equal(status, 0);
    assert.match(out, /^--- a\/\.env\n\+\+\+ b\/\.env\n/m);
    assert.match(out, /^\+const x = \{ coinmarketcapApiKey: process\.env\.COINMARKETCAP_API_KEY \};$/m);
    assert.ok(!out.includes(c) && !out.includes(other));
    assert.equal(folder.read('a.js'), text);
    assert.equal(folder.read('.gitignore'), undefined);
  });

  it('says what stays and why, and exits 1', async () => {
    const c = uuid();
    folder.write({
      'data.json': `{ "coinmarketcap_api_key": "${c}" }\n`,
      'a.js': `// coinmarketcapApiKey = '${c}'\nconst x = { coinmarketcapApiKey: '${c}' };\n`,
    });
    const { status, out } = await folder.keyward(['fix']);
    assert.equal(status, 1);
    assert.match(out, /data\.json:1:\d+: coinmarketcap-api-key stays\. JSON has no variables/);
    assert.match(out, /a\.js:1:\d+: coinmarketcap-api-key stays\. The value stands in a comment/);
    assert.match(
      folder.read('a.js') ?? '',
      /const x = \{ coinmarketcapApiKey: process\.env\.COINMARKETCAP_API_KEY \};/,
    );
  });

  it('moves only the rules that are named', async () => {
    folder.write({ 'a.js': `const x = { coinmarketcapApiKey: '${uuid()}', binanceApiSecret: '${alnum(64)}' };\n` });
    await folder.keyward(['fix', '--only', 'binance-api-secret']);
    assert.match(
      folder.read('a.js') ?? '',
      /coinmarketcapApiKey: '.*binanceApiSecret: process\.env\.BINANCE_API_SECRET/,
    );
  });

  it('writes nothing through a link that leads out of the project', async () => {
    const outside = new Folder();
    outside.write({ target: 'A=1\n' });
    folder.write({ 'a.js': `const x = { coinmarketcapApiKey: '${uuid()}' };\n` });
    fs.symlinkSync(path.join(outside.root, 'target'), path.join(folder.root, '.env'));
    const { status, err } = await folder.keyward(['fix']);
    assert.equal(status, 2);
    assert.match(err, /leads out of the project/);
    assert.equal(outside.read('target'), 'A=1\n');
    outside.remove();
  });
});
