import type { Finding } from '../scan/finding';
import type { Refusal } from './plan';

const PARTS: Readonly<Record<string, string>> = {
  id: 'key id',
  'private-key': 'private key',
  phrase: 'recovery phrase',
};

/** What the findings are, for a title: `key and secret`. */
export function partsOf(findings: readonly Finding[]): string {
  const words = [...new Set(findings.map((f) => PARTS[f.part] ?? f.part))];
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? 'values');
}

/** The refusal for a file that no idiom knows. */
export function noIdiom(file: string): Refusal {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/^\.env|\.env$/.test(name)) {
    return {
      refused: 'The value stands in an env file already.',
      wayOut: 'Keep the file out of git, or move the value to a vault.',
    };
  }
  if (/\.(?:jsonc?|toml)$/.test(name)) {
    return {
      refused: `${/toml$/.test(name) ? 'TOML' : 'JSON'} has no variables, and the program that reads ${name} is not known.`,
      wayOut: 'Let the program read the value from its environment, and remove it here.',
    };
  }
  return {
    refused: `How ${name} would read an environment variable is not known.`,
    wayOut: 'Read the value from the environment in the way of this language, and remove it here.',
  };
}
