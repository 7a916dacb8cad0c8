import { powershell } from '../../../src/remedy/languages/powershell';
import { provePlaces } from '../places';
import { values } from '../values';

provePlaces({
  language: 'PowerShell',
  idiom: powershell,
  grammar: 'powershell',
  toolchain: { name: 'pwsh', present: () => false, run: () => [] },
  comment: '# don\'t say "no"',
  cases: [
    {
      place: 'variable',
      file: 'bot.ps1',
      source: "$BinanceApiSecret = '§'\nWrite-Output $BinanceApiSecret\n",
      expected: '$BinanceApiSecret = $env:BINANCE_API_SECRET\nWrite-Output $BinanceApiSecret\n',
    },
    {
      place: 'member of a hashtable',
      file: 'bot.ps1',
      source: '$keys = @{ BinanceApiSecret = "§"; Window = 1 }\n',
      expected: '$keys = @{ BinanceApiSecret = $env:BINANCE_API_SECRET; Window = 1 }\n',
    },
    {
      place: 'argument',
      file: 'bot.ps1',
      value: values.tokenMetrics,
      source: 'Invoke-Bot -Token "§" -Window 1\n',
      expected: 'Invoke-Bot -Token $env:TOKEN_METRICS_API_KEY -Window 1\n',
    },
    {
      place: 'default of a parameter',
      file: 'bot.ps1',
      source: "param(\n    [string]$BinanceApiSecret = '§'\n)\n\nWrite-Output 1\n",
      expected: 'param(\n    [string]$BinanceApiSecret = $env:BINANCE_API_SECRET\n)\n\nWrite-Output 1\n',
    },
    {
      place: 'part of a string',
      file: 'bot.ps1',
      value: values.tokenMetrics,
      source: '$headers = @{ Authorization = "Bearer §" }\n',
      expected: '$headers = @{ Authorization = "Bearer ${env:TOKEN_METRICS_API_KEY}" }\n',
    },
    {
      place: 'part of a single-quoted string',
      file: 'bot.ps1',
      value: values.infura,
      source: "$url = 'https://mainnet.infura.io/v3/§'\n",
      expected: '$url = "https://mainnet.infura.io/v3/${env:INFURA_API_KEY}"\n',
    },
    {
      place: 'here-string',
      file: 'bot.ps1',
      value: values.tokenMetrics,
      source: '$text = @"\nit\'s the key\ntoken_metrics_api_key=§\n"@\n',
      expected: '$text = @"\nit\'s the key\ntoken_metrics_api_key=${env:TOKEN_METRICS_API_KEY}\n"@\n',
    },
    {
      place: 'variable of the environment',
      file: 'bot.ps1',
      value: values.tokenMetrics,
      source: '$env:TM_KEY = "§"\n',
      expected: "if (-not $env:TM_KEY) { throw 'TM_KEY is not set' }\n",
    },
    {
      place: 'PEM block',
      file: 'bot.ps1',
      value: values.pem,
      source: "$CoinbasePrivateKey = @'\n§\n'@\n",
      expected: '$CoinbasePrivateKey = $env:CDP_API_KEY_SECRET.Replace(\'\\n\', "`n")\n',
    },
    {
      place: 'literal fallback',
      file: 'bot.ps1',
      unparsed: true,
      source: "$secret = $env:BINANCE_API_SECRET ?? '§'\n",
      expected: "$secret = $env:BINANCE_API_SECRET ?? $(throw 'BINANCE_API_SECRET is not set')\n",
    },
    {
      place: 'single-quoted here-string',
      file: 'bot.ps1',
      value: values.tokenMetrics,
      source: "$text = @'\nkey §\n'@\n",
      refused: /@"/,
    },
    {
      place: 'attribute',
      file: 'bot.ps1',
      source: "param(\n    [Credentials(BinanceApiSecret = '§')]\n    [string]$Name\n)\n",
      refused: /attribute/,
    },
  ],
});
