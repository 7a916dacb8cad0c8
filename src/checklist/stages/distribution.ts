import { say } from '../../words/say';
import { askPolicy } from '../declared';
import { factsOf } from '../facts';
import { unreadableManifests } from '../formats/kubernetes';
import { unreadablePipelines } from '../formats/pipelines';
import { unreadable } from '../formats/read';
import { terraformFiles } from '../formats/terraform';
import {
  concluded,
  count,
  type Draft,
  details,
  notApplicable,
  type Observation,
  unlessUnread,
  verdict,
} from '../observation';
import { keysOnCommandLines } from '../probes/command-line';
import { plaintextEndpoints } from '../probes/endpoints';
import { keysInUrls } from '../probes/key-in-url';
import { handovers, keyHolders, sharedKeys } from '../probes/key-records';
import {
  literalsInPipelines,
  printedSecrets,
  unpinnedActions,
  untrustedCode,
  wideSecrets,
} from '../probes/pipeline-secrets';
import { secretGrants } from '../probes/secret-grants';
import { verificationOff } from '../probes/tls';
import type { ProjectTexts } from '../project-texts';

const places = (list: readonly Observation[]) => count(new Set(list.map((o) => o.file)).size, 'file');

/** Stage DIS: how keys travel. */
export const distribution: readonly ((project: ProjectTexts) => Draft)[] = [
  function tlsEndpoints(project) {
    const { observations, applies } = plaintextEndpoints(project);
    if (!applies) {
      return notApplicable('KW-DIS-01', say('No endpoint address occurs.'));
    }
    return verdict('KW-DIS-01', observations, {
      fail: (bad) => say('{0} without TLS in {1}.', count(bad.length, 'public endpoint'), places(bad)),
      warn: (bad) =>
        say('{0} without TLS on private addresses, or allowed without a reason.', count(bad.length, 'endpoint')),
      pass: say('Endpoints use TLS or are local.'),
    });
  },
  function verificationOn(project) {
    if (project.of('source', 'env', 'config', 'container', 'ci', 'k8s').length === 0) {
      return notApplicable('KW-DIS-02', say('There is no source, container, CI or configuration file.'));
    }
    return verdict('KW-DIS-02', verificationOff(project), {
      fail: (bad) => say('Certificate verification is switched off in {0}.', places(bad)),
      warn: (bad) => say('Certificate verification is switched off for tests or local hosts in {0}.', places(bad)),
      pass: say('Certificate verification is never switched off.'),
    });
  },
  function notInAddresses(project) {
    if (project.of('source', 'config', 'ci', 'container', 'k8s').length === 0) {
      return notApplicable('KW-DIS-03', say('There is no source, configuration, CI, container or manifest file.'));
    }
    return verdict('KW-DIS-03', [...keysInUrls(project), ...keysOnCommandLines(project)], {
      fail: (bad) => say('{0} in an address or on a command line in {1}.', count(bad.length, 'key'), places(bad)),
      warn: (bad) =>
        say(
          '{0} in {1} in the address of a provider that takes it no other way, or on a command line.',
          count(bad.length, 'key'),
          places(bad),
        ),
      pass: say('Keys travel in headers, the environment or files.'),
    });
  },
  accessLimited,
  function pipelinesDeliver(project) {
    const check = 'KW-DIS-05';
    if (!factsOf(project).hasCi) {
      return notApplicable(check, say('There is no CI configuration.'));
    }
    const observations = [
      ...literalsInPipelines(project),
      ...printedSecrets(project),
      ...untrustedCode(project),
      ...unpinnedActions(project),
      ...wideSecrets(project),
    ];
    const said: Readonly<Record<string, string>> = {
      ciLiteralSecret: say('a key stands in plaintext'),
      ciSecretPrinted: say('a secret is written to the log or an output'),
      ciUntrustedCheckout: say("a stranger's code or words run with secrets"),
      ciUnpinnedAction: say('a third-party action is not pinned to a commit'),
      ciSecretScope: say('secrets reach more than the step that needs them'),
    };
    const sentence = (bad: readonly Observation[]) => {
      const what = [...new Set(bad.map((o) => said[o.probe] ?? o.probe))].join(', ');
      return say('In {0}: {1}.', places(bad), what);
    };
    const words = { fail: sentence, warn: sentence, pass: say('Pipelines take keys from their secret store.') };
    return unlessUnread(verdict(check, observations, words), [
      ...unreadablePipelines(project),
      ...project.unread('ci'),
    ]);
  },
  function oneConsumer(project) {
    const check = 'KW-DIS-06';
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, say('No key is referenced, found or listed.'));
    }
    if (project.policy.state !== 'ok') {
      return askPolicy(check, project, say('who uses each key, and how was it handed over?'));
    }
    return verdict(
      check,
      [...sharedKeys(project), ...handovers(project)],
      { fail: details, warn: details, pass: say('Each active key has its own consumer.') },
      'declared',
    );
  },
];

/** KW-DIS-04: roles that name their secrets, or holders on record. */
function accessLimited(project: ProjectTexts): Draft {
  const check = 'KW-DIS-04';
  const { observations: grants, any, scoped } = secretGrants(project);
  const unread = [...unreadableManifests(project), ...unreadable(terraformFiles(project))];
  const solo = project.policy.policy?.project?.team === 'solo';
  if (!any && unread.length === 0 && (solo || !factsOf(project).hasKeys)) {
    return notApplicable(check, say('There is no role or policy file, and no key or one person only.'));
  }
  const isDeclared = project.policy.state === 'ok';
  const draft = concluded(check, [...grants, ...keyHolders(project)], (left) => {
    const fails = left.filter((o) => o.outcome === 'fail');
    const warns = left.filter((o) => o.outcome === 'warn');
    const [worst] = [fails, warns].filter((l) => l.length > 0);
    if (worst) {
      const seenHere = worst.filter((o) => o.key === undefined);
      const wide =
        worst === fails
          ? say('A role grants access to all secrets.')
          : say('A role can read every secret of its scope.');
      return {
        status: worst === fails ? 'fail' : 'warn',
        basis: seenHere.length > 0 ? 'observed' : 'declared',
        message: `${seenHere.length > 0 ? wide : ''} ${details(worst)}`.trim(),
      };
    }
    if (scoped) {
      return { status: 'pass', basis: 'observed', message: say('Grants name the secrets that they open.') };
    }
    return isDeclared
      ? { status: 'pass', basis: 'declared', message: say('Every active production key names its holders.') }
      : askPolicy(check, project, say('who can read each key?'));
  });
  return unlessUnread(draft, unread);
}
