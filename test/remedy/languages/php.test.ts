import { php } from '../../../src/remedy/languages/php';
import { provePlaces } from '../places';
import { interpreter } from '../toolchains';
import { values } from '../values';

const read = (name: string, exception = 'RuntimeException') =>
  `getenv('${name}') ?: throw new ${exception}('${name} is not set')`;
const composer = (requires: object) => ({ 'composer.json': JSON.stringify({ require: requires }) });

provePlaces({
  language: 'PHP',
  idiom: php,
  grammar: 'php',
  toolchain: interpreter('php', 'php', ['--version']),
  comment: '// don\'t say "no"',
  cases: [
    {
      place: 'variable',
      file: 'bot.php',
      run: true,
      source: "<?php\ndeclare(strict_types=1);\n\n$binanceApiSecret = '§';\necho $binanceApiSecret;\n",
      expected: `<?php\ndeclare(strict_types=1);\n\n$binanceApiSecret = ${read('BINANCE_API_SECRET')};\necho $binanceApiSecret;\n`,
    },
    {
      place: 'member of an array',
      file: 'bot.php',
      run: true,
      source: "<?php\n$keys = ['binanceApiSecret' => '§', 'window' => 1];\necho $keys['binanceApiSecret'];\n",
      expected: `<?php\n$keys = ['binanceApiSecret' => ${read('BINANCE_API_SECRET')}, 'window' => 1];\necho $keys['binanceApiSecret'];\n`,
    },
    {
      place: 'constant made with define',
      file: 'bot.php',
      run: true,
      source: "<?php\ndefine('BINANCE_API_SECRET', '§');\necho BINANCE_API_SECRET;\n",
      expected: `<?php\ndefine('BINANCE_API_SECRET', ${read('BINANCE_API_SECRET')});\necho BINANCE_API_SECRET;\n`,
    },
    {
      place: 'part of a URL',
      file: 'bot.php',
      run: true,
      value: values.infura,
      source: '<?php\n$url = "https://mainnet.infura.io/v3/§";\necho substr($url, 29);\n',
      expected: `<?php\n$url = "https://mainnet.infura.io/v3/" . (${read('INFURA_API_KEY')});\necho substr($url, 29);\n`,
    },
    {
      place: 'JSON text',
      file: 'bot.php',
      run: true,
      value: values.tokenMetrics,
      source: '<?php\n$json = \'{"apiKey": "§"}\';\necho json_decode($json)->apiKey;\n',
      expected: `<?php\n$json = '{"apiKey": "' . (${read('TOKEN_METRICS_API_KEY')}) . '"}';\necho json_decode($json)->apiKey;\n`,
    },
    {
      place: 'file with a namespace',
      file: 'bot.php',
      run: true,
      source: "<?php\n\nnamespace App;\n\n$binanceApiSecret = '§';\necho $binanceApiSecret;\n",
      expected: `<?php\n\nnamespace App;\n\n$binanceApiSecret = ${read('BINANCE_API_SECRET', '\\RuntimeException')};\necho $binanceApiSecret;\n`,
    },
    {
      place: 'PEM block',
      file: 'bot.php',
      run: true,
      value: values.pem,
      source: '<?php\n$coinbasePrivateKey = "§\n";\necho $coinbasePrivateKey;\n',
      expected: `<?php\n$coinbasePrivateKey = str_replace('\\n', "\\n", ${read('CDP_API_KEY_SECRET')});\necho $coinbasePrivateKey;\n`,
    },
    {
      place: 'literal fallback',
      file: 'bot.php',
      run: true,
      source: "<?php\n$secret = getenv('BINANCE_API_SECRET') ?: '§';\necho $secret;\n",
      expected: `<?php\n$secret = ${read('BINANCE_API_SECRET')};\necho $secret;\n`,
    },
    {
      place: 'phpdotenv',
      file: 'bot.php',
      files: composer({ 'vlucas/phpdotenv': '^5' }),
      source: "<?php\n$binanceApiSecret = '§';\n",
      expected:
        "<?php\n$binanceApiSecret = $_ENV['BINANCE_API_SECRET'] ?? throw new RuntimeException('BINANCE_API_SECRET is not set');\n",
    },
    {
      place: 'configuration of Laravel',
      file: 'config/services.php',
      files: composer({ 'laravel/framework': '^11' }),
      source: "<?php\n\nreturn [\n    'binance' => ['api_secret' => '§'],\n];\n",
      expected: "<?php\n\nreturn [\n    'binance' => ['api_secret' => env('BINANCE_API_SECRET')],\n];\n",
    },
    {
      place: 'constant of a class',
      file: 'bot.php',
      source: "<?php\nclass Bot\n{\n    private const BINANCE_API_SECRET = '§';\n}\n",
      refused: /constructor/,
    },
    {
      place: 'default of a parameter',
      file: 'bot.php',
      source: "<?php\nfunction run($binanceApiSecret = '§') {}\n",
      refused: /null/,
    },
    {
      place: 'constant made with const',
      file: 'bot.php',
      source: "<?php\nconst BINANCE_API_SECRET = '§';\n",
      refused: /define/,
    },
    {
      place: 'here-document',
      file: 'bot.php',
      value: values.tokenMetrics,
      source: "<?php\n$text = <<<TEXT\n  it's §\n  TEXT;\n",
      refused: /variable .* before it/,
    },
    {
      place: 'text of a page',
      file: 'page.php',
      value: values.tokenMetrics,
      source: '<p title="§">Don\'t</p>\n<?php echo 1;\n',
      refused: /page/,
    },
  ],
});
