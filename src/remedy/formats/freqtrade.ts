import { getLocation } from 'jsonc-parser';
import { say } from '../../words/say';
import type { Idiom, Loading, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { jsonPlace, withoutMember } from './json-place';

/** freqtrade reads FREQTRADE__SECTION__KEY over its configuration. Source: freqtrade docs, configuration. */
function isFreqtrade(text: string): boolean {
  return (
    /"exchange"\s*:\s*\{/.test(text) &&
    /"(?:stake_currency|dry_run|pair_whitelist|bot_name|max_open_trades|stake_amount)"\s*:/.test(text)
  );
}

function variable({ text, finding }: Place): string | undefined {
  const path = getLocation(text, finding.start).path.filter((p) => typeof p === 'string');
  return path.length >= 2 ? `FREQTRADE__${path.join('__').toUpperCase()}` : undefined;
}

/** JSON has no interpolation: the member goes, and the environment gives its value. */
function rewrite({ text, finding }: Place): Rewrite | Refusal {
  const place = jsonPlace(text, finding);
  const change = place?.whole ? withoutMember(text, place.node) : undefined;
  return change
    ? { change }
    : {
        refused: say('The value is a part of a longer text here.'),
        wayOut: say('Set the FREQTRADE__ variable of this member yourself, and remove the member.'),
      };
}

function loading({ facts }: Place, envFile: string): Loading {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const compose = [...facts.paths]
    .filter((p) => /(?:docker-)?compose[\w.-]*\.ya?ml$/.test(p))
    .map((p) => facts.text(p) ?? '');
  const loaded = compose.some((t) => /freqtrade/.test(t) && /env_file/.test(t));
  return {
    loaded,
    commands: [
      {
        line: `set -a; . ./${name}; set +a; freqtrade trade`,
        shell: 'posix',
        why: say('freqtrade takes FREQTRADE__ variables from its environment'),
      },
      {
        line: `docker compose run --env-from-file ${name} freqtrade`,
        shell: 'any',
        why: say('or write env_file: {0} into the compose file', name),
      },
    ],
  };
}

export const freqtrade: Idiom = {
  id: 'freqtrade',
  applies: (file, _languageId, text) => /\.jsonc?$/.test(file) && isFreqtrade(text),
  variable,
  rewrite,
  loading,
  reader: 'dotenv',
};
