import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { scanText } from '../../src/scan/scan';

const list = () => [...randomBytes(32)].map((b) => `0x${b.toString(16).padStart(2, '0')}`).join(', ');

/** Declarations of 32 bytes, `§` for the bytes. */
const forms: Readonly<Record<string, (name: string) => string>> = {
  'a.ts': (n) => `const ${n} = new Uint8Array([§]);\n`,
  'b.ts': (n) => `export const keys = { ${n}: Buffer.from([§]) };\n`,
  'a.py': (n) => `${n} = bytes([§])\n`,
  'a.rs': (n) => `let ${n}: [u8; 32] = [§];\n`,
  'b.rs': (n) => `let ${n} = vec![§];\n`,
  'a.go': (n) => `${n} := []byte{§}\n`,
  'b.go': (n) => `var ${n} = [32]byte{§}\n`,
  'a.c': (n) => `uint8_t ${n}[32] = {§};\n`,
  'A.java': (n) => `byte[] ${n} = new byte[]{§};\n`,
};

describe('a key written as bytes', () => {
  for (const [file, make] of Object.entries(forms)) {
    it(`is found in ${file} under its name, and a digest is not`, () => {
      const text = (name: string) => make(name).replace('§', list());
      const rules = (name: string) => scanText(text(name), { fileName: file }).findings.map((f) => f.ruleId);
      assert.deepEqual(rules('eth_private_key'), ['ethereum-private-key']);
      assert.deepEqual(rules('ethPrivateKey'), ['ethereum-private-key']);
      assert.deepEqual(rules('blockHash'), []);
      assert.deepEqual(rules('digest'), []);
    });
  }
});

/** A Solana key pair: 32 bytes of a seed, 32 of its public key. */
function pair(): number[] {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  return [...seed, ...publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)];
}

describe('a key pair of 64 bytes', () => {
  const notations: Readonly<Record<string, (b: number) => string>> = {
    decimal: String,
    hexadecimal: (b) => `0x${b.toString(16)}`,
    "Java's": (b) => String(b > 127 ? b - 256 : b),
  };
  for (const [notation, write] of Object.entries(notations)) {
    it(`is proved in every bracket, in ${notation} notation; with one byte changed it is none`, () => {
      for (const [file, make] of Object.entries(forms)) {
        const rules = (bytes: readonly number[]) => {
          const text = make('payer').replace('§', bytes.map(write).join(', '));
          return scanText(text, { fileName: file }).findings.map((f) => `${f.ruleId} ${f.confidence}`);
        };
        const bytes = pair();
        assert.deepEqual(rules(bytes), ['solana-keypair-json certain'], file);
        assert.deepEqual(rules(bytes.with(40, ((bytes[40] as number) + 1) & 255)), [], file);
      }
    });
  }
});
