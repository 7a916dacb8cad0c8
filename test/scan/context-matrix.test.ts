import assert from 'node:assert/strict';
import { credentialTypes } from '../../src/catalog/all';
import type { CredentialType } from '../../src/catalog/credential-type';
import { catalogIndex } from '../../src/scan/pass';
import { scanText } from '../../src/scan/scan';
import { type Dice, dice, generatedValue, pick } from './generated-value';
import { rendered, wordsIn } from './rendered-names';
import { type Syntax, syntaxes } from './syntaxes';

/** Another `KEYWARD_TEST_SEED` pours other values into other cells. */
const seed = Number(process.env.KEYWARD_TEST_SEED ?? 1);
/** `KEYWARD_TEST_MATRIX=full` tries every type in every syntax (some minutes), instead of a share of them. */
const full = process.env.KEYWARD_TEST_MATRIX === 'full';
const PER_TYPE = 5;

const index = catalogIndex();

/** Types that only their name or shape decides, written in one piece. */
const types = credentialTypes.filter((t) => {
  const route = index.routes.get(t);
  return route === 'token' || route === 'free' || route === 'url';
});

/** Names that mean this type and no other that the value could be. */
function ownNames(type: CredentialType, value: string): string[] {
  return type.names.filter(
    (n) => !/^\d/.test(n) && (index.names.get(n) ?? []).every((t) => t === type || !index.fits(t, value)),
  );
}

function check(type: CredentialType, where: string, syntax: Syntax, text: string, poured: string): string | undefined {
  const at = text.indexOf(poured);
  const found = scanText(text, { fileName: syntax.file }).findings;
  const told = found.map((f) => `${f.ruleId} (${f.start - at}, ${f.end - at - poured.length})`);
  const state = type.public ? 'public' : 'secret';
  const ok =
    found.length === 1 &&
    found[0]?.ruleId === type.id &&
    found[0].start === at &&
    found[0].end === at + poured.length &&
    (type.public ? found[0].state === state : found[0].state !== 'public');
  return ok ? undefined : `${type.id} in ${where}: ${told.join(', ') || 'nothing'}`;
}

function cell(type: CredentialType, where: string, syntax: Syntax, roll: Dice): string | undefined {
  const value = generatedValue(type, roll);
  if (value === undefined || syntax.not?.test(value)) {
    return undefined;
  }
  const names = ownNames(type, value);
  if (names.length === 0) {
    return undefined;
  }
  const poured = syntax.poured?.(value) ?? value;
  const text = syntax.text(rendered(wordsIn(pick(names, roll))), poured);
  return check(type, where, syntax, text, poured);
}

function expectNone(failures: readonly string[], tried: number): void {
  assert.ok(tried > 0);
  assert.equal(failures.length, 0, `seed ${seed}: ${failures.length} of ${tried}\n${failures.slice(0, 40).join('\n')}`);
}

describe('a credential under its own name', () => {
  const entries = Object.entries(syntaxes);

  it('is found once, exactly, in every syntax', function () {
    this.timeout(full ? 600_000 : 30_000);
    const roll = dice(seed);
    const failures: string[] = [];
    let tried = 0;
    for (const type of types) {
      const chosen = full ? entries : Array.from({ length: PER_TYPE }, () => pick(entries, roll));
      for (const [where, syntax] of chosen) {
        const failure = cell(type, where, syntax, roll);
        tried++;
        if (failure) {
          failures.push(failure);
        }
      }
    }
    expectNone(failures, tried);
  });
});
