import assert from 'node:assert/strict';
import solc from 'solc';
import { dart } from '../../../src/remedy/languages/dart';
import { fsharp } from '../../../src/remedy/languages/fsharp';
import { solidity } from '../../../src/remedy/languages/solidity';
import { swift } from '../../../src/remedy/languages/swift';
import { fix } from '../fixing';
import { type PlaceCase, provePlaces } from '../places';
import { values } from '../values';

const env = (name: string) => `ProcessInfo.processInfo.environment["${name}"]!`;

provePlaces({
  language: 'Swift',
  idiom: swift,
  grammar: 'swift',
  toolchain: { name: 'swift', present: () => false, run: () => [] },
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'constant',
      file: 'Sources/main.swift',
      source: 'import Crypto\n\nlet binanceApiSecret = "§"\nprint(binanceApiSecret)\n',
      expected: `import Foundation\nimport Crypto\n\nlet binanceApiSecret = ${env('BINANCE_API_SECRET')}\nprint(binanceApiSecret)\n`,
    },
    {
      place: 'default of a parameter',
      file: 'Sources/main.swift',
      source: 'import Foundation\n\nfunc run(binanceApiSecret: String = "§") {}\n',
      expected: `import Foundation\n\nfunc run(binanceApiSecret: String = ${env('BINANCE_API_SECRET')}) {}\n`,
    },
    {
      place: 'part of a URL',
      file: 'Sources/main.swift',
      value: values.infura,
      source: 'import Foundation\n\nlet url = "https://mainnet.infura.io/v3/§"\n',
      expected: `import Foundation\n\nlet url = "https://mainnet.infura.io/v3/\\(${env('INFURA_API_KEY')})"\n`,
    },
    {
      place: 'raw string',
      file: 'Sources/main.swift',
      unparsed: true,
      value: values.tokenMetrics,
      source: 'import Foundation\n\nlet json = #"{"apiKey": "§"}"#\n',
      expected: `import Foundation\n\nlet json = #"{"apiKey": "\\#(${env('TOKEN_METRICS_API_KEY')})"}"#\n`,
    },
    {
      place: 'PEM block',
      file: 'Sources/main.swift',
      value: values.pem,
      source: 'import Foundation\n\nlet coinbasePrivateKey = """\n§\n"""\n',
      expected: `import Foundation\n\nlet coinbasePrivateKey = ${env('CDP_API_KEY_SECRET')}.replacingOccurrences(of: "\\\\n", with: "\\n")\n`,
    },
    {
      place: 'literal fallback',
      file: 'Sources/main.swift',
      value: values.tokenMetrics,
      source: 'import Foundation\n\nlet secret = ProcessInfo.processInfo.environment["TM_KEY"] ?? "§"\n',
      expected: `import Foundation\n\nlet secret = ${env('TM_KEY')}\n`,
    },
    {
      place: 'member of an enum',
      file: 'Sources/main.swift',
      source: 'enum Keys: String {\n    case binanceApiSecret = "§"\n}\n',
      refused: /where the member is used/,
    },
    {
      place: 'app',
      file: 'App/Bot.swift',
      source: 'import SwiftUI\n\nlet binanceApiSecret = "§"\n',
      refused: /app.*server/,
    },
  ],
});

const platform = (name: string) => `Platform.environment['${name}']!`;

