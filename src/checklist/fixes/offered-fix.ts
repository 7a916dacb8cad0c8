import type { LoadedPolicy } from '../../policy/load';
import type { Question } from '../../policy/question';
import type { FileChange } from '../../remedy/plan';
import { say } from '../../words/say';

/** A part of the editor that does the work instead, because it asks or records more than an edit can. */
export type Elsewhere =
  | { readonly to: 'attest'; readonly check: string }
  | { readonly to: 'create-policy' }
  | { readonly to: 'mark-rotated' | 'retire' | 'assign-owner'; readonly key: string }
  | { readonly to: 'add-key'; readonly name: string }
  /** Written into a terminal and not run: the person reads it and presses Enter. */
  | { readonly to: 'terminal'; readonly line: string };

/** A quick fix of a failed check, at one place. */
export interface OfferedFix {
  /** Id of the checklist: `qf.tls.upgradeScheme`. */
  readonly id: string;
  /** A verb with its target. */
  readonly title: string;
  readonly questions?: readonly Question[];
  /** Edits of the present texts; applied to their own result they change nothing. Absent where `elsewhere` says who does it. */
  readonly changes?: (answers: Readonly<Record<string, string>>) => readonly FileChange[];
  readonly elsewhere?: Elsewhere;
}

/** The project as a fix sees it: its present texts, unsaved ones included. */
export interface FixProject {
  readonly paths: ReadonlySet<string>;
  text(path: string): Promise<string | undefined>;
  readonly policy: LoadedPolicy;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** Where a fix is wanted. */
export interface FixPlace {
  readonly check: string;
  /** Empty for a check that points to no place. */
  readonly probe: string;
  /** Relative to the project; it may be a file that should exist. */
  readonly file: string;
  /** The file's present text; undefined where it does not exist. */
  readonly text: string | undefined;
  /** Offset of the place in it. */
  readonly at: number;
  readonly project: FixProject;
}

/** Offers a fix for a place, or nothing where it would not be safe. */
export type Fix = (place: FixPlace) => OfferedFix | undefined | Promise<OfferedFix | undefined>;

/** Replaces a part of a place's file. */
export function replaced(place: FixPlace, start: number, end: number, text: string): readonly FileChange[] {
  return [{ file: place.file, purpose: 'source', changes: [{ start, end, text }] }];
}

/** The line that an offset stands in: its bounds without the line end, and its text. */
export function lineAt(
  text: string,
  at: number,
): { readonly start: number; readonly end: number; readonly line: string } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline > start && text[newline - 1] === '\r' ? newline - 1 : newline;
  return { start, end, line: text.slice(start, end) };
}

/** A file that does not exist yet. */
export function newFile(file: string, text: string): FileChange {
  return { file, purpose: 'destination', create: true, changes: [{ start: 0, end: 0, text }] };
}

/** The fix that makes a file; nothing where it is there. */
export function created(
  { paths }: FixProject,
  id: string,
  file: string,
  text: () => string,
  title = say('Create {0}', file),
): OfferedFix | undefined {
  return paths.has(file) ? undefined : { id, title, changes: () => [newFile(file, text())] };
}

/** The smallest single change that turns one text into another; none when they are the same. */
export function rewritten(file: string, before: string, after: string): readonly FileChange[] {
  if (before === after) {
    return [];
  }
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start++;
  }
  let tail = 0;
  while (
    tail < before.length - start &&
    tail < after.length - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  return [
    {
      file,
      purpose: 'source',
      changes: [{ start, end: before.length - tail, text: after.slice(start, after.length - tail) }],
    },
  ];
}
