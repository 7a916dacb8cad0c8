import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** One accepted finding: no value and no place, so that it survives moved lines and renamed files. */
export interface BaselineEntry {
  /** HMAC-SHA256 of rule and value under the file's salt, first 128 bits, in hex. */
  readonly id: string;
  /** For readers only. */
  readonly rule: string;
  /** For readers only: where it stood when it was recorded. */
  readonly file: string;
  /** How many times it stood there: one more is new. */
  readonly count: number;
  /** YYYY-MM-DD, when it was recorded. */
  readonly since: string;
  /** YYYY-MM-DD, the last day on which it is accepted. */
  readonly until?: string;
}

/** Findings that a project had when it adopted Keyward. */
export interface Baseline {
  readonly version: 1;
  /** 32 hex digits, random: ids of different projects can't be compared. */
  readonly salt: string;
  readonly entries: readonly BaselineEntry[];
}

/** A baseline without entries and with a fresh salt. */
export function emptyBaseline(): Baseline {
  return { version: 1, salt: bytesToHex(randomBytes(16)), entries: [] };
}

/** The id of a value under a baseline's salt. */
export function baselineId({ salt }: Baseline, rule: string, value: string): string {
  return bytesToHex(hmac(sha256, hexToBytes(salt), utf8ToBytes(`${rule}\0${value}`))).slice(0, 32);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a baseline; throws an Error fit for a person when the text is none. */
export function readBaseline(text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('this is no JSON.');
  }
  const { version, salt, entries } = (value ?? {}) as Partial<Baseline>;
  if (version !== 1 || typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt) || !Array.isArray(entries)) {
    throw new Error(
      'this is no baseline: version 1, a salt and entries are needed. Write one with keyward baseline write.',
    );
  }
  const wrong = entries.findIndex(
    (e: Partial<BaselineEntry>) =>
      !/^[0-9a-f]{32}$/.test(e?.id ?? '') ||
      !(Number.isInteger(e.count) && (e.count as number) > 0) ||
      (e.until !== undefined && !DATE.test(e.until)),
  );
  if (wrong >= 0) {
    throw new Error(`entries[${wrong}] needs an id of 32 hex digits, a count, and dates as YYYY-MM-DD.`);
  }
  return { version, salt, entries };
}

/** The text of a baseline, in a stable order, so that its changes read well in a review. */
export function baselineText(baseline: Baseline): string {
  const entries = [...baseline.entries].sort((a, b) =>
    a.file !== b.file ? (a.file < b.file ? -1 : 1) : a.id < b.id ? -1 : 1,
  );
  return `${JSON.stringify({ ...baseline, entries }, null, 2)}\n`;
}

/** A finding as a baseline sees it. */
export interface Recorded {
  readonly id: string;
  readonly rule: string;
  readonly file: string;
}

/** The baseline that accepts today's findings. What was recorded before keeps its dates; what is gone is dropped. */
export function recorded(before: Baseline, findings: readonly Recorded[], today: string): Baseline {
  const known = new Map(before.entries.map((e) => [e.id, e]));
  const entries = new Map<string, BaselineEntry>();
  for (const { id, rule, file } of findings) {
    const entry = entries.get(id);
    const { since = today, until } = known.get(id) ?? {};
    entries.set(id, {
      id,
      rule,
      file: entry?.file ?? file,
      count: (entry?.count ?? 0) + 1,
      since,
      ...(until ? { until } : {}),
    });
  }
  return { ...before, entries: [...entries.values()] };
}

/** Takes findings one by one and says which of them a baseline accepts on a day. */
export function accepting(baseline: Baseline, today: string): (id: string) => boolean {
  const left = new Map(
    baseline.entries.filter((e) => e.until === undefined || e.until >= today).map((e) => [e.id, e.count]),
  );
  return (id) => {
    const n = left.get(id) ?? 0;
    left.set(id, n - 1);
    return n > 0;
  };
}
