import { describeCases, project } from './cases';
import { perfect } from './perfect';

const GOOGLE = {
  'package.json': '{ "dependencies": { "@google/genai": "1.0.0" } }\n',
  'ai.ts': "import { GoogleGenAI } from '@google/genai';\nnew GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });\n",
};
const EXCHANGE = {
  'desk.ts': "fetch('https://api.gemini.com/v1/order/new', sign(process.env.GEMINI_API_KEY));\n",
};

describe('a name that an exchange shares with another service', () => {
  describeCases('KW-ACC-04', [
    project('not-applicable', "Google's Gemini is no exchange", GOOGLE),
    project('not-applicable', 'a lone GEMINI_API_KEY is presumed to be that of the models', {
      'a.py': 'import os\nkey = os.environ["GEMINI_API_KEY"]\n',
    }),
    project('needs-attestation', 'the exchange by its host', EXCHANGE),
    project('needs-attestation', 'the exchange by its secret', {
      '.env.example': 'GEMINI_API_KEY=\nGEMINI_API_SECRET=\n',
    }),
    project('needs-attestation', 'the exchange Kraken', { 'a.js': 'process.env.KRAKEN_API_KEY;\n' }),
    project('not-applicable', 'the image service of that name', {
      'a.js': "post('https://api.kraken.io/v1/url', { auth: process.env.KRAKEN_API_KEY });\n",
    }),
  ]);
  describeCases('KW-STO-08', [
    project('warn', 'a key of the models in a front end', {
      'package.json': '{ "dependencies": { "vite": "7.0.0", "@google/genai": "1.0.0" } }\n',
      'a.ts': 'export const k = import.meta.env.VITE_GEMINI_API_KEY;\n',
    }),
    project('fail', 'a key of the exchange in a front end', {
      ...EXCHANGE,
      'package.json': '{ "dependencies": { "vite": "7.0.0" } }\n',
      'a.ts': 'export const k = import.meta.env.VITE_GEMINI_API_KEY;\n',
    }),
  ]);
  describeCases('KW-REV-03', [
    project(
      'pass',
      'no record is asked for what is no key of the desk',
      perfect((p) => Object.assign(p.files, { 'src/ai.ts': GOOGLE['ai.ts'] })),
      { lying: { asOf: '2026-11-24' } },
    ),
  ]);
});
