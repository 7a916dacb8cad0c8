import type { CredentialType } from '../catalog/credential-type';
import { holderCan } from '../scan/wording';

const SOURCES: Readonly<Record<CredentialType['facts']['source'], string>> = {
  documented: "the provider's documentation",
  'sdk-or-observed': "the provider's SDK, or keys that were observed",
  'peer-detector': 'other scanners',
  memory: 'general knowledge; not verified',
  'unknown-shape': 'its name only: the shape is not known',
};

/** The page of a credential type: what it is, what its holder can do, how it is found, what to do. Markdown. */
export function typePage(type: CredentialType): string {
  const { facts } = type;
  const list = (title: string, items: readonly string[] | undefined) =>
    items?.length ? [`- ${title}: ${items.map((x) => `\`${x}\``).join(', ')}`] : [];
  return [
    `# ${type.provider}: ${type.what}`,
    '',
    `Rule \`${type.id}\`, ${type.severity}${type.public ? ', made to be public' : ''}.`,
    '',
    holderCan(type.severity),
    ...(facts.permissions ? ['', `**Permissions.** ${facts.permissions}`] : []),
    ...(facts.expiry ? ['', `**Expiry.** ${facts.expiry}`] : []),
    '',
    '## What to do',
    '',
    `1. If it was ever committed, shared or pasted into a chat, rotate it${facts.rotateUrl ? `: <${facts.rotateUrl}>` : ' at the provider'}.${facts.rotateHow ? ` ${facts.rotateHow}` : ''}`,
    `2. Keep the new one in an environment variable (\`${type.env}\`) or a secret store, never in source.`,
    ...(type.pairedWith.length
      ? [`3. Do the same with its other half: ${type.pairedWith.map((p) => `\`${p}\``).join(', ')}.`]
      : []),
    '',
    '## How it is found',
    '',
    `- Shape: ${type.shape.min === type.shape.max ? type.shape.min : `${type.shape.min} to ${type.shape.max}`} characters${type.shape.prefix ? `, beginning with \`${type.shape.prefix}\`` : ''}${type.shape.proof ? `; proved by \`${type.shape.proof}\`` : ''}`,
    ...list('Hosts', type.hosts),
    ...list('Headers', type.headers),
    ...list('Parameters', type.params),
    `- ${type.need === 'none' ? 'The shape alone is enough.' : type.need === 'near' ? 'Its provider must stand near it, or its own name hold it.' : 'Only its own name, header or parameter tells it.'}`,
    `- What is known of it comes from ${SOURCES[facts.source]}.`,
    ...(facts.docsUrl?.startsWith('http') ? ['', `Documentation: <${facts.docsUrl}>`] : []),
    '',
  ].join('\n');
}
