import assert from 'node:assert/strict';
import { fix } from '../fixing';
import { syntaxErrors } from '../grammars';
import { values } from '../values';

/** A key and its secret in one file: what both need stands there once. */
const files: Readonly<Record<string, readonly [grammar: string | undefined, source: string, expected: string]>> = {
  'main.go': [
    'go',
    'package main\n\nconst (\n\tbinanceApiKey    = "§1"\n\tbinanceApiSecret = "§2"\n)\n\nfunc main() {\n\tprintln(binanceApiKey, binanceApiSecret)\n}\n',
    'package main\n\nimport "os"\n\nvar (\n\tbinanceApiKey    = os.Getenv("BINANCE_API_KEY")\n\tbinanceApiSecret = os.Getenv("BINANCE_API_SECRET")\n)\n\nfunc main() {\n\tprintln(binanceApiKey, binanceApiSecret)\n}\n',
  ],
  'main.rs': [
    'rust',
    'const BINANCE_API_KEY: &str = "§1";\nconst BINANCE_API_SECRET: &str = "§2";\n\nfn main() {\n    login(BINANCE_API_KEY, BINANCE_API_SECRET);\n}\n',
    'use std::sync::LazyLock;\n\nstatic BINANCE_API_KEY: LazyLock<String> = LazyLock::new(|| std::env::var("BINANCE_API_KEY").expect("BINANCE_API_KEY is not set"));\nstatic BINANCE_API_SECRET: LazyLock<String> = LazyLock::new(|| std::env::var("BINANCE_API_SECRET").expect("BINANCE_API_SECRET is not set"));\n\nfn main() {\n    login(BINANCE_API_KEY.as_str(), BINANCE_API_SECRET.as_str());\n}\n',
  ],
  'Bot.java': [
    'java',
    'class Bot {\n    String binanceApiKey = "§1";\n    String binanceApiSecret = "§2";\n}\n',
    'import java.util.Objects;\n\nclass Bot {\n    String binanceApiKey = Objects.requireNonNull(System.getenv("BINANCE_API_KEY"), "BINANCE_API_KEY is not set");\n    String binanceApiSecret = Objects.requireNonNull(System.getenv("BINANCE_API_SECRET"), "BINANCE_API_SECRET is not set");\n}\n',
  ],
  'Bot.cs': [
    'c-sharp',
    'using System.Text;\n\nclass Bot\n{\n    const string BinanceApiKey = "§1";\n    const string BinanceApiSecret = "§2";\n}\n',
    'using System;\nusing System.Text;\n\nclass Bot\n{\n    static readonly string BinanceApiKey = Environment.GetEnvironmentVariable("BINANCE_API_KEY") ?? throw new InvalidOperationException("BINANCE_API_KEY is not set");\n    static readonly string BinanceApiSecret = Environment.GetEnvironmentVariable("BINANCE_API_SECRET") ?? throw new InvalidOperationException("BINANCE_API_SECRET is not set");\n}\n',
  ],
  'bot.py': [
    'python',
    "import ccxt\n\nb = ccxt.binance({'apiKey': '§1', 'secret': '§2'})\n",
    "import os\nimport ccxt\n\nb = ccxt.binance({'apiKey': os.environ['BINANCE_API_KEY'], 'secret': os.environ['BINANCE_API_SECRET']})\n",
  ],
  'bot.c': [
    'c',
    '#include "bot.h"\n\nint main(void) {\n  login((struct keys){.binance_api_key = "§1", .binance_api_secret = "§2"});\n}\n',
    '#include "bot.h"\n#include <stdio.h>\n#include <stdlib.h>\n\nstatic char *required_env(const char *name) {\n  char *value = getenv(name);\n  if (value == NULL) {\n    fprintf(stderr, "%s is not set\\n", name);\n    exit(EXIT_FAILURE);\n  }\n  return value;\n}\n\nint main(void) {\n  login((struct keys){.binance_api_key = required_env("BINANCE_API_KEY"), .binance_api_secret = required_env("BINANCE_API_SECRET")});\n}\n',
  ],
  'bot.swift': [
    'swift',
    'let binanceApiKey = "§1"\nlet binanceApiSecret = "§2"\n',
    'import Foundation\n\nlet binanceApiKey = ProcessInfo.processInfo.environment["BINANCE_API_KEY"]!\nlet binanceApiSecret = ProcessInfo.processInfo.environment["BINANCE_API_SECRET"]!\n',
  ],
  'bot.dart': [
    'dart',
    "const binanceApiKey = '§1';\nconst binanceApiSecret = '§2';\n",
    "import 'dart:io';\n\nfinal binanceApiKey = Platform.environment['BINANCE_API_KEY']!;\nfinal binanceApiSecret = Platform.environment['BINANCE_API_SECRET']!;\n",
  ],
  'bot.pl': [
    undefined,
    "my %keys = (binance_api_key => '§1', binance_api_secret => '§2');\n",
    'my %keys = (binance_api_key => $ENV{BINANCE_API_KEY} // die("BINANCE_API_KEY is not set\\n"), binance_api_secret => $ENV{BINANCE_API_SECRET} // die("BINANCE_API_SECRET is not set\\n"));\n',
  ],
  'run.ps1': [
    'powershell',
    "$BinanceApiKey = '§1'\n$BinanceApiSecret = '§2'\n",
    '$BinanceApiKey = $env:BINANCE_API_KEY\n$BinanceApiSecret = $env:BINANCE_API_SECRET\n',
  ],
};

describe('fixes of a whole credential', () => {
  for (const [file, [grammar, source, expected]] of Object.entries(files)) {
    it(`move both parts in ${file}, with imports and helpers once`, async () => {
      const [key, secret] = [values.binance(), values.binance()];
      const fixed = await fix({ [file]: source.replace('§1', key).replace('§2', secret) }, file);
      assert.equal(fixed.files[file], expected);
      assert.equal(fixed.files['.env'], `BINANCE_API_KEY=${key}\nBINANCE_API_SECRET=${secret}\n`);
      assert.deepEqual(grammar ? await syntaxErrors(grammar, expected) : [], []);
    });
  }
});
