import { elixir } from '../../../src/remedy/languages/elixir';
import { lua } from '../../../src/remedy/languages/lua';
import { perl } from '../../../src/remedy/languages/perl';
import { provePlaces } from '../places';
import {
  apart,
  DIVIDER,
  inFolder,
  interpreter,
  pour,
  runs,
  type Toolchain,
  together,
  withEnvFile,
} from '../toolchains';
import { values } from '../values';

const die = (name: string) => `$ENV{${name}} // die("${name} is not set\\n")`;

provePlaces({
  language: 'Perl',
  idiom: perl,
  toolchain: interpreter('perl', 'perl', ['-v']),
  comment: '# say no',
  cases: [
    {
      place: 'variable',
      file: 'bot.pl',
      run: true,
      source: "use strict;\nmy $binance_api_secret = '§';\nprint $binance_api_secret;\n",
      expected: `use strict;\nmy $binance_api_secret = ${die('BINANCE_API_SECRET')};\nprint $binance_api_secret;\n`,
    },
    {
      place: 'member of a hash',
      file: 'bot.pl',
      run: true,
      source:
        'my %keys = (binance_api_secret => "§", window => 1);\nprint $keys{binance_api_secret} if $keys{window};\n',
      expected: `my %keys = (binance_api_secret => ${die('BINANCE_API_SECRET')}, window => 1);\nprint $keys{binance_api_secret} if $keys{window};\n`,
    },
    {
      place: 'constant',
      file: 'bot.pl',
      run: true,
      source: "use constant BINANCE_API_SECRET => '§';\nprint BINANCE_API_SECRET;\n",
      expected: `use constant BINANCE_API_SECRET => ${die('BINANCE_API_SECRET')};\nprint BINANCE_API_SECRET;\n`,
    },
    {
      place: 'part of a URL',
      file: 'bot.pl',
      run: true,
      value: values.infura,
      source: 'my $url = "https://mainnet.infura.io/v3/§";\nprint substr($url, 29);\n',
      expected: `my $url = "https://mainnet.infura.io/v3/" . (${die('INFURA_API_KEY')});\nprint substr($url, 29);\n`,
    },
    {
      place: 'JSON text',
      file: 'bot.pl',
      run: true,
      value: values.tokenMetrics,
      source: 'my $json = \'{"apiKey": "§"}\';\nprint $1 if $json =~ /: "(.*)"/;\n',
      expected: `my $json = '{"apiKey": "' . (${die('TOKEN_METRICS_API_KEY')}) . '"}';\nprint $1 if $json =~ /: "(.*)"/;\n`,
    },
    {
      place: 'PEM block',
      file: 'bot.pl',
      run: true,
      value: values.pem,
      source: 'my $coinbase_private_key = "§\n";\nprint $coinbase_private_key;\n',
      expected: `my $coinbase_private_key = (${die('CDP_API_KEY_SECRET')}) =~ s/\\\\n/\\n/gr;\nprint $coinbase_private_key;\n`,
    },
    {
      place: 'literal fallback',
      file: 'bot.pl',
      run: true,
      value: values.tokenMetrics,
      source: "my $secret = $ENV{TM_KEY} || '§';\nprint $secret;\n",
      expected: `my $secret = ${die('TM_KEY')};\nprint $secret;\n`,
    },
    {
      place: 'here-document',
      file: 'bot.pl',
      value: values.tokenMetrics,
      source: 'print <<"TEXT";\nit\'s §\nTEXT\n',
      refused: /before it/,
    },
    { place: 'comment', file: 'bot.pl', source: "# my $binance_api_secret = '§';\n", refused: /comment/ },
  ],
});

const get = (name: string) => `os.getenv("${name}") or error("${name} is not set")`;

