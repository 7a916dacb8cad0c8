import { count, type Draft, notApplicable, type Observation, verdict } from '../observation';
import { plaintextEndpoints } from '../probes/endpoints';
import { verificationOff } from '../probes/tls';
import type { ProjectTexts } from '../project-texts';

const places = (list: readonly Observation[]) => count(new Set(list.map((o) => o.file)).size, 'file');

/** Stage DIS: how keys travel. */
export const distribution: readonly ((project: ProjectTexts) => Draft)[] = [
  function tlsEndpoints(project) {
    const { observations, applies } = plaintextEndpoints(project);
    if (!applies) {
      return notApplicable('KW-DIS-01', 'No endpoint address occurs.');
    }
    return verdict('KW-DIS-01', observations, {
      fail: (bad) => `${count(bad.length, 'public endpoint')} without TLS in ${places(bad)}.`,
      warn: (bad) => `${count(bad.length, 'endpoint')} without TLS on private addresses, or allowed without a reason.`,
      pass: 'Endpoints use TLS or are local.',
    });
  },
  function verificationOn(project) {
    if (project.of('source', 'env', 'config', 'container', 'ci', 'k8s').length === 0) {
      return notApplicable('KW-DIS-02', 'There is no source, container, CI or configuration file.');
    }
    return verdict('KW-DIS-02', verificationOff(project), {
      fail: (bad) => `Certificate verification is switched off in ${places(bad)}.`,
      warn: (bad) => `Certificate verification is switched off for tests or local hosts in ${places(bad)}.`,
      pass: 'Certificate verification is never switched off.',
    });
  },
];
