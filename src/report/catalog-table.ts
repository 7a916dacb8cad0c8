import { credentialTypes } from '../catalog/all';
import { credentialName } from '../scan/wording';
import { cell } from './markup';

const NEED = {
  none: 'its shape is enough',
  near: 'shape, and the provider beside it',
  own: 'its own name, header or parameter',
} as const;

/** The catalog as a Markdown document, so that people can see what is covered. */
export function catalogTable(): string {
  const systems = new Set(credentialTypes.map((t) => t.system));
  const lines = [
    '# What Keyward finds',
    '',
    `${credentialTypes.length} types of credential of ${systems.size} systems. Written by \`npm run catalog -- --write\`; a test keeps it in step.`,
  ];
  for (const category of [...new Set(credentialTypes.map((t) => t.category))].sort()) {
    lines.push('', `## ${category}`, '', '| rule | what | severity | told by | variable |', '|---|---|---|---|---|');
    for (const t of credentialTypes.filter((x) => x.category === category).sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const proof = t.shape.proof ? ', and a proof' : '';
      lines.push(`| ${t.id} | ${cell(credentialName(t))} | ${t.severity} | ${NEED[t.need]}${proof} | \`${t.env}\` |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
