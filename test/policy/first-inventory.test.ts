import assert from 'node:assert/strict';
import { firstInventory } from '../../src/policy/first-inventory';
import { checkPolicyText } from '../../src/policy/load';
import { startingPolicy } from '../../src/policy/starting-policy';
import { Folder } from '../cli/command-line';

const NAMES = [
  'KRAKEN_API_SECRET',
  'KRAKEN_API_KEY',
  'BINANCE_TESTNET_API_KEY',
  'COINGECKO_API_KEY',
  'DEPLOYER_PRIVATE_KEY',
  'MNEMONIC',
];

describe('the first inventory', () => {
  it('has a record for each key, with the names that belong to it', () => {
    const records = firstInventory(NAMES, '2026-11-24');
    const of = (name: string) => records.find((r) => r.references?.some((x) => x.name === name));
    assert.equal(records.length, 5);
    assert.equal(of('KRAKEN_API_KEY'), of('KRAKEN_API_SECRET'));
    assert.deepEqual(
      ['KRAKEN_API_KEY', 'COINGECKO_API_KEY', 'DEPLOYER_PRIVATE_KEY', 'MNEMONIC'].map((n) => [
        of(n)?.kind,
        of(n)?.class,
      ]),
      [
        ['api-key-pair', 'trading'],
        ['api-key', 'market-data'],
        ['private-key', 'signing'],
        ['mnemonic', 'signing'],
      ],
    );
    assert.equal(of('BINANCE_TESTNET_API_KEY')?.environment, 'development');
    assert.equal(of('KRAKEN_API_KEY')?.environment, 'production');
  });

  it('makes a policy that is valid as it stands, with any names', () => {
    for (const names of [
      [],
      NAMES,
      ['KEY', 'X_SECRET', 'SEED', 'A_TOKEN', 'FREQTRADE__EXCHANGE__KEY', `${'LONG_'.repeat(30)}KEY`],
    ]) {
      const text = startingPolicy('desk', '2026-11-24', firstInventory(names, '2026-11-24'));
      assert.deepEqual(checkPolicyText('keyward.policy.jsonc', text).problems, []);
    }
  });

  it('is what keyward policy init writes', async () => {
    const folder = new Folder().write({
      'bot.ts': 'const k = process.env.KRAKEN_API_KEY;\nconst s = process.env.KRAKEN_API_SECRET;\n',
    });
    try {
      const { status, out } = await folder.keyward(['policy', 'init']);
      assert.equal(status, 0);
      assert.match(out, /lists 1 key that the project reads/);
      const json = JSON.parse((await folder.keyward(['checklist', '--format', 'json'])).out);
      const of = (check: string) => json.results.find((r: { check: string }) => r.check === check).status;
      assert.deepEqual([of('KW-REV-03'), of('KW-ROT-02')], ['pass', 'pass']);
    } finally {
      folder.remove();
    }
  });
});
