import assert from 'node:assert/strict';
import { keyNamed, keysOnDay } from '../../src/checklist/key-calendar';
import { withKey, withOwner, withRetirement, withRotation } from '../../src/policy/inventory-edits';
import type { KeyRecord, Policy } from '../../src/policy/policy';

const record = (id: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
  id,
  provider: 'binance',
  kind: 'api-key-pair',
  class: 'trading',
  environment: 'live',
  owner: 'ann',
  purpose: 'orders',
  status: 'active',
  createdAt: '2026-01-01',
  storage: { store: 'env-file' },
  references: [{ name: `${id.toUpperCase()}_API_KEY` }],
  ...more,
});
const policy = (keys: readonly KeyRecord[]): Policy =>
  ({ version: 1, rotation: { defaultMaxAgeDays: 90, warnBeforeDays: 10 }, inventory: { keys } }) as Policy;

describe('the inventory on a day', () => {
  it('puts what is due first, and says soon, overdue, expired and retired', () => {
    const keys = keysOnDay(
      policy([
        record('fine'),
        record('soon', { rotatedAt: '2025-12-10' }),
        record('overdue', { createdAt: '2025-11-01' }),
        record('expired', { expiresAt: '2026-02-01' }),
        record('old', { status: 'deactivated', createdAt: '2020-01-01' }),
      ]),
      '2026-03-01',
    );
    assert.deepEqual(
      keys.map((k) => [k.record.id, k.urgency]),
      [
        ['old', 'retired'],
        ['overdue', 'overdue'],
        ['expired', 'expired'],
        ['soon', 'soon'],
        ['fine', 'fine'],
      ],
    );
    assert.equal(keys.find((k) => k.record.id === 'soon')?.due, '2026-03-10');
  });

  it('finds a key by the variable that the code reads', () => {
    assert.equal(keyNamed(policy([record('a'), record('b')]), 'B_API_KEY', '2026-03-01')?.record.id, 'b');
    assert.equal(keyNamed(policy([record('a')]), 'C_API_KEY', '2026-03-01'), undefined);
  });
});

describe('changes of the inventory', () => {
  const text = `{
  // ours
  "version": 1,
  "inventory": {
    "keys": [
      { "id": "a", "status": "active", "owner": "ann" }, // the live one
    ],
  },
}
`;

  it('keep comments, and touch one key only', () => {
    const rotated = withRotation(text, 'a', '2026-03-01');
    assert.match(rotated, /"rotatedAt": "2026-03-01"/);
    assert.match(rotated, /\/\/ ours/);
    assert.match(rotated, /\/\/ the live one/);
    const retired = withRetirement(rotated, 'a', '2026-03-02', 'ann');
    assert.match(retired, /"status": "deactivated"/);
    assert.match(retired, /"deactivatedAt": "2026-03-02"/);
    assert.match(retired, /"to": "deactivated"/);
    assert.match(withOwner(text, 'a', 'bob'), /"owner": "bob"/);
    assert.match(withKey(text, record('b')), /"id": "b"[\s\S]*"purpose": "orders"/);
  });

  it('refuse a key that the file does not list', () => {
    assert.throws(() => withRotation(text, 'z', '2026-03-01'), /lists no key "z"/);
  });
});
