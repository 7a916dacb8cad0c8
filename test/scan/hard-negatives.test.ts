import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { scanText } from '../../src/scan/scan';
import { harmless } from './harmless';
import { alnum, base64, hex, random, uuid } from './specimens';

/** What stands in the file besides the value: programs of this field name exchanges, nodes and wallets everywhere. */
const HEADS: Readonly<Record<string, string>> = {
  'beside nothing': '',
  'beside exchanges':
    "import ccxt from 'ccxt';\nimport { Spot } from '@binance/connector';\n// kraken, coinbase, okx, gate\n",
  'beside nodes':
    "const url = 'https://eth-mainnet.g.alchemy.com/v2/' + process.env.ALCHEMY_API_KEY; // infura, ankr, etherscan\n",
  'beside wallets': "import { Wallet } from 'ethers';\nconst wallet = new Wallet(process.env.PRIVATE_KEY);\n",
};

/** How a name and a value are written in a kind of file. */
const SYNTAXES: Readonly<Record<string, (name: string, value: string) => string>> = {
  'a.ts': (n, v) => `export const ${n} = '${v}';\n`,
  'b.js': (n, v) => `const x = { ${n}: "${v}", chainId: 1 };\nexpect(tx.${n}).to.equal('${v}');\n`,
  'c.json': (n, v) => `{\n  "block": 17,\n  "${n}": "${v}",\n  "items": [{ "${n}": "${v}" }]\n}\n`,
  'd.py': (n, v) => `${n} = "${v}"\nassert response["${n}"] == "${v}"\n`,
  'e.yaml': (n, v) => `entry:\n  ${n}: ${v}\n  other: "${v}"\n`,
  'f.toml': (n, v) => `[entry]\n${n} = "${v}"\n`,
  'g.go': (n, v) => `var ${n} = "${v}"\nx := Block{${n}: "${v}"}\n`,
  'h.rs': (n, v) => `let ${n} = "${v}";\n`,
  'i.sol': (n, v) => `bytes32 public constant ${n} = ${v};\n`,
  'j.md': (n, v) => `The ${n} is \`${v}\`.\n\n| ${n} | ${v} |\n|---|---|\n`,
  'k.csv': (n, v) => `time,${n},price\n1700000000,${v},31.5\n`,
  'l.env': (n, v) => `${n.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}=${v}\n`,
  'm.java': (n, v) => `private static final String ${n} = "${v}";\n`,
  'n.xml': (n, v) => `<entry><${n}>${v}</${n}></entry>\n`,
  'o.log': (n, v) => `2026-01-05T10:00:00Z INFO ${n}=${v} ok\n`,
};

const times = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join('');
/** Words of the list that label nothing: "seed" and a phrase's words behind it are a phrase. */
const plain = wordlist.filter((w) => !/^(?:seed|phrase|words?|wallet|backup|share|secret)$/.test(w));
const words = (n: number) => Array.from({ length: n }, () => plain[randomInt(plain.length)]);
const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const address = () => `0x${hex(40)}`;

function publicJwk(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid: uuid() }] });
}

const armoured = (label: string, lines: number) =>
  `-----BEGIN ${label}-----\n${times(lines, () => `${random(64, B64)}\n`)}-----END ${label}-----\n`;

