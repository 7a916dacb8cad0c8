import type { JSONPath } from 'jsonc-parser';
import type { KeyRecord } from '../../policy/key-record';
import { plainValue, withItem, withValue } from '../../policy/policy-edit';
import type { FileChange } from '../../remedy/plan';
import { say } from '../../words/say';
import { daysAfter } from '../days';
import { headingSlugs } from '../headings';
import { limitOf } from '../inventory';
import { entryAt } from './list-entry';
import { type Fix, type FixPlace, newFile, type OfferedFix, rewritten } from './offered-fix';
import { anchorOf, revocationProcedures, revocationSection } from './templates/documents';

/** A record of the inventory in the file that lists it. */
interface Listed {
  readonly record: KeyRecord;
  readonly path: JSONPath;
  readonly text: string;
}

/** The record that a place of a policy or inventory file stands in. */
function recordAt({ text, at, project }: FixPlace): Listed | undefined {
  if (text === undefined || project.policy.state !== 'ok') {
    return undefined;
  }
  const value = plainValue(text) as { inventory?: { keys?: readonly KeyRecord[] } } | readonly KeyRecord[] | undefined;
  const [path, records]: [JSONPath, readonly KeyRecord[] | undefined] = isList(value)
    ? [[], value]
    : [['inventory', 'keys'], value?.inventory?.keys];
  const index = entryAt(text, at, path.length > 0 ? 'keys' : undefined);
  const record = index === undefined ? undefined : records?.[index];
  return record && { record, text, path: [...path, index as number] };
}

const isList = (value: unknown): value is readonly KeyRecord[] => Array.isArray(value);

/** A fix of one field of the record at the place; nothing where the field is there. */
function field(
  id: string,
  name: string,
  offer: (record: KeyRecord, place: FixPlace) => Omit<OfferedFix, 'id' | 'changes'> | undefined,
  value: (record: KeyRecord, place: FixPlace, answers: Readonly<Record<string, string>>) => unknown,
  also: (record: KeyRecord, place: FixPlace) => readonly FileChange[] = () => [],
): Fix {
  return (place) => {
    const found = recordAt(place);
    const offered = found && found.record[name] === undefined ? offer(found.record, place) : undefined;
    return found && offered
      ? {
          id,
          ...offered,
          changes: (answers) => [
            ...also(found.record, place),
            ...rewritten(
              place.file,
              found.text,
              withValue(found.text, [...found.path, name], value(found.record, place, answers)),
            ),
          ],
        }
      : undefined;
  };
}

function lastDay(record: KeyRecord, { project }: FixPlace): string | undefined {
  const limit = limitOf(record, project.policy.policy?.rotation, project.today);
  const day = limit && daysAfter(record.rotatedAt ?? record.createdAt, limit.days);
  return day && day >= project.today ? day : undefined;
}

/** The day on which the rotation limit ends. A key that is past it must be rotated instead. */
export const addExpiry = field(
  'qf.policy.addExpiry',
  'expiresAt',
  (record, place) => {
    const day = lastDay(record, place);
    return day === undefined ? undefined : { title: say('Let {0} expire on {1}, when its limit ends', record.id, day) };
  },
  (record, place) => lastDay(record, place),
);

/** API keys are issued again; what is lost with its key needs a backup, and that a person must make. */
export const addRecovery = field(
  'qf.policy.addRecovery',
  'recovery',
  (record) =>
    /^(?:signing|encryption)$/.test(record.class) || /^(?:mnemonic|private-key)$/.test(record.kind)
      ? undefined
      : { title: say('Say that {0} is issued again when it is lost', record.id) },
  () => ({ method: 'reissue' }),
);

export const addHistory = field(
  'qf.policy.addHistory',
  'history',
  (record) =>
    record.status === 'active'
      ? { title: say('Begin the history of {0} on {1}', record.id, record.createdAt) }
      : undefined,
  (record) => [{ at: record.createdAt, from: 'pre-activation', to: record.status, by: record.owner }],
);

export const setConsumers = field(
  'qf.policy.setConsumers',
  'consumers',
  (record) => ({
    title: say('Name the program that uses {0}…', record.id),
    questions: [{ id: 'consumer', prompt: say('Which program or service uses {0}?', record.id), pattern: '.{2,60}' }],
  }),
  (_record, _place, { consumer }) => [consumer],
);

export const setHolders = field(
  'qf.policy.setHolders',
  'holders',
  (record) => ({ title: say('Say that only {0} holds {1}', record.owner, record.id) }),
  (record) => [record.owner],
);

const ORIGINS = [
  'provider-console',
  'provider-api',
  'csprng',
  'vault',
  'hsm',
  'kms',
  'mpc',
  'hardware-wallet',
  'offline-tool',
];

