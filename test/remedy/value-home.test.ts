import assert from 'node:assert/strict';
import { MemoryFiles } from '../../src/project/memory-files';
import type { RunTool } from '../../src/project/tools';
import { applyPlan } from '../../src/remedy/apply-plan';
import { isRefusal } from '../../src/remedy/idiom';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { storeNamed, stores } from '../../src/remedy/stores/all';
import type { Store } from '../../src/remedy/stores/store';
import { heldValue, storeValue } from '../../src/remedy/stores/store-value';
import { type HomeWishes, planValueWrite, type ValueHome, valueHome } from '../../src/remedy/value-home';
import { alnum } from '../scan/specimens';

const NAME = 'KRAKEN_API_SECRET';

async function home(files: Readonly<Record<string, string>>, wishes: HomeWishes): Promise<ValueHome> {
  const facts = await readProjectFacts(new MemoryFiles(files), 'a.js');
  const found = valueHome(facts, Object.keys(files), '.env', NAME, wishes);
  assert.ok(!isRefusal(found), isRefusal(found) ? found.refused : '');
  return found;
}

async function written(files: Readonly<Record<string, string>>, wishes: HomeWishes, value: string, replace: boolean) {
  const facts = await readProjectFacts(new MemoryFiles(files), 'a.js');
  const plan = planValueWrite(facts, await home(files, wishes), NAME, value, replace);
  assert.ok(!isRefusal(plan), isRefusal(plan) ? plan.refused : '');
  return { plan, texts: applyPlan(plan.changes, (f) => files[f]) };
}

const pack = { 'package.json': '{"name":"bot"}' };

describe('the home of a value', () => {
  it('is the store that the env file refers to, whatever is chosen for new values', async () => {
    const files = { ...pack, '.env': `${NAME}=op://Trading/kraken/secret\n` };
    const found = await home(files, { store: 'vault' });
    assert.equal(found.kept?.store.id, '1password');
    assert.equal(found.kept?.spot.reference, 'op://Trading/kraken/secret');
    const { plan, texts } = await written(files, {}, alnum(56), true);
    assert.equal(plan.storing?.length, 1);
    assert.equal(texts.size, 0, 'the reference stays');
  });

  it('is the env file where that holds the value, and the chosen store where nothing does', async () => {
    const old = alnum(56);
    assert.equal((await home({ ...pack, '.env': `${NAME}=${old}\n` }, { store: 'vault' })).value, old);
    assert.equal((await home(pack, { store: 'vault' })).kept?.spot.reference, `vault:secret/data/bot#${NAME}`);
    assert.equal((await home(pack, {})).kept, undefined);
    assert.equal((await home(pack, { store: 'github' })).kept, undefined, 'a program reads no secrets of workflows');
  });

  it('is none that can be written where the reference is unknown', async () => {
    const facts = await readProjectFacts(new MemoryFiles({ '.env': `${NAME}=\${OTHER}\n` }), 'a.js');
    assert.ok(isRefusal(valueHome(facts, ['.env'], '.env', NAME, {})));
  });

  it('gets a new value with its reference in the env file where the runner resolves it, and no value', async () => {
    for (const { id, form, inEnvFile, encrypts, serves } of stores) {
      const value = alnum(56);
      const template = form?.example ?? '{name}';
      const { plan, texts } = await written(pack, { store: id, referenceTemplate: template }, value, false);
      const env = texts.get('.env') ?? '';
      if (serves || encrypts) {
        assert.match(env, new RegExp(`^${NAME}=`), id);
        continue;
      }
      assert.equal(plan.storing?.[0]?.store, id);
      assert.ok(![...texts.values()].some((t) => t.includes(value)), id);
      assert.equal(env, inEnvFile ? `${NAME}=${plan.storing?.[0]?.spot.reference}\n` : '', id);
      assert.equal(texts.get('.env.example'), `${NAME}=\n`, id);
    }
  });

  it('is encrypted again by dotenvx', async () => {
    const files = { ...pack, '.env': `A=1\n${NAME}="encrypted:BAAA"\n` };
    const value = alnum(56);
    const { plan, texts } = await written(files, {}, value, true);
    assert.equal(texts.get('.env'), `A=1\n${NAME}=${value}\n`);
    assert.equal(plan.storing?.[0]?.store, 'dotenvx');
  });
});

describe('stores, when a key is rotated', () => {
  for (const store of stores.filter(
    (s) => !s.encrypts && s.writes({ variable: 'X', project: 'p', reference: 'X' }).length > 0,
  )) {
    it(`${store.id}: the next value goes the same way as the first, and is shown with the value left out`, async () => {
      const reference = (store.template ?? store.form?.example ?? '')
        .replaceAll('{name}', NAME)
        .replaceAll('{project}', 'bot');
      const spot = { variable: NAME, project: 'bot', reference };
      const again = store.replaces?.(spot);
      for (const { call } of again?.writes ?? []) {
        const value = alnum(56);
        assert.ok((call.input?.(value, '') ?? call.file?.(value, '') ?? '').includes(value));
        assert.ok(!call.args.join(' ').includes(value));
      }
      assert.match(again?.shown ?? store.shown(spot, '.env'), /^[a-z]+ /);
    });
  }

  it('replace a value only when asked, and read the new one back', async () => {
    const ssm = storeNamed('aws-ssm') as Store;
    const spot = { variable: NAME, project: 'bot', reference: `aws-ssm://bot/${NAME}` };
    const [old, next] = [alnum(56), alnum(56)];
    let held = old;
    const run: RunTool = async (call, value) => {
      if (call.args[1] === 'get-parameter') {
        return { status: 'done', output: `${held}\n` };
      }
      if (!call.args.includes('--overwrite')) {
        return { status: 'failed', message: 'ParameterAlreadyExists' };
      }
      held = call.file?.(value, '') ?? '';
      return { status: 'done', output: '' };
    };
    assert.equal(await heldValue(ssm, spot, '.env', run), old);
    assert.ok(isRefusal(await storeValue(ssm, spot, next, '.env', run)));
    assert.equal(held, old);
    assert.deepEqual(await storeValue(ssm, spot, next, '.env', run, true), { kept: 'stored' });
    assert.equal(held, next);
  });
});
