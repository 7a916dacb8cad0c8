import { say } from '../../words/say';
import { askPolicy } from '../declared';
import { factsOf, movesFunds } from '../facts';
import { unreadablePipelines } from '../formats/pipelines';
import { concluded, count, type Draft, details, notApplicable, unlessUnread } from '../observation';
import { keysOfTwoEnvironments, loneProductionKeys } from '../probes/environment-keys';
import { liveEndpoints, productionGuards, sandboxes } from '../probes/sandboxes';
import type { ProjectTexts } from '../project-texts';

/** Part of stage ACC: development, test and production stay apart. */
export const environments: readonly ((project: ProjectTexts) => Draft)[] = [
  function ownKeys(project) {
    const check = 'KW-ACC-01';
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, say('No key is referenced, found or listed.'));
    }
    const kinds = new Set((project.policy.policy?.environments ?? []).map((e) => e.kind));
    const isDeclared = project.policy.state === 'ok';
    const all = [...keysOfTwoEnvironments(project), ...(isDeclared ? loneProductionKeys(project) : [])];
    return concluded(check, all, (left) => {
      const fails = left.filter((o) => o.outcome === 'fail');
      const warns = left.filter((o) => o.outcome === 'warn');
      if (fails.length > 0) {
        const seenHere = fails.some((o) => o.key === undefined);
        return {
          status: 'fail',
          basis: seenHere ? 'observed' : 'declared',
          message:
            `${seenHere ? say('One key or one production reference serves two environments.') : ''} ${details(fails)}`.trim(),
        };
      }
      if (!isDeclared) {
        return askPolicy(check, project, say('which environments are there, and which keys has each?'));
      }
      if (kinds.size < 2) {
        return { status: 'warn', basis: 'declared', message: say('The policy declares one kind of environment only.') };
      }
      return warns.length > 0
        ? { status: 'warn', basis: 'declared', message: details(warns) }
        : {
            status: 'pass',
            basis: 'declared',
            message: say('{0} of environments, each with its own keys.', count(kinds.size, 'kind')),
          };
    });
  },
  function sandboxesUsed(project) {
    const check = 'KW-ACC-02';
    if (!movesFunds(project)) {
      return notApplicable(check, say('No key trades, withdraws or signs.'));
    }
    const { guards, deploys } = productionGuards(project);
    const sandboxed = sandboxes(project);
    const draft = concluded(check, [...liveEndpoints(project), ...sandboxed, ...guards], (left) => {
      const live = left.filter((o) => o.outcome === 'fail');
      if (live.length > 0) {
        return {
          status: 'fail',
          basis: 'observed',
          message: say('{0} for development or test that trades or signs for real.', count(live.length, 'place')),
        };
      }
      const missing = [
        ...(sandboxed.length === 0 ? [say('No sandbox, test network or dry run is configured.')] : []),
        ...(deploys && guards.length === 0 ? [say('CI deploys to production without a guard.')] : []),
      ];
      return missing.length > 0
        ? { status: 'warn', basis: 'observed', message: missing.join(' ') }
        : { status: 'pass', basis: 'observed', message: say('A sandbox is used outside of production.') };
    });
    return unlessUnread(draft, unreadablePipelines(project));
  },
];
