import type { ToolCall } from '../../project/tools';
import { say } from '../../words/say';
import type { Refusal } from '../plan';

/** One way to write a value; the next is tried when it fails. */
export interface Attempt {
  /** Its output is needed to write (the item as it is); when it fails, so does the attempt. */
  readonly before?: ToolCall;
  readonly call: ToolCall;
  /** How this tool prints the value, where it is another tool than the store's first. */
  readonly reads?: ToolCall;
}

/** Where a store keeps one value. */
export interface Spot {
  readonly variable: string;
  /** Name of the project (of the Secret, for Kubernetes), as far as the store's names allow. */
  readonly project: string;
  /** `fixes.referenceTemplate` of the policy, or the store's own; `{name}` and `{project}` are filled in. */
  readonly reference: string;
}

export interface Store {
  readonly id: string;
  /** Name for people. */
  readonly title: string;
  /** Other words for it after `--to`. */
  readonly aliases: readonly string[];
  /** Idioms whose files take values from it; absent: any program that reads its environment. */
  readonly serves?: readonly string[];
  /** An encrypted keystore of a wallet's tool, which takes keys for these places only, in words: see Idiom.keystore. */
  readonly keystoreOf?: string;
  /** Why no fix moves values to it, with the way out, where nothing can take them from it unchanged. */
  readonly barred?: Refusal;
  /** Form of a reference, or undefined where the team must say it (a vault's name). */
  readonly template: string | undefined;
  /** Shape that a reference must have, with what to write instead. */
  readonly form?: { readonly pattern: RegExp; readonly example: string };
  /** The env file holds `NAME=reference`, and the runner resolves it. */
  readonly inEnvFile?: boolean;
  /** The tool encrypts the value in the env file, where it stays. */
  readonly encrypts?: (envFile: string, variable: string) => ToolCall;
  /** Sets the values in the environment by itself, so that no runner is needed; says from when on. */
  readonly supplies?: () => string;
  /** Starts a command with the values in its environment. */
  readonly runner?: (command: string, envFile: string, spot: Spot) => string;
  /** Prints the value, where the tool can. */
  readonly reads?: (spot: Spot, envFile: string) => ToolCall;
  /** Output of `reads` as the value. */
  readonly decoded?: (output: string) => string;
  /** For a store that gives nothing back: a call whose output matches when the name is taken. */
  readonly taken?: { readonly call: ToolCall; readonly matches: (output: string, spot: Spot) => boolean };
  readonly writes: (spot: Spot) => readonly Attempt[];
  /** Gives a name that is taken its next value, where `writes` would not, with the command for a person. */
  readonly replaces?: (spot: Spot) => { readonly writes: readonly Attempt[]; readonly shown: string };
  /** The command for a person, with the value left out. */
  readonly shown: (spot: Spot, envFile: string) => string;
}

/** An argument as a POSIX shell takes it. */
export function shellArgument(text: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A call as a person would type it; the value is asked for or read from standard input. */
export function asLine(call: ToolCall): string {
  const args = call.args.map((a) => shellArgument(a.replace('{file}', '/dev/stdin')));
  return [call.program, ...args].join(' ');
}

/** The reference for a variable, or why the store can't have one. */
export function referenceFor(
  store: Store,
  template: string | undefined,
  project: string,
  variable: string,
): string | Refusal {
  const form = template ?? store.template;
  if (form === undefined) {
    return {
      refused: say('{0} needs to be told where: no reference template is set.', store.title),
      wayOut: say('Set fixes.referenceTemplate in keyward.policy.jsonc, for example "{0}".', store.form?.example ?? ''),
    };
  }
  const reference = form
    .replaceAll('{name}', variable)
    .replaceAll('{variable}', variable)
    .replaceAll('{project}', project);
  if (store.form && !store.form.pattern.test(reference)) {
    return {
      refused: say('"{0}" is no reference of {1}.', form, store.title),
      wayOut: say('Write fixes.referenceTemplate as in "{0}".', store.form.example),
    };
  }
  return reference;
}
