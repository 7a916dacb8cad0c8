import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { tomlPlace } from './toml-place';
import { inYamlComment, isYamlComment } from './yaml-comment';

/** Foundry loads .env beside foundry.toml and expands `${NAME}` in endpoints and Etherscan keys only. Source: Foundry Book, config reference. */
const OWN: Readonly<Record<string, string>> = { eth_rpc_url: 'ETH_RPC_URL', etherscan_api_key: 'ETHERSCAN_API_KEY' };

/** Keys of a profile that Foundry reads from a variable of its own: the line goes. */
function ownVariable({ text, finding }: Place): string | undefined {
  const at = tomlPlace(text, finding);
  const key = at?.path.at(-1);
  return at?.whole && typeof key === 'string' && at.path[0] === 'profile' ? OWN[key] : undefined;
}

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  if (isYamlComment(text, finding)) {
    return inYamlComment;
  }
  const at = tomlPlace(text, finding);
  if (!at) {
    return {
      refused: say('The file does not parse as TOML here.'),
      wayOut: say('Mend it, or move the value by hand.'),
    };
  }
  if (at.path[0] === 'rpc_endpoints' || at.path[0] === 'etherscan') {
    return { change: { start: finding.start, end: finding.end, text: `\${${variable}}` } };
  }
  if (ownVariable(place) !== undefined) {
    const start = text.lastIndexOf('\n', finding.start - 1) + 1;
    const eol = text.indexOf('\n', finding.end);
    return { change: { start, end: eol < 0 ? text.length : eol + 1, text: '' } };
  }
  return {
    refused: say('Foundry fills variables into rpc_endpoints and etherscan only.'),
    wayOut: say('Read the value in the script with vm.envString or vm.envUint, and remove it here.'),
  };
}

export const foundry: Idiom = {
  id: 'foundry',
  applies: (file) => /(?:^|\/)foundry\.toml$/.test(file),
  variable: ownVariable,
  rewrite,
  loading: () => ({ loaded: true, commands: [] }),
  envFile: ({ file }) => `${file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : ''}.env`,
  reader: 'dotenv',
};
