import type { CredentialType } from '../catalog/credential-type';
import { holderCan } from '../scan/wording';
import { say } from '../words/say';

const SOURCES: Readonly<Record<CredentialType['facts']['source'], string>> = {
  documented: say("What is known of it comes from the provider's documentation."),
  'sdk-or-observed': say("What is known of it comes from the provider's SDK, or keys that were observed."),
  'peer-detector': say('What is known of it comes from other scanners.'),
  memory: say('What is known of it comes from general knowledge; not verified.'),
  'unknown-shape': say('What is known of it comes from its name only: the shape is not known.'),
};
const NEEDS: Readonly<Record<CredentialType['need'], string>> = {
  none: say('The shape alone is enough.'),
  near: say('Its provider must stand near it, or its own name hold it.'),
  own: say('Only its own name, header or parameter tells it.'),
};

/** The page of a credential type: what it is, what its holder can do, how it is found, what to do. Markdown. */
export function typePage(type: CredentialType): string {
  const { facts } = type;
  const codes = (items: readonly string[]) => items.map((x) => `\`${x}\``).join(', ');
  const list = (title: string, items: readonly string[] | undefined) =>
    items?.length ? [`- ${title}: ${codes(items)}`] : [];
  return [
    `# ${type.provider}: ${say(type.what)}`,
    '',
    type.public
      ? say('Rule {0}, {1}, made to be public.', `\`${type.id}\``, say(type.severity))
      : say('Rule {0}, {1}.', `\`${type.id}\``, say(type.severity)),
    '',
    holderCan(type.severity),
    ...(facts.permissions ? ['', `**${say('Permissions.')}** ${say(facts.permissions)}`] : []),
    ...(facts.expiry ? ['', `**${say('Expiry.')}** ${say(facts.expiry)}`] : []),
    '',
    `## ${say('What to do')}`,
    '',
    ...steps(type).map((step, i) => `${i + 1}. ${step}`),
    '',
    `## ${say('How it is found')}`,
    '',
    `- ${shape(type)}`,
    ...list(say('Hosts'), type.hosts),
    ...list(say('Headers'), type.headers),
    ...list(say('Parameters'), type.params),
    `- ${NEEDS[type.need]}`,
    `- ${SOURCES[facts.source]}`,
    ...(facts.docsUrl?.startsWith('http') ? ['', say('Documentation: {0}', `<${facts.docsUrl}>`)] : []),
    '',
  ].join('\n');
}

function steps({ facts, env, pairedWith }: CredentialType): string[] {
  const rotate = facts.rotateUrl
    ? say('If it was ever committed, shared or pasted into a chat, rotate it: {0}.', `<${facts.rotateUrl}>`)
    : say('If it was ever committed, shared or pasted into a chat, rotate it at the provider.');
  return [
    facts.rotateHow ? `${rotate} ${say(facts.rotateHow)}` : rotate,
    say('Keep the new one in an environment variable ({0}) or a secret store, never in source.', `\`${env}\``),
    ...(pairedWith.length
      ? [say('Do the same with its other half: {0}.', pairedWith.map((p) => `\`${p}\``).join(', '))]
      : []),
  ];
}

function shape({ shape: { min, max, prefix, proof } }: CredentialType): string {
  const length = min === max ? say('Shape: {0} characters', min) : say('Shape: {0} to {1} characters', min, max);
  const begun = prefix ? say('{0}, beginning with {1}', length, `\`${prefix}\``) : length;
  return proof ? say('{0}; proved by {1}', begun, `\`${proof}\``) : begun;
}
