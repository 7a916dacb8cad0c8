import { say } from '../words/say';
import type { KeyRecord, StateChange } from './key-record';
import type { Attestation } from './policy';
import { plainValue, withItem, withValue } from './policy-edit';

interface Listed {
  readonly inventory?: { readonly keys?: readonly KeyRecord[] };
  readonly attestations?: readonly unknown[];
}

function read(text: string): Listed {
  return (plainValue(text) ?? {}) as Listed;
}

function indexOf(text: string, id: string): { readonly at: number; readonly record: KeyRecord } {
  const keys = read(text).inventory?.keys ?? [];
  const at = keys.findIndex((k) => k?.id === id);
  const record = keys[at];
  if (!record) {
    throw new Error(say('The policy file itself lists no key "{0}"; it may stand in an inventory file.', id));
  }
  return { at, record };
}

function withChange(text: string, at: number, change: StateChange): string {
  return withItem(text, ['inventory', 'keys', at, 'history'], change);
}

/** The policy's text with a key marked as rotated on a day. Comments and layout stay. Throws when the file does not list the key. */
export function withRotation(text: string, id: string, today: string, fingerprint?: string): string {
  const { at } = indexOf(text, id);
  const dated = withValue(text, ['inventory', 'keys', at, 'rotatedAt'], today);
  return fingerprint === undefined
    ? dated
    : withValue(dated, ['inventory', 'keys', at, 'fingerprint', 'value'], fingerprint);
}

/** The same with a key deactivated on a day, by a person, on record in its history. */
export function withRetirement(text: string, id: string, today: string, by: string): string {
  const { at, record } = indexOf(text, id);
  const retired = withValue(text, ['inventory', 'keys', at, 'status'], 'deactivated');
  const dated = withValue(retired, ['inventory', 'keys', at, 'deactivatedAt'], today);
  return withChange(dated, at, { at: today, from: record.status, to: 'deactivated', by });
}

/** The same with another owner of a key. */
export function withOwner(text: string, id: string, owner: string): string {
  const { at } = indexOf(text, id);
  return withValue(text, ['inventory', 'keys', at, 'owner'], owner);
}

/** The same with one more key. */
export function withKey(text: string, record: KeyRecord): string {
  return withItem(text, ['inventory', 'keys'], record);
}

/** The same with one more statement of a person. */
export function withAttestation(text: string, attestation: Attestation): string {
  return Array.isArray(read(text).attestations)
    ? withValue(text, ['attestations', -1], attestation, true)
    : withValue(text, ['attestations'], [attestation]);
}
