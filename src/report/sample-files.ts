/** The files of the walkthrough's sample: a bot with two keys in its source, which its start command could read from an env file. */
export function sampleFiles(note: string, key: string, secret: string): Readonly<Record<string, string>> {
  return {
    'bot.js': [
      `// ${note}`,
      "import ccxt from 'ccxt';",
      '',
      'const exchange = new ccxt.binance({',
      `  apiKey: '${key}',`,
      `  secret: '${secret}',`,
      '});',
      '',
      "console.log(await exchange.fetchTicker('BTC/USDT'));",
      '',
    ].join('\n'),
    'package.json': '{ "type": "module", "scripts": { "start": "node --env-file=.env bot.js" } }\n',
  };
}
