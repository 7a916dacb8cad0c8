import type { Finding } from '../../scan/finding';
import { lineStart } from '../../scan/literal';
import { say } from '../../words/say';
import type { Refusal } from '../plan';
import { yamlPlace } from './yaml-place';

/** The refusal for a value in a comment of a configuration file. */
export const inYamlComment: Refusal = {
  refused: say('The value stands in a comment, where nothing reads a variable.'),
  wayOut: say('Delete the comment, and rotate the key.'),
};

/** Whether a value stands in a comment of YAML, TOML, INI or the like: behind a `#` that no quotes hold. */
export function isYamlComment(text: string, { start }: Pick<Finding, 'start'>, marks = '#'): boolean {
  const from = lineStart(text, start, start - 2000);
  let quote = '';
  for (let i = from; i < start; i++) {
    const c = text[i] as string;
    if (quote) {
      quote = c === quote ? '' : quote;
    } else if ((c === '"' || c === "'") && /[\s:=[{,(]/.test(text[i - 1] ?? ' ')) {
      quote = c;
    } else if (marks.includes(c) && (i === from || /\s/.test(text[i - 1] as string))) {
      return true;
    }
  }
  return false;
}

/** The key of a value that is written as a variable's name (`BINANCE_API_SECRET: …`), if it has one. */
export function environmentKey(text: string, finding: Pick<Finding, 'start' | 'end'>): string | undefined {
  const place = yamlPlace(text, finding);
  const key = place?.path.at(-1);
  return place?.whole && typeof key === 'string' && /^[A-Z][A-Z0-9_]*$/.test(key) ? key : undefined;
}
