import { say } from '../../words/say';
import { askPolicy } from '../declared';
import { factsOf } from '../facts';
import { unreadableManifests } from '../formats/kubernetes';
import { unreadablePipelines } from '../formats/pipelines';
import { unreadable } from '../formats/read';
import { terraformFiles } from '../formats/terraform';
import { inventoryOf } from '../inventory';
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
import { exchangeClients, placesOrders, withdrawCalls } from '../probes/exchange-code';
import { iamStatements } from '../probes/iam-statements';
import {
  addressAllowlists,
  boundKeys,
  recordedPermissions,
  withdrawalIsApproved,
  withdrawalRights,
} from '../probes/key-rights';
import { clusterWildcards, iamWildcards, workflowPermissions } from '../probes/privileges';
import type { ProjectTexts } from '../project-texts';

const of = (list: readonly Observation[], outcome: Observation['outcome']) => list.filter((o) => o.outcome === outcome);

/** Part of stage ACC: what keys and identities may do. */
export const permissions: readonly ((project: ProjectTexts) => Draft)[] = [
  function leastPermissions(project) {
    const check = 'KW-ACC-03';
    if (project.policy.state !== 'ok') {
      return factsOf(project).hasKeys
        ? askPolicy(check, project, say('what may each key do?'))
        : notApplicable(check, say('No key is referenced, found or listed.'));
    }
    const inventory = inventoryOf(project);
    if (inventory.active.length === 0) {
      return notApplicable(check, say('The inventory has no active key.'));
    }
    const trading = inventory.active.find((k) => k.record.class === 'trading');
    const clients = exchangeClients(project);
    const idle = trading && clients.length > 0 && !placesOrders(project);
    const said = say('the code seems to read only, but {0} may trade', trading?.record.id);
    return verdict(
      check,
      [...recordedPermissions(project), ...(idle ? [inventory.at(trading, 'codeUsesLess', 'warn', said)] : [])],
      {
        fail: details,
        warn: details,
        pass: say('{0} with allowed permissions.', count(inventory.active.length, 'active key')),
      },
      'declared',
    );
  },
  function noWithdrawal(project) {
    const check = 'KW-ACC-04';
    if (!factsOf(project).hasExchangeKeys) {
      return notApplicable(check, say('No key of an exchange or custodian.'));
    }
    const approved = withdrawalIsApproved(project);
    const calls = withdrawCalls(project).map((o) => (approved ? { ...o, outcome: 'pass' as const } : o));
    return concluded(check, [...withdrawalRights(project), ...calls], (left) => {
      const bad = of(left, 'fail');
      if (bad.length > 0) {
        const called = bad.filter((o) => o.probe === 'withdrawCallSeen');
        const said =
          called.length > 0 ? say('{0} without an approved exception.', count(called.length, 'withdrawal call')) : '';
        return {
          status: 'fail',
          basis: called.length > 0 ? 'observed' : 'declared',
          message: `${said} ${details(bad)}`.trim(),
        };
      }
      if (project.policy.state !== 'ok') {
        return askPolicy(check, project, say('can any key withdraw?'));
      }
      return of(left, 'warn').length > 0
        ? { status: 'warn', basis: 'declared', message: details(of(left, 'warn')) }
        : { status: 'pass', basis: 'declared', message: say('No key can withdraw without an approved exception.') };
    });
  },
  function addressesBound(project) {
    const check = 'KW-ACC-05';
    if (project.policy.state !== 'ok') {
      return factsOf(project).hasExchangeKeys
        ? askPolicy(check, project, say('from which addresses does each exchange key work?'))
        : notApplicable(check, say('No key of an exchange or custodian.'));
    }
    if (boundKeys(project).length === 0) {
      return notApplicable(check, say('No active key must be bound to addresses.'));
    }
    return verdict(
      check,
      addressAllowlists(project),
      { fail: details, warn: details, pass: say('Every such key works from a few addresses only.') },
      'declared',
    );
  },
  function identitiesLimited(project) {
    const check = 'KW-ACC-06';
    const unread = [
      ...unreadablePipelines(project).filter((p) => p.startsWith('.github/workflows/')),
      ...unreadableManifests(project),
      ...unreadable(terraformFiles(project)),
    ];
    const observations = [...workflowPermissions(project), ...iamWildcards(project), ...clusterWildcards(project)];
    if (observations.length === 0 && iamStatements(project).length === 0 && unread.length === 0) {
      return notApplicable(check, say('There is no workflow, cloud policy or Kubernetes role.'));
    }
    const draft = verdict(check, observations, {
      fail: (bad) =>
        say('{0} may do everything.', count(bad.length, 'workflow, policy or role', 'workflows, policies or roles')),
      warn: (bad) =>
        say(
          '{0} without explicit rights, or with wildcards.',
          count(bad.length, 'workflow, policy or role', 'workflows, policies or roles'),
        ),
      pass: say('Workflows, policies and roles name their rights.'),
    });
    return unlessUnread(draft, unread);
  },
];
