import type { ToolCall } from '../../project/tools';
import { asLine, type Spot, type Store } from './store';

const aws = (args: readonly string[], file?: ToolCall['file']): ToolCall => ({
  program: 'aws',
  args,
  ...(file ? { file } : {}),
});
const same = (value: string) => value;

/** Name of a secret. Source: docs.aws.amazon.com, Secrets Manager, `create-secret`; `file://` keeps the value out of arguments. */
const secret = ({ reference }: Spot) => reference.replace(/^(?:aws-sm:\/\/|ref\+awssecrets:\/\/)/, '');

const nextVersion = (spot: Spot) =>
  aws(['secretsmanager', 'put-secret-value', '--secret-id', secret(spot), '--secret-string', 'file://{file}'], same);

export const awsSecretsManager: Store = {
  id: 'aws-secrets-manager',
  title: 'AWS Secrets Manager',
  aliases: ['aws', 'aws-sm', 'secretsmanager'],
  template: 'aws-sm://{project}/{name}',
  form: { pattern: /^(?:aws-sm:\/\/|ref\+awssecrets:\/\/)?[\w/+=.@-]{1,512}$/, example: 'aws-sm://{project}/{name}' },
  reads: (spot) =>
    aws([
      'secretsmanager',
      'get-secret-value',
      '--secret-id',
      secret(spot),
      '--query',
      'SecretString',
      '--output',
      'text',
    ]),
  writes: (spot) => [
    {
      call: aws(['secretsmanager', 'create-secret', '--name', secret(spot), '--secret-string', 'file://{file}'], same),
    },
    { call: nextVersion(spot) },
  ],
  replaces: (spot) => ({ writes: [{ call: nextVersion(spot) }], shown: asLine(nextVersion(spot)) }),
  shown: (spot) =>
    asLine(aws(['secretsmanager', 'create-secret', '--name', secret(spot), '--secret-string', 'file://{file}'])),
};

/** Name of a parameter; a path begins with a slash. Source: docs.aws.amazon.com, Systems Manager, `put-parameter`. */
const parameter = ({ reference }: Spot) =>
  `/${reference.replace(/^(?:aws-ssm:\/\/|ref\+awsssm:\/\/)/, '').replace(/^\/+/, '')}`;

const put = (spot: Spot, ...more: string[]) =>
  aws(
    ['ssm', 'put-parameter', '--name', parameter(spot), '--type', 'SecureString', ...more, '--value', 'file://{file}'],
    same,
  );

export const awsSsm: Store = {
  id: 'aws-ssm',
  title: 'AWS SSM Parameter Store',
  aliases: ['ssm', 'aws-parameter-store', 'aws-ssm-parameter'],
  template: 'aws-ssm://{project}/{name}',
  form: { pattern: /^(?:aws-ssm:\/\/|ref\+awsssm:\/\/)?[\w/.-]{1,1011}$/, example: 'aws-ssm://{project}/{name}' },
  reads: (spot) =>
    aws([
      'ssm',
      'get-parameter',
      '--name',
      parameter(spot),
      '--with-decryption',
      '--query',
      'Parameter.Value',
      '--output',
      'text',
    ]),
  writes: (spot) => [{ call: put(spot) }],
  replaces: (spot) => ({
    writes: [{ call: put(spot, '--overwrite') }],
    shown: asLine(put(spot, '--overwrite')),
  }),
  shown: (spot) => asLine(put(spot)),
};
