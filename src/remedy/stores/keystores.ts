import { say } from '../../words/say';
import type { Store } from './store';

/**
 * Hardhat 3 asks for the value and the keystore's password, and takes neither from a pipe: the person stores it. Source:
 * hardhat.org, "Configuration variables", `hardhat keystore set`.
 */
export const hardhatKeystore: Store = {
  id: 'hardhat-keystore',
  title: 'Hardhat keystore',
  aliases: ['hardhat'],
  keystoreOf: say('configVariable in hardhat.config of Hardhat 3, with the plugin hardhat-keystore'),
  serves: [],
  template: '{name}',
  form: { pattern: /^[A-Za-z_]\w*$/, example: '{name}' },
  writes: () => [],
  shown: ({ reference }) => `npx hardhat keystore set ${reference}`,
};

/**
 * An encrypted file in the person's home, under an account's name. `cast` takes a key without asking only as an argument, which
 * others could see: the person stores it. Source: Foundry Book, `cast wallet import`.
 */
export const foundryKeystore: Store = {
  id: 'foundry-keystore',
  title: 'Foundry keystore',
  aliases: ['foundry', 'cast-wallet'],
  keystoreOf: say('vm.startBroadcast of a Foundry script and command lines of cast and forge'),
  serves: [],
  template: '{project}-{name}',
  form: { pattern: /^[\w.-]+$/, example: '{project}-{name}' },
  writes: () => [],
  shown: ({ reference }) => `cast wallet import ${reference} --interactive`,
};
