import type { Part } from '../catalog/credential-type';
import type { Finding } from '../scan/finding';
import { say } from '../words/say';
import type { Refusal } from './plan';

const PARTS: Readonly<Partial<Record<Part, string>>> = {
  key: say('key'),
  secret: say('secret'),
  passphrase: say('passphrase'),
  token: say('token'),
  id: say('key id'),
  'private-key': say('private key'),
  phrase: say('recovery phrase'),
};

/** What the findings are, for a title: `key and secret`. */
export function partsOf(findings: readonly Finding[]): string {
  const words = [...new Set(findings.map((f) => PARTS[f.part] ?? f.part))];
  return words.length > 1
    ? say('{0} and {1}', words.slice(0, -1).join(', '), words.at(-1))
    : (words[0] ?? say('values'));
}

/** The refusal for a file that no idiom knows. */
export function noIdiom(file: string): Refusal {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/^\.env|\.env$/.test(name)) {
    return {
      refused: say('The value stands in an env file already.'),
      wayOut: say('Keep the file out of git, or move the value to a vault.'),
    };
  }
  if (/\.(?:jsonc?|toml)$/.test(name)) {
    return {
      refused: say(
        '{0} has no variables, and the program that reads {1} is not known.',
        /toml$/.test(name) ? 'TOML' : 'JSON',
        name,
      ),
      wayOut: say('Let the program read the value from its environment, and remove it here.'),
    };
  }
  return {
    refused: say('How {0} would read an environment variable is not known.', name),
    wayOut: say('Read the value from the environment in the way of this language, and remove it here.'),
  };
}