export const setOrigin = field(
  'qf.policy.setOrigin',
  'generation',
  (record) => ({
    title: say('Say how {0} was made…', record.id),
    questions: [{ id: 'method', prompt: say('Where was {0} made?', record.id), options: ORIGINS }],
  }),
  (record, _place, { method }) => ({ method, by: record.owner }),
);

const PROCEDURES = 'docs/runbooks/revoke-keys.md';

/** A revocation procedure for the provider of a key, in one document for all, and the record's link to it. */
export const addRevocation: Fix = async (place) => {
  const found = recordAt(place);
  if (!found || found.record.revocation !== undefined) {
    return undefined;
  }
  const { record, text, path } = found;
  const present = await place.project.text(PROCEDURES);
  const anchor = anchorOf(record.provider);
  const providers = [...new Set((place.project.policy.policy?.inventory?.keys ?? []).map((k) => k.provider))].sort();
  return {
    id: 'qf.policy.addRevocation',
    title:
      present === undefined
        ? say('Create {0} and link {1} to it', PROCEDURES, record.id)
        : say('Link {0} to its procedure in {1}', record.id, PROCEDURES),
    changes: () => [
      ...(present === undefined
        ? [newFile(PROCEDURES, revocationProcedures(providers))]
        : headingSlugs(present).has(anchor)
          ? []
          : rewritten(PROCEDURES, present, `${present.trimEnd()}\n\n${revocationSection(record.provider)}`)),
      ...rewritten(
        place.file,
        text,
        withValue(text, [...path, 'revocation'], { procedure: `${PROCEDURES}#${anchor}`, withinMinutes: 60 }),
      ),
    ],
  };
};

export const setWithinMinutes: Fix = (place) => {
  const found = recordAt(place);
  const target = place.project.policy.policy?.incident?.revokeWithinMinutes ?? 60;
  return found?.record.revocation && found.record.revocation.withinMinutes === undefined
    ? {
        id: 'qf.policy.addRevocation',
        title: say('Revoke {0} within {1} minutes', found.record.id, target),
        changes: () =>
          rewritten(
            place.file,
            found.text,
            withValue(found.text, [...found.path, 'revocation', 'withinMinutes'], target),
          ),
      }
    : undefined;
};

/** The day on which a compromised key was revoked: whoever applies it says that it was. */
export const markRevoked: Fix = (place) => {
  const found = recordAt(place);
  const { today } = place.project;
  return found && found.record.status === 'compromised' && found.record.revokedAt === undefined
    ? {
        id: 'qf.policy.markRevoked',
        title: say('Say that {0} was revoked today', found.record.id),
        changes: () => rewritten(place.file, found.text, withValue(found.text, [...found.path, 'revokedAt'], today)),
      }
    : undefined;
};

export const markRotated: Fix = (place) => {
  const key = recordAt(place)?.record.id;
  return key === undefined
    ? undefined
    : {
        id: 'qf.policy.markRotated',
        title: say('Mark {0} as rotated today', key),
        elsewhere: { to: 'mark-rotated', key },
      };
};

export const retire: Fix = (place) => {
  const key = recordAt(place)?.record.id;
  return key === undefined
    ? undefined
    : { id: 'qf.policy.retire', title: say('Retire {0}', key), elsewhere: { to: 'retire', key } };
};

export const assignOwner: Fix = (place) => {
  const record = recordAt(place)?.record;
  const owners = (place.project.policy.policy?.owners ?? []).filter((o) => o.status !== 'departed');
  return record === undefined || owners.some((o) => o.id === record.owner)
    ? undefined
    : {
        id: 'qf.policy.setOwner',
        title: say('Assign an owner to {0}…', record.id),
        elsewhere: { to: 'assign-owner', key: record.id },
      };
};

/** The name that stands at a place of a file. */
function nameAt({ text, at }: FixPlace): string | undefined {
  return /^[A-Za-z_]\w{1,79}/.exec((text ?? '').slice(at))?.[0];
}

export const addKey: Fix = (place) => {
  const name = nameAt(place);
  return name === undefined || place.project.policy.state !== 'ok'
    ? undefined
    : { id: 'qf.policy.addKey', title: say('Add {0} to the inventory', name), elsewhere: { to: 'add-key', name } };
};

/** A name that looks like that of a key and is none. */
export const ignoreName: Fix = async (place) => {
  const name = nameAt(place);
  const { path, state, policy } = place.project.policy;
  const text = path === undefined ? undefined : await place.project.text(path);
  const names = policy?.inventory?.ignoreNames;
  return name === undefined || path === undefined || text === undefined || state !== 'ok' || names?.includes(name)
    ? undefined
    : {
        id: 'qf.policy.ignoreName',
        title: say('Note that {0} is no key', name),
        changes: () => rewritten(path, text, withItem(text, ['inventory', 'ignoreNames'], name)),
      };
};
