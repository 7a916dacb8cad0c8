import { ruby } from '../../../src/remedy/languages/ruby';
import { provePlaces } from '../places';
import { interpreter } from '../toolchains';
import { values } from '../values';

provePlaces({
  language: 'Ruby',
  idiom: ruby,
  grammar: 'ruby',
  toolchain: interpreter('ruby', 'ruby', ['--version']),
  comment: '# don\'t say "no"',
  cases: [
    {
      place: 'constant',
      file: 'bot.rb',
      run: true,
      source: "# frozen_string_literal: true\n\nBINANCE_API_SECRET = '§'.freeze\nputs BINANCE_API_SECRET\n",
      expected:
        "# frozen_string_literal: true\n\nBINANCE_API_SECRET = ENV.fetch('BINANCE_API_SECRET').freeze\nputs BINANCE_API_SECRET\n",
    },
    {
      place: 'member of a hash',
      file: 'bot.rb',
      run: true,
      source: 'keys = { "binance_api_secret" => "§", window: 1 }\nputs keys["binance_api_secret"]\n',
      expected:
        'keys = { "binance_api_secret" => ENV.fetch("BINANCE_API_SECRET"), window: 1 }\nputs keys["binance_api_secret"]\n',
    },
    {
      place: 'default of a parameter',
      file: 'bot.rb',
      run: true,
      source: 'def run(binance_api_secret = "§")\n  puts binance_api_secret\nend\n\nrun\n',
      expected:
        'def run(binance_api_secret = ENV.fetch("BINANCE_API_SECRET"))\n  puts binance_api_secret\nend\n\nrun\n',
    },
    {
      place: 'part of a URL',
      file: 'bot.rb',
      run: true,
      value: values.infura,
      source: 'url = "https://mainnet.infura.io/v3/§"\nputs url[/[^\\/"]+\\z/]\n',
      expected: 'url = "https://mainnet.infura.io/v3/#{ENV.fetch("INFURA_API_KEY")}"\nputs url[/[^\\/"]+\\z/]\n',
    },
    {
      place: 'part of a single-quoted string',
      file: 'bot.rb',
      run: true,
      value: values.tokenMetrics,
      source: "header = 'it\\'s \"#{x}\" \\\\ Bearer §'\nputs header.split(' ').last\n",
      expected:
        "header = \"it's \\\"\\#{x}\\\" \\\\ Bearer #{ENV.fetch('TOKEN_METRICS_API_KEY')}\"\nputs header.split(' ').last\n",
    },
    {
      place: 'here-document',
      file: 'bot.rb',
      run: true,
      value: values.tokenMetrics,
      source: 'text = <<~TEXT\n  it\'s the key\n  token_metrics_api_key=§\nTEXT\nputs text.split("=").last\n',
      expected:
        'text = <<~TEXT\n  it\'s the key\n  token_metrics_api_key=#{ENV.fetch("TOKEN_METRICS_API_KEY")}\nTEXT\nputs text.split("=").last\n',
    },
    {
      place: 'list of numbers',
      file: 'bot.rb',
      run: true,
      value: values.keypair,
      source: 'require "set"\n\nwallet = §\nputs wallet.inspect.delete(" ")\n',
      expected:
        'require "set"\nrequire "json"\n\nwallet = JSON.parse(ENV.fetch("SOLANA_PRIVATE_KEY"))\nputs wallet.inspect.delete(" ")\n',
    },
    {
      place: 'PEM block',
      file: 'bot.rb',
      run: true,
      value: values.pem,
      source: 'coinbase_private_key = "§\n"\nputs coinbase_private_key\n',
      expected:
        'coinbase_private_key = ENV.fetch("CDP_API_KEY_SECRET").gsub(\'\\n\', "\\n")\nputs coinbase_private_key\n',
    },
    {
      place: 'literal fallback',
      file: 'bot.rb',
      run: true,
      source: 'puts ENV.fetch("BINANCE_API_SECRET", "§")\n',
      expected: 'puts ENV.fetch("BINANCE_API_SECRET")\n',
    },
    {
      place: 'literal fallback after ||',
      file: 'bot.rb',
      run: true,
      source: 'secret = ENV["BINANCE_API_SECRET"] || "§"\nputs secret\n',
      expected: 'secret = ENV.fetch("BINANCE_API_SECRET")\nputs secret\n',
    },
    {
      place: 'quoted here-document',
      file: 'bot.rb',
      value: values.tokenMetrics,
      source: "text = <<~'TEXT'\n  key §\nTEXT\n",
      refused: /without quotes/,
    },
    { place: 'comment', file: 'bot.rb', source: '# binance_api_secret = "§"\n', refused: /comment/ },
  ],
});
