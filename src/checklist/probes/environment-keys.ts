import { matchesGlob } from '../../project/globs';
import { say } from '../../words/say';
import { inventoryOf } from '../inventory';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { namedLiterals, secretsIn } from './literals';

const PROBE = 'sameKeyTwoEnvironments';

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['production', /^(?:prod|production|live|mainnet|main)$/i],
  ['staging', /^(?:staging|stage|stg|uat|preprod)$/i],
  ['test', /^(?:test|testing|qa|ci|testnet|sandbox|paper|dry|sepolia)$/i],
  ['development', /^(?:dev|development|local|devel)$/i],
];

/** The place in a path where a project writes an environment's name. */
const PLACES: readonly RegExp[] = [
  /(?:^|\/)\.env\.([\w]+)(?:\.local)?$/,
  /(?:^|\/)([\w]+)\.env$/,
  /(?:^|\/)values[-_.]([\w]+)\.ya?ml$/,
  /(?:^|\/)(?:overlays|environments|envs)\/([\w]+)[\w-]*\//,
  /(?:^|\/)config\/([\w]+)\.\w+$/,
  /(?:^|\/)config[-_.]([\w]+)\.(?:json|ya?ml|toml)$/,
  /(?:^|\/)(?:docker-)?compose\.([\w]+)\.ya?ml$/,
  /(?:^|\/)(?:application|appsettings)[-.]([\w]+)\.(?:json|ya?ml|properties)$/i,
];

/** The environment that a file is for: what the policy says of its path, else its name; undefined when neither tells. */
export function environmentOf(project: ProjectTexts, path: string): string | undefined {
  const listed = (project.policy.policy?.environments ?? []).find((e) =>
    (e.paths ?? []).some((p) => matchesGlob(path, p)),
  );
  if (listed) {
    return listed.kind;
  }
  const name = PLACES.map((p) => p.exec(path)?.[1]).find((n) => n !== undefined);
  return name === undefined ? undefined : KINDS.find(([, words]) => words.test(name))?.[0];
}

/** One value, or one reference to a production secret, in two environments. */
export function keysOfTwoEnvironments(project: ProjectTexts): readonly Observation[] {
  const files = project
    .of('env', 'config', 'k8s', 'container', 'iac', 'template')
    .map((file) => ({ file, kind: environmentOf(project, file.path) }))
    .filter((f): f is { file: ProjectText; kind: string } => f.kind !== undefined);
  return [...sharedValues(files), ...productionReferences(files), ...sharedRecords(project)];
}

function sharedValues(files: readonly { readonly file: ProjectText; readonly kind: string }[]): Observation[] {
  const places = new Map<string, { file: ProjectText; kind: string; start: number }[]>();
  for (const { file, kind } of files) {
    for (const { start, end } of [...secretsIn(file), ...namedLiterals(file)]) {
      const value = file.text.slice(start, end);
      const list = places.get(value) ?? [];
      places.set(value, [...list, { file, kind, start }]);
    }
  }
  return [...places.values()]
    .filter((list) => new Set(list.map((p) => p.kind)).size > 1)
    .flatMap((list) => list.map(({ file, start }) => seen(file, start, PROBE, 'fail')));
}

const PRODUCTION_REFERENCE =
  /(?:\b(?:op|vault|openbao|aws-sm|aws-ssm|gcp-sm|azure-kv|doppler|infisical|bw|k8s-secret|keychain|ref\+\w+):\/\/|\bvault:|\barn:aws[\w-]*:(?:secretsmanager|ssm):[^\s"']*:(?:secret:|parameter\/)|\bprojects\/[^\s"']*\/secrets\/|\b(?:key|remoteRef|path|secretName|property)\s*:\s*["']?)(?:[\w.-]+[/-])*(?:prod|production|live|mainnet)(?:[/#:_-]|["'\s]|$)/gim;

function productionReferences(files: readonly { readonly file: ProjectText; readonly kind: string }[]): Observation[] {
  return files
    .filter((f) => f.kind !== 'production')
    .flatMap(({ file }) =>
      [...file.text.matchAll(PRODUCTION_REFERENCE)].map((m) => seen(file, m.index, PROBE, 'fail')),
    );
}

function sharedRecords(project: ProjectTexts): Observation[] {
  const inventory = inventoryOf(project);
  return inventory.active.flatMap((key) => {
    const { id, environment, storage, fingerprint } = key.record;
    const twin = inventory.active.find(
      ({ record }) =>
        record.environment !== environment &&
        ((storage.ref !== undefined && record.storage.ref === storage.ref) ||
          (fingerprint !== undefined && record.fingerprint?.value === fingerprint.value)),
    );
    return twin ? [inventory.at(key, PROBE, 'fail', say('{0} and {1} are one secret', id, twin.record.id))] : [];
  });
}

/** Providers whose production key has no sibling for development or test. */
export function loneProductionKeys(project: ProjectTexts): readonly Observation[] {
  const inventory = inventoryOf(project);
  return inventory.active
    .filter((k) => k.isProduction && k.record.nonProduction === undefined)
    .filter(
      ({ record }) =>
        !inventory.keys.some(
          (k) => !k.isProduction && k.record.provider === record.provider && k.record.status !== 'destroyed',
        ),
    )
    .map((key) =>
      inventory.at(
        key,
        'nonProductionKeyExists',
        'warn',
        say('{0} has no key outside of production', key.record.provider),
      ),
    );
}
