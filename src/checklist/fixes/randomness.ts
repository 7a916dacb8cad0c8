import type { FileChange, TextChange } from '../../remedy/plan';
import { say } from '../../words/say';
import { type Language, languageOf } from '../probes/code';
import { type Fix, type FixPlace, lineAt } from './offered-fix';

/** A weak call and the secure one of the same meaning, with the import that it needs. */
interface Swap {
  readonly weak: RegExp;
  readonly secure: (
    match: RegExpExecArray,
    text: string,
  ) => { readonly text: string; readonly needs?: string } | undefined;
}

const usesNode = (text: string) =>
  /\brequire\(|\bprocess\.|\bBuffer\b|from\s+["'](?:node:|fs|path|crypto|express|http)/.test(text);
/** `crypto` of Node, not the global of browsers. */
const hasCrypto = (text: string) => /\bcrypto\b[^\n]*(?:require\(|from)\s*["'(]*(?:node:)?crypto["')]/.test(text);

function bytes(text: string): { text: string; needs?: string } {
  return hasCrypto(text)
    ? { text: "crypto.randomBytes(32).toString('hex')" }
    : usesNode(text)
      ? { text: "randomBytes(32).toString('hex')", needs: 'randomBytes' }
      : {
          text: "Array.from(crypto.getRandomValues(new Uint8Array(32)), (b) => b.toString(16).padStart(2, '0')).join('')",
        };
}

const SWAPS: Readonly<Partial<Record<Language, readonly Swap[]>>> = {
  javascript: [
    {
      weak: /^Math\.random\(\)\s*\.toString\(\s*(?:16|36)\s*\)(?:\s*\.(?:slice|substr|substring|replace|toUpperCase|padEnd)\([^()]*\))*|^(?:Date\.now\(\)|new\s+Date\(\)\.getTime\(\))\s*\.toString\(\s*(?:16|36)\s*\)/,
      secure: (_m, text) => bytes(text),
    },
    {
      weak: /^Math\.floor\(\s*Math\.random\(\)\s*\*\s*([\w$.]+)\s*\)/,
      secure: ([, most], text) =>
        hasCrypto(text)
          ? { text: `crypto.randomInt(${most})` }
          : usesNode(text)
            ? { text: `randomInt(${most})`, needs: 'randomInt' }
            : undefined,
    },
  ],
  python: [
    { weak: /^random\.choice\(/, secure: () => ({ text: 'secrets.choice(', needs: 'secrets' }) },
    { weak: /^random\.getrandbits\(/, secure: () => ({ text: 'secrets.randbits(', needs: 'secrets' }) },
    { weak: /^random\.randbytes\(/, secure: () => ({ text: 'secrets.token_bytes(', needs: 'secrets' }) },
    {
      weak: /^random\.(random|randint|randrange|choices|sample|shuffle|uniform)\(/,
      secure: ([, name]) => ({ text: `secrets.SystemRandom().${name}(`, needs: 'secrets' }),
    },
    { weak: /^uuid\.uuid1\(\)/, secure: () => ({ text: 'uuid.uuid4()' }) },
  ],
  java: [
    {
      weak: /^new\s+(?:java\.util\.)?Random\(\)/,
      secure: () => ({ text: 'new SecureRandom()', needs: 'java.security.SecureRandom' }),
    },
  ],
  php: [
    { weak: /^(?:mt_)?rand\((?=[^,()]+,[^,()]+\))/, secure: () => ({ text: 'random_int(' }) },
    { weak: /^uniqid\((?:[^()]*)\)/, secure: () => ({ text: 'bin2hex(random_bytes(16))' }) },
  ],
  ruby: [
    { weak: /^rand\(/, secure: () => ({ text: 'SecureRandom.random_number(', needs: 'securerandom' }) },
    {
      weak: /^\.(sample|shuffle)\b(?!\()/,
      secure: ([, name]) => ({ text: `.${name}(random: SecureRandom)`, needs: 'securerandom' }),
    },
  ],
  csharp: [
    {
      weak: /^Random\.Shared\.Next\(/,
      secure: () => ({ text: 'RandomNumberGenerator.GetInt32(', needs: 'System.Security.Cryptography' }),
    },
  ],
  shell: [
    {
      weak: /^date\b[^\n|)`]*(?:\|\s*(?:md5|sha\d+|head|cut|base64|tr|awk)(?:sum)?\b[^\n|)`]*)+/,
      secure: () => ({ text: 'openssl rand -hex 32' }),
    },
  ],
};

/** Replaces a weak random call by the secure one of the language, and adds its import. Values and their form may change. */
export const secureRandom: Fix = (place) => {
  const text = place.text ?? '';
  const language = languageOf(place.file);
  for (const { weak, secure } of SWAPS[language] ?? []) {
    const start = startOf(text, place.at, weak);
    const match = weak.exec(text.slice(start));
    const to = match && secure(match, text);
    if (to) {
      const [name = ''] = to.text.split('(');
      return {
        id: 'qf.rng.replace',
        title: say('Use {0} for this key', name.replace(/^\./, '')),
        changes: () =>
          change(place, { start, end: start + match[0].length, text: to.text }, importOf(language, text, to.needs)),
      };
    }
  }
  return undefined;
};

/** A call may begin before the place that the probe names: `Math.floor(` around `Math.random()`. */
function startOf(text: string, at: number, weak: RegExp): number {
  const before = /Math\.floor\(\s*$/.exec(text.slice(Math.max(0, at - 40), at));
  return before && weak.source.startsWith('^Math\\.floor') ? at - before[0].length : at;
}

function change(place: FixPlace, call: TextChange, needed: TextChange | undefined): readonly FileChange[] {
  return [{ file: place.file, purpose: 'source', changes: needed ? [needed, call] : [call] }];
}

/** The import line for a name, where the text lacks it: after what begins the file, or beside the first import. */
function importOf(language: Language, text: string, needs: string | undefined): TextChange | undefined {
  if (needs === undefined) {
    return undefined;
  }
  const isModule = /^\s*import\s|^\s*export\s/m.test(text);
  const line =
    language === 'python'
      ? 'import secrets'
      : language === 'java'
        ? `import ${needs};`
        : language === 'ruby'
          ? `require '${needs}'`
          : language === 'csharp'
            ? `using ${needs};`
            : isModule
              ? `import { ${needs} } from 'node:crypto';`
              : `const { ${needs} } = require('node:crypto');`;
  if (text.split(/\r?\n/).some((l) => l.trim().replace(/;$/, '') === line.replace(/;$/, ''))) {
    return undefined;
  }
  const first =
    /^(?:import|from|using|require|package)\b.*$|^(?:const|let|var)\b[^\n]*\brequire\(.*$/m.exec(text) ??
    /^(?:#!.*|# -\*-.*|['"]use strict['"];?|<\?php|namespace .*)$/m.exec(text);
  const at = first ? lineAt(text, first.index).end : 0;
  return { start: at, end: at, text: first ? `\n${line}` : `${line}\n` };
}
