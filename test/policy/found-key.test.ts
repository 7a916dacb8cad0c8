import assert from 'node:assert/strict';
import { foundKey } from '../../src/policy/found-key';
import type { Policy } from '../../src/policy/policy';

const policy = {
  version: 1,
  environments: [{ id: 'live', kind: 'production' }],
  owners: [{ id: 'ann', kind: 'person' }],
  inventory: { keys: [{ id: 'kraken', fingerprint: { alg: 'hmac-sha256', pepperId: 'p1', value: '0'.repeat(32) } }] },
} as unknown as Policy;

describe('a key that was found', () => {
  it('is compromised since its commit when a remote branch holds it', () => {
    const history = { day: '2026-01-02', pushed: true };
    const record = foundKey(
      policy,
      { variable: 'KRAKEN_API_SECRET', system: 'kraken', file: 'bot.ts', fingerprint: 'a'.repeat(32), history },
      '2026-03-01',
    );
    assert.equal(record.id, 'kraken-2');
    assert.equal(record.environment, 'live');
    assert.equal(record.owner, 'ann');
    assert.equal(record.status, 'compromised');
    assert.equal(record.compromisedAt, '2026-01-02');
    assert.equal(record.createdAt, '2026-01-02');
    assert.equal(record.fingerprint?.pepperId, 'p1');
    assert.match(record.purpose, /bot\.ts on 2026-03-01/);
  });

  it('is active, from today, when git knows nothing of it', () => {
    const record = foundKey(undefined, { variable: 'INFURA_KEY', system: 'infura', file: 'a.ts' }, '2026-03-01');
    assert.equal(record.status, 'active');
    assert.equal(record.createdAt, '2026-03-01');
    assert.equal(record.compromisedAt, undefined);
    assert.equal(record.fingerprint, undefined);
  });
});
