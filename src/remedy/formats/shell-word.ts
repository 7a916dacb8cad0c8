import type { Finding } from '../../scan/finding';
import type { TextChange } from '../plan';
import { spliced, type YamlPlace } from './yaml-place';

/** Replaces a value in a shell command inside YAML by the variable, leaving and re-entering the shell's single quotes. */
export function shellWord(
  text: string,
  place: YamlPlace,
  finding: Pick<Finding, 'start' | 'end'>,
  variable: string,
): TextChange {
  let from = place.start;
  if (place.style === 'block') {
    from = text.lastIndexOf('\n', finding.start - 1) + 1;
  } else if (place.style !== 'plain') {
    from += 1;
  }
  const before = text.slice(from, finding.start);
  const command = place.style === 'single' ? before.replaceAll("''", "'") : before.replaceAll('\\"', '"');
  let quote = '';
  for (let i = 0; i < command.length; i++) {
    const c = command[i] as string;
    if (c === '\\' && quote !== "'") {
      i++;
    } else if (quote) {
      quote = c === quote ? '' : quote;
    } else if (c === '"' || c === "'") {
      quote = c;
    }
  }
  const name = `\${${variable}}`;
  return spliced(text, place, finding, quote === "'" ? `'"${name}"'` : quote ? name : `"${name}"`);
}
