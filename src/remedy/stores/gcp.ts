import type { ToolCall } from '../../project/tools';
import { asLine, type Spot, type Store } from './store';

/** `projects/P/secrets/S/versions/latest`, or the secret's name alone in gcloud's own project. Source: cloud.google.com, Secret Manager. */
const FORM = /^(?:projects\/([\w-]+)\/secrets\/([\w-]{1,255})(?:\/versions\/[\w-]+)?|gcp-sm:\/\/([\w-]{1,255}))$/;

function call({ reference }: Spot, verb: readonly string[], writes: boolean): ToolCall {
  const [, project, long, short] = FORM.exec(reference) ?? [];
  const args = [
    ...verb.map((a) => a.replace('{secret}', long ?? short ?? '')),
    ...(project ? [`--project=${project}`] : []),
  ];
  return { program: 'gcloud', args, ...(writes ? { input: (value: string) => value } : {}) };
}

const nextVersion = (spot: Spot) => call(spot, ['secrets', 'versions', 'add', '{secret}', '--data-file=-'], true);

export const gcpSecretManager: Store = {
  id: 'gcp-secret-manager',
  title: 'Google Cloud Secret Manager',
  aliases: ['gcp', 'gcloud', 'google', 'gcp-sm'],
  template: 'gcp-sm://{project}-{name}',
  form: { pattern: FORM, example: 'projects/my-project/secrets/{name}/versions/latest' },
  reads: (spot) => call(spot, ['secrets', 'versions', 'access', 'latest', '--secret={secret}'], false),
  writes: (spot) => [
    { call: call(spot, ['secrets', 'create', '{secret}', '--replication-policy=automatic', '--data-file=-'], true) },
    { call: nextVersion(spot) },
  ],
  replaces: (spot) => ({ writes: [{ call: nextVersion(spot) }], shown: asLine(nextVersion(spot)) }),
  shown: (spot) =>
    asLine(call(spot, ['secrets', 'create', '{secret}', '--replication-policy=automatic', '--data-file=-'], true)),
};
