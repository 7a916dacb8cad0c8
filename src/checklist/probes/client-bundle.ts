import { parse } from 'jsonc-parser';
import type { KeyRecord } from '../../policy/policy';
import { isEnvFile, isEnvTemplate } from '../../project/env-files';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isOtherService } from '../shared-names';
import { withoutComments } from './code';

const PUBLIC_NAME =
  /\b(?:NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|NUXT_PUBLIC_|PUBLIC_|GATSBY_|NG_APP_)[A-Z0-9_]+\b/g;
const SECRET = /SECRET|PRIVATE|MNEMONIC|SEED|PASSPHRASE|PASSWORD/;
const EXCHANGE =
  /BINANCE|COINBASE|KRAKEN|BYBIT|OKX|KUCOIN|BITGET|GATEIO|HTX|HUOBI|BITFINEX|BITMEX|DERIBIT|GEMINI|FIREBLOCKS|BITGO|COPPER|TURNKEY/;
const KEYED = /API_?KEY|RPC|TOKEN|_KEY$/;
const MEANT =
  /PROJECT_ID|CHAIN_ID|ANALYTICS|CLIENT_ID|APP_ID|SITE_KEY|PUBLISHABLE|PUBLIC_KEY|ADDRESS|MEASUREMENT|SENTRY_DSN|VERSION|_PATH$|_BASE_URL$/;
const FRONT_END = [
  'next',
  'vite',
  'react-scripts',
  'expo',
  'nuxt',
  '@sveltejs/kit',
  'svelte',
  '@angular/core',
  'astro',
  'gatsby',
];

interface Package {
  readonly file: ProjectText;
  readonly json: {
    readonly name?: unknown;
    readonly version?: unknown;
    readonly private?: unknown;
    readonly files?: unknown;
    readonly dependencies?: Readonly<Record<string, unknown>>;
    readonly devDependencies?: Readonly<Record<string, unknown>>;
  };
}

function packages(project: ProjectTexts): Package[] {
  return project.texts
    .filter((f) => /(?:^|\/)package\.json$/.test(f.path) && f.class !== 'test')
    .map((file) => ({ file, json: parse(file.text) as Package['json'] }))
    .filter(({ json }) => typeof json === 'object' && json !== null);
}

/** Whether anything here is shipped to browsers or published. */
export function shipsCode(project: ProjectTexts): { readonly frontEnd: boolean; readonly publishable: boolean } {
  const all = packages(project);
  const frontEnd =
    all.some(({ json }) => FRONT_END.some((d) => json.dependencies?.[d] ?? json.devDependencies?.[d])) ||
    project.entries.some((e) =>
      /(?:^|\/)(?:next|vite|nuxt|astro|svelte|angular|app)\.config\.\w+$|(?:^|\/)angular\.json$/.test(e.path),
    );
  const publishable =
    all.some(
      ({ json }) => json.private !== true && typeof json.name === 'string' && typeof json.version === 'string',
    ) || project.texts.some((f) => /(?:^|\/)pyproject\.toml$/.test(f.path) && /^\[build-system\]/m.test(f.text));
  return { frontEnd, publishable };
}

/** Names that bundlers write into what browsers download. */
export function publicNames(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  const records: readonly KeyRecord[] = project.policy.policy?.inventory?.keys ?? [];
  const restricted = new Set(
    records.filter((k) => k.publicRestriction !== undefined).flatMap((k) => (k.references ?? []).map((r) => r.name)),
  );
  const told = new Set<string>();
  for (const file of project.of('env', 'template', 'source', 'config', 'container', 'ci')) {
    for (const m of withoutComments(file).matchAll(PUBLIC_NAME)) {
      const [name] = m;
      const bare = name.replace(/^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|GATSBY|NG_APP)_/, '');
      if (told.has(`${file.path}\0${name}`) || (MEANT.test(bare) && !SECRET.test(bare))) {
        continue;
      }
      const isExchange = EXCHANGE.test(bare) && !isOtherService(project, name);
      const bad = SECRET.test(bare) || (isExchange && /KEY|TOKEN/.test(bare));
      if (bad || (KEYED.test(bare) && !restricted.has(name))) {
        told.add(`${file.path}\0${name}`);
        out.push(seen(file, m.index, 'publicPrefixedSecret', bad ? 'fail' : 'warn'));
      }
    }
  }
  for (const file of project.texts.filter((f) => /(?:^|\/)(?:next|vite|webpack|nuxt|app)\.config\.\w+$/.test(f.path))) {
    const text = withoutComments(file);
    for (const m of text.matchAll(/\b(?:env|define|DefinePlugin\()\s*:?\s*\(?\s*\{([^}]*)\}/g)) {
      const name = /\b[A-Z][A-Z0-9_]*(?:SECRET|PRIVATE_KEY|MNEMONIC|PASSPHRASE|PASSWORD|API_KEY|TOKEN)\b/.exec(
        m[1] as string,
      );
      if (name) {
        const isExchange = EXCHANGE.test(name[0]) && !isOtherService(project, name[0]);
        const outcome = SECRET.test(name[0]) || isExchange ? 'fail' : 'warn';
        out.push(seen(file, m.index + m[0].indexOf(name[0]), 'publicPrefixedSecret', outcome));
      }
    }
  }
  for (const file of project.of('source')) {
    if (/^\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/\s*)*["']use client["']/.test(file.text)) {
      for (const m of withoutComments(file).matchAll(
        /process\.env\.([A-Z][A-Z0-9_]*(?:SECRET|PRIVATE_KEY|MNEMONIC|PASSPHRASE|API_KEY)[A-Z0-9_]*)/g,
      )) {
        if (!(m[1] as string).startsWith('NEXT_PUBLIC_')) {
          out.push(seen(file, m.index, 'publicPrefixedSecret', 'fail'));
        }
      }
    }
  }
  return out;
}

/** Secret files that `npm pack` would take along. */
export function packagedSecrets(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  for (const { file, json } of packages(project)) {
    if (json.private === true || typeof json.name !== 'string' || typeof json.version !== 'string') {
      continue;
    }
    const folder = file.path.slice(0, -'package.json'.length);
    if (Array.isArray(json.files)) {
      const bad = json.files.find((f) => typeof f === 'string' && /(?:^|\/)\.env|\.(?:pem|key|p12)$/.test(f));
      if (bad !== undefined) {
        out.push(seen(file, Math.max(0, file.text.indexOf(`"${String(bad)}"`)), 'packagedSecret', 'fail'));
      }
    } else {
      const npmIgnore = project.text(`${folder}.npmignore`);
      const env = project.entries.find((e) => e.path.startsWith(folder) && isEnvFile(e.path) && !isEnvTemplate(e.path));
      const exposed = env && !project.text(`${folder}.npmignore`) && !env.ignored;
      if (exposed || (env && npmIgnore && !/\.env/.test(npmIgnore.text))) {
        out.push(seen(file, Math.max(0, file.text.indexOf('"name"')), 'packagedSecret', 'fail'));
      }
    }
  }
  return out;
}
