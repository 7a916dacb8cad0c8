import { lineEndOf } from './env-file';
import type { Place } from './idiom';
import type { FileChange, TextChange } from './plan';
import type { ProjectFacts } from './project-facts';

/** The typed declaration of a program's variables, in one library's form. */
interface SchemaForm {
  readonly applies: (text: string) => boolean;
  /** Insertions for a variable that the text does not name yet. */
  readonly added: (text: string, variable: string) => readonly TextChange[];
  /** The object that the text makes of it, by its first group; other files import it. */
  readonly instance: RegExp;
  /** How that object gives a variable. */
  readonly member: (text: string, variable: string) => string;
}

const sameName = (_text: string, variable: string) => variable;

/** Inserts a member as the first of the object that `opening` opens, on a line of its own where the object has lines. */
function firstMember(text: string, opening: RegExp, member: string): TextChange[] {
  const open = opening.exec(text);
  if (!open) {
    return [];
  }
  const at = open.index + open[0].length;
  const line = /^([ \t]*\r?\n)([ \t]*)/.exec(text.slice(at));
  if (!line) {
    return [{ start: at, end: at, text: ` ${member},` }];
  }
  const start = at + (line[1] as string).length;
  return [{ start, end: start, text: `${line[2]}${member},${lineEndOf(text)}` }];
}

/** t3-env: `createEnv({ server: {…}, runtimeEnv: {…} })`. Source: env.t3.gg. */
const t3: SchemaForm = {
  applies: (text) => /\bcreateEnv\s*\(/.test(text) && /\bserver\s*:\s*\{/.test(text),
  added: (text, variable) => [
    ...firstMember(text, /\bserver\s*:\s*\{/, `${variable}: z.string().min(1)`),
    ...firstMember(text, /\bruntimeEnv(?:Strict)?\s*:\s*\{/, `${variable}: process.env.${variable}`),
  ],
  instance: /\bexport\s+const\s+(\w+)\s*=\s*createEnv\s*\(/,
  member: sameName,
};

/** envalid: `cleanEnv(process.env, {…})`. Source: github.com/af/envalid. */
const envalid: SchemaForm = {
  applies: (text) => /\bcleanEnv\s*\(\s*process\.env\s*,\s*\{/.test(text) && /\bimport\b[^;]*\bstr\b/.test(text),
  added: (text, variable) => firstMember(text, /\bcleanEnv\s*\(\s*process\.env\s*,\s*\{/, `${variable}: str()`),
  instance: /\bexport\s+const\s+(\w+)\s*=\s*cleanEnv\s*\(/,
  member: sameName,
};

/** zod: an object of names in upper case that parses `process.env`. */
const zod: SchemaForm = {
  applies: (text) =>
    /\.(?:safeParse|parse)\(\s*(?:process|Bun)\.env\s*\)/.test(text) &&
    /\bz\s*\.\s*object\s*\(\s*\{\s*[A-Z]/.test(text),
  added: (text, variable) =>
    firstMember(text, /\bz\s*\.\s*object\s*\(\s*\{(?=\s*[A-Z])/, `${variable}: z.string().min(1)`),
  instance: /\bexport\s+const\s+(\w+)\s*=\s*[\w.]+\.parse\(\s*(?:process|Bun)\.env\s*\)/,
  member: sameName,
};

/** pydantic-settings: a field of the settings class; its name in lower case. Source: docs.pydantic.dev, settings. */
const pydantic: SchemaForm = {
  applies: (text) => /^class\s+\w+\([^)]*\bBaseSettings\b[^)]*\)\s*:/m.test(text) && !/\benv_prefix\b/.test(text),
  added: (text, variable) => {
    const head = /^class\s+\w+\([^)]*\bBaseSettings\b[^)]*\)\s*:[^\n]*\n(?:[ \t]*("""|''')[\s\S]*?\1[^\n]*\n)?/m.exec(
      text,
    );
    const at = head ? head.index + head[0].length : -1;
    const indent = /^(?:[ \t]*\r?\n)*([ \t]+)\S/.exec(text.slice(at))?.[1];
    const type = /\bimport\b[^\n]*\bSecretStr\b/.test(text) ? 'SecretStr' : 'str';
    return head && indent
      ? [{ start: at, end: at, text: `${indent}${variable.toLowerCase()}: ${type}${lineEndOf(text)}` }]
      : [];
  },
  instance: /^(\w+)(?:[ \t]*:[ \t]*\w+)?[ \t]*=[ \t]*\w+\(\)/m,
  member: (text, variable) =>
    `${variable.toLowerCase()}${/\bimport\b[^\n]*\bSecretStr\b/.test(text) ? '.get_secret_value()' : ''}`,
};

const forms = [t3, envalid, zod, pydantic];

/** Adds variables to the typed declaration that the package has, where it has one; `except` is the file that is being fixed. */
export function schemaChanges(facts: ProjectFacts, except: string, variables: readonly string[]): FileChange[] {
  for (const file of facts.schemas) {
    const text = facts.text(file);
    const form = text === undefined || file === except ? undefined : forms.find((f) => f.applies(text));
    if (!form || text === undefined) {
      continue;
    }
    const missing = variables.filter((v) => !new RegExp(`\\b${v}\\b`, 'i').test(text));
    const changes = missing.flatMap((v) => form.added(text, v));
    return changes.length > 0 ? [{ file, purpose: 'schema', changes }] : [];
  }
  return [];
}

/** The typed declaration whose object a file imports already. */
export interface ImportedSchema {
  /** The declaring file's text. */
  readonly text: string;
  /** The expression that gives a variable, which the declaration has or gets with the fix: `settings.binance_api_key`. */
  readonly read: (variable: string) => string;
}

/** The package's typed declaration, where a file imports the object that it makes: `import { env } from './env'`. */
export function importedSchema({
  facts,
  file,
  text,
}: Pick<Place, 'facts' | 'file' | 'text'>): ImportedSchema | undefined {
  for (const path of facts.schemas) {
    const schema = facts.text(path);
    const form = schema === undefined || path === file ? undefined : forms.find((f) => f.applies(schema));
    if (!form || schema === undefined) {
      continue;
    }
    const object = form.instance.exec(schema)?.[1];
    return object && imports(text, object, path)
      ? { text: schema, read: (variable) => `${object}.${form.member(schema, variable)}` }
      : undefined;
  }
  return undefined;
}

/** Whether a text imports a name from a file, by the last part of its path. */
function imports(text: string, name: string, path: string): boolean {
  const module =
    path
      .replace(/(?:\/(?:index|__init__))?\.\w+$/, '')
      .split('/')
      .at(-1) ?? '';
  const from = [
    new RegExp(`^\\s*import\\s*\\{([^}]*)\\}\\s*from\\s*["'](?:[^"'\\n]*/)?${module}(?:\\.[cm]?[jt]s)?["']`, 'm'),
    new RegExp(`^from[ \\t]+[\\w.]*\\b${module}[ \\t]+import[ \\t]+([^\\n]+)`, 'm'),
  ].flatMap((form) => form.exec(text)?.[1] ?? []);
  return from.some((list) => list.split(/[\s,()]+/).includes(name) && !new RegExp(`\\b${name}\\s+as\\b`).test(list));
}
