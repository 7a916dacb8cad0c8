import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Severity } from '../catalog/credential-type';
import { readEnvFile } from '../remedy/env-file';
import type { Finding } from '../scan/finding';
import { scanText } from '../scan/scan';
import { say } from '../words/say';
import type { Basis, Evidence, Status } from './assessment';
import type { ProjectText } from './project-texts';

/** What a probe saw in one place. */
export interface Observation {
  readonly probe: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  /** The line without values. */
  readonly snippet?: string;
  readonly confidence: 'high' | 'medium' | 'low';
  /** What it weighs in its check. */
  readonly outcome: 'fail' | 'warn' | 'pass';
  /** Rule id, for a credential. */
  readonly rule?: string;
  /** Id of the inventory's key that it is about. */
  readonly key?: string;
  /** What was seen, as a clause for the check's sentence. */
  readonly detail?: string;
}

/** A check's verdict before suppressions, attestations and severities are applied. */
export interface Draft {
  readonly check: string;
  readonly status: Status;
  readonly basis?: Basis;
  readonly reason?: 'no-policy' | 'policy-invalid' | 'no-attestation' | 'attestation-expired' | 'no-ci';
  /** Severity where the design raises it for what was seen. */
  readonly severity?: Severity;
  readonly message: string;
  readonly observations: readonly Observation[];
  /** Gives the verdict again when suppressions have taken observations away. */
  readonly again?: (left: readonly Observation[]) => Draft;
}

const CONFIDENCE = { certain: 'high', likely: 'medium', possible: 'low' } as const;

/** The line of an offset with every credential in it, and in env files every value, masked; at most 200 characters. */
export function snippetAt(file: ProjectText, offset: number): string {
  const start = file.text.lastIndexOf('\n', offset - 1) + 1;
  const newline = file.text.indexOf('\n', offset);
  const end = newline < 0 ? file.text.length : newline;
  let out = '';
  let at = start;
  if (file.class === 'env') {
    const [entry] = readEnvFile(file.text.slice(start, end));
    return entry?.value
      ? `${entry.name}=… (${entry.value.length})`
      : file.text.slice(start, Math.min(end, start + 200)).trim();
  }
  for (const f of file.findings) {
    if (f.end > start && f.start < end) {
      out += file.text.slice(at, Math.max(at, f.start)) + f.redacted;
      at = Math.min(end, f.end);
    }
  }
  out += file.text.slice(at, end);
  out = masked(out.trim().replace(/[\t\r]+/g, ' '));
  return out.length > 200 ? `${out.slice(0, 199)}…` : out;
}

/** Words of the policy's authors with every credential in them masked: they are free to write what they like. */
export function withoutSecrets(text: string): string {
  let out = '';
  let at = 0;
  for (const f of scanText(text, { fileName: 'words.txt' }).findings.filter((x) => x.state === 'secret')) {
    out += text.slice(at, f.start) + f.redacted;
    at = f.end;
  }
  return out + text.slice(at);
}

