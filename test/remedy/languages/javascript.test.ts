import fs from 'node:fs';
import { transformSync } from 'esbuild';
import { javascript } from '../../../src/remedy/languages/javascript';
import { provePlaces } from '../places';
import { inFolder, pour, shell, type Toolchain } from '../toolchains';
import { values } from '../values';

/** Node: TypeScript goes through esbuild first, for the oldest Node that is supported can't run it. */
const toolchain: Toolchain = {
  name: 'node',
  shown: true,
  present: () => true,
  run: (programs) =>
    programs.map((p) =>
      inFolder((folder) => {
        pour(folder, p.files);
        const script = p.file.replace(/\.ts$/, '.mjs');
        if (script !== p.file) {
          fs.writeFileSync(`${folder}/${script}`, transformSync(p.files[p.file] as string, { loader: 'ts' }).code);
        }
        const shown = p.commands?.[0]?.line.replace('npx tsx', 'node').replace(p.file, script);
        return shell(folder, shown ?? `node ${script}`);
      }),
    ),
};

const kit = { 'package.json': JSON.stringify({ dependencies: { '@sveltejs/kit': '2' } }) };
const hardhat3 = { 'package.json': JSON.stringify({ devDependencies: { hardhat: '^3.0.0' } }) };

provePlaces({
  language: 'JavaScript and TypeScript',
  idiom: javascript,
  grammar: 'tsx',
  toolchain,
  comment: '// don\'t say "no" or `yes',
  cases: [
    {
      place: 'member of an object',
      file: 'bot.js',
      run: true,
      source: "const keys = {\n\tbinanceApiSecret: '§',\n};\nconsole.log(keys.binanceApiSecret);\n",
      expected:
        'const keys = {\n\tbinanceApiSecret: process.env.BINANCE_API_SECRET,\n};\nconsole.log(keys.binanceApiSecret);\n',
    },
    {
      place: 'constant',
      file: 'bot.ts',
      run: true,
      source: 'const binanceApiSecret: string = "§";\nconsole.log(binanceApiSecret);\n',
      expected: 'const binanceApiSecret: string = process.env.BINANCE_API_SECRET!;\nconsole.log(binanceApiSecret);\n',
    },
    {
      place: 'constant of literal type',
      file: 'bot.ts',
      run: true,
      source: 'const binanceApiSecret = "§" as const;\nconsole.log(binanceApiSecret);\n',
      expected: 'const binanceApiSecret = process.env.BINANCE_API_SECRET!;\nconsole.log(binanceApiSecret);\n',
    },
    {
      place: 'default of a parameter',
      file: 'bot.js',
      run: true,
      source: "function run(binanceApiSecret = '§') {\n  console.log(binanceApiSecret);\n}\nrun();\n",
      expected:
        'function run(binanceApiSecret = process.env.BINANCE_API_SECRET) {\n  console.log(binanceApiSecret);\n}\nrun();\n',
    },
    {
      place: 'part of a URL',
      file: 'bot.js',
      run: true,
      value: values.infura,
      source: 'const url = "https://mainnet.infura.io/v3/§";\nconsole.log(url.replace(/.*["/]/, ""));\n',
      expected:
        'const url = `https://mainnet.infura.io/v3/${process.env.INFURA_API_KEY}`;\nconsole.log(url.replace(/.*["/]/, ""));\n',
    },
    {
      place: 'part of a template literal',
      file: 'bot.ts',
      run: true,
      value: values.tokenMetrics,
      source: 'const scheme = "Bearer";\nconst header = `${scheme || `it\'s`} §`;\nconsole.log(header.slice(7));\n',
      expected:
        'const scheme = "Bearer";\nconst header = `${scheme || `it\'s`} ${process.env.TOKEN_METRICS_API_KEY}`;\nconsole.log(header.slice(7));\n',
    },
    {
      place: 'JSON text',
      file: 'bot.js',
      run: true,
      value: values.tokenMetrics,
      source: 'const json = \'{"apiKey": "§", "note": "it\\\'s `${x}`"}\';\nconsole.log(JSON.parse(json).apiKey);\n',
      expected:
        'const json = `{"apiKey": "${process.env.TOKEN_METRICS_API_KEY}", "note": "it\'s \\`\\${x}\\`"}`;\nconsole.log(JSON.parse(json).apiKey);\n',
    },
    {
      place: 'attribute of an element',
      file: 'server/bot.tsx',
      source: 'export const bot = () => <Bot binanceApiSecret="§" name="it\'s" />;\n',
      expected: 'export const bot = () => <Bot binanceApiSecret={process.env.BINANCE_API_SECRET!} name="it\'s" />;\n',
    },
    {
      place: 'argument of a decorator',
      file: 'bot.ts',
      value: values.tokenMetrics,
      source: "@Credentials('§')\nclass Bot {}\n",
      expected: '@Credentials(process.env.TOKEN_METRICS_API_KEY!)\nclass Bot {}\n',
    },
    {
      place: 'key of an object',
      file: 'bot.js',
      run: true,
      value: values.tokenMetrics,
      source: 'const limits = { "§": 1 };\nconsole.log(Object.keys(limits)[0]);\n',
      expected: 'const limits = { [process.env.TOKEN_METRICS_API_KEY]: 1 };\nconsole.log(Object.keys(limits)[0]);\n',
    },
    {
      place: 'list of numbers',
      file: 'bot.js',
      run: true,
      value: values.keypair,
      source: 'const wallet = Uint8Array.from(§);\nconsole.log(`[${wallet.join(",")}]`);\n',
      expected:
        'const wallet = Uint8Array.from(JSON.parse(process.env.SOLANA_PRIVATE_KEY));\nconsole.log(`[${wallet.join(",")}]`);\n',
    },
    {
      place: 'PEM block',
      file: 'bot.js',
      run: true,
      value: values.pem,
      source: 'const coinbasePrivateKey = `§\n`;\nprocess.stdout.write(coinbasePrivateKey);\n',
      expected:
        "const coinbasePrivateKey = process.env.CDP_API_KEY_SECRET.replace(/\\\\n/g, '\\n');\nprocess.stdout.write(coinbasePrivateKey);\n",
    },
    {
      place: 'literal fallback',
      file: 'bot.js',
      run: true,
      source: "const secret = process.env.BINANCE_API_SECRET ?? '§';\nconsole.log(secret);\n",
      expected: 'const secret = process.env.BINANCE_API_SECRET;\nconsole.log(secret);\n',
    },
    {
      place: 'default of a destructured environment',
      file: 'bot.js',
      run: true,
      source: "const { PORT = '80', BINANCE_API_SECRET = '§' } = process.env;\nconsole.log(BINANCE_API_SECRET);\n",
      expected: "const { PORT = '80', BINANCE_API_SECRET } = process.env;\nconsole.log(BINANCE_API_SECRET);\n",
    },
    {
      place: 'default in a zod schema',
      file: 'env.ts',
      source:
        "export const env = z.object({\n  BINANCE_API_SECRET: z.string().min(1).default('§'),\n}).parse(process.env);\n",
      expected: 'export const env = z.object({\n  BINANCE_API_SECRET: z.string().min(1),\n}).parse(process.env);\n',
    },
    {
      place: 'assignment to the environment',
      file: 'bot.js',
      run: true,
      value: values.tokenMetrics,
      source: "process.env.TM_KEY = '§';\nconsole.log(process.env.TM_KEY);\n",
      expected: "if (!process.env.TM_KEY) throw new Error('TM_KEY is not set');\nconsole.log(process.env.TM_KEY);\n",
    },
    {
      place: 'own helper for required variables',
      file: 'bot.js',
      run: true,
      source:
        "function requireEnv(name) {\n  return process.env[name];\n}\n\nconst binanceApiSecret = '§';\nconsole.log(binanceApiSecret);\n",
      expected:
        "function requireEnv(name) {\n  return process.env[name];\n}\n\nconst binanceApiSecret = requireEnv('BINANCE_API_SECRET');\nconsole.log(binanceApiSecret);\n",
    },
    {
      place: 'Deno',
      file: 'bot.ts',
      files: { 'deno.json': '{}' },
      source: 'const binanceApiSecret = "§";\n',
      expected: 'const binanceApiSecret = Deno.env.get("BINANCE_API_SECRET")!;\n',
    },
    {
      place: 'Bun',
      file: 'bot.js',
      source: "const port = Bun.env.PORT;\nconst binanceApiSecret = '§';\n",
      expected: 'const port = Bun.env.PORT;\nconst binanceApiSecret = Bun.env.BINANCE_API_SECRET;\n',
    },
    {
      place: 'SvelteKit on the server',
      file: 'src/routes/+page.server.ts',
      files: kit,
      source: "import { fail } from '@sveltejs/kit';\n\nconst binanceApiSecret = '§';\n",
      expected:
        "import { env } from '$env/dynamic/private';\nimport { fail } from '@sveltejs/kit';\n\nconst binanceApiSecret = env.BINANCE_API_SECRET!;\n",
    },
    {
      place: 'Hardhat 2 with vars',
      file: 'hardhat.config.js',
      value: values.infura,
      source:
        'const { vars } = require("hardhat/config");\n\nmodule.exports = { other: vars.get("OTHER"), url: "https://mainnet.infura.io/v3/§" };\n',
      expected:
        'const { vars } = require("hardhat/config");\n\nmodule.exports = { other: vars.get("OTHER"), url: `https://mainnet.infura.io/v3/${vars.get("INFURA_API_KEY")}` };\n',
    },
    {
      place: 'Hardhat 3',
      file: 'hardhat.config.ts',
      files: hardhat3,
      value: values.wallet,
      source: 'export default { networks: { sepolia: { accounts: ["§"] } } };\n',
      expected:
        'import { configVariable } from "hardhat/config";\nexport default { networks: { sepolia: { accounts: [configVariable("PRIVATE_KEY")] } } };\n',
    },
    {
      place: 'URL in Hardhat 3',
      file: 'hardhat.config.ts',
      files: hardhat3,
      value: values.infura,
      source:
        'import { defineConfig } from "hardhat/config";\n\nexport default defineConfig({ networks: { main: { url: "https://mainnet.infura.io/v3/§" } } });\n',
      expected:
        'import { defineConfig, configVariable } from "hardhat/config";\n\nexport default defineConfig({ networks: { main: { url: configVariable("INFURA_API_KEY", "https://mainnet.infura.io/v3/{variable}") } } });\n',
    },
    {
      place: 'member of an enum',
      file: 'bot.ts',
      source: "enum Keys {\n  BinanceApiSecret = '§',\n}\n",
      refused: /where the member is used/,
    },
    { place: 'type', file: 'bot.ts', source: "type BinanceApiSecret = '§';\n", refused: /type/ },
    {
      place: 'client code of Next.js',
      file: 'app/page.tsx',
      files: { 'package.json': '{"dependencies":{"next":"15"}}' },
      source: "'use client';\n\nconst binanceApiSecret = '§';\n",
      refused: /"use client".*server route/,
    },
    { place: 'comment', file: 'bot.js', source: "// const binanceApiSecret = '§';\n", refused: /comment/ },
  ],
});
