import { say } from '../../words/say';
import { askPolicy, declared } from '../declared';
import { springSettings } from '../formats/spring';
import { inventoryOf } from '../inventory';
import { hasKeys } from '../key-references';
import { count, type Draft, details, notApplicable, type Observation, verdict } from '../observation';
import { auditLogs, logRetention } from '../probes/audit-log';
import { orphanRecords, unregisteredReferences } from '../probes/inventory-match';
import { revocationProcedures, stateHistories, unrevokedKeys } from '../probes/key-lifecycle';
import { loggedSecrets, verboseClients } from '../probes/secret-logging';
import { verboseSpring } from '../probes/spring';
import type { ProjectTexts } from '../project-texts';

const NO_KEYS = say('No key is referenced, found or listed.');
const EVENTS = ['issue', 'use', 'rotate', 'revoke'] as const;
const RETENTION = 365;
const SHORTEST = 90;

/** What stops a check that reads the inventory, if anything does. */
function withoutInventory(check: string, project: ProjectTexts, what: string, needs: 'key' | 'active key') {
  if (!hasKeys(project)) {
    return notApplicable(check, NO_KEYS);
  }
  if (project.policy.state !== 'ok') {
    return askPolicy(check, project, what);
  }
  const { keys, active } = inventoryOf(project);
  return (needs === 'key' ? keys : active).length === 0
    ? notApplicable(check, needs === 'key' ? say('The inventory has no key.') : say('The inventory has no active key.'))
    : undefined;
}

