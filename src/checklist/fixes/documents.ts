import type { Question } from '../../policy/question';
import { appended, lineEndOf } from '../../remedy/env-file';
import type { FileChange } from '../../remedy/plan';
import { say } from '../../words/say';
import { CONTACT as CONTACTED, missingSteps } from '../probes/playbook';
import type { ProjectText } from '../project-texts';
import { created, type Fix, lineAt, newFile } from './offered-fix';
import { dependabot } from './templates/automation';
import {
  alertRules,
  compromisePlaybook,
  keyCeremony,
  playbookSections,
  postMortem,
  securityPolicy,
} from './templates/documents';

const CONTACT: Question = {
  id: 'contact',
  prompt: say('How does a stranger reach you about security? An e-mail address or an https link to a form.'),
  placeholder: 'security@your-domain',
  pattern: String.raw`(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https://\S+)`,
};

/** SECURITY.md with a way to reach the team. */
export const createSecurityPolicy: Fix = async ({ project }) => {
  const present = ['SECURITY.md', '.github/SECURITY.md', 'docs/SECURITY.md'].find((p) => project.paths.has(p));
  if (present !== undefined) {
    const text = (await project.text(present)) ?? '';
    if (CONTACTED.test(text)) {
      return undefined;
    }
    return {
      id: 'qf.template.security',
      title: say('Add a contact to {0}', present),
      questions: [CONTACT],
      changes: ({ contact = '' }) => [
        {
          file: present,
          purpose: 'source',
          changes: [appended(text, ['', '## Contact', '', `Contact: ${contact}`])],
        },
      ],
    };
  }
  return {
    id: 'qf.template.security',
    title: say('Create SECURITY.md'),
    questions: [CONTACT],
    changes: ({ contact = '' }) => [newFile('SECURITY.md', securityPolicy(contact))],
  };
};

/** The key-compromise playbook, or the steps that one lacks. */
export const completePlaybook: Fix = (place) => {
  const { file, text, probe } = place;
  if (probe === 'playbookFound' || text === undefined) {
    return {
      id: 'qf.template.runbook',
      title: say('Create {0}', file),
      questions: [
        {
          id: 'contact',
          prompt: say('Whom does one call when a key leaks? A phone, a channel or an address.'),
          placeholder: say('on-call phone, #incidents'),
        },
      ],
      changes: ({ contact = '' }) => (text === undefined ? [newFile(file, compromisePlaybook(contact))] : []),
    };
  }
  const missing = missingSteps([{ text } as ProjectText]);
  return missing.length === 0
    ? undefined
    : {
        id: 'qf.runbook.addMissingSteps',
        title: say('Add what {0} lacks: {1}', file, missing.join(', ')),
        changes: () => [
          {
            file,
            purpose: 'source',
            changes: [
              appended(
                text,
                missing.flatMap((m) => ['', ...(playbookSections[m] ?? '').trimEnd().split('\n')]),
              ),
            ],
          },
        ],
      };
};

export const createCeremony: Fix = ({ project }) => {
  const file = 'docs/runbooks/key-ceremony.md';
  const keys = (project.policy.policy?.inventory?.keys ?? []).filter((k) => /^(?:signing|withdrawal)$/.test(k.class));
  return created(project, 'qf.template.ceremony', file, () => keyCeremony(keys));
};

export const createPostMortem: Fix = ({ text, at, project }) => {
  const id = /"id"\s*:\s*"([^"]+)"/.exec(text === undefined ? '' : lineAt(text, at).line)?.[1];
  const incident = (project.policy.policy?.incident?.incidents ?? []).find((i) => i.id === id);
  if (!incident) {
    return undefined;
  }
  const file = `docs/incidents/${incident.id.replace(/[^\w.-]+/g, '-')}.md`;
  return created(project, 'qf.template.postmortem', file, () =>
    postMortem(incident.id, incident.openedAt, incident.keyIds ?? []),
  );
};

export const createAlertRules: Fix = ({ project }) => {
  const file = 'deploy/key-alerts.yml';
  return created(project, 'qf.template.alertRules', file, () => alertRules, say('Create {0} for Prometheus', file));
};

