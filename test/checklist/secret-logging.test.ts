import assert from 'node:assert/strict';
import type { Status } from '../../src/checklist/assessment';
import { isSecretName } from '../../src/checklist/secret-names';
import { resultOf } from './judging';

const leaks: readonly (readonly [file: string, text: string])[] = [
  ['a.js', "console.log('key', apiKey);\n"],
  ['a.ts', 'logger.info(`using ${config.apiSecret}`);\n'],
  ['a.ts', 'console.debug({ apiKey });\n'],
  ['a.ts', 'console.log(process.env.KRAKEN_API_SECRET);\n'],
  ['a.js', 'console.log(process.env);\n'],
  ['a.js', 'console.log(JSON.stringify(process.env, null, 2));\n'],
  ['a.js', "throw new Error('refused ' + privateKey);\n"],
  ['a.js', 'Sentry.captureMessage(`login with ${password}`);\n'],
  ['a.js', 'console.log(\n  "wallet",\n  wallet.privateKey,\n);\n'],
  ['a.js', 'console.log(wallet.mnemonic.phrase);\n'],
  ['a.py', 'print(api_secret)\n'],
  ['a.py', 'logger.info("key %s", api_key)\n'],
  ['a.py', 'logging.debug(f"secret={secret}")\n'],
  ['a.py', 'print("x", os.environ["KRAKEN_API_SECRET"])\n'],
  ['a.py', 'print(os.getenv("KRAKEN_API_SECRET"))\n'],
  ['a.py', 'print(dict(os.environ))\n'],
  ['a.py', 'raise ValueError(f"bad key {self.api_key}")\n'],
  ['a.py', 'log.info("key: " + cfg["x"] + private_key)\n'],
  ['a.go', 'package a\n\nfunc f() {\n\tlog.Printf("key %s", apiKey)\n}\n'],
  ['a.go', 'package a\n\nfunc f() error {\n\treturn fmt.Errorf("no login with %s", cfg.APISecret)\n}\n'],
  ['a.rs', 'fn f() { println!("{}", api_key); }\n'],
  ['a.rs', 'fn f() { tracing::info!("key {api_key}"); }\n'],
  ['A.java', 'class A { void f() { System.out.println("k " + apiKey); } }\n'],
  ['A.kt', 'fun f() { println("key $apiKey") }\n'],
  ['a.rb', 'logger.info("key #{api_key}")\n'],
  ['a.php', '<?php error_log("key " . $apiKey);\n'],
  ['A.cs', 'class A { void F() { Console.WriteLine($"k {apiKey}"); } }\n'],
  ['a.sh', 'echo "key: $KRAKEN_API_SECRET"\n'],
  ['a.sh', 'env | sort\n'],
  ['a.sh', 'if true; then echo ${PRIVATE_KEY}; fi\n'],
];

