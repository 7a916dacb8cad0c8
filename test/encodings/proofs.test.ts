import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import bs58 from 'bs58';
import fc from 'fast-check';
import { credentialTypes } from '../../src/catalog/all';
import { proofIds, prove } from '../../src/encodings/proof';
import { scanText } from '../../src/scan/scan';
import { bare, blocks, ed25519Pair, jwks } from './keys';

const byId = new Map(credentialTypes.map((t) => [t.id, t]));

function found(text: string, fileName = 'settings.ts') {
  return scanText(text, { fileName }).findings;
}

/** The value in a line of an env file, a member of JSON and an assignment of a program. */
function lines(rule: string, value: string): readonly (readonly [fileName: string, text: string])[] {
  const { env } = byId.get(rule) as { env: string };
  return [
    ['.env', `${env}=${value}\n`],
    ['config.json', `{ "wallet": { "${env.toLowerCase()}": ${JSON.stringify(value)} } }\n`],
    ['src/bot.py', `${env.toLowerCase()} = '${value.replace(/\n/g, '\\n')}'\n`],
  ];
}

/** The value with another character at one place, of those that it is made of. */
function corrupted(value: string, at: number): string {
  const others = [...new Set(value)].filter((c) => c !== value[at] && /[A-Za-z0-9]/.test(c));
  return value.slice(0, at) + others[randomInt(others.length)] + value.slice(at + 1);
}

/** Places of letters and digits after the prefix that the shape asks for. */
function places(value: string, from: number, most: number): number[] {
  const all = [...value].flatMap((c, i) => (i >= from && /[A-Za-z0-9]/.test(c) ? [i] : []));
  return all.length <= most ? all : Array.from({ length: most }, () => all[randomInt(all.length)] as number);
}

