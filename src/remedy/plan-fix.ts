import { isEnvFile } from '../project/env-files';
import type { Finding } from '../scan/finding';
import { decodedValue } from '../scan/value';
import { say } from '../words/say';
import { envFileOf, planEnvWrite, readerOf } from './env-destination';
import { schemaChanges } from './env-schema';
import { noIdiom, partsOf } from './fix-words';
import { isRefusal, type Loading, type Place } from './idiom';
import { idiomOf } from './idioms';
import { publishes } from './ignore-lines';
import { planKeepOut } from './keep-out';
import type { FileChange, Plan, Refusal } from './plan';
import { planStoreFix } from './plan-store-fix';
import type { ProjectFacts } from './project-facts';
import { rewriteAll, wantedOf } from './rewriting';
import type { Held } from './store-destination';
import { storeNamed } from './stores/all';

/** A person's and the policy's wishes. */
export interface FixOptions {
  /** Env file, relative to the package. */
  readonly envFile?: string;
  /** Variable names by rule id. */
  readonly names?: Readonly<Record<string, string>>;
  /** Also change what is needed for the program to load the env file, or to run under the store's tool. */
  readonly addLoader?: boolean;
  /** Store that the values go to, by its id; absent or `env` for the env file. */
  readonly store?: string;
  /** Form of a reference in the store; `{name}` and `{project}` are filled in. */
  readonly referenceTemplate?: string;
  /** What the store is known to hold: a value goes where it is already, and beside another value of its name. */
  readonly held?: Held;
  /** Name of the project in the store, where the package has none. */
  readonly project?: string;
}

export interface FixRequest {
  readonly facts: ProjectFacts;
  /** Relative to the project root. */
  readonly file: string;
  readonly text: string;
  readonly languageId?: string;
  /** All of one text. */
  readonly findings: readonly Finding[];
  readonly options?: FixOptions;
}

/** Computes what moving findings of one file takes, or says why it can't be done. Touches nothing. */
export function planFix({ facts, file, text, languageId, findings, options = {} }: FixRequest): Plan | Refusal {
  const idiom = idiomOf(file, languageId, text);
  const store = options.store === undefined ? 'env' : storeNamed(options.store);
  if (store === undefined) {
    return {
      refused: say('There is no store "{0}".', options.store),
      wayOut: say('Use one that keyward fix --help lists.'),
    };
  }
  if (store !== 'env') {
    return planStoreFix({ facts, file, text, findings, options }, store, idiom);
  }
  if (!idiom) {
    return (isEnvFile(file) ? planKeepOut(facts, file, text, findings) : undefined) ?? noIdiom(file);
  }
  const inOrder = [...findings].sort((a, b) => a.start - b.start);
  const first = inOrder[0];
  if (!first) {
    return { refused: say('There is nothing to move.'), wayOut: say('Scan the file again.') };
  }
  const place = (finding: Finding): Place => ({ file, text, finding, facts });
  const envFile = envFileOf(place(first), idiom, options.envFile);
  const write = planEnvWrite(
    facts,
    envFile,
    readerOf(idiom.reader, facts),
    inOrder.map((f) => wantedOf(place(f), idiom, options.names)),
  );
  if (isRefusal(write)) {
    return write;
  }
  const variables = write.destinations.map((d) => d.variable);
  const edited = rewriteAll(place, idiom, inOrder, variables);
  if (isRefusal(edited)) {
    return edited;
  }
  const values = inOrder.map((f) => decodedValue(text, f, file));
  for (const change of [...(idiom.cleared?.(edited.text, values) ?? [])].reverse()) {
    edited.replace(change);
  }
  const loading = idiom.loading({ ...place(first), text: edited.text }, envFile, {
    variables: [...new Set(variables)],
    values: inOrder.map((finding, i) => ({ finding, variable: variables[i] as string })),
    text,
  });
  const loader = options.addLoader && !loading.loaded ? (loading.changes ?? []) : [];
  const changes: FileChange[] = [...write.changes];
  for (const change of loader) {
    if (change.file === file) {
      for (const c of [...change.changes].reverse()) {
        edited.replace(c);
      }
    } else {
      changes.push(change);
    }
  }
  changes.push(...schemaChanges(facts, file, [...new Set(variables)]));
  changes.push(...(idiom.companions?.(place(first), [...new Set(variables)]) ?? []));
  changes.push({ file, purpose: 'source', changes: edited.changes() });
  const published = publishes(facts, envFile);
  const loaded = loading.loaded || loader.length > 0;
  return {
    title: title(inOrder, [...new Set(variables)], envFile, loading, loader.length > 0),
    findings: inOrder,
    destinations: write.destinations,
    changes,
    warnings: [
      ...(facts.git?.isTracked(file) ? [say('Git may hold the value in its history: rotate the key.')] : []),
      ...(published ? [published] : []),
    ],
    followUp: loaded ? [] : loading.commands,
  };
}

/** Whether a plan can also make the project load the env file. */
export function canAddLoader(request: FixRequest, plan: Plan): boolean {
  const idiom = idiomOf(request.file, request.languageId, request.text);
  const [finding] = request.findings;
  if (!idiom || !finding || plan.followUp.length === 0) {
    return false;
  }
  const envFile = plan.destinations[0]?.file ?? '.env';
  return Boolean(
    idiom.loading({ ...request, finding }, envFile, { variables: [], values: [], text: request.text }).changes?.length,
  );
}

function title(
  findings: readonly Finding[],
  variables: readonly string[],
  envFile: string,
  loading: Loading,
  added: boolean,
): string {
  const [first] = findings as [Finding];
  const one = variables.length === 1;
  const whole = findings.every((f) => f.group !== undefined && f.group === first.group);
  const move = one
    ? say('Move to environment variable {0} in {1}', variables[0], envFile)
    : whole
      ? say('Move {0} {1} to {2}', first.provider.replace(/\s*\(.*$/, ''), partsOf(findings), envFile)
      : say('Move {0} values to {1}', variables.length, envFile);
  if (loading.loaded) {
    return move;
  }
  return added
    ? say('{0}, {1}', move, loading.added)
    : say('{0} ({1})', move, loading.until ?? say('add how {0} is loaded', envFile));
}
