import assert from 'node:assert/strict';
import { alnum } from '../scan/specimens';
import { fix } from './fixing';

const bot = (head: string, value: string) => `${head}\nexport const x = { binanceApiSecret: '${value}' };\n`;

describe("the project's own typed environment", () => {
  const schemas: Readonly<Record<string, readonly [path: string, text: string, head: string, read: string]>> = {
    't3-env': [
      'src/env.ts',
      'import { createEnv } from "@t3-oss/env-core";\nexport const env = createEnv({\n  server: {\n    MODE: z.string(),\n  },\n  runtimeEnv: process.env,\n});\n',
      "import { env } from './env';",
      'env.BINANCE_API_SECRET',
    ],
    envalid: [
      'src/config.ts',
      "import { cleanEnv, str } from 'envalid';\nexport const config = cleanEnv(process.env, {\n  MODE: str(),\n});\n",
      "import { config } from '@/config';",
      'config.BINANCE_API_SECRET',
    ],
    zod: [
      'src/env/index.ts',
      'const schema = z.object({\n  MODE: z.string(),\n});\nexport const env = schema.parse(process.env);\n',
      "import { env } from './env';",
      'env.BINANCE_API_SECRET',
    ],
  };
  for (const [name, [path, text, head, read]] of Object.entries(schemas)) {
    it(`is what the program reads where it imports it: ${name}`, async () => {
      const value = alnum(64);
      const files = { 'package.json': '{}', [path]: text, 'src/bot.ts': bot(head, value) };
      const { files: after } = await fix(files, 'src/bot.ts');
      assert.equal(after['src/bot.ts'], bot(head, value).replace(`'${value}'`, read));
      assert.match(after[path] ?? '', /BINANCE_API_SECRET/);
      const other = await fix({ ...files, 'src/bot.ts': bot('', value) }, 'src/bot.ts');
      assert.match(other.files['src/bot.ts'] ?? '', /process\.env\.BINANCE_API_SECRET/, 'not where it does not');
    });
  }

  it('is what the program reads where it imports it: pydantic-settings, which loads the env file too', async () => {
    const settings = (imports: string) =>
      `from pydantic import ${imports}\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    model_config = {"env_file": ".env"}\n    env_file = ".env"\n    mode: str = "live"\n\n\nsettings = Settings()\n`;
    const program = (value: string) =>
      `from app.settings import settings\n\nbinance_api_secret = ${value}\nprint(settings.mode)\n`;
    const value = alnum(64);
    for (const [imports, read] of [
      ['Field', 'settings.binance_api_secret'],
      ['SecretStr', 'settings.binance_api_secret.get_secret_value()'],
    ] as const) {
      const { plan, files } = await fix(
        { 'app/settings.py': settings(imports), 'bot.py': program(`"${value}"`) },
        'bot.py',
      );
      assert.equal(files['bot.py'], program(read));
      assert.match(files['app/settings.py'] ?? '', /\n {4}binance_api_secret: (?:str|SecretStr)\n/);
      assert.equal(plan.title, 'Move to environment variable BINANCE_API_SECRET in .env');
      assert.deepEqual(plan.followUp, []);
    }
  });
});
