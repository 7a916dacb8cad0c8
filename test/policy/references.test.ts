import assert from 'node:assert/strict';
import { definitions } from '../../src/checklist/definitions';
import schema from '../../src/policy/keyward.policy.schema.json';
import { checkPolicyText, loadPolicy } from '../../src/policy/load';
import { MemoryFiles } from '../../src/project/memory-files';
import { type Perfect, perfect } from '../checklist/perfect';

const told = async (change: (p: Perfect) => void) => {
  const { state, problems } = await loadPolicy(new MemoryFiles(perfect(change)));
  return { state, codes: problems.map((p) => p.code), problems };
};
const key = (change: (key: Perfect['policy']) => void) => (p: Perfect) => change(p.policy.inventory.keys[0]);

describe('what a policy refers to', () => {
  const cases: readonly (readonly [code: string, why: string, change: (p: Perfect) => void])[] = [
    ['KWP-201', 'an owner that is not defined', key((k) => (k.owner = 'eve'))],
    ['KWP-202', 'an environment that is not defined', key((k) => (k.environment = 'live'))],
    ['KWP-204', 'an end before the beginning', key((k) => (k.expiresAt = '2026-01-01'))],
    ['KWP-205', 'a change that is not permitted', key((k) => (k.history[0].to = 'deactivated'))],
    ['KWP-206', 'a runbook that does not exist', (p) => (p.policy.rotation.onDemand.runbook = 'docs/none.md')],
    ['KWP-206', 'a procedure that does not exist', key((k) => (k.revocation.procedure = 'docs/none.md#x'))],
    ['KWP-211', 'a statement by nobody', (p) => (p.policy.attestations[0].by = 'eve')],
    ['KWP-212', 'a successor that is not there', key((k) => (k.replacedBy = 'kraken-prod-2'))],
    ['KWP-212', 'an incident that is not there', key((k) => (k.incident = 'I-9'))],
  ];
  for (const [code, why, change] of cases) {
    it(`${code}: ${why}, and the policy stays valid`, async () => {
      const { state, codes, problems } = await told(change);
      assert.deepEqual(codes, [code]);
      assert.equal(state, 'ok');
      assert.ok((problems[0]?.line ?? 0) > 1, 'it has its place');
    });
  }

  it('KWP-203: an id that is used twice spoils the policy, in another file too', async () => {
    const twice = (p: Perfect) => {
      p.files['keys/more.jsonc'] = JSON.stringify(p.policy.inventory.keys);
      p.policy.inventory.files = ['keys/more.jsonc'];
    };
    const { state, codes, problems } = await told(twice);
    assert.deepEqual([state, codes, problems[0]?.file], ['policy-invalid', ['KWP-203'], 'keys/more.jsonc']);
  });

  it('holds inventory files to the same form', async () => {
    const { state, problems } = await told((p) => {
      p.files['keys/more.jsonc'] = '[\n  { "id": "two", "apiSecret": 1 }\n]\n';
      p.policy.inventory.files = ['keys/more.jsonc'];
    });
    assert.equal(state, 'policy-invalid');
    assert.ok(problems.some((p) => p.file === 'keys/more.jsonc' && p.code === 'KWP-108' && p.line === 2));
    assert.equal((await told((p) => (p.policy.inventory.files = ['keys/none.jsonc']))).state, 'policy-invalid');
  });

  it('KWP-210: a check that does not exist spoils the policy', async () => {
    const suppressed = await told((p) => {
      p.policy.suppressions = [
        {
          check: 'KW-GEN-99',
          match: { path: 'a' },
          kind: 'false-positive',
          reason: 'a reason that is long enough',
          approvedBy: 'bob',
          createdAt: '2026-11-01',
          expiresAt: '2026-12-31',
        },
      ];
    });
    assert.deepEqual([suppressed.state, suppressed.codes], ['policy-invalid', ['KWP-210']]);
    const overridden = await told((p) => (p.policy.profile.severityOverrides = { 'KW-GEN-O1': 'low' }));
    assert.deepEqual([overridden.state, overridden.codes], ['policy-invalid', ['KWP-210']]);
    assert.match(overridden.problems[0]?.message ?? '', /did you mean "KW-GEN-01"/);
    assert.equal((await told((p) => (p.policy.profile.severityOverrides = { 'KW-GEN-01': 'low' }))).state, 'ok');
  });

  it('is told for a text that is being typed, before any file holds it', async () => {
    const path = 'keyward.policy.jsonc';
    const { problems } = await loadPolicy(new MemoryFiles({}), { path, text: '{ "version": 3 }' });
    assert.ok(problems.length > 0);
    assert.ok(problems.every((p) => p.file === path && !/does not exist/.test(p.message)));
  });

  it('knows every check by its id', () => {
    assert.deepEqual(
      schema.definitions.checkId.enum,
      definitions.map((d) => d.id),
    );
  });

  it('never throws, whatever stands there', () => {
    for (const part of [
      '"x"',
      '[null]',
      '{ "keys": [null, 1, { "history": [null] }] }',
      '{ "keys": "x", "files": 1 }',
    ]) {
      for (const name of [
        'inventory',
        'owners',
        'environments',
        'suppressions',
        'attestations',
        'rotation',
        'incident',
      ]) {
        assert.doesNotThrow(() => checkPolicyText('p.jsonc', `{ "version": 1, "${name}": ${part} }`));
      }
    }
  });
});
