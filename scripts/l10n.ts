// npm run l10n: every English text that Keyward shows; with --write, as l10n/bundle.l10n.json, from which translators work.
import fs from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { credentialTypes } from '../src/catalog/all';
import { definitions, stages } from '../src/checklist/definitions';
import { credentialName } from '../src/scan/wording';

const root = path.join(__dirname, '..');
export const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

/** Texts of tables, which reach `say` by their names: what credentials are, and the checks. */
function tableTexts(): string[] {
  const texts = [
    ...credentialTypes.flatMap((t) => [
      credentialName(t),
      t.what,
      t.severity,
      t.facts.permissions,
      t.facts.expiry,
      t.facts.rotateHow,
    ]),
    ...definitions.flatMap((d) => [d.severity, d.title, d.intent, d.applies, d.remediation]),
    ...stages.map((s) => s.name),
  ];
  return texts.filter((t) => t !== undefined && t !== '') as string[];
}

/** `count(n, 'key')` says `{0} key` or `{0} keys`. */
function countedTexts(source: string): string[] {
  return [...source.matchAll(/\bcount\(\s*[^'"]+?,\s*'([^']+)'(?:,\s*'([^']+)')?,?\s*\)/g)].flatMap(([, one, many]) => [
    `{0} ${one}`,
    `{0} ${many ?? `${one}s`}`,
  ]);
}

/** The bundle's text: English by English, in order. */
export async function exported(): Promise<string> {
  const files = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts'));
  const sources = files.map((f) => fs.readFileSync(path.join(root, 'src', f), 'utf8'));
  // The exporter knows the translator by its import: say is Keyward's name for it in the rooms that know no vscode.
  const known = sources
    .filter((text) => /l10n\.t\(|\bsay\(/.test(text))
    .map((text) =>
      /^import \{.*\bsay\b.*\} from '.*words\/say';$/m.test(text) || text.includes('export function say(')
        ? `import * as words from '@vscode/l10n';\n${text.replace(/\bsay\(/g, 'words.t(')}`
        : text,
    );
  const found = await getL10nJson(known.map((contents) => ({ contents, extension: '.ts' })));
  const texts = [...Object.keys(found), ...tableTexts(), ...sources.flatMap(countedTexts)];
  const sorted = [...new Set(texts)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `${JSON.stringify(Object.fromEntries(sorted.map((t) => [t, t])), null, 2)}\n`;
}

if (require.main === module) {
  exported().then((text) => {
    if (process.argv.includes('--write')) {
      fs.mkdirSync(path.dirname(bundleFile), { recursive: true });
      fs.writeFileSync(bundleFile, text);
    } else {
      process.stdout.write(text);
    }
  });
}
