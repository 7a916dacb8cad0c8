import { say } from '../../words/say';
import { type Statement, stated, statements } from '../attestations';
import { askPolicy, declared } from '../declared';
import { factsOf } from '../facts';
import { type InventoryKey, inventoryOf } from '../inventory';
import { keyReferences } from '../key-references';
import { concluded, count, type Draft, details, notApplicable, type Observation, verdict } from '../observation';
import { keyParameters } from '../probes/key-parameters';
import { productionSigningKeys, recordsComplete } from '../probes/key-records';
import { defaultCredentials, wellKnownKeys } from '../probes/known-keys';
import { literalObservations } from '../probes/literals';
import { weakRandomness } from '../probes/weak-randomness';
import type { ProjectTexts } from '../project-texts';

const places = (list: readonly Observation[]) => count(new Set(list.map((o) => o.file)).size, 'file');

/** Stage GEN: how keys come to be. */
export const generation: readonly ((project: ProjectTexts) => Draft)[] = [
  function secureRandomness(project) {
    const { observations, applies } = weakRandomness(project.of('source'));
    if (!applies) {
      return notApplicable('KW-GEN-01', say('No random-number call stands near key material.'));
    }
    return verdict('KW-GEN-01', observations, {
      fail: (bad) =>
        say('{0} near key material in {1}.', count(bad.length, 'predictable random-number call'), places(bad)),
      warn: (bad) =>
        say('{0} in {1} that may make key material.', count(bad.length, 'random-number call'), places(bad)),
      pass: say('Only secure generators stand near key material.'),
    });
  },
  function noLiteralInSource(project) {
    const source = project.of('source', 'bundle');
    const tests = project.of('test');
    if (source.length + project.unread('source').length === 0 && tests.every((f) => f.findings.length === 0)) {
      return notApplicable('KW-GEN-02', say('There is no source file.'));
    }
    const weigh = (c: string) => (c === 'certain' || c === 'likely' ? 'fail' : 'warn');
    const observations = [
      ...source.flatMap((f) => literalObservations(f, 'literalSecretInSource', (c) => (f.local ? 'warn' : weigh(c)))),
      ...tests.flatMap((f) =>
        literalObservations(f, 'literalSecretInSource', () => 'warn').filter((o) => o.rule !== undefined),
      ),
    ];
    return verdict('KW-GEN-02', observations, {
      fail: (bad) => say('{0} in {1}.', count(bad.length, 'hard-coded key'), places(bad)),
      warn: (bad) => say('{0} in {1}.', count(bad.length, 'possible or test-only key'), places(bad)),
      pass: say('No hard-coded key in {0}.', count(source.length, 'source file')),
    });
  },
  function noLiteralInDocuments(project) {
    const docs = project.of('docs');
    if (docs.length + project.unread('docs').length === 0) {
      return notApplicable('KW-GEN-03', say('There is no document, notebook or API collection.'));
    }
    const observations = docs
      .flatMap((f) =>
        literalObservations(f, 'literalSecretInDocs', (c) =>
          c === 'certain' || c === 'likely' ? (f.local ? 'warn' : 'fail') : 'warn',
        ),
      )
      .filter((o) => o.rule !== undefined);
    return verdict('KW-GEN-03', observations, {
      fail: (bad) => say('{0} in plaintext in {1}.', count(bad.length, 'key'), places(bad)),
      warn: (bad) => say('{0} in {1}.', count(bad.length, 'possible key'), places(bad)),
      pass: say('No key in {0}.', count(docs.length, 'document')),
    });
  },
  function noKnownKey(project) {
    const files = project.of('source', 'config', 'container', 'ci', 'k8s', 'iac', 'env');
    if (files.length === 0) {
      return notApplicable('KW-GEN-04', say('There is no source, configuration, container, CI or Kubernetes file.'));
    }
    const observations = [...wellKnownKeys(project.texts), ...defaultCredentials(project)];
    return verdict('KW-GEN-04', observations, {
      fail: (bad) =>
        say(
          '{0} in a live setting.',
          count(bad.length, 'published key or shipped default', 'published keys or shipped defaults'),
        ),
      warn: (bad) => say('{0} in a section that is switched off.', count(bad.length, 'shipped default')),
      pass: observations.length
        ? say('Published keys stand in local or test settings only.')
        : say('No published key and no shipped default.'),
    });
  },
  function soundParameters(project) {
    const observations = keyParameters(project);
    if (observations.length === 0) {
      return notApplicable('KW-GEN-05', say('The project makes no keys.'));
    }
    return verdict('KW-GEN-05', observations, {
      fail: (bad) => say('{0} with a broken algorithm or too few bits in {1}.', count(bad.length, 'key'), places(bad)),
      warn: (bad) => say('{0} of less than full strength in {1}.', count(bad.length, 'key'), places(bad)),
      pass: say('{0} that makes keys, with approved algorithms and sizes.', count(observations.length, 'place')),
    });
  },
  function keysRegistered(project) {
    const check = 'KW-GEN-06';
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, say('No key is referenced, found or listed.'));
    }
    if (project.policy.state !== 'ok') {
      return askPolicy(check, project, say('who owns each key, what is it for, where, and how was it made?'));
    }
    const records = recordsComplete(project);
    const names = new Set(keyReferences(project).map((r) => r.name)).size;
    // no record at all is no complete inventory while keys are in use
    const observations =
      records.length === 0 && names > 0
        ? [
            declared(
              project,
              ['inventory', 'keys'],
              'inventoryEmpty',
              'fail',
              say('The inventory is empty, and {0}', count(names, 'key is referenced', 'keys are referenced')),
            ),
          ]
        : records;
    const pass = say('{0}, all complete.', count(observations.length, 'record'));
    return verdict(check, observations, { fail: details, warn: details, pass }, 'declared');
  },
  signingKeysBorn,
];

