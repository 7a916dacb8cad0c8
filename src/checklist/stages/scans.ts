import { say } from '../../words/say';
import { factsOf } from '../facts';
import { pipelines, unreadablePipelines } from '../formats/pipelines';
import { concluded, type Draft, notApplicable, unlessUnread } from '../observation';
import { configuredScanners, hookScanners, pipelineScanners } from '../probes/secret-scanners';
import type { ProjectTexts } from '../project-texts';

/** Part of stage ACC: secrets are looked for before they leave. */
export const scans: readonly ((project: ProjectTexts) => Draft)[] = [
  function beforeCommit(project) {
    const check = 'KW-ACC-09';
    if (!factsOf(project).isGit) {
      return notApplicable(check, say('This is no git repository and has no .gitignore.'));
    }
    const wired = hookScanners(project);
    const configured = wired.length > 0 ? [] : configuredScanners(project);
    return concluded(check, [...wired, ...configured], (left) =>
      wired.length > 0
        ? { status: 'pass', basis: 'observed', message: say('A git hook scans for secrets.') }
        : left.length > 0
          ? { status: 'warn', basis: 'observed', message: say('A secret scanner is set up, but no git hook runs it.') }
          : { status: 'fail', basis: 'observed', message: say('Nothing scans for secrets before a commit.') },
    );
  },
  function inPipelines(project) {
    const check = 'KW-ACC-10';
    if (pipelines(project).length === 0) {
      return {
        check,
        status: 'needs-attestation',
        reason: 'no-ci',
        message: say('There is no CI configuration: does the platform, or something else, scan for secrets?'),
        observations: [],
      };
    }
    const { onChange, again } = pipelineScanners(project);
    const draft = concluded(check, [...onChange, ...again], () =>
      onChange.length > 0 && again.length > 0
        ? { status: 'pass', basis: 'observed', message: say('CI scans each change, and everything again.') }
        : onChange.length > 0
          ? { status: 'warn', basis: 'observed', message: say('CI scans each change, but never everything again.') }
          : again.length > 0
            ? { status: 'warn', basis: 'observed', message: say('CI scans on a schedule, but not each change.') }
            : { status: 'fail', basis: 'observed', message: say('CI runs no secret scanner.') },
    );
    const unread = unreadablePipelines(project);
    return draft.status === 'pass'
      ? draft
      : unlessUnread(unread.length > 0 ? { ...draft, status: 'warn' } : draft, unread);
  },
];
