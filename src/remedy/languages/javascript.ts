import type { Idiom, Loading, Place, Rewrite } from '../idiom';
import { inComment, literalPlace } from '../literal-place';
import type { FileChange, Refusal } from '../plan';

const FILES = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

/** The expression that reads a variable, in the runtime and the type system of this file. */
function reads(place: Place, variable: string): string {
  const typed = /\.[cm]?tsx?$/.test(place.file) && !/\.d\.[cm]?ts$/.test(place.file);
  if (isDeno(place)) {
    return `Deno.env.get("${variable}")${typed ? '!' : ''}`;
  }
  return `process.env.${variable}${typed ? '!' : ''}`;
}

function isDeno({ facts, text }: Place): boolean {
  return (
    (facts.paths.has('deno.json') || facts.paths.has('deno.jsonc') || /\bDeno\.env\b/.test(text)) && !facts.manifest
  );
}

/** Code that bundlers ship: an unprefixed variable is undefined there, and a prefixed one is public. */
function clientReason({ file, text, facts }: Place): string | undefined {
  const has = (name: string) => facts.manifest?.dependencies.has(name) ?? false;
  if (/^\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)*["']use client["']/.test(text)) {
    return 'This module is client code ("use client")';
  }
  const config = /(?:^|\/)[\w.-]+\.config\.\w+$|(?:^|\/)(?:server|api|scripts?|functions)\//.test(file);
  if (has('react-native') || has('expo')) {
    return 'This is a React Native app: its code is shipped to phones';
  }
  if (has('react-scripts') && !config) {
    return 'This is a Create React App bundle: its code is shipped to browsers';
  }
  if (has('next') && /(?:^|\/)pages\/(?!api\/)/.test(file) && !/getServerSideProps|getStaticProps/.test(text)) {
    return 'Pages of Next.js run in the browser too';
  }
  if (
    has('vite') &&
    !has('next') &&
    !config &&
    !/(?:^|\/)(?:server|ssr)\b/.test(file) &&
    /(?:^|\/)src\//.test(file) &&
    !has('express') &&
    !has('fastify')
  ) {
    return 'This is a Vite bundle: its code is shipped to browsers';
  }
  return undefined;
}

const TO_SERVER = 'Call the provider from a server route that reads the variable, and let the browser call that route.';

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  const client = clientReason(place);
  if (client) {
    return { refused: `${client}, so a variable would be undefined or public there.`, wayOut: TO_SERVER };
  }
  const at = literalPlace(text, finding, '//');
  const read = reads(place, variable);
  switch (at.kind) {
    case 'comment':
      return inComment;
    case 'bare':
      return { refused: 'The value does not stand in a string here.', wayOut: 'Put it into a string, or remove it.' };
    case 'array':
      return { change: { start: at.start, end: at.end, text: `JSON.parse(${read})` } };
    case 'whole': {
      const pem = text.startsWith('-----BEGIN', finding.start);
      const value = pem ? `${read.replace(/!$/, '')}${/!$/.test(read) ? '!' : '?'}.replace(/\\\\n/g, '\\n')` : read;
      const plain = pem ? value.replace('?.replace', '.replace') : value;
      const back = fallback(text, at.start);
      if (back !== undefined && finding.fallbackOf) {
        const bang = /!$/.test(read) && !/[!)]\s*$/.test(text.slice(0, back)) ? '!' : '';
        return { change: { start: back, end: at.end, text: bang } };
      }
      if (/\bimport\s*$|\bfrom\s*$|\brequire\(\s*$/.test(text.slice(Math.max(0, at.start - 12), at.start))) {
        return { refused: 'A module name can not be an expression.', wayOut: 'Remove the value.' };
      }
      const enumBody = /\benum\s+\w+\s*\{[^{}]*$/.test(text.slice(Math.max(0, at.start - 2000), at.start));
      if (enumBody) {
        return {
          refused: 'A member of an enum must be a constant.',
          wayOut: `Read process.env.${variable} where the member is used.`,
        };
      }
      const jsx =
        /\s[\w-]+=$/.test(text.slice(Math.max(0, at.start - 60), at.start)) &&
        /<[A-Za-z][^<>]*$/.test(text.slice(Math.max(0, at.start - 600), at.start));
      if (jsx && /\.(?:[jt]sx|vue|svelte|astro)$/.test(place.file)) {
        return { change: { start: at.start, end: at.end, text: `{${plain}}` } };
      }
      const key =
        /[{,]\s*$/.test(text.slice(Math.max(0, at.start - 80), at.start)) &&
        /^\s*:/.test(text.slice(at.end, at.end + 8));
      return { change: { start: at.start, end: at.end, text: key ? `[${plain}]` : plain } };
    }
    case 'part': {
      const inner = `\${${read.replace(/!$/, '')}}`;
      if (at.quote === '`') {
        return { change: { start: at.start, end: at.end, text: inner } };
      }
      const body = (s: string) =>
        s.replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll(`\\${at.quote}`, at.quote);
      const template = `\`${body(text.slice(at.open + 1, at.start))}${inner}${body(text.slice(at.end, at.close - 1))}\``;
      const jsx =
        /\s[\w-]+=$/.test(text.slice(Math.max(0, at.open - 60), at.open)) &&
        /<[A-Za-z][^<>]*$/.test(text.slice(Math.max(0, at.open - 600), at.open));
      return {
        change: { start: at.open, end: at.close, text: jsx && /x$/.test(place.file) ? `{${template}}` : template },
      };
    }
  }
}

/** Start of ` ?? "literal"` or ` || "literal"`, to drop the fallback with its operator. */
function fallback(text: string, at: number): number | undefined {
  const m = /\s*(?:\?\?|\|\|)\s*$/.exec(text.slice(Math.max(0, at - 80), at));
  return m ? at - m[0].length : undefined;
}

const FRAMEWORKS = ['next', 'nuxt', 'astro', '@sveltejs/kit', '@remix-run/dev', '@redwoodjs/core', 'gatsby'];

function loading(place: Place, envFile: string): Loading {
  const { facts, file, text } = place;
  const { manifest, packageRoot } = facts;
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const script = Object.values(manifest?.scripts ?? {});
  const inFile = /dotenv(?:\/config|-flow)?["']|process\.loadEnvFile|@dotenvx\/dotenvx/.test(text);
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
      why: `loads ${name} into the program's environment`,
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
      added: 'with dotenv',
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
    ? { changes: [{ file: manifest.path, purpose: 'loader', changes }], added: 'with --env-file in package.json' }
    : undefined;
}

/** Where an import goes: after a shebang, directives and comments at the head. */
export function importPlace(text: string): number {
  const head =
    /^(?:\uFEFF)?(?:#![^\n]*\n)?(?:\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/\s*?\n|["']use [a-z]+["'];?[ \t]*\r?\n))*/.exec(
      text,
    );
  return head?.[0].length ?? 0;
}

export const javascript: Idiom = {
  id: 'javascript',
  applies: (file, languageId) => FILES.test(file) || /^(?:javascript|typescript)(?:react)?$/.test(languageId ?? ''),
  rewrite,
  loading,
  reader: 'dotenv',
};
