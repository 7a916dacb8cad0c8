import { python } from '../../../src/remedy/languages/python';
import { provePlaces } from '../places';
import { interpreter, runs } from '../toolchains';
import { values } from '../values';

provePlaces({
  language: 'Python',
  idiom: python,
  grammar: 'python',
  toolchain: interpreter('python', 'python', ['--version'], () => runs('python', '--version')),
  comment: '# don\'t say "no"',
  cases: [
    {
      place: 'argument',
      file: 'bot.py',
      run: true,
      source:
        '"""A bot."""\nfrom __future__ import annotations\n\n\ndef login(binance_api_secret):\n    print(binance_api_secret)\n\n\nlogin(binance_api_secret="§")\n',
      expected:
        '"""A bot."""\nfrom __future__ import annotations\n\nimport os\n\n\ndef login(binance_api_secret):\n    print(binance_api_secret)\n\n\nlogin(binance_api_secret=os.environ["BINANCE_API_SECRET"])\n',
    },
    {
      place: 'default of a parameter',
      file: 'bot.py',
      run: true,
      source: 'import os, sys\n\n\ndef run(binance_api_secret="§"):\n    print(binance_api_secret)\n\n\nrun()\n',
      expected:
        'import os, sys\n\n\ndef run(binance_api_secret=os.environ["BINANCE_API_SECRET"]):\n    print(binance_api_secret)\n\n\nrun()\n',
    },
    {
      place: 'quotes of the file',
      file: 'bot.py',
      run: true,
      source: "import json\nimport sys\n\nkeys = {'binance_api_secret': '§'}\nprint(keys['binance_api_secret'])\n",
      expected:
        "import os\nimport json\nimport sys\n\nkeys = {'binance_api_secret': os.environ['BINANCE_API_SECRET']}\nprint(keys['binance_api_secret'])\n",
    },
    {
      place: 'part of a URL',
      file: 'bot.py',
      run: true,
      value: values.infura,
      source: 'import os\n\nurl = "https://mainnet.infura.io/v3/§"\nprint(url.split("/")[-1])\n',
      expected:
        'import os\n\nurl = f"https://mainnet.infura.io/v3/{os.environ[\'INFURA_API_KEY\']}"\nprint(url.split("/")[-1])\n',
    },
    {
      place: 'part of an f-string',
      file: 'bot.py',
      run: true,
      value: values.tokenMetrics,
      source: 'import os\n\nscheme = "Bearer"\nheader = f"{scheme!s:>6} §"\nprint(header[7:])\n',
      expected:
        'import os\n\nscheme = "Bearer"\nheader = f"{scheme!s:>6} {os.environ[\'TOKEN_METRICS_API_KEY\']}"\nprint(header[7:])\n',
    },
    {
      place: 'text that is formatted',
      file: 'bot.py',
      run: true,
      value: values.tokenMetrics,
      source: 'import os\n\nheader = "{} §".format("Bearer")\nprint(header[7:])\n',
      expected:
        'import os\n\nheader = ("{} " + os.environ["TOKEN_METRICS_API_KEY"]).format("Bearer")\nprint(header[7:])\n',
    },
    {
      place: 'strings side by side',
      file: 'bot.py',
      run: true,
      value: values.tokenMetrics,
      source: 'import os\n\nheader = ("Bearer "\n          "§")\nprint(header[7:])\n',
      expected:
        'import os\n\nheader = ("Bearer "\n          f"{os.environ[\'TOKEN_METRICS_API_KEY\']}")\nprint(header[7:])\n',
    },
    {
      place: 'bytes',
      file: 'bot.py',
      run: true,
      source: 'import os\n\nbinance_api_secret = b"§"\nprint(binance_api_secret.decode())\n',
      expected:
        'import os\n\nbinance_api_secret = os.environ["BINANCE_API_SECRET"].encode()\nprint(binance_api_secret.decode())\n',
    },
    {
      place: 'part of bytes',
      file: 'bot.py',
      run: true,
      value: values.tokenMetrics,
      source: 'import os\n\nheader = b"Bearer §"\nprint(header[7:].decode())\n',
      expected:
        'import os\n\nheader = b"Bearer " + os.environ["TOKEN_METRICS_API_KEY"].encode()\nprint(header[7:].decode())\n',
    },
    {
      place: 'raw string of several lines',
      file: 'bot.py',
      run: true,
      value: values.tokenMetrics,
      source: 'import os\n\ntext = r"""it\'s \\d {x}\ntoken_metrics_api_key=§"""\nprint(text.split("=")[1])\n',
      expected:
        'import os\n\ntext = rf"""it\'s \\d {{x}}\ntoken_metrics_api_key={os.environ[\'TOKEN_METRICS_API_KEY\']}"""\nprint(text.split("=")[1])\n',
    },
    {
      place: 'list of numbers',
      file: 'bot.py',
      run: true,
      value: values.keypair,
      source: 'import os\n\nwallet = bytes(§)\nprint(str(list(wallet)).replace(" ", ""))\n',
      expected:
        'import json\nimport os\n\nwallet = bytes(json.loads(os.environ["SOLANA_PRIVATE_KEY"]))\nprint(str(list(wallet)).replace(" ", ""))\n',
    },
    {
      place: 'PEM block',
      file: 'bot.py',
      run: true,
      value: values.pem,
      source: 'import os\n\ncoinbase_private_key = """§\n"""\nprint(coinbase_private_key, end="")\n',
      expected:
        'import os\n\ncoinbase_private_key = os.environ["CDP_API_KEY_SECRET"].replace("\\\\n", "\\n")\nprint(coinbase_private_key, end="")\n',
    },
    {
      place: 'literal fallback',
      file: 'bot.py',
      run: true,
      source: 'import os\n\nsecret = os.environ.get("BINANCE_API_SECRET", "§")\nprint(secret)\n',
      expected: 'import os\n\nsecret = os.environ["BINANCE_API_SECRET"]\nprint(secret)\n',
    },
    {
      place: 'literal fallback after or',
      file: 'bot.py',
      run: true,
      source: 'import os\n\nsecret = os.getenv("BINANCE_API_SECRET") or "§"\nprint(secret)\n',
      expected: 'import os\n\nsecret = os.environ["BINANCE_API_SECRET"]\nprint(secret)\n',
    },
    {
      place: 'assignment to the environment',
      file: 'bot.py',
      run: true,
      value: values.tokenMetrics,
      source: 'import os\n\nos.environ["TM_KEY"] = "§"\nprint(os.environ["TM_KEY"])\n',
      expected:
        'import os\n\nif "TM_KEY" not in os.environ:\n    raise RuntimeError("TM_KEY is not set")\nprint(os.environ["TM_KEY"])\n',
    },
    {
      place: 'from os import environ',
      file: 'bot.py',
      run: true,
      source: 'from os import environ, path\n\nbinance_api_secret = "§"\nprint(binance_api_secret)\n',
      expected:
        'from os import environ, path\n\nbinance_api_secret = environ["BINANCE_API_SECRET"]\nprint(binance_api_secret)\n',
    },
    {
      place: 'field of pydantic-settings',
      file: 'settings.py',
      source:
        'from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\nclass Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env")\n\n    window: int = 5\n    binance_api_secret: str = "§"\n',
      expected:
        'from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\nclass Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env")\n\n    window: int = 5\n    binance_api_secret: str\n',
    },
    {
      place: 'django-environ',
      file: 'settings.py',
      source: 'import environ\n\nenv = environ.Env()\nBINANCE_API_SECRET = "§"\n',
      expected: 'import environ\n\nenv = environ.Env()\nBINANCE_API_SECRET = env("BINANCE_API_SECRET")\n',
    },
    {
      place: 'default of django-environ',
      file: 'settings.py',
      source: 'import environ\n\nenv = environ.Env()\nBINANCE_API_SECRET = env("BINANCE_API_SECRET", default="§")\n',
      expected: 'import environ\n\nenv = environ.Env()\nBINANCE_API_SECRET = env("BINANCE_API_SECRET")\n',
    },
    {
      place: 'decouple',
      file: 'settings.py',
      source: "from decouple import config\n\nDEBUG = config('DEBUG')\nBINANCE_API_SECRET = '§'\n",
      expected:
        "from decouple import config\n\nDEBUG = config('DEBUG')\nBINANCE_API_SECRET = config('BINANCE_API_SECRET')\n",
    },
    {
      place: 'pattern',
      file: 'bot.py',
      value: values.tokenMetrics,
      source: 'match key:\n    case "§":\n        pass\n',
      refused: /guard/,
    },
    {
      place: 'documentation',
      file: 'bot.py',
      value: values.tokenMetrics,
      source: 'def run():\n    """Runs with key §."""\n',
      refused: /comment/,
    },
    { place: 'comment', file: 'bot.py', source: '# binance_api_secret = "§"\n', refused: /comment/ },
  ],
});
