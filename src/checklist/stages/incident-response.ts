import { allOf, say } from '../../words/say';
import { daysBetween } from '../days';
import { askPolicy, declared } from '../declared';
import { inventoryOf } from '../inventory';
import { hasKeys } from '../key-references';
import { count, type Draft, details, notApplicable, type Observation, seenFile, verdict } from '../observation';
import { alertRules, monitoringFiles } from '../probes/alert-rules';
import { manifests, updateTools } from '../probes/dependency-updates';
import { missingSteps, namesContacts, playbookSteps, playbooks, securityContacts } from '../probes/playbook';
import type { ProjectTexts } from '../project-texts';
import { audits, repeated, YEAR } from './attested';

const NO_KEYS = say('No key is referenced, found or listed.');
const RATE = /^(?:request-rate|error-rate|order-rate)$/;
const ORIGIN = /^(?:geo|new-ip|user-agent)$/;
/** Days after which an open incident is a warning. */
const OPEN_FOR = 30;

/** Stage INC: what leaks is noticed, answered and learned from. */
export const incidentResponse: readonly ((project: ProjectTexts) => Draft)[] = [
  function monitored(project) {
    const check = 'KW-INC-01';
    if (!hasKeys(project)) {
      return notApplicable(check, NO_KEYS);
    }
    const shown = [...alertRules(project), ...monitoringFiles(project)];
    if (project.policy.state !== 'ok') {
      return shown.length === 0
        ? askPolicy(check, project, say('who is alerted when a key is used in an unusual way?'))
        : verdict(
            check,
            shown.map((o) => ({ ...o, outcome: 'warn' as const })),
            {
              fail: details,
              warn: () => say('Alert rules are seen; no valid policy names signals and channel.'),
              pass: '',
            },
          );
    }
    return verdict(
      check,
      [...declaredMonitoring(project, shown.length > 0), ...shown],
      { fail: details, warn: details, pass: say('Rate and origin of use are watched, and the alerts have a channel.') },
      shown.length ? 'observed' : 'declared',
    );
  },
  function playbookComplete(project) {
    const check = 'KW-INC-02';
    if (!hasKeys(project)) {
      return notApplicable(check, NO_KEYS);
    }
    const books = playbooks(project);
    const missing = missingSteps(books);
    const covered = playbookSteps.length - missing.length;
    const outcome = missing.length === 0 ? 'pass' : covered >= 3 ? 'warn' : 'fail';
    const places = books.length ? books.map((b) => b.path) : ['docs/runbooks/key-compromise.md'];
    const said = say('{0} of six steps; missing: {1}.', covered, missing.join(', '));
    return verdict(
      check,
      places.map((path) => seenFile(path, books.length ? 'playbookSteps' : 'playbookFound', outcome)),
      {
        fail: () => (books.length ? said : say('There is no key-compromise playbook.')),
        warn: () => said,
        pass: say('The playbook covers all six steps.'),
      },
    );
  },
  function contactsNamed(project) {
    const check = 'KW-INC-03';
    const security = securityContacts(project);
    const incident = project.policy.policy?.incident;
    const contacts = (incident?.contacts ?? []).length > 0;
    const notify = (incident?.notify ?? []).length > 0;
    const book = playbooks(project).find(namesContacts);
    const inside = book !== undefined || (contacts && notify);
    const missing = [
      ...(security.length ? [] : [say('a security policy with a contact (SECURITY.md)')]),
      ...(inside ? [] : [contacts ? say('whom to notify (incident.notify)') : say('incident contacts')]),
    ];
    const outcome = missing.length === 0 ? 'pass' : security.length || inside || contacts || notify ? 'warn' : 'fail';
    const shown = [
      ...security.map((f) => seenFile(f.path, 'securityContact', 'pass')),
      ...(book ? [seenFile(book.path, 'incidentContacts', 'pass')] : []),
      ...(contacts || notify
        ? [declared(project, ['incident', contacts ? 'contacts' : 'notify'], 'incidentContacts', 'pass')]
        : []),
    ];
    const lacking = security.length
      ? declared(project, ['incident'], 'incidentContacts', outcome)
      : seenFile('SECURITY.md', 'securityContact', outcome);
    const said = say('Missing: {0}.', allOf(missing));
    return verdict(check, outcome === 'pass' ? shown : [...shown, lacking], {
      fail: () => said,
      warn: () => said,
      pass: say('A security contact and the incident contacts are named.'),
    });
  },
  function incidentsClosed(project) {
    const check = 'KW-INC-04';
    const inventory = inventoryOf(project);
    const compromised = inventory.keys.filter((k) => k.record.status === 'compromised');
    const incidents = project.policy.policy?.incident?.incidents ?? [];
    if (compromised.length === 0 && incidents.length === 0) {
      return notApplicable(check, say('No key is recorded as compromised, and no incident is recorded.'));
    }
    const probe = 'incidentClosed';
    const unlinked = compromised
      .filter(({ record: r }) => !incidents.some((i) => i.id === r.incident || i.keyIds?.includes(r.id)))
      .map((k) => inventory.at(k, probe, 'fail', say('{0} is compromised and belongs to no incident', k.record.id)));
    const records = incidents.flatMap((incident, i): Observation[] => {
      const at = (outcome: Observation['outcome'], detail: string) =>
        declared(project, ['incident', 'incidents', i, 'id'], probe, outcome, detail);
      const { id, openedAt, closedAt, rootCause, correctiveActions = [] } = incident;
      const late = correctiveActions.some((a) => a.dueAt !== undefined && a.dueAt < project.asOf && !a.doneAt);
      const isClosed = closedAt !== undefined && closedAt <= project.asOf;
      return [
        ...(isClosed && !rootCause ? [at('fail', say('{0} is closed without a root cause', id))] : []),
        ...(isClosed && correctiveActions.length === 0
          ? [at('fail', say('{0} is closed without a corrective action', id))]
          : []),
        ...(!isClosed && daysBetween(openedAt, project.asOf) > OPEN_FOR
          ? [at('warn', say('{0} has been open since {1}', id, openedAt))]
          : []),
        ...(late ? [at('warn', say('A corrective action of {0} is overdue', id))] : []),
      ];
    });
    return verdict(
      check,
      [...unlinked, ...records],
      {
        fail: details,
        warn: details,
        pass: say('Every incident has its cause and actions, and every compromised key its incident.'),
      },
      'declared',
    );
  },
  function exercised(project) {
    const days = project.policy.policy?.incident?.drillEveryDays ?? YEAR;
    return repeated(project, 'KW-INC-05', 'drillAttested', days, say('when was the playbook last exercised?'));
  },
  function audited(project) {
    return audits(project);
  },
  function patched(project) {
    const check = 'KW-INC-07';
    const found = manifests(project);
    if (found.length === 0) {
      return notApplicable(check, say('There is no package manifest.'));
    }
    const tools = updateTools(project);
    const loose = found.filter((m) => !m.isLocked);
    const outcome =
      tools.length > 0 && loose.length === 0 ? 'pass' : tools.length > 0 || loose.length === 0 ? 'warn' : 'fail';
    const missing = [
      ...(tools.length ? [] : [say('No update tool is configured.')]),
      ...(loose.length
        ? [
            say(
              '{0} without a lockfile: {1}.',
              count(loose.length, 'manifest'),
              loose
                .map((m) => m.path)
                .slice(0, 3)
                .join(', '),
            ),
          ]
        : []),
    ].join(' ');
    const observations = [
      ...tools,
      ...loose.map((m) => seenFile(m.path, 'lockfilePresent', outcome)),
      ...(tools.length ? [] : [seenFile('.github/dependabot.yml', 'updateToolConfigured', outcome)]),
    ];
    return verdict(check, observations, {
      fail: () => missing,
      warn: () => missing,
      pass: say('An update tool is configured, and every manifest has its lockfile.'),
    });
  },
  function trained(project) {
    const days = project.policy.policy?.training?.everyDays ?? YEAR;
    return repeated(
      project,
      'KW-INC-08',
      'trainingAttested',
      days,
      say('when were developers and administrators last trained?'),
    );
  },
];

function declaredMonitoring(project: ProjectTexts, isShown: boolean): Observation[] {
  const probe = 'monitoringDeclared';
  const monitoring = project.policy.policy?.monitoring;
  const at = (outcome: Observation['outcome'], detail?: string) =>
    declared(project, ['monitoring'], probe, outcome, detail);
  if (!monitoring) {
    return [
      isShown
        ? at('warn', say('Alert rules are seen, and the policy has no monitoring section'))
        : at('fail', say('The policy has no monitoring section, and no alert rule is seen')),
    ];
  }
  const { signals, alertChannel } = monitoring;
  const missing = [
    ...(signals.some((s) => RATE.test(s)) ? [] : [say('a rate signal (request-rate, error-rate, order-rate)')]),
    ...(signals.some((s) => ORIGIN.test(s)) ? [] : [say('an origin signal (geo, new-ip, user-agent)')]),
    ...(alertChannel ? [] : [say('an alert channel')]),
  ];
  return [
    missing.length > 0 ? at('warn', say('Monitoring lacks {0}', allOf(missing))) : at('pass'),
    ...(isShown
      ? []
      : [at('warn', say('Monitoring is declared, and no alert rule and no file of monitoring.config is seen'))]),
  ];
}
