import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
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