const DEVICES = /^(?:hsm|kms|mpc|hardware-wallet)$/;
const REFUSED = /^(?:online-tool|shared-screen|brain-wallet|unknown)$/;

/** A statement speaks for a key when its scope does not leave it out. */
function covers({ attestation: { scope } }: Statement, { record }: InventoryKey): boolean {
  return (
    (scope?.keys === undefined || scope.keys.includes(record.id)) &&
    (scope?.environments === undefined || scope.environments.includes(record.environment))
  );
}

/** KW-GEN-07: where production signing keys come from. Only records and people can say it. */
function signingKeysBorn(project: ProjectTexts): Draft {
  const check = 'KW-GEN-07';
  const what = say('where and how were the signing keys made?');
  if (!factsOf(project).hasSigningKeys) {
    return notApplicable(check, say('No key signs or withdraws in production.'));
  }
  if (project.policy.state !== 'ok') {
    return askPolicy(check, project, what);
  }
  const inventory = inventoryOf(project);
  const current = statements(project).filter((s) => s.attestation.check === check && s.state === 'current');
  const open: InventoryKey[] = [];
  const observations = productionSigningKeys(project).flatMap((key) => {
    const { method, record } = (key.record.generation ?? {}) as { method?: string; record?: string };
    const statement = current.find((s) => covers(s, key));
    const at = (outcome: Observation['outcome'], said?: string) =>
      inventory.at(key, 'signingKeyOriginRecorded', outcome, said && `${key.record.id} ${said}`);
    if (method !== undefined && REFUSED.test(method)) {
      return [at('fail', say('was made by {0}', method))];
    }
    if (record !== undefined && method !== undefined) {
      return [at('pass')];
    }
    if (statement) {
      return [stated(project, statement, 'signingKeyOriginRecorded', 'pass')];
    }
    if (method !== undefined) {
      return [
        at(
          'warn',
          DEVICES.test(method) ? say('was made by {0}, without a record', method) : say('has no record of its making'),
        ),
      ];
    }
    open.push(key);
    return [];
  });
  const attested = observations.some((o) => o.outcome === 'pass' && o.key === undefined);
  return concluded(check, observations, (left) => {
    const bad = left.filter((o) => o.outcome !== 'pass');
    const isOpen = open.length > 0 || (left.length === 0 && bad.length === 0);
    if (bad.length > 0) {
      const status = bad.some((o) => o.outcome === 'fail') ? 'fail' : 'warn';
      return { status, basis: 'declared', message: details(bad) };
    }
    return isOpen
      ? {
          status: 'needs-attestation',
          // A statement that speaks for other keys only must not answer for these.
          ...(current.length === 0 ? { reason: 'no-attestation' as const } : {}),
          message: say('Nobody has stated it: {0}', what),
        }
      : {
          status: 'pass',
          basis: attested ? 'attested' : 'declared',
          message: say('Each production signing key has a record of its making.'),
        };
  });
}
