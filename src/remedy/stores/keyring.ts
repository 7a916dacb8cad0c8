import type { ToolCall } from '../../project/tools';
import { asLine, type Spot, type Store } from './store';

/**
 * The keychain of the operating system through the `keyring` tool (Keychain, Credential Manager, Secret Service); on Linux
 * through `secret-tool`, which uses the same attributes. Sources: keyring.readthedocs.io; man secret-tool.
 */
const FORM = /^(?:keychain:\/\/|keyring:)?([\w.@-]+)\/([\w.@-]+)$/;

function parts({ reference }: Spot) {
  const [, service = '', user = ''] = FORM.exec(reference) ?? [];
  return { service, user };
}

function set(spot: Spot): ToolCall {
  const { service, user } = parts(spot);
  return { program: 'keyring', args: ['set', service, user], input: (value) => value };
}

export const keyring: Store = {
  id: 'keyring',
  title: 'OS keychain',
  aliases: ['keychain', 'os', 'os-keychain', 'credential-manager', 'secret-service'],
  template: 'keychain://{project}/{name}',
  form: { pattern: FORM, example: 'keychain://{project}/{name}' },
  reads: (spot) => {
    const { service, user } = parts(spot);
    return { program: 'keyring', args: ['get', service, user] };
  },
  writes: (spot) => {
    const { service, user } = parts(spot);
    return [
      { call: set(spot) },
      {
        call: {
          program: 'secret-tool',
          args: ['store', `--label=${service} ${user}`, 'service', service, 'username', user],
          input: (value) => value,
        },
        reads: { program: 'secret-tool', args: ['lookup', 'service', service, 'username', user] },
      },
    ];
  },
  shown: (spot) => asLine(set(spot)),
};