/** Dependabot's ecosystems by manifest. Source: docs.github.com, "Dependabot options reference". */
const ECOSYSTEMS: readonly (readonly [manifest: RegExp, ecosystem: string])[] = [
  [/^package\.json$/, 'npm'],
  [/^(?:requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.py)$/, 'pip'],
  [/^go\.mod$/, 'gomod'],
  [/^Cargo\.toml$/, 'cargo'],
  [/^pom\.xml$/, 'maven'],
  [/^build\.gradle(?:\.kts)?$/, 'gradle'],
  [/^composer\.json$/, 'composer'],
  [/^Gemfile$/, 'bundler'],
  [/\.csproj$/, 'nuget'],
  [/^(?:Dockerfile|Containerfile)$/, 'docker'],
  [/^\.gitmodules$/, 'gitsubmodule'],
];

/** Dependabot for every ecosystem that the project has. */
export const createDependabot: Fix = ({ project }) => {
  const file = '.github/dependabot.yml';
  if (project.paths.has(file)) {
    return undefined;
  }
  const found = new Set<string>();
  for (const path of project.paths) {
    const cut = path.lastIndexOf('/') + 1;
    const kind = ECOSYSTEMS.find(([manifest]) => manifest.test(path.slice(cut)))?.[1];
    if (kind && !/(?:^|\/)(?:node_modules|vendor|test|tests|fixtures?|testdata|examples?)\//.test(path)) {
      found.add(`${kind} /${path.slice(0, cut).replace(/\/$/, '')}`);
    }
    if (path.startsWith('.github/workflows/')) {
      found.add('github-actions /');
    }
  }
  const updates = [...found].sort().map((u) => u.split(' ') as [string, string]);
  return updates.length === 0
    ? undefined
    : {
        id: 'qf.template.dependabot',
        title: say('Create {0}', file),
        changes: () => [newFile(file, dependabot(updates))],
      };
};

const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** An owner for the policy, pipelines and infrastructure: who that is, a person must say. */
export const addCodeOwners: Fix = async ({ project }) => {
  const policy = project.policy.path ?? 'keyward.policy.jsonc';
  const present = PLACES.find((p) => project.paths.has(p));
  const gitlab = project.paths.has('.gitlab-ci.yml') && ![...project.paths].some((p) => p.startsWith('.github/'));
  const file = present ?? (gitlab ? '.gitlab/CODEOWNERS' : '.github/CODEOWNERS');
  const text = await project.text(file);
  const guarded = [
    `/${policy}`,
    ...(policy.startsWith('.keyward/') ? [] : ['/.keyward/']),
    ...(gitlab ? ['/.gitlab-ci.yml'] : ['/.github/']),
    ...([...project.paths].some((p) => /\.tf$/.test(p)) ? ['*.tf'] : []),
  ];
  const lines = (owner: string): readonly string[] => [
    '# Who must agree when keys, their rules or what deploys them change.',
    ...guarded.map((path) => `${path} ${owner}`),
  ];
  return {
    id: 'qf.codeowners.add',
    title:
      text === undefined
        ? say('Create {0} for the policy and what deploys', file)
        : say('Extend {0} for the policy and what deploys', file),
    questions: [
      {
        id: 'owner',
        prompt: say('Who must agree? A user or team of your platform.'),
        placeholder: '@your-organisation/security',
        ...(firstOwner(text) ? { value: firstOwner(text) as string } : {}),
        pattern: String.raw`@[\w.-]+(?:/[\w./-]+)?(?:\s+@[\w.-]+(?:/[\w./-]+)?)*`,
      },
    ],
    changes: ({ owner = '' }): readonly FileChange[] => {
      const wanted = lines(owner);
      if (text === undefined) {
        return [newFile(file, `${wanted.join('\n')}\n`)];
      }
      const has = new Set(text.split(lineEndOf(text)));
      const missing = wanted.filter((l) => !has.has(l));
      return missing.length === 0 ? [] : [{ file, purpose: 'source', changes: [appended(text, ['', ...missing])] }];
    },
  };
};

function firstOwner(text: string | undefined): string | undefined {
  return /^[^#\s]\S*\s+(@\S+)/m.exec(text ?? '')?.[1];
}