const harmless: readonly (readonly [file: string, text: string])[] = [
  ['a.js', "console.log('API_KEY is missing');\n"],
  ['a.js', 'console.log(`no apiKey was given`);\n'],
  ['a.js', 'console.log(mask(apiKey));\n'],
  ['a.js', 'console.log({ apiKey: mask(apiKey) });\n'],
  ['a.js', "console.log('key', apiKey.slice(0, 4));\n"],
  ['a.js', 'console.log(apiKey?.length);\n'],
  ['a.js', "console.log(apiKey ? 'set' : 'missing');\n"],
  ['a.js', 'console.log(!!apiKey, typeof apiSecret);\n'],
  ['a.js', 'console.log(key, value, token, tokens);\n'],
  ['a.js', 'console.log(publicKey, keyId, tokenAddress, apiKeyName);\n'],
  ['a.js', '// console.log(apiKey)\nexport {};\n'],
  ['a.js', "console.log(process.env.NODE_ENV, process.env['PORT']);\n"],
  ['a.js', "throw new Error('missing secret');\n"],
  ['a.js', 'const signature = sign(apiSecret);\nconsole.log(signature);\n'],
  ['a.py', 'print(f"{api_key[:4]}…")\n'],
  ['a.py', 'print(f"key is {len(api_key)} long")\n'],
  ['a.py', 'logger.info("api_key loaded")\n'],
  ['a.py', 'print("{api_key}")\n'],
  ['a.py', 'print(api_key is None)\n'],
  ['a.py', 'print(os.environ.get("HOME"))\n'],
  ['a.py', 'logger.info("x", extra=dict(api_key=redact(api_key)))\n'],
  ['a.go', 'package a\n\nfunc f() {\n\tlog.Printf("key id %s", keyID)\n}\n'],
  ['a.go', 'package a\n\nfunc f() {\n\tlog.Printf("has key: %t", apiKey != "")\n}\n'],
  ['a.sh', 'echo "$DOCKER_PASSWORD" | docker login --password-stdin\n'],
  ['a.sh', 'printf "%s" "$PRIVATE_KEY" > /run/secrets/key\n'],
  ['a.sh', "echo 'set $KRAKEN_API_SECRET first'\n"],
  ['a.sh', 'echo "${KRAKEN_API_SECRET:+set}"\n'],
  ['a.sh', 'env FOO=bar node a.js\n'],
  ['test/a.test.js', 'console.log(apiKey);\n'],
];

const others: readonly (readonly [why: string, status: Status, files: Readonly<Record<string, string>>])[] = [
  ['a verbose client', 'warn', { 'a.py': 'exchange = ccxt.binance({})\nexchange.verbose = True\n' }],
  ['a verbose flag of something else', 'pass', { 'a.py': 'parser.verbose = True\n' }],
  [
    'responses of freqtrade',
    'warn',
    { 'bot.py': 'x = 1\n', 'config.json': '{ "exchange": { "log_responses": true } }\n' },
  ],
  ['traced script with secrets', 'warn', { 'a.sh': 'set -eux\ncurl -H "X-Key: $API_KEY" https://api.kraken.com\n' }],
  ['traced script without', 'pass', { 'a.sh': 'set -eux\nls\n' }],
  ['no source', 'not-applicable', { 'README.md': '# x\n' }],
  ['a notebook', 'fail', { 'a.ipynb': '{ "cells": [{ "source": ["print(api_secret)\\n"] }] }\n' }],
];

describe('KW-REV-06', () => {
  for (const [file, text] of leaks) {
    it(`fail: ${file}: ${text.trim().split('\n').slice(-2).join(' ').slice(0, 70)}`, async () => {
      const r = await resultOf('KW-REV-06', { [file]: text });
      assert.equal(r.status, 'fail');
      assert.equal(r.evidence.length, 1);
    });
  }
  for (const [file, text] of harmless) {
    it(`pass: ${file}: ${text.trim().split('\n').slice(-2).join(' ').slice(0, 70)}`, async () => {
      const { status } = await resultOf('KW-REV-06', { [file]: text, 'b.js': '1;\n' });
      assert.equal(status, 'pass');
    });
  }
  for (const [why, status, files] of others) {
    it(`${status}: ${why}`, async () => assert.equal((await resultOf('KW-REV-06', files)).status, status));
  }
});

describe('names of secrets', () => {
  it('are told from names around them', () => {
    for (const name of [
      'apiKey',
      'API_KEY',
      'binance-api-secret',
      'privateKey',
      'mnemonic',
      'seedPhrase',
      'clientSecret',
      'authToken',
      'JWT_SECRET',
      'apiKeys',
      'BINANCE_KEY',
    ]) {
      assert.ok(isSecretName(name), name);
    }
    for (const name of [
      'key',
      'token',
      'publicKey',
      'keyId',
      'tokenAddress',
      'primaryKey',
      'partition_key',
      'tokens_per_second',
      'seed',
      'keyword',
      'hasSecret',
      'cacheKey',
      'sortKey',
      'address',
    ]) {
      assert.ok(!isSecretName(name), name);
    }
  });
});
