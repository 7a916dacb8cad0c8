import type { ToolCall } from '../../project/tools';
import { say } from '../../words/say';
import { asLine, type Spot, type Store } from './store';

/** The tool reads the value from standard input. Source: cli.github.com/manual, `gh secret set`. */
const githubSet = ({ variable }: Spot): ToolCall => ({
  program: 'gh',
  args: ['secret', 'set', variable],
  input: (value) => value,
});

export const github: Store = {
  id: 'github',
  title: 'GitHub Actions secrets',
  aliases: ['gh', 'github-actions', 'github-secrets'],
  serves: ['github-actions'],
  template: '{name}',
  taken: {
    call: { program: 'gh', args: ['secret', 'list'] },
    matches: (output, { variable }) => output.split(/\r?\n/).some((l) => l.split(/\s/)[0] === variable),
  },
  writes: (spot) => [{ call: githubSet(spot) }],
  shown: (spot) => asLine(githubSet(spot)),
};

/**
 * The repository's secrets for codespaces, which are variables in each that starts afterwards. Source: docs.github.com,
 * "Managing your account-specific secrets for GitHub Codespaces"; `gh secret set --app codespaces`.
 */
const codespacesSet = ({ variable }: Spot): ToolCall => ({
  program: 'gh',
  args: ['secret', 'set', variable, '--app', 'codespaces'],
  input: (value) => value,
});

export const codespaces: Store = {
  id: 'codespaces',
  title: 'GitHub Codespaces secrets',
  aliases: ['github-codespaces', 'codespace'],
  template: '{name}',
  supplies: () => say('Codespaces have the variable from their next start on.'),
  taken: {
    call: { program: 'gh', args: ['secret', 'list', '--app', 'codespaces'] },
    matches: (output, { variable }) => output.split(/\r?\n/).some((l) => l.split(/\s/)[0] === variable),
  },
  writes: (spot) => [{ call: codespacesSet(spot) }],
  shown: (spot) => asLine(codespacesSet(spot)),
};

/** Source: gitlab.com/gitlab-org/cli, `glab variable`. */
const gitlabSet = ({ variable }: Spot): ToolCall => ({
  program: 'glab',
  args: ['variable', 'set', variable, '--masked'],
  input: (value) => value,
});

const gitlabUpdate = (spot: Spot): ToolCall => ({
  ...gitlabSet(spot),
  args: ['variable', 'update', spot.variable, '--masked'],
});

export const gitlab: Store = {
  id: 'gitlab',
  title: 'GitLab CI/CD variables',
  aliases: ['glab', 'gitlab-ci'],
  serves: ['gitlab-ci'],
  template: '{name}',
  reads: ({ variable }) => ({ program: 'glab', args: ['variable', 'get', variable] }),
  writes: (spot) => [{ call: gitlabSet(spot) }],
  replaces: (spot) => ({ writes: [{ call: gitlabUpdate(spot) }], shown: asLine(gitlabUpdate(spot)) }),
  shown: (spot) => asLine(gitlabSet(spot)),
};

/** The tool asks for an organisation and a context, which the project doesn't say: shown, not run. Source: circleci.com/docs/contexts. */
export const circleci: Store = {
  id: 'circleci',
  title: 'CircleCI contexts',
  aliases: ['circle', 'circle-ci'],
  serves: ['circleci'],
  template: '{name}',
  writes: () => [],
  shown: ({ variable }) => `circleci context store-secret <vcs> <organisation> <context> ${variable}`,
};
