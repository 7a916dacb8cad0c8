import assert from 'node:assert/strict';
import { MemoryFiles } from '../../src/project/memory-files';
import { isRefusal } from '../../src/remedy/idiom';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { keystoreAt } from '../../src/remedy/stores/keystore-at';
import { scanText } from '../../src/scan/scan';
import { alnum } from '../scan/specimens';
import { fix, tryFix } from './fixing';
import { values } from './values';

/** The keystore that an editor offers first for what is found in a file. */
async function first(files: Readonly<Record<string, string>>, file: string): Promise<string | undefined> {
  const text = files[file] as string;
  const findings = scanText(text, { fileName: file }).findings.filter((f) => f.state === 'secret');
  assert.ok(findings.length > 0, 'nothing was found');
  const facts = await readProjectFacts(new MemoryFiles(files), file);
  return keystoreAt({ facts, file, text, findings })?.id;
}

const manifest = (...dependencies: string[]) =>
  JSON.stringify({ name: 'bot', devDependencies: Object.fromEntries(dependencies.map((d) => [d, '^3.0.0'])) });
const HARDHAT = manifest('hardhat', '@nomicfoundation/hardhat-toolbox-viem');
const config = (account: string) => `export default { networks: { sepolia: { accounts: [${account}] } } };\n`;

const WALLET = values.wallet();

describe('the Hardhat 3 keystore', () => {
  const file = 'hardhat.config.ts';

  it('comes first for a wallet key of the configuration, which then reads configVariable', async () => {
    const files = { 'package.json': HARDHAT, [file]: config(`"${WALLET}"`) };
    assert.equal(await first(files, file), 'hardhat-keystore');
    const { plan, files: after } = await fix(files, file, { store: 'hardhat-keystore' });
    assert.equal(plan.title, 'Move to Hardhat keystore as PRIVATE_KEY');
    assert.equal(
      after[file],
      `import { configVariable } from "hardhat/config";\n${config('configVariable("PRIVATE_KEY")')}`,
    );
    assert.deepEqual([plan.followUp, after['.env'], after['.env.example']], [[], undefined, undefined]);
    assert.equal(plan.storing?.[0]?.spot.reference, 'PRIVATE_KEY');
  });

  it('is for wallet keys first, and can take an API key when it is asked for', async () => {
    const url = `export default { networks: { main: { url: "https://mainnet.infura.io/v3/${values.infura()}" } } };\n`;
    const files = { 'package.json': HARDHAT, [file]: url };
    assert.equal(await first(files, file), undefined);
    const { files: after } = await fix(files, file, { store: 'hardhat-keystore' });
    assert.match(after[file] ?? '', /configVariable\("INFURA_API_KEY", "https/);
  });

  it('is not offered where nothing would ask it: no plugin, other files, a lookup of the environment', async () => {
    const key = `"${WALLET}"`;
    const cases: [Record<string, string>, string][] = [
      [{ 'package.json': manifest('hardhat'), [file]: config(key) }, file],
      [{ 'package.json': HARDHAT, 'deploy.ts': `const privateKey = ${key};\n` }, 'deploy.ts'],
      [{ 'package.json': HARDHAT, [file]: config(`process.env.PRIVATE_KEY ?? ${key}`) }, file],
      [{ 'package.json': HARDHAT, [file]: `process.env.PRIVATE_KEY = ${key};\n${config('"remote"')}` }, file],
    ];
    for (const [files, name] of cases) {
      assert.equal(await first(files, name), undefined, files[name]);
      const refused = await tryFix(files, name, { store: 'hardhat-keystore' });
      assert.ok(isRefusal(refused));
      assert.match(refused.refused, /configVariable/);
      assert.match(refused.wayOut, /--to env/);
    }
  });
});

describe('the Foundry keystore', () => {
  const file = 'script/Deploy.s.sol';
  const script = (...body: string[]) =>
    [
      'import {Script} from "forge-std/Script.sol";',
      'contract Deploy is Script {',
      '    function run() external {',
      ...body.map((line) => `        ${line}`),
      '        new Bot();',
      '        vm.stopBroadcast();',
      '    }',
      '}',
      '',
    ].join('\n');
  const project = (text: string, name = file) => ({ 'foundry.toml': '[profile.default]\n', [name]: text });

  it('comes first for the key that a script broadcasts with; the script is started with the account', async () => {
    for (const body of [
      [`vm.startBroadcast(${WALLET});`],
      [`uint256 deployerPrivateKey = ${WALLET};`, 'vm.startBroadcast(deployerPrivateKey);'],
      [`bytes32 privateKey = ${WALLET};`, 'vm.startBroadcast(uint256(privateKey));'],
    ]) {
      const files = project(script(...body));
      assert.equal(await first(files, file), 'foundry-keystore');
      const { plan, files: after } = await fix(files, file, { store: 'foundry-keystore', project: 'bot' });
      assert.equal(after[file], script('vm.startBroadcast();'));
      assert.equal(plan.title, 'Move to Foundry keystore as bot-PRIVATE_KEY');
      assert.deepEqual(
        plan.followUp.map((c) => c.line),
        [
          'forge script script/Deploy.s.sol --account bot-PRIVATE_KEY --sender "$(cast wallet address --account bot-PRIVATE_KEY)" --broadcast',
        ],
      );
      assert.deepEqual([after['.env'], after['.env.example']], [undefined, undefined]);
    }
  });

  it('is not offered where the account alone would not do', async () => {
    const key = WALLET;
    for (const body of [
      [
        `uint256 deployerPrivateKey = ${key};`,
        'address me = vm.addr(deployerPrivateKey);',
        'vm.startBroadcast(deployerPrivateKey);',
      ],
      [`vm.startBroadcast(${key});`, 'vm.stopBroadcast();', 'vm.startBroadcast(other);'],
      [`address me = vm.addr(${key});`, 'vm.startBroadcast();'],
    ]) {
      const files = project(script(...body));
      assert.equal(await first(files, file), undefined, body.join('\n').replaceAll(key, '…'));
      assert.ok(isRefusal(await tryFix(files, file, { store: 'foundry-keystore' })));
    }
    const alone = { [file]: script(`vm.startBroadcast(${key});`) };
    assert.equal(await first(alone, file), undefined, 'no foundry.toml');
  });

  it('takes the place of --private-key on a command line of cast and forge', async () => {
    const name = 'deploy.sh';
    const lines = (option: string) => `#!/bin/sh\ncast send 0xBEEF "run()" \\\n  ${option} --rpc-url "$RPC"\n`;
    for (const option of [`--private-key ${WALLET}`, `--private-key "${WALLET}"`, `--private-key=${WALLET}`]) {
      const files = { [name]: lines(option) };
      assert.equal(await first(files, name), 'foundry-keystore');
      const { files: after } = await fix(files, name, { store: 'foundry-keystore', project: 'bot' });
      assert.equal(after[name], lines('--account bot-PRIVATE_KEY'));
    }
    const other = { [name]: `#!/bin/sh\nmytool send --private-key ${WALLET}\n` };
    assert.equal(await first(other, name), undefined);
    const address = { [name]: `#!/bin/sh\ncast wallet address --private-key ${WALLET}\n` };
    assert.equal(await first(address, name), 'foundry-keystore');
    const key = { [name]: `#!/bin/sh\nexport BINANCE_API_SECRET=${alnum(64)}\n` };
    assert.equal(await first(key, name), undefined);
  });
});
