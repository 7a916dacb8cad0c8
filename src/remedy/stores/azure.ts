import type { ToolCall } from '../../project/tools';
import { asLine, type Spot, type Store } from './store';

/** The address of a secret, whose names have letters, digits and dashes only. Source: learn.microsoft.com, `az keyvault secret`. */
const FORM = /^(?:https:\/\/([\w-]+)\.vault\.azure\.net\/secrets\/|(?:akvs?|azure-kv):\/\/([\w-]+)\/)([\w-]+)$/;

function call({ reference }: Spot, verb: 'set' | 'show'): ToolCall {
  const [, long, short, name = ''] = FORM.exec(reference) ?? [];
  const where = ['--vault-name', long ?? short ?? '', '--name', name.replaceAll('_', '-')];
  return verb === 'show'
    ? { program: 'az', args: ['keyvault', 'secret', 'show', ...where, '--query', 'value', '--output', 'tsv'] }
    : {
        program: 'az',
        args: ['keyvault', 'secret', 'set', ...where, '--file', '{file}', '--encoding', 'utf-8', '--output', 'none'],
        file: (value) => value,
      };
}

export const azureKeyVault: Store = {
  id: 'azure-key-vault',
  title: 'Azure Key Vault',
  aliases: ['azure', 'akv', 'keyvault', 'azure-kv'],
  template: undefined,
  form: { pattern: FORM, example: 'https://my-vault.vault.azure.net/secrets/{name}' },
  reads: (spot) => call(spot, 'show'),
  writes: (spot) => [{ call: call(spot, 'set') }],
  shown: (spot) => asLine(call(spot, 'set')),
};