provePlaces({
  language: 'Lua',
  idiom: lua,
  toolchain: interpreter('lua', 'lua', ['-v']),
  comment: '-- don\'t say "no"',
  cases: [
    {
      place: 'variable',
      file: 'bot.lua',
      run: true,
      source: "local binance_api_secret = '§'\nprint(binance_api_secret)\n",
      expected: `local binance_api_secret = ${get('BINANCE_API_SECRET')}\nprint(binance_api_secret)\n`,
    },
    {
      place: 'field of a table',
      file: 'bot.lua',
      run: true,
      source: 'local keys = { binance_api_secret = "§", window = 1 }\nprint(keys.binance_api_secret)\n',
      expected: `local keys = { binance_api_secret = ${get('BINANCE_API_SECRET')}, window = 1 }\nprint(keys.binance_api_secret)\n`,
    },
    {
      place: 'call without parentheses',
      file: 'bot.lua',
      run: true,
      value: values.tokenMetrics,
      source: 'print "§"\n',
      expected: `print(${get('TOKEN_METRICS_API_KEY')})\n`,
    },
    {
      place: 'part of a URL',
      file: 'bot.lua',
      run: true,
      value: values.infura,
      source: 'local url = "https://mainnet.infura.io/v3/§"\nprint(url:sub(30))\n',
      expected: `local url = "https://mainnet.infura.io/v3/" .. (${get('INFURA_API_KEY')})\nprint(url:sub(30))\n`,
    },
    {
      place: 'long string',
      file: 'bot.lua',
      run: true,
      value: values.tokenMetrics,
      source: 'local json = [[{"apiKey": "§"}]]\nprint(json:match(\': "(.*)"\'))\n',
      expected: `local json = [[{"apiKey": "]] .. (${get('TOKEN_METRICS_API_KEY')}) .. [["}]]\nprint(json:match(': "(.*)"'))\n`,
    },
    {
      place: 'PEM block',
      file: 'bot.lua',
      run: true,
      value: values.pem,
      source: 'local coinbase_private_key = [[\n§\n]]\nio.write(coinbase_private_key)\n',
      expected: `local coinbase_private_key = ((${get('CDP_API_KEY_SECRET')}):gsub("\\\\n", "\\n"))\nio.write(coinbase_private_key)\n`,
    },
    {
      place: 'literal fallback',
      file: 'bot.lua',
      run: true,
      source: 'local secret = os.getenv("BINANCE_API_SECRET") or "§"\nprint(secret)\n',
      expected: `local secret = ${get('BINANCE_API_SECRET')}\nprint(secret)\n`,
    },
    { place: 'comment', file: 'bot.lua', source: "--[[\nbinance_api_secret = '§'\n]]\n", refused: /comment/ },
  ],
});

/** All programs in one machine: it starts slowly. */
const elixirs: Toolchain = {
  name: 'elixir',
  present: () => runs('elixir', '--version'),
  run: (programs) =>
    inFolder((folder) => {
      const { texts, env } = together(programs);
      const names = texts.map((_, i) => `p${i}.exs`);
      pour(folder, {
        ...Object.fromEntries(texts.map((text, i) => [`p${i}.exs`, `${text}IO.puts("\\n${DIVIDER}")\n`])),
        '.env': env,
      });
      return apart(withEnvFile(folder, `elixir ${names.map((n) => `-r ${n}`).join(' ')}`), programs);
    }),
};

provePlaces({
  language: 'Elixir',
  idiom: elixir,
  grammar: 'elixir',
  toolchain: elixirs,
  comment: '# don\'t say "no"',
  cases: [
    {
      place: 'variable',
      file: 'bot.exs',
      run: true,
      source: 'binance_api_secret = "§"\nIO.puts(binance_api_secret)\n',
      expected: 'binance_api_secret = System.fetch_env!("BINANCE_API_SECRET")\nIO.puts(binance_api_secret)\n',
    },
    {
      place: 'member of a keyword list',
      file: 'bot.exs',
      run: true,
      source: 'keys = [binance_api_secret: "§", window: 1]\nIO.puts(keys[:binance_api_secret])\n',
      expected:
        'keys = [binance_api_secret: System.fetch_env!("BINANCE_API_SECRET"), window: 1]\nIO.puts(keys[:binance_api_secret])\n',
    },
    {
      place: 'part of a URL',
      file: 'bot.exs',
      run: true,
      value: values.infura,
      source: 'url = "https://mainnet.infura.io/v3/§"\nIO.puts(String.slice(url, 29..-1))\n',
      expected:
        'url = "https://mainnet.infura.io/v3/#{System.fetch_env!("INFURA_API_KEY")}"\nIO.puts(String.slice(url, 29..-1))\n',
    },
    {
      place: 'PEM block',
      file: 'bot.exs',
      run: true,
      value: values.pem,
      source: 'coinbase_private_key = """\n§\n"""\nIO.write(coinbase_private_key)\n',
      expected:
        'coinbase_private_key = System.fetch_env!("CDP_API_KEY_SECRET") |> String.replace("\\\\n", "\\n")\nIO.write(coinbase_private_key)\n',
    },
    {
      place: 'literal fallback',
      file: 'bot.exs',
      run: true,
      source: 'secret = System.get_env("BINANCE_API_SECRET", "§")\nIO.puts(secret)\n',
      expected: 'secret = System.fetch_env!("BINANCE_API_SECRET")\nIO.puts(secret)\n',
    },
    {
      place: 'config/runtime.exs',
      file: 'config/runtime.exs',
      source: 'import Config\n\nconfig :bot, binance_api_secret: "§"\n',
      expected: 'import Config\n\nconfig :bot, binance_api_secret: System.fetch_env!("BINANCE_API_SECRET")\n',
    },
    {
      place: 'attribute of a module',
      file: 'lib/bot.ex',
      source: 'defmodule Bot do\n  @binance_api_secret "§"\nend\n',
      refused: /function/,
    },
    {
      place: 'config/prod.exs',
      file: 'config/prod.exs',
      source: 'import Config\n\nconfig :bot, binance_api_secret: "§"\n',
      refused: /runtime\.exs/,
    },
    { place: 'comment', file: 'bot.exs', source: '# binance_api_secret = "§"\n', refused: /comment/ },
  ],
});
