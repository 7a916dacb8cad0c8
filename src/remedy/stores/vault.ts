import type { ToolCall } from '../../project/tools';
import { asLine, type Spot, type Store } from './store';

/** `vault:mount/data/path#key`, the form of bank-vaults. Source: developer.hashicorp.com, `vault kv`; a value `-` is read from standard input. */
const FORM = /^vault:([\w-]+)\/data\/([\w./-]+)#([\w.-]+)$/;

function parts({ reference }: Spot) {
  const [, mount = '', path = '', key = ''] = FORM.exec(reference) ?? [];
  return { mount, path, key };
}

function write(spot: Spot, verb: readonly string[]): ToolCall {
  const { mount, path, key } = parts(spot);
  return {
    program: 'vault',
    args: ['kv', ...verb, `-mount=${mount}`, path, `${key}=-`],
    input: (value) => value,
  };
}

export const vault: Store = {
  id: 'vault',
  title: 'HashiCorp Vault',
  aliases: ['hashicorp', 'hashicorp-vault', 'hcv', 'openbao'],
  template: 'vault:secret/data/{project}#{name}',
  form: { pattern: FORM, example: 'vault:secret/data/{project}#{name}' },
  reads: (spot) => {
    const { mount, path, key } = parts(spot);
    return { program: 'vault', args: ['kv', 'get', `-mount=${mount}`, `-field=${key}`, path] };
  },
  // A put replaces all keys of a path: -cas=0 lets it make a new path only.
  writes: (spot) => [{ call: write(spot, ['patch']) }, { call: write(spot, ['put', '-cas=0']) }],
  shown: (spot) => asLine(write(spot, ['patch'])),
};
