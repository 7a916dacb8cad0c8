import { importedSchema } from '../env-schema';
import type { Keystore, Place } from '../idiom';
import type { TextChange } from '../plan';

/** How a variable is read at a place. */
export interface Read {
  readonly text: string;
  /** The same where a text is wanted and undefined would be told by the type checker. */
  readonly sure: string;
  readonly once: readonly TextChange[];
}

/** A program of Deno: no package.json, and its configuration or its way to read variables. */
export function isDeno({ facts, text }: Pick<Place, 'facts' | 'text'>): boolean {
  return (
    (facts.paths.has('deno.json') || facts.paths.has('deno.jsonc') || /\bDeno\.env\b/.test(text)) && !facts.manifest
  );
}

/** A helper of this file that takes a name and throws when the variable is missing. */
function helperOf(code: string): string | undefined {
  const declared =
    /\bfunction\s+(\w*[eE]nv\w*)\s*\(\s*\w+(?:\s*:\s*string)?\s*\)/.exec(code) ??
    /\bconst\s+(\w*[eE]nv\w*)\s*=\s*\(?\s*\w+(?:\s*:\s*string)?\s*\)?\s*(?::\s*string\s*)?=>/.exec(code);
  return declared?.[1];
}

const SVELTE_SERVER =
  /(?:^|\/)(?:\+(?:server|page\.server|layout\.server)|hooks\.server)\.[jt]s$|\.server\.[jt]s$|(?:^|\/)lib\/server\//;

/** `import { name } from "module"`, or the name added to the module's import; nothing where it stands. */
function named(text: string, name: string, module: string, quote: string): TextChange[] {
  const known = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*["']${module.replace(/[$/]/g, '\\$&')}["']`).exec(text);
  if (known) {
    const at = known.index + known[0].indexOf('}');
    const end = text.slice(0, at).trimEnd().length;
    return new RegExp(`\\b${name}\\b`).test(known[1] ?? '') ? [] : [{ start: end, end, text: `, ${name}` }];
  }
  const at = importPlace(text);
  const semicolon = /^import[^\n]*[^;\s][ \t]*\r?$/m.test(text) ? '' : ';';
  return [
    {
      start: at,
      end: at,
      text: `import { ${name} } from ${quote}${module}${quote}${semicolon}${text.includes('\r\n') ? '\r\n' : '\n'}`,
    },
  ];
}

/** The expression that reads a variable, in the runtime, the framework and the type system of this file. */
export function readOf(place: Place, variable: string, code: string): Read {
  const { file, text, facts } = place;
  const typed = /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
  const bang = typed ? '!' : '';
  const of = (expression: string, once: readonly TextChange[] = []): Read => ({
    text: expression,
    sure: `${expression}${bang}`,
    once,
  });
  const quote = (code.match(/'/g)?.length ?? 0) > (code.match(/"/g)?.length ?? 0) ? "'" : '"';
  const helper = helperOf(code);
  if (helper) {
    const call = `${helper}(${quote}${variable}${quote})`;
    return { text: call, sure: call, once: [] };
  }
  const declared = importedSchema(place)?.read(variable);
  if (declared) {
    return { text: declared, sure: declared, once: [] };
  }
  if (isHardhatVars(place)) {
    const call = `vars.get(${quote}${variable.replace(/^HARDHAT_VAR_/, '')}${quote})`;
    return { text: call, sure: call, once: [] };
  }
  if (isHardhat3(place)) {
    const call = `configVariable(${quote}${variable}${quote})`;
    return { text: call, sure: call, once: named(text, 'configVariable', 'hardhat/config', quote) };
  }
  if (isDeno(place)) {
    return of(`Deno.env.get(${quote}${variable}${quote})`);
  }
  if (facts.manifest?.dependencies.has('@sveltejs/kit') && SVELTE_SERVER.test(file)) {
    return of(`env.${variable}`, named(text, 'env', '$env/dynamic/private', quote));
  }
  if (/\bBun\.env\b/.test(code)) {
    return of(`Bun.env.${variable}`);
  }
  if (/\bimport\.meta\.env\.(?!VITE_|PUBLIC_|MODE|DEV|PROD|SSR|BASE_URL)[A-Z]/.test(code)) {
    return of(`import.meta.env.${variable}`);
  }
  return of(`process.env.${variable}`);
}

const CONFIG = /(?:^|\/)hardhat\.config\.[cm]?[jt]s$/;

/** A Hardhat 2 configuration that reads its configuration variables: they come from HARDHAT_VAR_… or Hardhat's own file. */
export function isHardhatVars({ file, text }: Pick<Place, 'file' | 'text'>): boolean {
  return CONFIG.test(file) && /\bvars\.(?:get|has)\(/.test(text);
}

/** A Hardhat 3 configuration: configVariable reads the environment, or the encrypted keystore. */
export function isHardhat3({ file, text, facts }: Pick<Place, 'file' | 'text' | 'facts'>): boolean {
  return (
    CONFIG.test(file) &&
    (/\bconfigVariable\b/.test(text) || /"hardhat"\s*:\s*"[\^~]?3\./.test(facts.manifest?.text ?? ''))
  );
}

/** Packages that bring the keystore; the toolboxes load it. Source: hardhat.org, plugins of Hardhat 3. */
const KEYSTORES = ['hardhat-keystore', 'hardhat-toolbox-viem', 'hardhat-toolbox-mocha-ethers'];

/** Hardhat 3's keystore, where the configuration reads the value with configVariable: that looks there before the environment. */
export function hardhatKeystore(place: Place): Keystore | undefined {
  const { dependencies } = place.facts.manifest ?? {};
  const present = KEYSTORES.some((name) => dependencies?.has(`@nomicfoundation/${name}`));
  return present && isHardhat3(place) && readOf(place, 'X', place.text).text.startsWith('configVariable(')
    ? { store: 'hardhat-keystore' }
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
