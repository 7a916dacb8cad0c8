import { envFileRefusal, exampleLines, planEnvWrite, readerOf, unwritable } from './env-destination';
import { quoted, readEnvFile } from './env-file';
import { isRefusal } from './idiom';
import { ignoreLines } from './ignore-lines';
import type { Destination, FileChange, Refusal } from './plan';
import type { ProjectFacts } from './project-facts';

/** What giving a variable its value in an env file takes. */
export interface EnvValueWrite {
  readonly destinations: readonly [Destination];
  readonly changes: readonly FileChange[];
}

/** The env file that a package reads when nothing in a text says more: what was chosen, else the framework's. */
export function usualEnvFile(facts: ProjectFacts, chosen: string | undefined): string {
  const name = chosen?.replace(/^\.\//, '') || (facts.manifest?.dependencies.has('next') ? '.env.local' : '.env');
  return facts.packageRoot ? `${facts.packageRoot}/${name}` : name;
}

/** Plans a variable's first value. Refuses when it has another one already. */
export function planNewValue(
  facts: ProjectFacts,
  envFile: string,
  variable: string,
  value: string,
): EnvValueWrite | Refusal {
  const write = planEnvWrite(facts, envFile, readerOf('dotenv', facts), [{ value, variable, fixed: true }]);
  return isRefusal(write) ? write : { destinations: write.destinations as [Destination], changes: write.changes };
}

/** Plans another value for a variable: every entry of its name changes, the rest of the file stays as it is. */
export function planOtherValue(
  facts: ProjectFacts,
  envFile: string,
  variable: string,
  value: string,
): EnvValueWrite | Refusal {
  const text = facts.text(envFile) ?? '';
  const entries = readEnvFile(text).filter((e) => e.name === variable);
  if (entries.length === 0) {
    return planNewValue(facts, envFile, variable, value);
  }
  const refusal = envFileRefusal(facts, envFile);
  if (refusal) {
    return refusal;
  }
  const line = quoted(value, readerOf('dotenv', facts));
  if (line === undefined) {
    return unwritable(envFile);
  }
  const changes = entries.map(({ start, end }) => {
    const head = /^[ \t]*(?:export[ \t]+)?/.exec(text.slice(start, end))?.[0] ?? '';
    return { start, end, text: `${head}${variable}=${line}` };
  });
  const example = exampleLines(facts, envFile, [variable]);
  return {
    destinations: [{ kind: 'env-file', file: envFile, variable }],
    changes: [
      { file: envFile, purpose: 'destination', changes },
      ...ignoreLines(facts, envFile),
      ...(example ? [example] : []),
    ],
  };
}

/** Names that templates or programs ask for and that no env file gives a value, in the order asked. */
export function missingVariables(wanted: Iterable<string>, envTexts: readonly string[]): string[] {
  const given = new Set(envTexts.flatMap((text) => readEnvFile(text).flatMap((e) => (e.value ? [e.name] : []))));
  return [...new Set(wanted)].filter((name) => !given.has(name));
}