describe('secrets with a checksum', () => {
  for (const { rule, make, exact } of bare) {
    it(`${rule}: found once, in its place; with one character changed it is no such secret`, () => {
      const value = make();
      for (const [fileName, text] of lines(rule, value)) {
        assert.deepEqual(
          found(text, fileName).map((f) => [f.ruleId, f.confidence, text.slice(f.start, f.end) === value]),
          [[rule, 'certain', true]],
          fileName,
        );
      }
      const type = byId.get(rule);
      for (const at of exact ? places(value, type?.shape.prefix?.length ?? 0, 120) : []) {
        const wrong = corrupted(value, at);
        assert.equal(prove(type?.shape.proof as string, wrong)?.ok, false, `character ${at}`);
      }
      for (const at of exact ? places(value, 0, 6) : []) {
        const wrong = corrupted(value, at);
        for (const [fileName, text] of lines(rule, wrong)) {
          assert.deepEqual(
            found(text, fileName).filter((f) => f.ruleId === rule),
            [],
            `${fileName}, character ${at}`,
          );
        }
      }
    });
  }

  it('any secret, any place: a changed character clears it', () => {
    const kinds = bare.filter((s) => s.exact);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.nat(), fc.nat(), ({ rule, make }, place, choice) => {
        const value = make();
        const at = place % value.length;
        const others = [...new Set(value)].filter((c) => c !== value[at]);
        const wrong = value.slice(0, at) + others[choice % others.length] + value.slice(at + 1);
        const type = byId.get(rule);
        assert.ok(prove(type?.shape.proof as string, value)?.ok);
        assert.ok(
          !new RegExp(`^(?:${type?.shape.pattern})$`).test(wrong) || !prove(type?.shape.proof as string, wrong)?.ok,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('no proof throws, whatever it is given', () => {
    const inputs = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.base64String({ maxLength: 200 }),
      fc.json(),
      fc.uint8Array({ maxLength: 100 }).map((b) => Buffer.from(b).toString('hex')),
      fc.uint8Array({ maxLength: 100 }).map((b) => bs58.encode(b)),
    );
    fc.assert(
      fc.property(inputs, (value) => {
        for (const id of proofIds) {
          prove(id, value);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('private keys in blocks', () => {
  for (const { rule, make, exact, encrypted } of blocks) {
    const sample = make();
    const label = /BEGIN ([^-]+)/.exec(sample)?.[1];
    it(`${label}, ${sample.length} characters: found; cut off or corrupted it is none`, () => {
      const oneLine = `KEY="${sample.replace(/\n/g, '\\n')}"\n`;
      for (const text of [`${sample}\n`, oneLine, JSON.stringify({ key: `${sample}\n` })]) {
        const findings = found(text, text === oneLine ? '.env' : 'id.txt');
        assert.deepEqual(
          findings.map((f) => [f.ruleId, f.state]),
          [[rule, encrypted ? 'encrypted' : 'secret']],
        );
      }
      const body = sample.split('\n').slice(1, -1);
      const half = [sample.split('\n')[0], ...body.slice(0, Math.floor(body.length / 2)), sample.split('\n').at(-1)];
      // OpenSSL's old encryption leaves nothing by which a cut could be told.
      assert.deepEqual(sample.includes('Proc-Type') ? [] : found(half.join('\n'), 'id.txt'), [], 'cut off');
      const from = (sample.split('\n')[0] as string).length + 1;
      const to = sample.lastIndexOf('\n');
      for (let k = 0; exact && k < 30; k++) {
        const at = from + randomInt(to - from - 3);
        if (/[A-Za-z0-9+/]/.test(sample[at] as string)) {
          const wrong = corrupted(sample, at);
          assert.deepEqual(found(wrong, 'id.txt'), [], `character ${at}`);
        }
      }
    });
  }

  it('JSON Web Keys: the private member is found, a changed one is not, and a public key never', () => {
    for (const value of jwks()) {
      const text = `const key = ${value};\n`;
      const [f, ...more] = found(text);
      assert.ok(f && more.length === 0);
      assert.equal(text.slice(f.start, f.end), (JSON.parse(value) as { d: string }).d);
      const at = value.indexOf('"d":"') + 5 + 10;
      assert.deepEqual(found(`const key = ${corrupted(value, at)};\n`), []);
      const { d: _, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = JSON.parse(value) as Record<string, string>;
      assert.deepEqual(found(`const key = ${JSON.stringify(open)};\n`), []);
    }
  });
});

describe('key files', () => {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  const crypto = () => ({
    cipher: 'aes-128-ctr',
    cipherparams: { iv: hex(16) },
    ciphertext: hex(32),
    kdf: 'scrypt',
    kdfparams: { dklen: 32, n: 262144, p: 1, r: 8, salt: hex(32) },
    mac: hex(32),
  });
  const bls = () => ({
    crypto: {
      kdf: { function: 'scrypt', params: { dklen: 32, n: 262144, p: 1, r: 8, salt: hex(32) }, message: '' },
      checksum: { function: 'sha256', params: {}, message: hex(32) },
      cipher: { function: 'aes-128-ctr', params: { iv: hex(16) }, message: hex(32) },
    },
    pubkey: hex(48),
    path: 'm/12381/3600/0/0/0',
    version: 4,
  });
  const polkadot = (type: readonly string[]) => ({
    encoded: randomBytes(184).toString('base64'),
    encoding: { content: ['pkcs8', 'sr25519'], type, version: '3' },
    address: '5',
  });
  const skey = () => ({ type: 'PaymentSigningKeyShelley_ed25519', description: '', cborHex: `5820${hex(32)}` });
  const rules = (file: unknown) => found(JSON.stringify(file, null, 2), 'UTC--x.json').map((f) => [f.ruleId, f.state]);

  it('keystores are encrypted: Ethereum, validators, Polkadot; an export without a password is not', () => {
    assert.deepEqual(rules({ version: 3, crypto: crypto() }), [['ethereum-keystore-v3', 'encrypted']]);
    assert.deepEqual(rules({ version: 3, crypto: { ...crypto(), mac: hex(20) } }), []);
    assert.deepEqual(rules(bls()), [['eip2335-bls-keystore', 'encrypted']]);
    assert.deepEqual(rules({ pubkey: hex(48), withdrawal_credentials: hex(32) }), []);
    assert.deepEqual(rules(polkadot(['scrypt', 'xsalsa20-poly1305'])), [['substrate-json-keystore', 'encrypted']]);
    assert.deepEqual(rules(polkadot(['none'])), [['substrate-json-keystore', 'secret']]);
  });

  it('are read as literals of a program and as JSON in a string too', () => {
    const keystore = { version: 3, crypto: crypto() };
    const literal = JSON.stringify(keystore, null, 2)
      .replace(/"(\w+)":/g, '$1:')
      .replace(/"/g, "'");
    for (const text of [`const keystore = ${literal};`, JSON.stringify({ file: JSON.stringify(keystore) })]) {
      assert.deepEqual(
        found(text).map((f) => [f.ruleId, f.state]),
        [['ethereum-keystore-v3', 'encrypted']],
      );
    }
    const jwk = jwks()[0] as string;
    assert.deepEqual(
      found(`const key = ${jwk.replace(/"(\w+)":/g, '$1: ').replace(/"/g, "'")};`).map((f) => f.ruleId),
      ['jwk-private-key'],
    );
  });

  it('signing keys of cardano-cli, keypairs of Solana, validators of CometBFT', () => {
    assert.deepEqual(rules(skey()), [['cardano-cli-skey-json', 'secret']]);
    assert.deepEqual(rules({ ...skey(), type: 'PaymentVerificationKeyShelley_ed25519' }), []);
    const { pair } = ed25519Pair();
    assert.deepEqual(rules([...pair]), [['solana-keypair-json', 'secret']]);
    assert.deepEqual(rules([...randomBytes(64)]), []);
    const validator = { priv_key: { type: 'tendermint/PrivKeyEd25519', value: pair.toString('base64') } };
    assert.deepEqual(rules(validator), [['tendermint-priv-validator-key', 'secret']]);
  });
});

describe('look-alikes', () => {
  const { seed, pair } = ed25519Pair();
  const cases: readonly (readonly [what: string, text: string])[] = [
    ['a signature of Solana', `const signature = '${bs58.encode(randomBytes(64))}';`],
    ['a signature behind a key-like name', `const solanaPrivateKey = '${bs58.encode(randomBytes(64))}';`],
    ['an address of Solana', `const wallet = '${bs58.encode(pair.subarray(32))}';`],
    ['64 bytes in base64', `const signature = '${randomBytes(64).toString('base64')}';`],
    ['a digest', `const sha256 = '${seed.toString('hex')}';`],
    ['a transaction', `const txHash = '0x${randomBytes(32).toString('hex')}';`],
    ['a compressed public key', `const publicKey = '02${randomBytes(32).toString('hex')}';`],
    ['a JSON array of 64 numbers', `const table = [${[...randomBytes(64)].join(', ')}];`],
    [
      'a public PEM',
      String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' })),
    ],
  ];
  for (const [what, text] of cases) {
    it(`${what} is no secret`, () => {
      assert.deepEqual(
        found(text).map((f) => f.ruleId),
        [],
      );
    });
  }
});
