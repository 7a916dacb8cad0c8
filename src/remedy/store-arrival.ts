import type { ToolCall } from '../project/tools';
import { say } from '../words/say';
import type { Place } from './idiom';
import type { Command, FileChange, Storing } from './plan';
import { runCommand } from './run-command';
import { wrapping } from './store-wrapping';
import { asLine, type Spot, type Store } from './stores/store';

/** How the program gets its values from the store, and what would make a script of package.json do it. */
export interface Arrival {
  readonly arrives: boolean;
  readonly commands: readonly Command[];
  readonly changes: readonly FileChange[];
  /** For the title. */
  readonly added: string;
}

/** Nothing is to be done: the reader takes the value itself. */
export const arrived: Arrival = { arrives: true, commands: [], changes: [], added: '' };

/** How a program gets its values from a store. */
export function arrivalFrom(
  store: Store,
  place: Place,
  envFile: string,
  storing: readonly Storing[],
  program = runCommand(place),
): Arrival {
  const [first] = storing;
  if (store.serves || store.supplies || !first) {
    return arrived;
  }
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const why = say('gives the program what {0} keeps', store.title);
  if (!store.runner) {
    const lines = (reads: (spot: Spot) => ToolCall | undefined, because: string): Command[] => {
      const calls = storing.map(({ spot }) => ({ name: spot.variable, read: reads(spot) }));
      if (calls.some((c) => c.read === undefined)) {
        return [];
      }
      const posix = calls.map((c) => `${c.name}="$(${asLine(c.read as ToolCall)})"`).join(' ');
      const powershell = calls.map((c) => `$env:${c.name} = ${asLine(c.read as ToolCall)};`).join(' ');
      return [
        { line: `${posix} ${program}`, shell: 'posix', why: because },
        { line: `${powershell} ${program}`, shell: 'powershell', why: because },
      ];
    };
    const other = (spot: Spot) => store.writes(spot).find((a) => a.reads)?.reads;
    return {
      ...arrived,
      arrives: false,
      commands: [
        ...lines((spot) => store.reads?.(spot, name), why),
        ...lines(other, say('the same with {0}', other(first.spot)?.program)).filter((c) => c.shell === 'posix'),
      ],
    };
  }
  const line = store.runner(program, name, first.spot);
  const head = line.split(' ').slice(0, 2).join(' ');
  const scripts = Object.values(place.facts.manifest?.scripts ?? {});
  if (scripts.some((s) => s.includes(head))) {
    return arrived;
  }
  return {
    arrives: false,
    commands: [{ line, shell: 'any', why }],
    ...wrapping(store, place, envFile, first.spot),
  };
}
