import { allOf, say } from '../../words/say';
import { declared } from '../declared';
import { inventoryOf } from '../inventory';
import type { Observation } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';

const RUNBOOK =
  /(?:^|\/)(?:runbooks?|playbooks?)\/|(?:^|\/)[^/]*(?:runbook|playbook|rotat|incident|compromise|key-management)[^/]*$/i;

/** Documents that describe how keys are rotated. */
export function rotationRunbooks(project: ProjectTexts): readonly ProjectText[] {
  return project
    .of('docs')
    .filter((f) => /\.(?:mdx?|rst|adoc|txt)$/.test(f.path) && RUNBOOK.test(f.path) && /\brotat/i.test(f.text));
}

/** Whether `rotation.onDemand` names both triggers and a runbook that exists and speaks of rotation. */
export function onDemandRunbook(project: ProjectTexts): Observation[] {
  const probe = 'triggersAndRunbook';
  const rules = project.policy.policy?.rotation?.onDemand;
  if (!rules) {
    return [declared(project, ['rotation', 'onDemand'], probe, 'fail', say('The policy has no rotation.onDemand'))];
  }
  const out: Observation[] = [];
  const missing = ['compromise', 'personnel-change'].filter((t) => !rules.triggers.includes(t));
  if (missing.length > 0) {
    const detail = say('rotation.onDemand.triggers lacks {0}', allOf(missing));
    out.push(declared(project, ['rotation', 'onDemand', 'triggers'], probe, 'warn', detail));
  }
  const path = rules.runbook.split('#')[0] as string;
  const at = ['rotation', 'onDemand', 'runbook'];
  if (!project.entries.some((e) => e.path === path)) {
    out.push(declared(project, at, probe, 'fail', say('The runbook {0} does not exist', path)));
  } else if (!/\brotat/i.test(project.text(path)?.text ?? '')) {
    out.push(declared(project, at, probe, 'warn', say('The runbook {0} does not speak of rotation', path)));
  }
  return out;
}

/** Active keys that somebody who left knew, or that an incident named, and that nobody has rotated since. */
export function leftBehind(project: ProjectTexts): Observation[] {
  const { policy } = project.policy;
  const inventory = inventoryOf(project);
  const departed = (policy?.owners ?? []).filter((o) => o.status === 'departed' && o.departedAt !== undefined);
  const incidents = policy?.incident?.incidents ?? [];
  return inventory.active.flatMap((k) => {
    const { id, owner, holders = [] } = k.record;
    const leaver = departed.find(
      (o) => (o.id === owner || holders.includes(o.id)) && k.since < (o.departedAt as string),
    );
    const incident = incidents.find((i) => i.keyIds?.includes(id) && k.since < i.openedAt);
    return [
      ...(leaver
        ? [
            inventory.at(
              k,
              'departedOwnerKey',
              'fail',
              say('{0} left on {1} and {2} dates from {3}', leaver.id, leaver.departedAt, id, k.since),
            ),
          ]
        : []),
      ...(incident
        ? [
            inventory.at(
              k,
              'incidentKeyRotated',
              'fail',
              say('{0} was named in {1} of {2} and dates from {3}', id, incident.id, incident.openedAt, k.since),
            ),
          ]
        : []),
    ];
  });
}
