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
      return notApplicable(check, 'No key is referenced, found or listed.');
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
            `${seenHere ? 'One key or one production reference serves two environments.' : ''} ${details(fails)}`.trim(),
        };
      }
      if (!isDeclared) {
        return askPolicy(check, project, 'which environments are there, and which keys has each?');
      }
      if (kinds.size < 2) {
        return { status: 'warn', basis: 'declared', message: 'The policy declares one kind of environment only.' };
      }
      return warns.length > 0
        ? { status: 'warn', basis: 'declared', message: details(warns) }
        : {
            status: 'pass',
            basis: 'declared',
            message: `${count(kinds.size, 'kind')} of environments, each with its own keys.`,
          };
    });
  },
  function sandboxesUsed(project) {
    const check = 'KW-ACC-02';
    if (!movesFunds(project)) {
      return notApplicable(check, 'No key trades, withdraws or signs.');
    }
    const { guards, deploys } = productionGuards(project);
    const sandboxed = sandboxes(project);
    const draft = concluded(check, [...liveEndpoints(project), ...sandboxed, ...guards], (left) => {
      const live = left.filter((o) => o.outcome === 'fail');
      if (live.length > 0) {
        return {
          status: 'fail',
          basis: 'observed',
          message: `${count(live.length, 'place')} for development or test that trades or signs for real.`,
        };
      }
      const missing = [
        ...(sandboxed.length === 0 ? ['No sandbox, test network or dry run is configured.'] : []),
        ...(deploys && guards.length === 0 ? ['CI deploys to production without a guard.'] : []),
      ];
      return missing.length > 0
        ? { status: 'warn', basis: 'observed', message: missing.join(' ') }
        : { status: 'pass', basis: 'observed', message: 'A sandbox is used outside of production.' };
    });
    return unlessUnread(draft, unreadablePipelines(project));
  },
];
