import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AuditEntry, appendix, auditEvents } from '../../src/policy/audit-log';
import { checkAuditLog } from '../../src/policy/audit-log-check';
import { alnum, hex } from '../scan/specimens';

const entry = fc.record({
  at: fc.constant('2026-11-24T10:00:00.000Z'),
  by: fc.constantFrom('ada', 'bob', 'eve'),
  event: fc.constantFrom(...auditEvents.filter((e) => e !== 'repair')),
  about: fc.record({ key: fc.constantFrom('kraken-prod', 'kraken-dev'), run: fc.nat(9) }),
  note: fc.constantFrom('left the team', 'a quarter is over', 'ünïcode “quoted”'),
});
const log = (entries: readonly AuditEntry[]) => entries.reduce((text, e) => text + appendix(text, e), '');
const kinds = (text: string) => checkAuditLog(text).problems.map((p) => `${p.line} ${p.kind}`);
const linesOf = (text: string) => text.split('\n').slice(0, -1);
const joined = (lines: readonly string[]) => lines.map((l) => `${l}\n`).join('');
const runs = { numRuns: 40 };

describe('the audit log', () => {
  it('is whole as it was written, and gives the last entry of each person', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        const { problems, heads, entries: n } = checkAuditLog(log(entries));
        assert.deepEqual(problems, []);
        assert.equal(n, entries.length);
        assert.equal(heads.length, new Set(entries.map((e) => e.by)).size);
      }),
      runs,
    );
  });

  it('bears any way in which git joins the lines of two people', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 2, maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        (entries, coin) => {
          const lines = linesOf(log(entries));
          const own = lines.filter((l) => l.includes('"by":"ada"'));
          const others = lines.filter((l) => !l.includes('"by":"ada"'));
          const mixed: string[] = [];
          while (own.length + others.length > 0) {
            const from = own.length === 0 || (others.length > 0 && coin.next().value) ? others : own;
            mixed.push(from.shift() as string);
          }
          assert.deepEqual(kinds(joined(mixed)), []);
        },
      ),
      runs,
    );
  });

  it('names a line in which any character was changed', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (entries, l, c) => {
        const lines = linesOf(log(entries));
        const at = l % lines.length;
        const line = lines[at] as string;
        const i = c % line.length;
        const changed = `${line.slice(0, i)}${line[i] === 'x' ? 'y' : 'x'}${line.slice(i + 1)}`;
        const { problems } = checkAuditLog(
          joined(lines.with?.(at, changed) ?? lines.map((x, n) => (n === at ? changed : x))),
        );
        assert.ok(problems.length > 0, changed);
        assert.ok(
          problems.some((p) => p.line === at + 1 || p.kind === 'dropped'),
          JSON.stringify(problems),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('says that an entry is gone, whichever but the last', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 8 }), fc.nat(), (entries, n) => {
        const same = entries.map((e) => ({ ...e, by: 'ada' }));
        const lines = linesOf(log(same));
        const gone = n % (lines.length - 1);
        const { problems } = checkAuditLog(joined(lines.filter((_, i) => i !== gone)));
        assert.deepEqual(
          problems.map((p) => [p.line, p.kind]),
          [[gone + 1, 'dropped']],
        );
        assert.match(problems[0]?.message ?? '', new RegExp(`entry ${gone + 1} of ada`));
      }),
      runs,
    );
  });

  it('says that the end was cut off when the last hash was noted', () => {
    const text = log([
      { at: '2026-11-24T10:00:00Z', by: 'ada', event: 'issue' },
      { at: '2026-11-24T11:00:00Z', by: 'ada', event: 'rotate' },
    ]);
    const { heads } = checkAuditLog(text);
    const cut = joined(linesOf(text).slice(0, 1));
    assert.deepEqual(checkAuditLog(cut).problems, []);
    assert.deepEqual(
      checkAuditLog(cut, heads).problems.map((p) => p.kind),
      ['dropped'],
    );
    assert.deepEqual(
      checkAuditLog(text + appendix(text, { at: '2026-11-25T10:00:00Z', by: 'ada', event: 'revoke' }), heads).problems,
      [],
    );
  });

  it('says that two entries of a person changed places', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 8 }), fc.nat(), (entries, n) => {
        const lines = linesOf(log(entries.map((e) => ({ ...e, by: 'ada' }))));
        const at = n % (lines.length - 1);
        const swapped = lines.map((l, i) => (i === at ? lines[at + 1] : i === at + 1 ? lines[at] : l) as string);
        assert.deepEqual(kinds(joined(swapped)), [`${at + 2} reordered`]);
      }),
      runs,
    );
  });

  it('finds an entry that was rewritten with a hash of its own', () => {
    const first = log([{ at: '2026-11-24T10:00:00Z', by: 'ada', event: 'issue', note: 'one' }]);
    const second = appendix(first, { at: '2026-11-24T11:00:00Z', by: 'ada', event: 'rotate' });
    const forged = log([{ at: '2026-11-24T10:00:00Z', by: 'ada', event: 'issue', note: 'two' }]);
    assert.deepEqual(kinds(forged + second), ['1 changed']);
  });

  it('loses nothing when the last line was torn anywhere, and goes on', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), entry, fc.nat(), (entries, next, n) => {
        const text = log(entries);
        const start = text.lastIndexOf('\n', text.length - 2) + 1;
        const torn = text.slice(0, start + 1 + (n % (text.length - start - 1)));
        const isWhole = torn.length === text.length - 1;
        assert.deepEqual(
          checkAuditLog(torn).problems.map((p) => p.kind),
          isWhole ? [] : ['torn'],
        );
        const repaired = torn + appendix(torn, next);
        assert.deepEqual(checkAuditLog(repaired).problems, []);
        assert.ok(repaired.startsWith(torn), 'every byte is still there');
      }),
      runs,
    );
  });

  it('takes no secret', () => {
    const put = (more: Partial<AuditEntry>) =>
      appendix('', { at: '2026-11-24T10:00:00Z', by: 'ada', event: 'issue', ...more });
    assert.throws(() => put({ about: { binance_api_secret: alnum(64) } }));
    assert.throws(() => put({ note: `COINGECKO_API_KEY="CG-${alnum(24)}"` }));
    assert.doesNotThrow(() => put({ about: { key: 'binance-prod', fingerprint: hex(16) }, note: 'a quarter is over' }));
  });
});
