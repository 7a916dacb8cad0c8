import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Severity } from '../catalog/credential-type';
import { say } from '../words/say';
import data from './definitions.json';

/** One stage of a key's life. */
export interface Stage {
  readonly id: string;
  readonly name: string;
}

/** One item of the checklist: what it asks, why, and which controls it gives evidence for. */
export interface CheckDefinition {
  /** `KW-GEN-01`: stable for ever. */
  readonly id: string;
  readonly stage: string;
  readonly title: string;
  readonly severity: Severity;
  /** Weight in the score: critical 10, high 7.5, medium 5, low 2.5. */
  readonly weight: number;
  readonly automation: string;
  readonly principles: readonly string[];
  readonly intent: string;
  readonly applies: string;
  readonly remediation: string;
  readonly quickFixes: readonly { readonly id: string; readonly title: string; readonly kind: string }[];
  readonly standards: readonly { readonly standard: string; readonly control: string; readonly direct?: boolean }[];
}

/** A standard, and the controls of it that the checklist touches. */
export interface Standard {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly controls: Readonly<Record<string, string>>;
}

const { checks, stages, standards, principles, version } = data as unknown as {
  readonly checks: readonly CheckDefinition[];
  readonly stages: readonly Stage[];
  readonly standards: readonly Standard[];
  readonly principles: readonly string[];
  readonly version: string;
};

export { principles, stages, standards };
export const definitions: readonly CheckDefinition[] = checks;
export const checklistVersion = version;

const byId = new Map(checks.map((c) => [c.id, c]));

/** A check by its id; throws for one that does not exist. */
export function definitionOf(id: string): CheckDefinition {
  const found = byId.get(id);
  if (!found) {
    throw new Error(say('There is no check {0}.', id));
  }
  return found;
}

let hash: string | undefined;

/** SHA-256 of the definitions, so that a report tells by which it was judged. */
export function checklistSha256(): string {
  hash ??= bytesToHex(sha256(utf8ToBytes(JSON.stringify(data))));
  return hash;
}
