import type { Finding } from '../scan/finding';
import { decodedValue } from '../scan/value';
import { EditedText } from './edited-text';
import { envFileOf, planEnvWrite, type Wanted } from './env-destination';
import { type Idiom, isRefusal, type Loading, type Place } from './idiom';
import { idiomOf } from './idioms';
import type { FileChange, Plan, Refusal } from './plan';
import type { ProjectFacts } from './project-facts';

/** A person's and the policy's wishes. */
export interface FixOptions {
  /** Env file, relative to the package. */
  readonly envFile?: string;
  /** Variable names by rule id. */
  readonly names?: Readonly<Record<string, string>>;
  /** Also change what is needed for the program to load the env file. */
  readonly addLoader?: boolean;
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
  if (!idiom) {
    return noIdiom(file);
  }
  const inOrder = [...findings].sort((a, b) => a.start - b.start);
  const first = inOrder[0];
  if (!first) {
    return { refused: 'There is nothing to move.', wayOut: 'Scan the file again.' };
  }
  const place = (finding: Finding): Place => ({ file, text, finding, facts });
  const envFile = envFileOf(place(first), idiom, options.envFile);
  const write = planEnvWrite(
    facts,
    envFile,
    idiom.reader,
    inOrder.map((f) => wantedOf(place(f), idiom, options)),
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
  changes.push({ file, purpose: 'source', changes: edited.changes() });
  const loaded = loading.loaded || loader.length > 0;
  return {
    title: title(inOrder, [...new Set(variables)], envFile, loading, loader.length > 0),
    findings: inOrder,
    destinations: write.destinations,
    changes,
    warnings: facts.git?.isTracked(file) ? ['Git may hold the value in its history: rotate the key.'] : [],
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

function wantedOf(place: Place, idiom: Idiom, options: FixOptions): Wanted {
  const { finding, text, file } = place;
  const fixed = idiom.variable?.(place) ?? (finding.fallbackOf || undefined);
  return {
    value: decodedValue(text, finding, file),
    variable: fixed ?? options.names?.[finding.ruleId] ?? idiom.suggestion?.(place) ?? finding.variable,
    fixed: fixed !== undefined,
    ...(finding.group === undefined ? {} : { group: finding.group }),
  };
}

/** Rewrites from the last finding to the first, so that places before stay where they are. */
function rewriteAll(
  place: (finding: Finding) => Place,
  idiom: Idiom,
  findings: readonly Finding[],
  variables: readonly string[],
): EditedText | Refusal {
  const original = place(findings[0] as Finding).text;
  const edited = new EditedText(original);
  const at = findings.map((f) => f.start);
  for (let i = findings.length - 1; i >= 0; i--) {
    const finding = findings[i] as Finding;
    const length = finding.end - finding.start;
    const moved: Finding = { ...finding, start: at[i] as number, end: (at[i] as number) + length };
    const rewrite = idiom.rewrite({ ...place(moved), text: edited.text }, variables[i] as string);
    if (isRefusal(rewrite)) {
      return rewrite;
    }
    const { change } = rewrite;
    const shift = change.text.length - (change.end - change.start);
    const steps = [
      change,
      ...(rewrite.once ?? []).map((s) =>
        s.start >= change.end ? { start: s.start + shift, end: s.end + shift, text: s.text } : s,
      ),
    ];
    for (const [n, step] of steps.entries()) {
      edited.replace(step);
      const grown = step.text.length - (step.end - step.start);
      for (let k = 0; k < i; k++) {
        const f = findings[k] as Finding;
        const start = at[k] as number;
        if (start >= step.end && n > 0) {
          at[k] = start + grown;
        } else if (start >= step.start && start < step.end) {
          const inside = step.text.indexOf(original.slice(f.start, f.end));
          if (inside < 0) {
            return {
              refused: 'Two values stand in one expression that can not be rewritten together.',
              wayOut: 'Move them one after the other.',
            };
          }
          at[k] = step.start + inside;
        } else if (start >= step.end) {
          at[k] = start + grown;
        }
      }
    }
  }
  return edited;
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
  const subject = one
    ? `to environment variable ${variables[0]} in`
    : whole
      ? `${first.provider.replace(/\s*\(.*$/, '')} ${partsOf(findings)} to`
      : `${variables.length} values to`;
  const how = loading.loaded
    ? ''
    : added
      ? `, ${loading.added}`
      : ` (${loading.until ?? `add how ${envFile} is loaded`})`;
  return `Move ${subject} ${envFile}${how}`;
}

const PARTS: Readonly<Record<string, string>> = {
  id: 'key id',
  'private-key': 'private key',
  phrase: 'recovery phrase',
};

function partsOf(findings: readonly Finding[]): string {
  const words = [...new Set(findings.map((f) => PARTS[f.part] ?? f.part))];
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? 'values');
}

function noIdiom(file: string): Refusal {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/^\.env|\.env$/.test(name)) {
    return {
      refused: 'The value stands in an env file already.',
      wayOut: 'Keep the file out of git, or move the value to a vault.',
    };
  }
  if (/\.(?:jsonc?|toml)$/.test(name)) {
    return {
      refused: `${/toml$/.test(name) ? 'TOML' : 'JSON'} has no variables, and the program that reads ${name} is not known.`,
      wayOut: 'Let the program read the value from its environment, and remove it here.',
    };
  }
  return {
    refused: `How ${name} would read an environment variable is not known.`,
    wayOut: 'Read the value from the environment in the way of this language, and remove it here.',
  };
}
