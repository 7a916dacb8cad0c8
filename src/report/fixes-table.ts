import type { FixRow } from '../remedy/idiom';
import { idioms } from '../remedy/idioms';
import { cell } from './markup';

const PROOF: Readonly<Record<FixRow['proof'], string>> = {
  run: 'run before and after, parsed',
  parse: 'parsed',
  text: 'compared',
  refused: 'not offered',
};

/** What fixes write, language by language and place by place, as a Markdown document. */
export function fixesTable(): string {
  const rows = idioms.flatMap((i) => i.rows ?? []);
  const languages = [...new Set(rows.map((r) => r.language))].sort((a, b) => a.localeCompare(b, 'en'));
  const lines = [
    '# What fixes write',
    '',
    'X is the variable. *Run before and after*: a program with such a place prints the same value before the fix and after it, with the env file loaded by the command that the fix shows, and a grammar of the language finds no error in it. *Parsed*: only the latter. *Compared*: only the text, for no grammar was at hand. *Not offered*: the place can take no expression, and the hover says what to do instead.',
    '',
    'A test has a case for each line, and keeps this page in step: `npm run fixes -- --write`.',
  ];
  for (const language of languages) {
    lines.push('', `## ${language}`, '', '| place | becomes | proof |', '|---|---|---|');
    for (const r of rows.filter((x) => x.language === language)) {
      const result = r.proof === 'refused' ? cell(r.result) : code(r.result);
      lines.push(`| ${cell(r.place)} | ${result} | ${PROOF[r.proof]} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Code in a table's cell, whatever ticks it has. */
function code(text: string): string {
  const inner = text.replaceAll('|', '\\|');
  return text.includes('`') ? `\`\` ${inner} \`\`` : `\`${inner}\``;
}