/** What stands after a secret's name, and runs that no word is: values that only this checklist takes for secrets. */
const AFTER_NAME =
  /((?:key|secret|token|pass(?:word|phrase|wd)?|mnemonic|seed|credential)s?["']?\s*(?::=|=>|[:=])\s*["']?)([^\s"'`,;(){}[\]…]{6,})/gi;
const RUN = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

function masked(line: string): string {
  const hidden = (value: string) => `… (${value.length})`;
  return line
    .replace(AFTER_NAME, (whole, name: string, value: string) =>
      /^(?:\$|process\.|os\.|env\.|op:|vault:|https?:|wss?:|[A-Za-z_][\w.]*\()/.test(value)
        ? whole
        : name + hidden(value),
    )
    .replace(RUN, (run) =>
      /\d/.test(run) && /[A-Za-z]/.test(run) && !/^[\w-]+(?:\/[\w-]+)+$/.test(run) ? hidden(run) : run,
    );
}

/** An observation at a place of a file. */
export function seen(
  file: ProjectText,
  offset: number,
  probe: string,
  outcome: Observation['outcome'],
  more: { readonly confidence?: Observation['confidence']; readonly rule?: string; readonly end?: number } = {},
): Observation {
  const { line, column } = file.at(offset);
  const endLine = more.end === undefined ? line : file.at(more.end).line;
  return {
    probe,
    file: file.path,
    line,
    column,
    ...(endLine > line ? { endLine } : {}),
    snippet: snippetAt(file, offset),
    confidence: more.confidence ?? 'high',
    outcome,
    ...(more.rule ? { rule: more.rule } : {}),
  };
}

/** An observation about a credential. */
export function seenFinding(
  file: ProjectText,
  f: Finding,
  probe: string,
  outcome: Observation['outcome'],
): Observation {
  return seen(file, f.start, probe, outcome, { confidence: CONFIDENCE[f.confidence], rule: f.ruleId, end: f.end });
}

/** An observation about a file as a whole, or one that should exist. */
export function seenFile(path: string, probe: string, outcome: Observation['outcome']): Observation {
  return { probe, file: path, line: 1, column: 1, confidence: 'high', outcome };
}

/** Evidence as the report has it. */
export function evidenceOf(check: string, o: Observation): Evidence {
  return {
    file: o.file,
    line: o.line,
    column: o.column,
    ...(o.endLine === undefined ? {} : { endLine: o.endLine }),
    probe: o.probe,
    ...(o.snippet ? { snippet: o.snippet } : {}),
    fingerprint: evidenceFingerprint(check, o.file, o.snippet ?? ''),
    confidence: o.confidence,
  };
}

/** 32 hex digits over a check, a file and a line without values: the same wherever in the file the line stands. */
export function evidenceFingerprint(check: string, file: string, snippet: string): string {
  const normalised = snippet.replace(/\s+/g, ' ');
  return bytesToHex(sha256(utf8ToBytes(`${check}\0${file}\0${normalised}`))).slice(0, 32);
}

/** `1 file` or `3 files`. */
export function count(n: number, one: string, many = `${one}s`): string {
  const words = `{0} ${n === 1 ? one : many}`;
  return say(words, n);
}

/**
 * The usual verdict over observations: fail if one fails, warn if one warns, else pass. `words` gives the sentence for each.
 */
export function verdict(
  check: string,
  observations: readonly Observation[],
  words: {
    readonly fail: (bad: readonly Observation[]) => string;
    readonly warn: (bad: readonly Observation[]) => string;
    readonly pass: string;
  },
  basis: Basis = 'observed',
): Draft {
  const again = (left: readonly Observation[]): Draft => {
    const fails = left.filter((o) => o.outcome === 'fail');
    const warns = left.filter((o) => o.outcome === 'warn');
    const status = fails.length ? 'fail' : warns.length ? 'warn' : 'pass';
    const message = fails.length ? words.fail(fails) : warns.length ? words.warn(warns) : words.pass;
    return { check, status, basis, message, observations: left, again };
  };
  return again(observations);
}

/** What a check concludes; the observations that it rests on are added. */
export type Conclusion = Omit<Draft, 'check' | 'observations' | 'again'>;

/** A verdict that is worked out anew when suppressions take observations away. */
export function concluded(
  check: string,
  observations: readonly Observation[],
  conclude: (left: readonly Observation[]) => Conclusion,
): Draft {
  const again = (left: readonly Observation[]): Draft => ({ check, ...conclude(left), observations: left, again });
  return again(observations);
}

/** Files that could not be read leave a check undecided, unless what was read decides it: a violation stays one. */
export function unlessUnread(draft: Draft, unread: readonly string[]): Draft {
  if (unread.length === 0 || draft.status === 'fail') {
    return draft;
  }
  const shown = unread.slice(0, 3).join(', ');
  const { check, observations, again } = draft;
  return {
    check,
    status: 'error',
    message:
      unread.length > 3
        ? say('{0} and {1} more could not be read.', shown, unread.length - 3)
        : say('{0} could not be read.', shown),
    observations,
    ...(again ? { again: (left: readonly Observation[]) => unlessUnread(again(left), unread) } : {}),
  };
}

/** The verdict for a project that has nothing that the check is about. */
export function notApplicable(check: string, message: string): Draft {
  return { check, status: 'not-applicable', message, observations: [] };
}

/** The clauses of observations as sentences: each once, three at most, and how many are left. */
export function details(observations: readonly Observation[]): string {
  const said = [...new Set(observations.map((o) => o.detail).filter((d) => d !== undefined))];
  const shown = said.slice(0, 3).map((d) => `${d}.`);
  return [...shown, ...(said.length > 3 ? [`${said.length - 3} more.`] : [])].join(' ');
}
