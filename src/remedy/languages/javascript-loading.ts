import { say } from '../../words/say';
import { importedSchema } from '../env-schema';
import type { Loading, Place } from '../idiom';
import type { FileChange } from '../plan';
import { importPlace, isDeno } from './javascript-reads';

const FRAMEWORKS = ['next', 'nuxt', 'astro', '@sveltejs/kit', '@remix-run/dev', '@redwoodjs/core', 'gatsby'];

/** What loads the env file into a JavaScript program, and what would. */
export function javascriptLoading(place: Place, envFile: string): Loading {
  const { facts, file, text } = place;
  const { manifest, packageRoot } = facts;
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const script = Object.values(manifest?.scripts ?? {});
  const inFile = /dotenv(?:\/config|-flow)?["']|process\.loadEnvFile|@dotenvx\/dotenvx/.test(
    `${text}\n${importedSchema(place)?.text ?? ''}`,
  );
  const loaded =
    inFile ||
    FRAMEWORKS.some((f) => manifest?.dependencies.has(f)) ||
    script.some(
      (s) => s.includes('--env-file') || /\b(?:dotenvx|dotenv|env-cmd|op run|doppler run|infisical run)\b/.test(s),
    ) ||
    [...facts.paths].some((p) => /(?:^|\/)bun\.lockb?$|(?:^|\/)bunfig\.toml$|(?:^|\/)\.envrc$/.test(p));
  const run = file.slice(packageRoot ? packageRoot.length + 1 : 0);
  const runner = /\.[cm]?tsx?$/.test(file) ? 'npx tsx' : 'node';
  const commands = [
    {
      line: isDeno(place) ? `deno run --env-file=${name} ${run}` : `${runner} --env-file=${name} ${run}`,
      shell: 'any' as const,
      why: say("loads {0} into the program's environment", name),
    },
  ];
  const changes = loaded ? undefined : scriptChanges(place, name);
  return { loaded, commands, ...(changes ?? {}) };
}

/** `node bot.js` in a script of package.json becomes `node --env-file=.env bot.js`; dotenv is imported where it is a dependency. */
function scriptChanges(
  { facts, file, text }: Place,
  envName: string,
): { changes: FileChange[]; added: string } | undefined {
  const { manifest, packageRoot } = facts;
  if (!manifest) {
    return undefined;
  }
  if (manifest.dependencies.has('dotenv')) {
    const at = importPlace(text);
    const line =
      /\brequire\(/.test(text) && !/^\s*import\s/m.test(text)
        ? "require('dotenv').config();"
        : "import 'dotenv/config';";
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    return {
      changes: [{ file, purpose: 'loader', changes: [{ start: at, end: at, text: `${line}${eol}` }] }],
      added: say('with {0}', 'dotenv'),
    };
  }
  const run = file.slice(packageRoot ? packageRoot.length + 1 : 0);
  const changes = [];
  for (const m of manifest.text.matchAll(/("(?:[^"\\]|\\.)*"\s*:\s*")((?:[^"\\]|\\.)*)"/g)) {
    const command = m[2] as string;
    const node = /(^|&&\s*|\s)(node|tsx|npx tsx)\s+/.exec(command);
    if (node && command.includes(run.replace(/^\.\//, '')) && !command.includes('--env-file')) {
      const at = m.index + (m[1] as string).length + node.index + node[0].length;
      changes.push({ start: at, end: at, text: `--env-file=${envName} ` });
    }
  }
  return changes.length
    ? {
        changes: [{ file: manifest.path, purpose: 'loader', changes }],
        added: say('with {0} in package.json', '--env-file'),
      }
    : undefined;
}