/** Stage REV: keys end when they should, and what was done with them is on record. */
export const revocation: readonly ((project: ProjectTexts) => Draft)[] = [
  function proceduresLinked(project) {
    const check = 'KW-REV-01';
    return (
      withoutInventory(check, project, say('how is each key revoked?'), 'active key') ??
      verdict(
        check,
        revocationProcedures(project),
        { fail: details, warn: details, pass: say('Every active key links a procedure within the time target.') },
        'declared',
      )
    );
  },
  function deadKeysGone(project) {
    const check = 'KW-REV-02';
    const open = withoutInventory(check, project, say('which keys are out of use?'), 'key');
    if (open) {
      return open;
    }
    const compromised = new Set(
      inventoryOf(project)
        .keys.filter((k) => k.record.status === 'compromised')
        .map((k) => k.record.id),
    );
    const raised = (draft: Draft): Draft => ({
      ...draft,
      ...(draft.observations.some((o) => o.outcome === 'fail' && compromised.has(o.key ?? ''))
        ? { severity: 'critical' as const }
        : {}),
      again: (left) => raised(draft.again?.(left) ?? draft),
    });
    const words = {
      fail: details,
      warn: details,
      pass: say('No key that is out of use is referenced, and none is unused.'),
    };
    return raised(verdict(check, unrevokedKeys(project), words, 'declared'));
  },
  function inventoryComplete(project) {
    const check = 'KW-REV-03';
    if (!hasKeys(project)) {
      return notApplicable(check, NO_KEYS);
    }
    if (project.policy.state !== 'ok') {
      return askPolicy(check, project, say('which keys are there?'));
    }
    return verdict(
      check,
      [...unregisteredReferences(project), ...orphanRecords(project)],
      {
        fail: details,
        warn: details,
        pass: say('Every key that is referenced has a record, and every active record is used.'),
      },
      'declared',
    );
  },
  function auditLogKept(project) {
    const check = 'KW-REV-04';
    if (!hasKeys(project)) {
      return notApplicable(check, NO_KEYS);
    }
    const seenLogs = auditLogs(project);
    if (project.policy.state !== 'ok') {
      return seenLogs.length === 0
        ? askPolicy(check, project, say('where are issuance, use, rotation and revocation of keys logged?'))
        : verdict(check, seenLogs.map(asWarning), {
            fail: details,
            warn: () => say('An audit log is seen; no valid policy names its events.'),
            pass: '',
          });
    }
    const log = project.policy.policy?.logging?.auditLog;
    const missing = EVENTS.filter((e) => !log?.events.includes(e));
    const own = !log
      ? declared(
          project,
          ['logging', 'auditLog'],
          'auditLogDeclared',
          'fail',
          say('The policy names no logging.auditLog'),
        )
      : missing.length > 0
        ? declared(
            project,
            ['logging', 'auditLog', 'events'],
            'auditLogDeclared',
            'warn',
            say('logging.auditLog.events lacks {0}', missing.join(', ')),
          )
        : declared(project, ['logging', 'auditLog'], 'auditLogDeclared', 'pass');
    return verdict(
      check,
      [own, ...seenLogs],
      {
        fail: details,
        warn: details,
        pass: seenLogs.length
          ? say('All four events are declared, and a log is seen.')
          : say('All four events are declared.'),
      },
      seenLogs.length ? 'observed' : 'declared',
    );
  },
  function auditLogLasts(project) {
    const check = 'KW-REV-05';
    if (!hasKeys(project)) {
      return notApplicable(check, NO_KEYS);
    }
    const seenRules = logRetention(project);
    if (project.policy.state !== 'ok') {
      return seenRules.length === 0
        ? askPolicy(check, project, say('how long are audit logs kept, and who can change them?'))
        : verdict(check, seenRules.map(asWarning), {
            fail: details,
            warn: () => say('Retention of audit logs is seen; no valid policy states it.'),
            pass: '',
          });
    }
    return verdict(
      check,
      [...declaredRetention(project), ...seenRules],
      { fail: details, warn: details, pass: say('Audit logs are kept long enough and cannot be altered.') },
      'declared',
    );
  },
  function nothingLogged(project) {
    const check = 'KW-REV-06';
    const scripts = project.texts.some((f) => f.path.endsWith('.ipynb'));
    if (project.of('source').length === 0 && !scripts && springSettings(project).length === 0) {
      return notApplicable(check, say('There is no source file and no script.'));
    }
    return verdict(check, [...loggedSecrets(project), ...verboseClients(project), ...verboseSpring(project)], {
      fail: (bad) =>
        bad.length === 1
          ? say('1 place in 1 file writes a secret to a log.')
          : say(
              '{0} places in {1} write a secret to a log.',
              bad.length,
              count(new Set(bad.map((o) => o.file)).size, 'file'),
            ),
      warn: (bad) =>
        say('{0} may write request headers or commands with secrets to a log.', count(bad.length, 'place')),
      pass: say('No secret is passed to a log, an error message or telemetry.'),
    });
  },
  function historyRecorded(project) {
    const check = 'KW-REV-07';
    return (
      withoutInventory(check, project, say('what states has each key been in?'), 'key') ??
      verdict(
        check,
        stateHistories(project),
        { fail: details, warn: details, pass: say('Every key has a history, and it is permitted.') },
        'declared',
      )
    );
  },
];

/** What files show counts as a warning while no policy says that it is meant. */
function asWarning(o: Observation): Observation {
  return o.outcome === 'pass' ? { ...o, outcome: 'warn' } : o;
}

function declaredRetention(project: ProjectTexts): Observation[] {
  const probe = 'retentionDeclared';
  const logging = project.policy.policy?.logging;
  const log = logging?.auditLog;
  const least = logging?.minRetentionDays ?? RETENTION;
  const at = (field: string, outcome: Observation['outcome'], detail: string) =>
    declared(project, ['logging', 'auditLog', field], probe, outcome, detail);
  if (log?.retentionDays === undefined) {
    return [at('retentionDays', 'fail', say('The policy does not say how long audit logs are kept'))];
  }
  const days = log.retentionDays;
  const out: Observation[] = [];
  if (days < least) {
    out.push(
      at(
        'retentionDays',
        days < SHORTEST ? 'fail' : 'warn',
        say('Audit logs are kept for {0} days, not {1}', days, least),
      ),
    );
  }
  if (log.immutable !== true) {
    out.push(
      log.immutable === false
        ? at('immutable', 'fail', say('Audit logs can be altered'))
        : at('immutable', 'warn', say('The policy does not say whether audit logs can be altered')),
    );
  }
  return out.length > 0 ? out : [declared(project, ['logging', 'auditLog'], probe, 'pass')];
}
