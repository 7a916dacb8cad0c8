import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { readEnvFile } from '../../remedy/env-file';
import { isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { say } from '../../words/say';
import { inventoryOf } from '../inventory';
import type { Observation } from '../observation';
import type { ProjectTexts } from '../project-texts';

/** The inventory's fingerprint of a value: HMAC-SHA-256 under the project's pepper, in hex; records keep 16 to 64 digits. */
export function keyedFingerprint(pepper: string, value: string): string {
  return bytesToHex(hmac(sha256, utf8ToBytes(pepper), utf8ToBytes(value)));
}

/**
 * Active keys whose value on this machine is not the recorded one: changed without a record. Only values of env files that
 * git ignores are looked at, and only where the pepper is at hand. With several peppers on record nobody knows which is ours.
 */
export function changedKeys(project: ProjectTexts): Observation[] {
  const inventory = inventoryOf(project);
  const { pepper } = project;
  const recorded = inventory.active.filter((k) => k.record.fingerprint !== undefined);
  if (pepper === undefined || new Set(recorded.map((k) => k.record.fingerprint?.pepperId)).size !== 1) {
    return [];
  }
  const values = new Map<string, string[]>();
  for (const file of project.of('env').filter((f) => f.local)) {
    for (const { name, value } of readEnvFile(file.text)) {
      if (value && !isReference(value) && !isPlaceholder(value)) {
        values.set(name, [...(values.get(name) ?? []), value]);
      }
    }
  }
  return recorded.flatMap((k) => {
    const own = (k.record.references ?? []).flatMap((r) => values.get(r.name) ?? []);
    const print = k.record.fingerprint?.value ?? '';
    return own.length === 0 || own.some((v) => keyedFingerprint(pepper, v).startsWith(print))
      ? []
      : [
          inventory.at(
            k,
            'fingerprintMismatch',
            'fail',
            say(
              'The value of {0} on this machine is not the one on record: it was changed without a record',
              k.record.id,
            ),
          ),
        ];
  });
}
