import type { Finding } from '../scan/finding';
import type { EnvReader } from './env-file';
import type { Command, FileChange, Refusal, TextChange } from './plan';
import type { ProjectFacts } from './project-facts';

/** The place of one finding, and what the idiom may look at. */
export interface Place {
  readonly file: string;
  readonly text: string;
  readonly finding: Finding;
  readonly facts: ProjectFacts;
  /** The value is to be read from the OS keychain by the language's own library, under this name; the user is the variable. */
  readonly keychain?: string;
}

/** The source's part of a fix: changes of one text, none of which touches another. */
export interface Rewrite {
  /** Puts the lookup in the literal's place. */
  readonly change: TextChange;
  /** Other changes that this needs: an import, a helper, a keyword of the declaration. */
  readonly once?: readonly TextChange[];
}

/** What a fix has moved. */
export interface Moved {
  /** Each variable once. */
  readonly variables: readonly string[];
  /** Where each value stood in `text`. */
  readonly values: readonly { readonly variable: string; readonly finding: Finding }[];
  /** The text as it was. */
  readonly text: string;
}

/** A line of docs/fixes.md: what becomes of one kind of place. A test has a case for each, and proves it in this way. */
export interface FixRow {
  readonly language: string;
  /** `constant`, `part of a URL`, `literal fallback`. */
  readonly place: string;
  /** What stands there after the fix, in code; or, for a refusal, the way out in words. */
  readonly result: string;
  /**
   * `run`: a program prints the same value before and after, and the new text parses; `parse`: a grammar of the language
   * finds no new error; `text`: the new text is compared only, for no grammar was at hand; `refused`: the fix is not offered,
   * and says what to do.
   */
  readonly proof: 'run' | 'parse' | 'text' | 'refused';
}

/** How a program at this place reads its variables at run time. */
export interface Loading {
  /** Something in the project loads the env file already. */
  readonly loaded: boolean;
  /** What the person runs when nothing does. */
  readonly commands: readonly Command[];
  /** Changes that make it load, offered as a second action. */
  readonly changes?: readonly FileChange[];
  /** What these changes add, for the action's title: `with load_dotenv()`. */
  readonly added?: string;
  /** What the title says instead of "add how .env is loaded", where the env file only keeps the value for the next step. */
  readonly until?: string;
}

/** How a tool gives the program at a place a wallet key from its encrypted keystore. */
export interface Keystore {
  /** The store's id. */
  readonly store: string;
  /** Takes the key out of the source, where the program does not read it by the variable's name. */
  readonly rewrite?: (place: Place, account: string) => Rewrite | Refusal;
  /** What starts the program with the account, where it starts otherwise than before. */
  readonly starts?: (account: string) => Command;
}

/** One language's way to read a variable. Adding a language is one such object in `languages/`. */
export interface Idiom {
  readonly id: string;
  /** What docs/fixes.md says of this idiom. */
  readonly rows?: readonly FixRow[];
  readonly applies: (file: string, languageId: string | undefined, text: string) => boolean;
  /** Variable that this place must use, where the file decides it (freqtrade); else undefined. */
  readonly variable?: (place: Place) => string | undefined;
  /** Name that the place uses already (`export CMC_API_KEY=`), better than the catalog's. */
  readonly suggestion?: (place: Place) => string | undefined;
  readonly rewrite: (place: Place, variable: string) => Rewrite | Refusal;
  /** What goes to the destination where that is more than the finding: the whole entry of a template. */
  readonly whole?: (place: Place) => string | undefined;
  /** Reads the value from a store by a command, where the file can run one (`.envrc`). */
  readonly fetch?: (place: Place, variable: string, command: string) => Rewrite | Refusal;
  /** The program has a library that reads the OS keychain, so that nothing need start it with the value. */
  readonly readsKeychain?: (place: Place) => boolean;
  /** The encrypted keystore that this place can take a wallet key from, in a project that has its tool. */
  readonly keystore?: (place: Place) => Keystore | undefined;
  /** Changes of other files that a reference needs (an ExternalSecret). */
  readonly companions?: (place: Place, variables: readonly string[]) => readonly FileChange[];
  /** Copies of values elsewhere in the file that must go too (outputs of a notebook), in the text as rewritten. */
  readonly cleared?: (text: string, values: readonly string[]) => readonly TextChange[];
  /** The place has the text as rewritten. */
  readonly loading: (place: Place, envFile: string, moved: Moved) => Loading;
  /** What starts the program, where its environment alone does not reach it (a container, a build step). */
  readonly starts?: (place: Place, variables: readonly string[]) => string;
  readonly reader: EnvReader;
  /** Store that the file's reader takes values from, where it can read no other (`github` for a workflow). */
  readonly store?: string;
  /** Name of the thing in its store that holds this place's value (a Secret of Kubernetes). */
  readonly holder?: (place: Place) => string | undefined;
  /** The reader takes the env file as it stands, so that a reference in it would be taken for the value. */
  readonly takesEnvFileAsIs?: boolean;
  /** Env file that belongs to this place, relative to the project; undefined for the project's usual one. */
  readonly envFile?: (place: Place) => string | undefined;
}

export function isRefusal(x: object): x is Refusal {
  return 'refused' in x;
}
