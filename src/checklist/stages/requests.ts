import { say } from '../../words/say';
import { factsOf } from '../facts';
import { composeFiles } from '../formats/compose';
import { unreadableManifests } from '../formats/kubernetes';
import { unreadable } from '../formats/read';
import { count, type Draft, notApplicable, type Observation, unlessUnread, verdict } from '../observation';
import { authentication, openCors, wideBinds } from '../probes/interfaces';
import { openActuators } from '../probes/spring';
import { webhooks } from '../probes/webhooks';
import type { ProjectTexts } from '../project-texts';

const SAID: Readonly<Record<string, string>> = {
  wideBind: say('an interface can be reached from everywhere'),
  openCors: say('any site may call it (CORS)'),
  authMissing: say('no authentication is recognised'),
};

function sentence(bad: readonly Observation[]): string {
  const what = [...new Set(bad.map((o) => SAID[o.probe] ?? o.probe))].join(', ');
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
}

/** Part of stage ACC: what comes in from a network is not trusted. */
export const requests: readonly ((project: ProjectTexts) => Draft)[] = [
  function interfacesClosed(project) {
    const check = 'KW-ACC-07';
    if (!factsOf(project).hasServer) {
      return notApplicable(check, say('The project serves nothing over a network.'));
    }
    const observations = [
      ...wideBinds(project),
      ...openActuators(project),
      ...openCors(project),
      ...authentication(project),
    ];
    const words = {
      fail: sentence,
      warn: sentence,
      pass: say('Interfaces ask who is there, and none stands wide open.'),
    };
    const unread = [...unreadable(composeFiles(project)), ...unreadableManifests(project)];
    return unlessUnread(verdict(check, observations, words), unread);
  },
  function messagesVerified(project) {
    const check = 'KW-ACC-08';
    const observations = webhooks(project);
    if (observations.length === 0) {
      return notApplicable(check, say('There is no webhook, callback or notification route.'));
    }
    return verdict(check, observations, {
      fail: (bad) => say('{0} whose file verifies no signature.', count(bad.length, 'webhook')),
      warn: (bad) => say('{0} that compares in variable time or checks no timestamp.', count(bad.length, 'webhook')),
      pass: say('Webhooks verify the sender and the time.'),
    });
  },
];
