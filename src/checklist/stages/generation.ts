import type { Draft, Observation } from '../observation';
import { count, notApplicable, verdict } from '../observation';
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
      return notApplicable('KW-GEN-01', 'No random-number call stands near key material.');
    }
    return verdict('KW-GEN-01', observations, {
      fail: (bad) => `${count(bad.length, 'predictable random-number call')} near key material in ${places(bad)}.`,
      warn: (bad) => `${count(bad.length, 'random-number call')} in ${places(bad)} that may make key material.`,
      pass: 'Only secure generators stand near key material.',
    });
  },
  function noLiteralInSource(project) {
    const source = project.of('source');
    const tests = project.of('test');
    if (source.length === 0 && tests.every((f) => f.findings.length === 0)) {
      return notApplicable('KW-GEN-02', 'There is no source file.');
    }
    const weigh = (c: string) => (c === 'certain' || c === 'likely' ? 'fail' : 'warn');
    const observations = [
      ...source.flatMap((f) => literalObservations(f, 'literalSecretInSource', (c) => (f.local ? 'warn' : weigh(c)))),
      ...tests.flatMap((f) =>
        literalObservations(f, 'literalSecretInSource', () => 'warn').filter((o) => o.rule !== undefined),
      ),
    ];
    return verdict('KW-GEN-02', observations, {
      fail: (bad) => `${count(bad.length, 'hard-coded key')} in ${places(bad)}.`,
      warn: (bad) => `${count(bad.length, 'possible or test-only key')} in ${places(bad)}.`,
      pass: `No hard-coded key in ${count(source.length, 'source file')}.`,
    });
  },
  function noLiteralInDocuments(project) {
    const docs = project.of('docs');
    if (docs.length === 0) {
      return notApplicable('KW-GEN-03', 'There is no document, notebook or API collection.');
    }
    const observations = docs
      .flatMap((f) =>
        literalObservations(f, 'literalSecretInDocs', (c) =>
          c === 'certain' || c === 'likely' ? (f.local ? 'warn' : 'fail') : 'warn',
        ),
      )
      .filter((o) => o.rule !== undefined);
    return verdict('KW-GEN-03', observations, {
      fail: (bad) => `${count(bad.length, 'key')} in plaintext in ${places(bad)}.`,
      warn: (bad) => `${count(bad.length, 'possible key')} in ${places(bad)}.`,
      pass: `No key in ${count(docs.length, 'document')}.`,
    });
  },
  function noKnownKey(project) {
    const files = project.of('source', 'config', 'container', 'ci', 'k8s', 'iac', 'env');
    if (files.length === 0) {
      return notApplicable('KW-GEN-04', 'There is no source, configuration, container, CI or Kubernetes file.');
    }
    const observations = [...wellKnownKeys(project.texts), ...defaultCredentials(project.texts)];
    return verdict('KW-GEN-04', observations, {
      fail: (bad) => `${count(bad.length, 'published key or shipped default')} in a live setting.`,
      warn: (bad) => `${count(bad.length, 'shipped default')} in a section that is switched off.`,
      pass: observations.length
        ? 'Published keys stand in local or test settings only.'
        : 'No published key and no shipped default.',
    });
  },
];