/** Files that hold nothing but what looks like secrets. */
const FILES: Readonly<Record<string, () => readonly [string, string]>> = {
  'package-lock.json': () => [
    'package-lock.json',
    times(
      40,
      (i) =>
        `    "node_modules/ccxt-${i}": {\n      "version": "1.0.${i}",\n      "integrity": "sha512-${base64(64)}",\n      "dev": true\n    },\n`,
    ),
  ],
  'yarn.lock': () => [
    'yarn.lock',
    times(
      40,
      (i) =>
        `ethers@^5.${i}.0:\n  version "5.${i}.0"\n  resolved "https://example.org/e.tgz#${hex(40)}"\n  integrity sha512-${base64(64)}\n\n`,
    ),
  ],
  'yarn.lock, berry': () => [
    'yarn.lock',
    times(40, (i) => `"binance@npm:${i}":\n  version: 1\n  checksum: 10c0/${hex(128)}\n  languageName: node\n\n`),
  ],
  'pnpm-lock.yaml': () => [
    'pnpm-lock.yaml',
    times(40, (i) => `  /web3@${i}.0.0:\n    resolution: {integrity: sha512-${base64(64)}}\n`),
  ],
  'Cargo.lock': () => [
    'Cargo.lock',
    times(40, (i) => `[[package]]\nname = "solana-sdk-${i}"\nversion = "1.0.0"\nchecksum = "${hex(64)}"\n\n`),
  ],
  'poetry.lock': () => [
    'poetry.lock',
    times(40, (i) => `    {file = "web3-${i}.tar.gz", hash = "sha256:${hex(64)}"},\n`),
  ],
  'requirements.txt': () => ['requirements.txt', times(40, (i) => `ccxt==4.${i} \\\n    --hash=sha256:${hex(64)}\n`)],
  'go.sum': () => [
    'go.sum',
    times(
      40,
      (i) =>
        `github.com/ethereum/go-ethereum v1.${i}.0 h1:${base64(32)}\ngithub.com/a/b v1.${i}.0/go.mod h1:${base64(32)}\n`,
    ),
  ],
  'composer.lock': () => [
    'composer.lock',
    times(
      40,
      (i) =>
        `{"name": "a/b${i}", "dist": {"reference": "${hex(40)}", "shasum": "${hex(40)}"}, "content-hash": "${hex(32)}"},\n`,
    ),
  ],
  Dockerfile: () => [
    'Dockerfile',
    `FROM node:20@sha256:${hex(64)}\nENV NODE_SHA=${hex(64)}\nRUN echo "${hex(64)}  geth.tar.gz" | sha256sum -c\nARG COMMIT_SHA=${hex(40)}\n`,
  ],
  'workflow with pinned actions': () => [
    '.github/workflows/ci.yml',
    times(9, () => `      - uses: actions/checkout@${hex(40)}\n`),
  ],
  'page with integrity attributes': () => [
    'index.html',
    times(
      9,
      (i) =>
        `<script src="/chunk-${hex(8)}.js" integrity="sha384-${base64(48)}" crossorigin></script><link href="/css/${hex(20)}.css?v=${hex(32)}" nonce="${base64(16)}">\n<!-- build ${i} -->\n`,
    ),
  ],
  'source map': () => [
    'a.js.map',
    `{"version":3,"sources":["a.ts"],"mappings":"${times(400, () => `${random(4, B64)},`)};${random(900, B64)}","names":["apiKey","secret","privateKey"]}`,
  ],
  'embedded image': () => [
    'logo.ts',
    `export const binanceLogo = "data:image/png;base64,${base64(3000)}";\nbody { background: url(data:font/woff2;base64,${base64(2000)}) }\n`,
  ],
  'embedded wasm': () => [
    'secp256k1.wasm.js',
    `const secret = 'data';\nmodule.exports = Buffer.from("${base64(6000)}", "base64");\n`,
  ],
  'minified code': () => [
    'app.min.js',
    times(300, () => {
      const [a, b, c] = [random(1, 'abcdefgh'), random(2, 'klmnopq'), random(1, 'rstuvw')];
      return `var ${a}=${c}(${randomInt(9999)}),${b}=${c}.n(${a});${c}.d(e,{apiKey:()=>${a},secret:()=>${b},privateKey:function(){return ${b}.key}});e.exports={token:${a}.${b},key:"${random(2, 'abc')}",id:${randomInt(99999)}};`;
    }),
  ],
  'chunk manifest': () => [
    'asset-manifest.json',
    `{${times(50, (i) => `"static/js/${i}.chunk.js":"/static/js/${i}.${hex(8)}.chunk.js","${hex(20)}":"${hex(20)}",`)}"end":"1"}`,
  ],
  'word list': () => ['words.txt', wordlist.map((w) => `${w}\n`).join('')],
  'word list as an array': () => ['english.ts', `export const mnemonicWords = ${JSON.stringify(wordlist)};\n`],
  'words in columns': () => [
    'english.h',
    `static const char *words[] = {\n${times(
      250,
      (i) =>
        `  ${wordlist
          .slice(i * 8, i * 8 + 8)
          .map((w) => `"${w}"`)
          .join(', ')},\n`,
    )}};\n`,
  ],
  'prose of list words': () => [
    'story.txt',
    times(60, () => `${words(9).join(' ')}, ${words(7).join(' ')} of the ${words(5).join(' ')}.\n`),
  ],
  translations: () => [
    'de.json',
    JSON.stringify(
      {
        apiKey: 'API-Schlüssel',
        secret: 'Geheimnis',
        enterPassphrase: 'Bitte Passphrase eingeben',
        mnemonic: 'Ihre Wiederherstellungsphrase',
        binance_api_secret: 'Binance-API-Secret',
        walletPassword: 'Passwort der Brieftasche',
      },
      undefined,
      2,
    ),
  ],
  'Merkle proof': () => [
    'proof.json',
    JSON.stringify(
      {
        root: `0x${hex(64)}`,
        claims: {
          [address()]: { index: 0, amount: `0x${hex(16)}`, proof: Array.from({ length: 16 }, () => `0x${hex(64)}`) },
        },
      },
      undefined,
      2,
    ),
  ],
  'ABI and storage layout': () => [
    'artifacts/Wallet.json',
    JSON.stringify(
      {
        abi: [{ type: 'function', name: 'setPrivateKey', inputs: [{ name: 'secret', type: 'bytes32' }] }],
        methodIdentifiers: { 'secret()': hex(8), 'apiKey(bytes32)': hex(8) },
        bytecode: { object: `0x6080${hex(2000)}`, linkReferences: {} },
        storageLayout: { types: { [`t_bytes32_${hex(64)}`]: 1 } },
      },
      undefined,
      1,
    ),
  ],
  receipts: () => [
    'receipt.json',
    JSON.stringify(
      {
        jsonrpc: '2.0',
        id: 1,
        result: {
          transactionHash: `0x${hex(64)}`,
          blockHash: `0x${hex(64)}`,
          logsBloom: `0x${hex(512)}`,
          logs: Array.from({ length: 6 }, () => ({
            address: address(),
            topics: [`0x${hex(64)}`, `0x${hex(64)}`],
            data: `0x${hex(128)}`,
          })),
          v: '0x1',
          r: `0x${hex(64)}`,
          s: `0x${hex(64)}`,
        },
      },
      undefined,
      2,
    ),
  ],
  'JSON-RPC calls': () => [
    'rpc.ts',
    times(
      9,
      () =>
        `await provider.send('eth_getTransactionByHash', ['0x${hex(64)}']);\nawait provider.getStorageAt('${address()}', '0x${hex(64)}');\nawait w.waitForTransaction("0x${hex(64)}");\n`,
    ),
  ],
  'Solidity constants': () => [
    'Token.sol',
    times(
      9,
      () =>
        `bytes32 constant SLOT = 0x${hex(64)};\nassembly { sstore(0x${hex(64)}, 1) }\naddress constant WETH = ${address()};\nrequire(ecrecover(h, 27, 0x${hex(64)}, 0x${hex(64)}) != address(0));\n`,
    ),
  ],
  'NFT metadata': () => [
    '1.json',
    JSON.stringify(
      {
        name: 'Ape #1',
        image: `ipfs://Qm${alnum(44)}`,
        token_id: '1',
        creator: address(),
        edition: uuid(),
        dna: hex(40),
      },
      undefined,
      2,
    ),
  ],
  'price table': () => [
    'btc.csv',
    times(
      60,
      (i) =>
        `${1_700_000_000 + i},${(Math.random() * 60_000).toFixed(8)},${(Math.random() * 1e6).toFixed(12)},${hex(64)}\n`,
    ),
  ],
  'persisted queries': () => [
    'queries.ts',
    times(
      9,
      (i) =>
        `export const q${i} = { documentId: '${hex(64)}', extensions: { persistedQuery: { version: 1, sha256Hash: '${hex(64)}' } } };\n`,
    ),
  ],
  'message ids': () => [
    'messages.ts',
    times(20, () => `formatMessage({ id: '${alnum(6)}', defaultMessage: 'Enter your API key' });\n`),
  ],
  'public JWK set': () => ['jwks.json', publicJwk()],
  certificate: () => [
    'ca.pem',
    armoured('CERTIFICATE', 14) + armoured('PUBLIC KEY', 3) + armoured('CERTIFICATE REQUEST', 10),
  ],
  'PGP public key': () => ['KEYS', armoured('PGP PUBLIC KEY BLOCK', 20) + armoured('PGP SIGNATURE', 6)],
  'ssh keys': () => ['authorized_keys', `ssh-ed25519 ${base64(51)} a@b\nssh-rsa ${base64(279)} c@d\n`],
  'Solana programs': () => [
    'Anchor.toml',
    times(9, (i) => `vault_${i} = "${random(44, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz')}"\n`),
  ],
  'byte tables': () => [
    'table.c',
    times(
      20,
      () =>
        `static const uint8_t t[] = { ${[...randomBytes(32)].join(', ')} };\nconst s = [${[...randomBytes(64)].join(', ')}];\n`,
    ),
  ],
  'curve constants': () => [
    'curve.ts',
    times(9, () => `const P = BigInt('0x${hex(64)}'), Gx = 0x${hex(64)}n, beta = Fp.create('${hex(64)}');\n`),
  ],
  'token list': () => [
    'tokens.json',
    JSON.stringify(
      {
        tokens: Array.from({ length: 40 }, () => ({
          symbol: random(4, 'ABCDEFGH'),
          address: address(),
          logoURI: `https://assets.coingecko.com/coins/images/${randomInt(9999)}/x.png?${randomInt(2e9)}`,
          id: uuid(),
          hash: hex(64),
        })),
      },
      undefined,
      1,
    ),
  ],
  placeholders: () => [
    '.env.example',
    `BINANCE_API_KEY=your-binance-api-key-here\nBINANCE_API_SECRET=<binance api secret>\nPRIVATE_KEY=0x${'0'.repeat(64)}\nKRAKEN_API_SECRET=${'x'.repeat(88)}\nALCHEMY_API_KEY=REPLACE_ME_WITH_YOUR_KEY_000000\nINFURA_PROJECT_ID=${'abcdef0123456789'.repeat(2)}\nETHERSCAN_API_KEY=YOURETHERSCANAPIKEYTOKEN0000000000\nMNEMONIC="word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12"\nSECRET_KEY=changeme\nCOINBASE_API_SECRET=${'A1b2C3d4'.repeat(11)}\nDEPLOYER_PRIVATE_KEY=0x${'1234567890abcdef'.repeat(4)}\nWALLET_PRIVATE_KEY=0x${'deadbeef'.repeat(8)}\n`,
  ],
  documentation: () => [
    'README.md',
    `## Setup\n\nSet \`BINANCE_API_KEY\` to your key, and \`PRIVATE_KEY\` to the wallet's private key (64 hex digits).\n\n    export KRAKEN_API_SECRET=...\n    new Wallet(privateKey)\n    ccxt.binance({ apiKey: 'YOUR_API_KEY', secret: 'YOUR_SECRET' })\n`,
  ],
};

