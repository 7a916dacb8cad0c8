import assert from 'node:assert/strict';
import { MemoryFiles } from '../../src/project/memory-files';
import type { RunTool, ToolCall } from '../../src/project/tools';
import { isRefusal } from '../../src/remedy/idiom';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { storeNamed, stores } from '../../src/remedy/stores/all';
import { storesInUse } from '../../src/remedy/stores/in-use';
import { referenceFor, type Spot, type Store } from '../../src/remedy/stores/store';
import { storeValue } from '../../src/remedy/stores/store-value';
import { isReference } from '../../src/scan/references';
import { alnum, base64 } from '../scan/specimens';
import { fix, tryFix } from './fixing';

function spotOf(store: Store): Spot {
  const reference = referenceFor(store, store.template ?? store.form?.example, 'bot', 'BINANCE_API_SECRET');
  assert.ok(typeof reference === 'string', store.id);
  return { variable: 'BINANCE_API_SECRET', project: 'bot', reference };
}

/** Every call that a store can make. */
function callsOf(store: Store, spot: Spot): ToolCall[] {
  return [
    ...store.writes(spot).flatMap((a) => [a.call, ...(a.before ? [a.before] : []), ...(a.reads ? [a.reads] : [])]),
    ...(store.reads ? [store.reads(spot, '.env')] : []),
    ...(store.taken ? [store.taken.call] : []),
    ...(store.encrypts ? [store.encrypts('.env', spot.variable)] : []),
  ];
}

