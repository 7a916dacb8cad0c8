import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { HDKey } from '@scure/bip32';
import { bech32 } from 'bech32';
import { entropyToMnemonic, mnemonicToSeedSync, wordlists } from 'bip39';
import * as wif from 'wif';
import { scanText } from '../../src/scan/scan';

/** The phrase of Hardhat and Anvil, in fragments. */
const phrase = [...Array(11).fill('test'), 'junk'].join(' ');
const root = HDKey.fromMasterSeed(mnemonicToSeedSync(phrase));
const account = (path: string) => root.derive(path).privateKey as Uint8Array;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function states(text: string, fileName = '.env'): string[] {
  return scanText(text, { fileName }).findings.map((f) => f.state);
}

function only(text: string, fileName = '.env') {
  const { findings } = scanText(text, { fileName });
  assert.equal(findings.length, 1, text.slice(0, 20));
  return findings[0] as (typeof findings)[0];
}

describe('published test keys', () => {
  it('accounts of a published phrase, by derivation, in every encoding', () => {
    for (let i = 0; i < 20; i++) {
      const f = only(`PRIVATE_KEY=0x${hex(account(`m/44'/60'/0'/0/${i}`))}\n`);
      assert.deepEqual([f.state, f.testKeyName], ['test-key', `Anvil and Hardhat account ${i}`]);
    }
    const key = account("m/84'/0'/0'/0/0");
    const forms = [
      wif.encode({ version: 0x80, privateKey: key, compressed: true }),
      wif.encode({ version: 0xef, privateKey: account("m/44'/1'/0'/0/0"), compressed: true }),
      bech32.encode('nsec', bech32.toWords(account("m/44'/1237'/0'/0/0")), 100),
      root.privateExtendedKey,
      root.derive("m/84'/0'/0'").privateExtendedKey,
    ];
    for (const form of forms) {
      assert.deepEqual(states(`KEY=${form}\n`), ['test-key']);
    }
  });

  it('the vectors of BIP-39 in each language', () => {
    for (const list of ['english', 'french', 'japanese', 'korean', 'spanish', 'chinese_traditional']) {
      for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
        const words = entropyToMnemonic(Buffer.alloc(16, byte), wordlists[list]);
        assert.deepEqual(states(`mnemonic = "${words}"\n`, 'a.py'), ['test-key'], list);
      }
    }
  });

  it('keys that are small numbers, and hashes of known words', () => {
    for (const n of [1, 2, 10, 0xabc, 0xffff]) {
      assert.deepEqual(states(`PRIVATE_KEY=0x${n.toString(16).padStart(64, '0')}\n`), ['test-key']);
    }
    assert.deepEqual(states(`PRIVATE_KEY=0x${'0'.repeat(64)}\n`), []);
  });

  it('are alarms beside the name of a main network, and other keys always', () => {
    assert.deepEqual(states(`MAINNET_PRIVATE_KEY=0x${hex(account("m/44'/60'/0'/0/0"))}\n`), ['secret']);
    assert.deepEqual(states(`PRIVATE_KEY=0x${randomBytes(32).toString('hex')}\n`), ['secret']);
    assert.deepEqual(states(`mnemonic = "${entropyToMnemonic(randomBytes(16))}"\n`, 'a.py'), ['secret']);
  });

  it('tell the address of the key', () => {
    const f = only(`PRIVATE_KEY=0x${hex(account("m/44'/60'/0'/0/0"))}\n`);
    assert.deepEqual(f.address, { chain: 'Ethereum', value: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' });
    const seed = createHash('sha256').update('abc').digest();
    const nsec = bech32.encode('nsec', bech32.toWords(seed), 100);
    assert.match(only(`NOSTR_PRIVATE_KEY=${nsec}\n`).address?.value ?? '', /^npub1[a-z0-9]{58}$/);
  });
});

describe("numbers that are no key, even behind a key's name", () => {
  const cases: Readonly<Record<string, string>> = {
    'order of secp256k1': 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
    'base point of secp256k1': '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    'prime of Ed25519': '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed',
    'EIP-1967 slot': '360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
    'ERC-7201 slot of Ownable': '9016d09d72d40fdae2fd8ceac6b6234c7706214fd39c1cd1e609a0528c199300',
    'role of minters': '9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6',
    'topic of Transfer': 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
    'hash of nothing': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'empty trie': '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
    'all ones': 'f'.repeat(64),
  };
  for (const [what, value] of Object.entries(cases)) {
    it(what, () => {
      assert.deepEqual(states(`PRIVATE_KEY=0x${value}\n`), []);
      assert.deepEqual(states(`const privateKey = '${value}';\n`, 'a.ts'), []);
    });
  }

  it('names that deny: hashes, roots, slots, signatures, addresses and their like', () => {
    const names =
      'txHash blockHash transaction_hash root merkleRoot salt topic0 storageSlot selector signature commitHash checksum ' +
      'integrity digest nonce bytecodeHash initCodeHash domainSeparator PERMIT_TYPEHASH MINTER_ROLE codeHash stateRoot ' +
      'nullifier commitment leaf imageId requestId publicKey';
    for (const name of names.split(' ')) {
      const value = `0x${randomBytes(32).toString('hex')}`;
      assert.deepEqual(states(`import { ethers } from 'ethers';\nconst ${name} = '${value}';\n`, 'a.ts'), [], name);
    }
  });
});
