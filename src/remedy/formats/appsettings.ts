import { say } from '../../words/say';
import type { Idiom, Place, Rewrite } from '../idiom';
import type { Refusal } from '../plan';
import { exported } from './interpolated-yaml';
import { jsonPlace, notInString, partOfString } from './json-place';

/**
 * .NET reads `Section__Key` from the environment over appsettings.json. The member stays, empty, for the program's shape to
 * stay visible. Source: learn.microsoft.com, "Configuration in ASP.NET Core".
 */
const FILES = /(?:^|\/)appsettings(?:\.[\w-]+)?\.json$/i;

function variable({ text, finding }: Place): string | undefined {
  const place = jsonPlace(text, finding);
  return place?.whole && place.path.every((p) => /^\w+$/.test(String(p))) ? place.path.join('__') : undefined;
}

function rewrite(place: Place): Rewrite | Refusal {
  const at = jsonPlace(place.text, place.finding);
  if (!at) {
    return notInString;
  }
  if (variable(place) === undefined) {
    return partOfString;
  }
  return { change: { start: at.node.offset, end: at.node.offset + at.node.length, text: '""' } };
}

export const appsettings: Idiom = {
  id: 'appsettings',
  applies: (file) => FILES.test(file),
  variable,
  rewrite,
  loading: (_place, envFile, { variables }) => ({
    loaded: false,
    commands: [
      ...exported(envFile, 'dotnet run'),
      ...variables.map((v) => ({
        line: `dotnet user-secrets set "${v.replaceAll('__', ':')}" <value>`,
        shell: 'any' as const,
        why: say('or keep it in the user secrets of the project, outside of the folder'),
      })),
    ],
  }),
  reader: 'dotenv',
};