function assertQuiet(file: string, text: string, what: string): void {
  for (const f of scanText(text, { fileName: file }).findings) {
    if (f.state === 'secret') {
      const before = text.slice(Math.max(0, f.start - 40), f.start).replaceAll('\n', '⏎');
      assert.fail(`${what}: ${f.ruleId}, ${f.confidence} (${f.why.join(', ')}) in ${file} after "${before}"`);
    }
  }
}

describe('what looks like a secret and is none', () => {
  for (const { kind, make, names } of harmless) {
    it(`${kind}: quiet under its names in ${Object.keys(SYNTAXES).length} kinds of file`, () => {
      const heads = Object.values(HEADS);
      for (const [s, [file, write]] of Object.entries(SYNTAXES).entries()) {
        // Every name in every kind of file; which providers stand beside it changes from one to the next.
        const text = (head: string) => head + names.map((name) => write(name, make())).join('\n');
        assertQuiet(file, text(heads[s % heads.length] as string), kind);
      }
    });
  }

  for (const [what, write] of Object.entries(FILES)) {
    it(`${what}: quiet`, () => {
      for (const head of Object.values(HEADS)) {
        const [file, text] = write();
        assertQuiet(file, /\.(?:ts|js|sol)$/.test(file) ? head + text : text, what);
      }
    });
  }
});
