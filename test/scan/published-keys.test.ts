import assert from 'node:assert/strict';
import { scanText } from '../../src/scan/scan';

/** Anvil's and Hardhat's first account, and its phrase; in fragments, so that no scanner takes this file for a leak. */
const account = ['0xac0974be', 'c39a17e36ba4a6b4', 'd238ff944bacb478cbed5efc', 'ae784d7bf4f2ff80'].join('');
const phrase = `${'test '.repeat(11)}junk`;
/** The key that ethers 5 and 6 use where none is given. */
const ofEthers = ['_gg7wSSi0KMBsd', 'KnGVfHDueq6xMB9EkC'].join('');
const mainnet = 'https://eth-mainnet.example-node.io/v2';

function stateOf(file: string, text: string, value: string): string | undefined {
  return scanText(text, { fileName: file }).findings.find((f) => f.start === text.indexOf(value))?.state;
}

describe('published keys', () => {
  const local: Readonly<Record<string, readonly [string, string]>> = {
    'in a variable': ['a.ts', `const PRIVATE_KEY = '${account}';\n`],
    'in a local network beside a main one': [
      'hardhat.config.ts',
      `networks: {\n  localhost: { url: 'http://127.0.0.1:8545', accounts: ['${account}'] },\n  mainnet: { url: '${mainnet}', accounts: [process.env.KEY!] },\n}\n`,
    ],
    'in a file that names a main network elsewhere': [
      'b.py',
      `MAINNET_RPC = "${mainnet}"\n\ndef test():\n    acct = Account.from_key("${account}")\n`,
    ],
    'in a section beside a main one': [
      'networks.toml',
      `[local]\nprivate_key = "${account}"\n\n[mainnet]\nurl = "${mainnet}"\n`,
    ],
    'in a command': ['run.sh', `cast send --rpc-url http://localhost:8545 --private-key ${account} 0x0\n`],
  };
  for (const [where, [file, text]] of Object.entries(local)) {
    it(`are test keys ${where}`, () => {
      assert.equal(stateOf(file, text, account), 'test-key');
    });
  }

  const live: Readonly<Record<string, readonly [string, string, string]>> = {
    'in a variable that names it': ['a.ts', `const MAINNET_PRIVATE_KEY = '${account}';\n`, account],
    'in its network block': [
      'hardhat.config.ts',
      `networks: {\n  mainnet: { url: 'https://node.example-node.io', accounts: ['${account}'] },\n}\n`,
      account,
    ],
    'in a block with its endpoint': [
      'hardhat.config.ts',
      `networks: {\n  eth: { url: '${mainnet}', accounts: ['${account}'] },\n}\n`,
      account,
    ],
    'in a block with its chain id, one level deeper': [
      'hardhat.config.js',
      `networks: {\n  live: { chainId: 1, accounts: { mnemonic: '${phrase}' } },\n}\n`,
      phrase,
    ],
    'in one call with its endpoint': [
      'b.ts',
      `const wallet = new Wallet('${account}', new JsonRpcProvider('${mainnet}'));\n`,
      account,
    ],
    'in its section': ['c.toml', `[eth]\nurl = "${mainnet}"\nprivate_key = "${account}"\n`, account],
    'in an env file that chooses it': ['.env', `PRIVATE_KEY=${account}\nNETWORK=mainnet\n`, account],
    'in its mapping': ['d.yaml', `eth:\n  rpc: ${mainnet}\n  private_key: "${account}"\n`, account],
    'in one command': ['run.sh', `cast send --rpc-url ${mainnet} --private-key ${account} 0x0\n`, account],
  };
  for (const [where, [file, text, value]] of Object.entries(live)) {
    it(`are alarms ${where}`, () => {
      assert.equal(stateOf(file, text, value), 'secret');
    });
  }

  it('are test keys in an env file that only knows its address', () => {
    const text = `MAINNET_RPC_URL=${mainnet}\nSEPOLIA_RPC_URL=https://sepolia.example\nPRIVATE_KEY=${account}\n`;
    assert.equal(stateOf('.env', text, account), 'test-key');
  });

  it('says why a test key is an alarm', () => {
    const [finding] = scanText(`const MAINNET_PRIVATE_KEY = '${account}';\n`, { fileName: 'a.ts' }).findings;
    assert.match(finding?.message ?? '', /main network: everyone knows this key/);
  });

  it('that a library ships for all its users are public, on every network', () => {
    const text = `switch (name) { case 'mainnet': return 'https://eth-mainnet.g.alchemy.com/v2/${ofEthers}'; }\n`;
    const [finding] = scanText(text, { fileName: 'provider.ts' }).findings;
    assert.equal(finding?.state, 'public');
    assert.match(finding?.message ?? '', /ethers.*Use a key of your own/);
  });
});