describe('stores', () => {
  it('are named by id and alias, each name once', () => {
    const names = stores.flatMap((s) => [s.id, ...s.aliases]);
    assert.equal(new Set(names).size, names.length);
    assert.equal((storeNamed('AWS') as Store).id, 'aws-secrets-manager');
    assert.equal(storeNamed('env'), 'env');
    assert.equal(storeNamed('nowhere'), undefined);
  });

  for (const store of stores) {
    it(`${store.id}: the value travels by standard input or a file, and is in no argument nor in what is shown`, () => {
      const spot = spotOf(store);
      const value = alnum(64);
      for (const call of callsOf(store, spot)) {
        assert.ok(!JSON.stringify(call).includes(value));
        assert.equal(
          call.args.some((a) => a.includes('{file}')),
          call.file !== undefined,
        );
        assert.ok(call.args.every((a) => a !== ''));
      }
      for (const { call } of store.writes(spot)) {
        const carried = call.input?.(value, '') ?? call.file?.(value, '');
        assert.ok(carried?.includes(value), store.id);
      }
      assert.match(store.shown(spot, '.env'), /^[a-z]+ /);
      if (store.inEnvFile) {
        assert.ok(isReference(spot.reference));
      }
    });
  }

  it('refuse a reference template that is none of theirs', () => {
    const op = storeNamed('1password') as Store;
    assert.ok(isRefusal(referenceFor(op, 'vault:secret/data/x#{name}', 'bot', 'X') as object));
    const azure = referenceFor(storeNamed('azure') as Store, undefined, 'bot', 'X') as object;
    assert.ok(isRefusal(azure) && azure.wayOut.includes('vault.azure.net'));
  });

  it('of Docker hand over a file, which a program that reads a variable does not see: no fix, and the reason', async () => {
    const environment = `services:\n  bot:\n    image: bot\n    environment:\n      KRAKEN_API_SECRET: ${base64(64)}\n`;
    for (const [file, text] of [
      ['compose.yml', environment],
      ['bot.py', `kraken_api_secret = "${base64(64)}"\n`],
    ] as const) {
      const refused = await tryFix({ [file]: text }, file, { store: 'docker' });
      assert.ok(isRefusal(refused), file);
      assert.match(refused.refused, /as a file in \/run\/secrets/);
      assert.match(refused.wayOut, /--to env.*NAME_FILE/);
    }
  });

  it('take the second way when the first fails, and read back what they wrote', async () => {
    const gcp = storeNamed('gcp') as Store;
    const value = base64(48);
    const calls: string[] = [];
    let held = '';
    const run: RunTool = async (call, v) => {
      calls.push(call.args.slice(0, 3).join(' '));
      if (call.args[1] === 'create') {
        return { status: 'failed', message: 'gcloud secrets create failed: it exists.' };
      }
      if (call.args[2] === 'add') {
        held = call.input?.(v, '') ?? '';
        return { status: 'done', output: '' };
      }
      return held ? { status: 'done', output: held } : { status: 'failed', message: 'no version' };
    };
    assert.deepEqual(await storeValue(gcp, spotOf(gcp), value, '.env', run), { kept: 'stored' });
    assert.equal(held, value);
    assert.deepEqual(await storeValue(gcp, spotOf(gcp), value, '.env', run), { kept: 'already' });
    assert.ok(calls.includes('secrets versions add'));
  });

  it('add a field to an item of 1Password without touching the others', () => {
    const op = storeNamed('op') as Store;
    const [edit, create] = op.writes({ variable: 'B', project: 'bot', reference: 'op://Team/bot/live/B' });
    const item = {
      id: 'i',
      title: 'bot',
      fields: [{ id: 'a', label: 'A', value: '1' }],
      sections: [{ id: 's', label: 's' }],
    };
    const now = JSON.parse(edit?.call.file?.('2', JSON.stringify(item)) ?? '{}');
    assert.deepEqual(now.fields[0], item.fields[0]);
    assert.deepEqual(now.fields[1], {
      id: 'B',
      label: 'B',
      type: 'CONCEALED',
      value: '2',
      section: { id: 'live', label: 'live' },
    });
    assert.equal(now.sections.length, 2);
    assert.equal(JSON.parse(create?.call.file?.('2', '') ?? '{}').category, 'API_CREDENTIAL');
  });

  it('leave an item of 1Password alone whose other fields they are not shown', async () => {
    const op = storeNamed('op') as Store;
    const calls: string[] = [];
    const run: RunTool = async (call, v, before) => {
      calls.push(call.args.slice(0, 2).join(' '));
      if (call.args[1] === 'get') {
        return { status: 'done', output: '{"fields":[{"id":"x","label":"A","type":"CONCEALED"}]}' };
      }
      try {
        call.file?.(v, before);
      } catch (error) {
        return { status: 'failed', message: (error as Error).message };
      }
      return { status: 'failed', message: 'no' };
    };
    const kept = await storeValue(op, spotOf(op), 'v', '.env', run);
    assert.ok(isRefusal(kept) && kept.refused.includes('so it is not edited'));
    assert.ok(!calls.includes('item create'));
  });

  it('plan the same for one value in several places, and nothing that is lost', async () => {
    const s = alnum(64);
    const { plan, files } = await fix(
      {
        'a.js': `const a = { binanceApiSecret: '${s}' };\nconst b = { binanceApiSecret: '${s}' };\n`,
        '.env': `OLD_SECRET=${s}\n`,
      },
      'a.js',
      { store: 'doppler', project: 'bot' },
    );
    assert.equal(files['a.js']?.match(/process\.env\.OLD_SECRET/g)?.length, 2);
    assert.equal(files['.env'], '');
    assert.equal(plan.storing?.length, 1);
    assert.equal(plan.storing?.[0]?.spot.variable, 'OLD_SECRET');
    assert.equal(plan.title, 'Move to Doppler as OLD_SECRET');
    assert.equal(plan.followUp[0]?.line, 'doppler run -- node a.js');
    assert.ok(!JSON.stringify({ ...plan, changes: plan.changes.filter((c) => c.purpose !== 'source') }).includes(s));
  });

  it('give a workload a key of its own Secret', async () => {
    const s = alnum(64);
    const { plan } = await fix(
      {
        'k.yml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: live\nstringData:\n  MODE: x\n  BINANCE_API_SECRET: ${s}\n`,
      },
      'k.yml',
      { store: 'kubernetes' },
    );
    assert.deepEqual(plan.storing?.[0]?.spot, {
      variable: 'BINANCE_API_SECRET',
      project: 'live',
      reference: 'k8s-secret://live/BINANCE_API_SECRET',
    });
    const wrong = await tryFix(
      { '.vscode/launch.json': `{"configurations":[{"type":"node","env":{"BINANCE_API_SECRET":"${s}"}}]}` },
      '.vscode/launch.json',
      { store: '1password' },
    );
    assert.ok(isRefusal(wrong) && wrong.refused.includes('as it stands'));
  });

  it('are known to be in use by what their tools leave in a project', async () => {
    const marks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      doppler: { 'doppler.yaml': 'setup:\n' },
      '1password': { '.env': 'A=op://Private/bot/A\n' },
      vault: { Makefile: 'run:\n\tA=$$(vault kv get -field=A secret/bot) ./bot\n' },
      dotenvx: { '.env': 'A="encrypted:BAAA"\n' },
    };
    for (const [id, files] of Object.entries(marks)) {
      const facts = await readProjectFacts(new MemoryFiles({ 'a.js': '', ...files }), 'a.js');
      assert.deepEqual(
        storesInUse(facts).map((s) => s.id),
        [id],
      );
    }
    assert.deepEqual(storesInUse(await readProjectFacts(new MemoryFiles({ '.env': 'A=1\n' }), 'a.js')), []);
  });
});