provePlaces({
  language: 'Dart',
  idiom: dart,
  grammar: 'dart',
  toolchain: { name: 'dart', present: () => false, run: () => [] },
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'variable',
      file: 'bin/bot.dart',
      source: "import 'dart:convert';\nimport 'package:http/http.dart';\n\nfinal binanceApiSecret = '§';\n",
      expected: `import 'dart:convert';\nimport 'dart:io';\nimport 'package:http/http.dart';\n\nfinal binanceApiSecret = ${platform('BINANCE_API_SECRET')};\n`,
    },
    {
      place: 'constant',
      file: 'bin/bot.dart',
      source: "class Bot {\n  static const String binanceApiSecret = '§';\n}\n",
      expected: `import 'dart:io';\n\nclass Bot {\n  static final String binanceApiSecret = ${platform('BINANCE_API_SECRET')};\n}\n`,
    },
    {
      place: 'part of a URL',
      file: 'bin/bot.dart',
      value: values.infura,
      source: "import 'dart:io';\n\nfinal url = 'https://mainnet.infura.io/v3/§';\n",
      expected: `import 'dart:io';\n\nfinal url = 'https://mainnet.infura.io/v3/\${${platform('INFURA_API_KEY')}}';\n`,
    },
    {
      place: 'raw string',
      file: 'bin/bot.dart',
      value: values.tokenMetrics,
      source: "import 'dart:io';\n\nfinal header = r'Bearer §';\n",
      expected: `import 'dart:io';\n\nfinal header = r'Bearer ' + ${platform('TOKEN_METRICS_API_KEY')};\n`,
    },
    {
      place: 'PEM block',
      file: 'bin/bot.dart',
      value: values.pem,
      source: "import 'dart:io';\n\nfinal coinbasePrivateKey = '''\n§\n''';\n",
      expected: `import 'dart:io';\n\nfinal coinbasePrivateKey = ${platform('CDP_API_KEY_SECRET')}.replaceAll(r'\\n', '\\n');\n`,
    },
    {
      place: 'literal fallback',
      file: 'bin/bot.dart',
      value: values.tokenMetrics,
      source: "import 'dart:io';\n\nfinal secret = Platform.environment['TM_KEY'] ?? '§';\n",
      expected: `import 'dart:io';\n\nfinal secret = ${platform('TM_KEY')};\n`,
    },
    {
      place: 'part of a constant',
      file: 'bin/bot.dart',
      source: "final keys = const {'binanceApiSecret': '§'};\n",
      refused: /final/,
    },
    {
      place: 'default of a parameter',
      file: 'bin/bot.dart',
      source: "void run({String binanceApiSecret = '§'}) {}\n",
      refused: /nullable/,
    },
    {
      place: 'Flutter app',
      file: 'lib/main.dart',
      files: { 'pubspec.yaml': 'name: bot\ndependencies:\n  flutter:\n    sdk: flutter\n' },
      source: "final binanceApiSecret = '§';\n",
      refused: /Flutter.*server/,
    },
  ],
});

const net = (name: string) =>
  `System.Environment.GetEnvironmentVariable "${name}" |> Option.ofObj |> Option.defaultWith (fun () -> failwith "${name} is not set")`;

provePlaces({
  language: 'F#',
  idiom: fsharp,
  toolchain: { name: 'dotnet', present: () => false, run: () => [] },
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'value',
      file: 'Bot.fs',
      source: 'module Bot\n\nlet binanceApiSecret = "§"\n',
      expected: `module Bot\n\nlet binanceApiSecret = ${net('BINANCE_API_SECRET')}\n`,
    },
    {
      place: 'argument',
      file: 'Bot.fs',
      value: values.tokenMetrics,
      source: 'module Bot\n\nlogin "§" 5\n',
      expected: `module Bot\n\nlogin (${net('TOKEN_METRICS_API_KEY')}) 5\n`,
    },
    {
      place: 'part of a URL',
      file: 'Bot.fs',
      value: values.infura,
      source: 'module Bot\n\nlet url = "https://mainnet.infura.io/v3/§"\n',
      expected: `module Bot\n\nlet url = "https://mainnet.infura.io/v3/" + (${net('INFURA_API_KEY')})\n`,
    },
    {
      place: 'literal fallback',
      file: 'Bot.fs',
      value: values.tokenMetrics,
      source:
        'module Bot\n\nlet key = System.Environment.GetEnvironmentVariable("TM_KEY") |> Option.ofObj |> Option.defaultValue "§"\n',
      expected:
        'module Bot\n\nlet key = System.Environment.GetEnvironmentVariable("TM_KEY") |> Option.ofObj |> Option.defaultWith (fun () -> failwith "TM_KEY is not set")\n',
    },
    {
      place: 'value with [<Literal>]',
      file: 'Bot.fs',
      source: 'module Bot\n\n[<Literal>]\nlet BinanceApiSecret = "§"\n',
      refused: /Literal/,
    },
    {
      place: 'pattern',
      file: 'Bot.fs',
      value: values.tokenMetrics,
      source: 'module Bot\n\nlet is s =\n    match s with\n    | "§" -> true\n    | _ -> false\n',
      refused: /guard/,
    },
  ],
});

const script = (body: string, member = '') =>
  `contract Deploy is Script {\n${member}    function run() external {\n        ${body}\n    }\n}\n`;

