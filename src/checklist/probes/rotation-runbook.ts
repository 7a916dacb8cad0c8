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
    return [declared(project, ['rotation', 'onDemand'], probe, 'fail', 'The policy has no rotation.onDemand')];
  }
  const out: Observation[] = [];
  const missing = ['compromise', 'personnel-change'].filter((t) => !rules.triggers.includes(t));
  if (missing.length > 0) {
    const detail = `rotation.onDemand.triggers lacks ${missing.join(' and ')}`;
    out.push(declared(project, ['rotation', 'onDemand', 'triggers'], probe, 'warn', detail));
  }
  const path = rules.runbook.split('#')[0] as string;
  const at = ['rotation', 'onDemand', 'runbook'];
  if (!project.entries.some((e) => e.path === path)) {
    out.push(declared(project, at, probe, 'fail', `The runbook ${path} does not exist`));
  } else if (!/\brotat/i.test(project.text(path)?.text ?? '')) {
    out.push(declared(project, at, probe, 'warn', `The runbook ${path} does not speak of rotation`));
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
              `${leaver.id} left on ${leaver.departedAt} and ${id} dates from ${k.since}`,
            ),
          ]
        : []),
      ...(incident
        ? [
            inventory.at(
              k,
              'incidentKeyRotated',
              'fail',
              `${id} was named in ${incident.id} of ${incident.openedAt} and dates from ${k.since}`,
            ),
          ]
        : []),
    ];
  });
}
