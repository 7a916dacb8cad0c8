import { isEnvFile } from '../project/env-files';
import type { ToolCall } from '../project/tools';
import type { Finding } from '../scan/finding';
import { decodedValue } from '../scan/value';
import { say } from '../words/say';
import { envFileOf, envFileRefusal, type Wanted } from './env-destination';
import { readEnvFile } from './env-file';
import { schemaChanges } from './env-schema';
import { noIdiom, partsOf } from './fix-words';
import { type Idiom, isRefusal, type Moved, type Place } from './idiom';
import type { FileChange, Plan, Refusal } from './plan';
import type { FixRequest } from './plan-fix';
import { rewriteAll, wantedOf } from './rewriting';
import { arrivalFrom, arrived } from './store-arrival';
import { mismatch, planStoreWrite, projectName } from './store-destination';
import { asLine, type Store } from './stores/store';

/** Computes what moving findings of one file to a store takes. The values must be in the store before anything is written. */
export function planStoreFix(request: FixRequest, store: Store, idiom: Idiom | undefined): Plan | Refusal {
  const { facts, file, text, options = {} } = request;
  const inEnvFile = isEnvFile(file) && !idiom;
  if (inEnvFile && store.inEnvFile && /\.dev\.vars$/.test(file)) {
    return {
      refused: say('wrangler takes .dev.vars as it stands, so that a reference would be taken for the value.'),
      wayOut: say('Keep the file out of git; for the deployed worker use wrangler secret put.'),
    };
  }
  const findings = [...request.findings].sort((a, b) => a.start - b.start);
  const keystores = findings.map((finding) => idiom?.keystore?.({ file, text, finding, facts }));
  const fits = store.keystoreOf !== undefined && keystores.every((k) => k?.store === store.id);
  const wrong = (idiom || inEnvFile) && !fits && mismatch(store, idiom);
  if (wrong) {
    return wrong;
  }
  const [first] = findings;
  if (!first) {
    return { refused: say('There is nothing to move.'), wayOut: say('Scan the file again.') };
  }
  if (!idiom && !inEnvFile) {
    return noIdiom(file);
  }
  const plain = (finding: Finding): Place => ({ file, text, finding, facts });
  // The keychain's usual place only: what a template says otherwise is for its tool.
  const library =
    store.id === 'keyring' &&
    !options.referenceTemplate &&
    findings.every((finding) => idiom?.readsKeychain?.(plain(finding)));
  const keychain = library ? { keychain: projectName(options.project, facts) } : {};
  const place = (finding: Finding): Place => ({ ...plain(finding), ...keychain });
  const envFile = inEnvFile || !idiom ? file : envFileOf(place(first), idiom, options.envFile);
  const project = projectName(options.project, facts);
  const wanted: Wanted[] = [];
  for (const f of findings) {
    const w = inEnvFile || !idiom ? entryOf(text, f) : wantedOf(place(f), idiom, options.names);
    if (isRefusal(w)) {
      return w;
    }
    wanted.push(w);
  }
  const filled =
    idiom?.companions?.(
      place(first),
      wanted.map((w) => w.variable),
    ) ?? [];
  if (filled.length > 0) {
    return {
      refused: say('An operator fills the Secrets of this project from its own store.'),
      wayOut: say('Use --to env: it changes the manifests, and says where the value belongs.'),
    };
  }
  // A file that can run a command reads the store itself: no reference and no runner is needed.
  const fetched = idiom?.fetch && store.reads && !store.encrypts ? idiom.fetch : undefined;
  const write = planStoreWrite(facts, envFile, fetched ? { ...store, inEnvFile: false } : store, wanted, {
    template: options.referenceTemplate,
    held: options.held,
    projects: findings.map((f) => idiom?.holder?.(place(f)) ?? project),
  });
  if (isRefusal(write)) {
    return write;
  }
  if (idiom?.fetch && !fetched) {
    return {
      refused: say('What reads this file can not ask {0} for the value.', store.title),
      wayOut: say('Use --to env, the OS keychain or a vault for this file.'),
    };
  }
  const refusal = facts.isVirtual ? envFileRefusal(facts, envFile) : undefined;
  if (refusal && write.changes.some((c) => c.purpose === 'destination')) {
    return refusal;
  }
  const variables = [...new Set(write.destinations.map((d) => d.variable))];
  const sources: FileChange[] = [];
  let program: string | undefined;
  if (!inEnvFile && idiom) {
    const commands = new Map(write.storing.map(({ spot }) => [spot.variable, store.reads?.(spot, envFile)]));
    const accounts = new Map(write.storing.map(({ spot }) => [spot.variable, spot.reference]));
    const reading: Idiom = {
      ...idiom,
      rewrite: (at, variable) => {
        const keystore = fits ? idiom.keystore?.(at)?.rewrite : undefined;
        return fetched
          ? fetched(at, variable, asLine(commands.get(variable) as ToolCall))
          : keystore
            ? keystore(at, accounts.get(variable) as string)
            : idiom.rewrite(at, variable);
      },
    };
    const edited = rewriteAll(
      place,
      reading,
      findings,
      write.destinations.map((d) => d.variable),
    );
    if (isRefusal(edited)) {
      return edited;
    }
    const values = findings.map((f) => decodedValue(text, f, file));
    for (const change of [...(idiom.cleared?.(edited.text, values) ?? [])].reverse()) {
      edited.replace(change);
    }
    if (!idiom.store && !library && !fits) {
      sources.push(...schemaChanges(facts, file, variables));
    }
    sources.push({ file, purpose: 'source', changes: edited.changes() });
    program = startOf(idiom, { ...place(first), text: edited.text }, envFile, {
      variables,
      values: findings.map((finding, i) => ({ finding, variable: write.destinations[i]?.variable ?? '' })),
      text,
    });
  }
  const arrival = fetched || library ? arrived : arrivalFrom(store, place(first), envFile, write.storing, program);
  const wrap = options.addLoader ? arrival.changes : [];
  const whole = findings.every((f) => f.group !== undefined && f.group === first.group);
  const move =
    variables.length === 1
      ? say('Move to {0} as {1}', store.title, fits ? write.destinations[0]?.reference : variables[0])
      : whole
        ? say('Move {0} {1} to {2}', first.provider.replace(/\s*\(.*$/, ''), partsOf(findings), store.title)
        : say('Move {0} values to {1}', variables.length, store.title);
  return {
    title: wrap.length > 0 ? say('{0}, {1}', move, arrival.added) : move,
    findings,
    destinations: write.destinations,
    storing: write.storing,
    // A name that the program takes from the keychain is no variable for others to set.
    changes: [...write.changes.filter((c) => !library || c.purpose !== 'example'), ...wrap, ...sources],
    ...(arrival.changes.length > 0 && wrap.length === 0
      ? { wrapping: { changes: arrival.changes, added: arrival.added } }
      : {}),
    warnings: [
      ...(facts.git?.isTracked(file) ? [say('Git may hold the value in its history: rotate the key.')] : []),
      ...(store.supplies ? [store.supplies()] : []),
    ],
    followUp: [
      ...(arrival.arrives || wrap.length > 0 ? [] : arrival.commands),
      ...write.storing.flatMap(({ finding, spot }) => keystores[finding]?.starts?.(spot.reference) ?? []),
    ],
  };
}

/** What the person starts when the variables are in the environment already: the command that is shown for the env file, without what loads that. */
function startOf(idiom: Idiom, place: Place, envFile: string, moved: Moved): string | undefined {
  const load = `set -a; . ./${envFile.slice(envFile.lastIndexOf('/') + 1)}; set +a; `;
  const shown = idiom.loading(place, envFile, moved).commands.find((c) => c.line.startsWith(load));
  return idiom.starts?.(place, moved.variables) ?? shown?.line.slice(load.length);
}

/** What goes to the store for a finding: its value, or the whole entry of an env file. */
export function valueToStore(file: string, text: string, finding: Finding): string {
  const entry = isEnvFile(file) && !/\.envrc$/.test(file) ? entryOf(text, finding) : undefined;
  return entry && 'value' in entry ? entry.value : decodedValue(text, finding, file);
}

/** The entry of an env file in which a value stands whole. */
function entryOf(text: string, finding: Finding): Wanted | Refusal {
  const entry = readEnvFile(text).find((e) => e.start <= finding.start && finding.end <= e.end);
  if (!entry) {
    return {
      refused: say('The value stands in a comment of the env file.'),
      wayOut: say('Delete the comment, and rotate the key.'),
    };
  }
  return { value: entry.value, variable: entry.name, fixed: true };
}