const scripts: readonly PlaceCase[] = [
  {
    place: 'number',
    file: 'script/Deploy.s.sol',
    value: values.wallet,
    source: script('uint256 deployerPrivateKey = §;'),
    expected: script('uint256 deployerPrivateKey = vm.envUint("PRIVATE_KEY");'),
  },
  {
    place: 'constant',
    file: 'script/Deploy.s.sol',
    value: values.wallet,
    source: script('vm.broadcast();', '    bytes32 internal constant PRIVATE_KEY = §;\n\n'),
    expected: script('vm.broadcast();', '    bytes32 internal PRIVATE_KEY = vm.envBytes32("PRIVATE_KEY");\n\n'),
  },
  {
    place: 'argument of a cheat code',
    file: 'script/Deploy.s.sol',
    value: values.wallet,
    source: script('vm.startBroadcast(§);'),
    expected: script('vm.startBroadcast(vm.envUint("PRIVATE_KEY"));'),
  },
  {
    place: 'text',
    file: 'script/Deploy.s.sol',
    value: values.tokenMetrics,
    source: script('string memory key = "§";'),
    expected: script('string memory key = vm.envString("TOKEN_METRICS_API_KEY");'),
  },
  {
    place: 'part of a URL',
    file: 'script/Deploy.s.sol',
    value: values.infura,
    source: script('vm.createSelectFork("https://mainnet.infura.io/v3/§");'),
    expected: script(
      'vm.createSelectFork(string.concat("https://mainnet.infura.io/v3/", vm.envString("INFURA_API_KEY")));',
    ),
  },
  {
    place: 'literal fallback',
    file: 'script/Deploy.s.sol',
    value: values.wallet,
    source: script('uint256 key = vm.envOr("DEPLOYER_KEY", uint256(§));'),
    expected: script('uint256 key = vm.envUint("DEPLOYER_KEY");'),
  },
  {
    place: 'contract',
    file: 'src/Vault.sol',
    value: values.wallet,
    source: 'contract Vault {\n    bytes32 privateKey = §;\n}\n',
    refused: /has no environment/,
  },
  {
    place: 'pure function',
    file: 'script/Deploy.s.sol',
    value: values.wallet,
    source:
      'contract Deploy is Script {\n    function key() internal pure returns (uint256 privateKey) {\n        privateKey = §;\n    }\n}\n',
    refused: /view/,
  },
];

provePlaces({
  language: 'Solidity scripts',
  idiom: solidity,
  grammar: 'solidity',
  comment: '// say no',
  cases: scripts,
});

/** What Foundry's library declares, as far as the programs use it. Source: github.com/foundry-rs/forge-std, Vm.sol. */
const FORGE = `interface Vm {
    function envUint(string calldata) external view returns (uint256);
    function envBytes32(string calldata) external view returns (bytes32);
    function envString(string calldata) external view returns (string memory);
    function envOr(string calldata, uint256) external view returns (uint256);
    function broadcast() external;
    function startBroadcast(uint256) external;
    function createSelectFork(string calldata) external returns (uint256);
}
abstract contract Script {
    Vm internal constant vm = Vm(address(1));
}
`;

describe('fixes in Solidity scripts, compiled', () => {
  it('leave scripts that the compiler takes as it took them before', async function () {
    this.timeout(120_000);
    const sources: Record<string, { content: string }> = { 'Script.sol': { content: FORGE } };
    for (const [i, c] of scripts.filter((x) => !x.refused).entries()) {
      const value = (c.value ?? values.wallet)();
      const text = c.source.replaceAll('§', value);
      const { files } = await fix({ [c.file]: text }, c.file);
      const whole = (body: string) => ({
        content: `pragma solidity ^0.8.0;\nimport {Script} from "Script.sol";\n${body}`,
      });
      sources[`${i} ${c.place}, before`] = whole(text);
      sources[`${i} ${c.place}, after`] = whole(files[c.file] as string);
    }
    const input = {
      language: 'Solidity',
      sources,
      settings: { outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
    };
    const { errors = [] } = JSON.parse(solc.compile(JSON.stringify(input))) as { errors?: SolcMessage[] };
    assert.deepEqual(
      errors.filter((e) => e.severity === 'error').map((e) => `${e.sourceLocation?.file}: ${e.message}`),
      [],
    );
    assert.equal(Object.keys(sources).length, 13);
  });
});

interface SolcMessage {
  readonly severity: string;
  readonly message: string;
  readonly sourceLocation?: { readonly file: string };
}
