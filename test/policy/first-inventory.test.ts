import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { referencedRecords } from '../../src/checklist/referenced-records';
import { firstInventory } from '../../src/policy/first-inventory';
import { checkPolicyText } from '../../src/policy/load';
import { choicesOf, profiles } from '../../src/policy/policy-choices';
import { startingPolicy } from '../../src/policy/starting-policy';
import { MemoryFiles } from '../../src/project/memory-files';
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

  it('makes a valid policy for each profile, with the owner, environments, days and stores that were chosen', async () => {
    for (const profile of profiles) {
      const choices = choicesOf({
        profile,
        owner: 'ada',
        contact: '#keys',
        environments: 'test,production',
        days: '60',
        stores: 'doppler',
      });
      const files = new MemoryFiles({ 'a.js': NAMES.map((n) => `process.env.${n};`).join('\n') });
      const keys = await referencedRecords(files, '2026-11-24', choices);
      assert.ok(keys.length > 2);
      const text = startingPolicy('desk', '2026-11-24', keys, choices);
      const { problems, policy } = checkPolicyText('keyward.policy.jsonc', text);
      assert.deepEqual(problems, [], profile);
      assert.deepEqual(
        policy?.environments?.map((e) => e.id),
        ['test', 'production'],
      );
      assert.deepEqual(policy?.storage?.allowedStores, ['doppler']);
      assert.equal(policy?.owners?.[0]?.id, 'ada');
      assert.equal(policy?.rotation?.defaultMaxAgeDays, 60);
      assert.equal(policy?.project?.team, profile === 'solo' ? 'solo' : 'team');
      // what only people know is not stated for them
      assert.equal(policy?.logging ?? policy?.monitoring ?? policy?.issuedKeys, undefined);
      assert.match(text, /\/\/ Where the project runs/);
    }
  });

  it('is what keyward policy init writes from its options, or from answers at a terminal', async () => {
    const folder = new Folder().write({ 'bot.ts': 'process.env.KRAKEN_API_KEY;\n' });
    try {
      const options = ['--profile', 'integrator', '--owner', 'ada', '--contact', '#keys', '--max-age-days', '30'];
      assert.equal((await folder.keyward(['policy', 'init', ...options])).status, 0);
      const first = folder.read('keyward.policy.jsonc') ?? '';
      assert.match(first, /"owner": "ada"/);
      assert.match(first, /"defaultMaxAgeDays": 30/);
      fs.rmSync(path.join(folder.root, 'keyward.policy.jsonc'));
      const owner = await folder.keyward(['policy', 'init', '--owner', 'Ann Lee']);
      assert.equal(owner.status, 2);
      assert.match(owner.err, /--owner: "Ann Lee" does not fit: it must be 2 to 40 lower-case letters/);
      const wrong = await folder.keyward(['policy', 'init', '--max-age-days', '90d']);
      assert.deepEqual([wrong.status, folder.read('keyward.policy.jsonc') !== undefined], [2, false]);
      const lines = ['data-api', 'Ada Lovelace', 'ada', '#keys', '', '45', 'nowhere', 'doppler,1password'];
      const asked = await folder.keyward(['policy', 'init'], '', {}, { ask: async () => lines.shift() });
      assert.equal(asked.status, 0, asked.err);
      assert.match(asked.err, /"Ada Lovelace" does not fit/);
      assert.match(asked.err, /"nowhere" is none of/);
      const second = folder.read('keyward.policy.jsonc') ?? '';
      assert.match(second, /"market-data-api"/);
      assert.match(second, /"allowedStores": \["doppler", "1password"\]/);
      fs.rmSync(path.join(folder.root, 'keyward.policy.jsonc'));
      const left = await folder.keyward(['policy', 'init'], '', {}, { ask: async () => undefined });
      assert.deepEqual([left.status, folder.read('keyward.policy.jsonc') !== undefined], [2, false]);
    } finally {
      folder.remove();
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
