import assert from 'node:assert/strict';
import { isStandIn } from '../../src/scan/placeholders';
import { scanText } from '../../src/scan/scan';
import { alnum, hex, uuid } from './specimens';

/** Names of credentials, what people write instead of the value, and a value that must be found under the same name. */
const habits: readonly (readonly [name: string, real: () => string, standIns: readonly string[]])[] = [
  [
    'BINANCE_API_SECRET',
    () => alnum(64),
    [
      'x'.repeat(64),
      '<your-secret-key-here>',
      'changeme',
      'REPLACE_ME',
      '[REDACTED]',
      '***REDACTED***',
      'TODO: fill in',
      'NOT_SET',
      'n/a',
      'binanceSecret',
      `${'foobar'.repeat(10)}foo1`,
      `${'secret'.repeat(10)}1234`,
      'THIS_IS_NOT_A_REAL_SECRET_KEY_FOR_BINANCE_USE_YOUR_OWN_SECRET_64',
      'qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm123456789012',
      'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab',
      '{{ binance_secret }}',
      '${BINANCE_SECRET}',
      '%BINANCE_SECRET%',
      'process.env.BINANCE_SECRET',
      'vault:secret/data/binance#secret',
      '/run/secrets/binance.key',
    ],
  ],
  [
    'PRIVATE_KEY',
    () => `0x${hex(64)}`,
    [
      `0x${'0'.repeat(64)}`,
      `0x${'1'.repeat(64)}`,
      `0x${'0123456789abcdef'.repeat(4)}`,
      `0x${'a1b2c3d4e5f6'.repeat(5)}a1b2`,
      'deadbeef'.repeat(8),
      '0xYOUR_PRIVATE_KEY',
      '0x...',
    ],
  ],
  [
    'CMC_PRO_API_KEY',
    uuid,
    [
      '00000000-0000-0000-0000-000000000000',
      '12345678-1234-1234-1234-123456789abc',
      '123e4567-e89b-12d3-a456-426614174000',
      '550e8400-e29b-41d4-a716-446655440000',
      '3fa85f64-5717-4562-b3fc-2c963f66afa6',
      '11111111-2222-3333-4444-555555555555',
      'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    ],
  ],
  [
    'ETHERSCAN_API_KEY',
    () => `${hex(33).toUpperCase()}7`,
    ['YourApiKeyToken', 'MY_ETHERSCAN_API_KEY_GOES_HERE_0001', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ12345678'],
  ],
  [
    'COINGECKO_API_KEY',
    () => `CG-${alnum(24)}`,
    [`CG-${'x'.repeat(24)}`, 'CG-YOUR_API_KEY_HERE_123456', 'CG-abcdefghijklmnopqrstuvwx'],
  ],
];

const WRITTEN: Readonly<Record<string, (name: string, value: string) => string>> = {
  '.env': (name, value) => `${name}=${value}\n`,
  'a.ts': (name, value) => `const ${name} = "${value}";\n`,
  'b.yaml': (name, value) => `${name}: "${value}"\n`,
};

const alarms = (file: string, text: string) =>
  scanText(text, { fileName: file }).findings.filter((f) => f.state === 'secret');

describe('what people write instead of a secret', () => {
  for (const [name, real, standIns] of habits) {
    it(`is no alarm as ${name}, but a real value is`, () => {
      for (const [file, write] of Object.entries(WRITTEN)) {
        for (const value of standIns) {
          assert.equal(alarms(file, write(name, value)).length, 0, `${value} in ${file}`);
        }
        assert.equal(alarms(file, write(name, real())).length, 1, `a real value in ${file}`);
      }
    });
  }
});

describe('a word that chance spells', () => {
  it('in a long hexadecimal value does not make it a stand-in', () => {
    const spelled = `${hex(30)}7add4${hex(29)}`;
    assert.equal(isStandIn(spelled), false, 'hexadecimal digits that spell a word');
    assert.equal(isStandIn(`0x${'deadbeef'.repeat(8)}`), true, 'a repeated block stays a stand-in');
  });
});
