/** A reference to a key in a text: the variable or the address that it names. */
export interface ReferenceAt {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Forms in which programs and manifests name a key; the first group is the name. Each is tried on one line. */
const FORMS: readonly RegExp[] = [
  /\b(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|env)\.([A-Z][A-Z0-9_]{2,80})\b/g,
  /\b(?:process\.env|os\.environ|ENV|\$_ENV|\$_SERVER|environ)\[\s*["']([A-Z][A-Z0-9_]{2,80})["']\s*\]/g,
  /\b(?:getenv|Getenv|LookupEnv|MustEnv|mustEnv|environ\.get|env\.get|ENV\.fetch|env::var|env!|option_env!|GetEnvironmentVariable|envString|envUint|configVariable|vars\.get|env)\(\s*["']([A-Z][A-Z0-9_]{2,80})["']/g,
  /\$env:([A-Z][A-Z0-9_]{2,80})\b/gi,
  /\$\{\{\s*secrets\.([A-Z][A-Z0-9_]{2,80})\s*\}\}/g,
  /\$\{(?:env:|localEnv:)?([A-Z][A-Z0-9_]{2,80})(?::?[-?+=][^}]*)?\}/g,
  /\$([A-Z][A-Z0-9_]{2,80})\b/g,
  /((?:op|vault|aws-sm|aws-ssm|gcp-sm|azure-kv|akv|doppler|infisical|keychain|keyring|bws):\/\/[A-Za-z0-9_.\-/ ]{3,200}[A-Za-z0-9_-])/g,
  /((?:secret)?ref\+[a-z0-9]+:\/\/[^\s"'`]{3,200})/g,
  /(arn:aws[a-z-]*:(?:secretsmanager|ssm):[A-Za-z0-9/_+=.@:-]{10,200})/g,
  /(projects\/[\w-]+\/secrets\/[\w-]+)/g,
];

/** Every reference of a text, with its place; one that two forms see counts once. */
export function references(text: string): readonly ReferenceAt[] {
  const found = new Map<string, ReferenceAt>();
  for (const form of FORMS) {
    for (const m of text.matchAll(form)) {
      const name = m[1];
      const start = name === undefined ? -1 : m.index + m[0].indexOf(name);
      if (name !== undefined && !found.has(`${start} ${name}`)) {
        found.set(`${start} ${name}`, { name, start, end: start + name.length });
      }
    }
  }
  return [...found.values()];
}

/** Variables that a text refers to, each once. */
export function referencedNames(text: string): string[] {
  return [...new Set(references(text).map((r) => r.name))].filter((name) => /^[A-Z][A-Z0-9_]+$/.test(name));
}

/** The reference that holds a column of a line, if there is one. */
export function referenceAt(line: string, column: number): ReferenceAt | undefined {
  if (line.length > 4000) {
    return undefined;
  }
  for (const form of FORMS) {
    for (const m of line.matchAll(form)) {
      if (m[1] && m.index <= column && column <= m.index + m[0].length) {
        return { name: m[1], start: m.index, end: m.index + m[0].length };
      }
    }
  }
  return undefined;
}
