import type { ToolCall } from '../../project/tools';
import { say } from '../../words/say';
import { asLine, type Spot, type Store } from './store';

/** `kubectl apply` would keep the value in an annotation; create and patch do not. Source: kubernetes.io, `kubectl create secret generic`. */
const create = ({ project, variable }: Spot): ToolCall => ({
  program: 'kubectl',
  args: ['create', 'secret', 'generic', project, `--from-file=${variable}={file}`],
  file: (value) => value,
});

const patch = ({ project, variable }: Spot): ToolCall => ({
  program: 'kubectl',
  args: ['patch', 'secret', project, '--type=merge', '--patch-file', '{file}'],
  file: (value) => JSON.stringify({ stringData: { [variable]: value } }),
});

export const kubernetes: Store = {
  id: 'kubernetes',
  title: 'Kubernetes Secret',
  aliases: ['k8s', 'kubectl', 'kube'],
  serves: ['kubernetes'],
  template: 'k8s-secret://{project}/{name}',
  reads: ({ project, variable }) => ({
    program: 'kubectl',
    args: ['get', 'secret', project, '-o', `go-template={{with index .data "${variable}"}}{{.}}{{end}}`],
  }),
  decoded: (output) => new TextDecoder().decode(Uint8Array.from(atob(output.trim()), (c) => c.charCodeAt(0))),
  writes: (spot) => [{ call: patch(spot) }, { call: create(spot) }],
  replaces: (spot) => ({ writes: [{ call: patch(spot) }], shown: asLine(patch(spot)) }),
  shown: (spot) => asLine(create(spot)),
};

/**
 * Docker hands a secret over as a file under /run/secrets, in swarm and in compose alike, `environment:` source included. Only
 * an image whose start script knows `NAME_FILE` makes a variable of it, and nothing in a project tells which image does.
 * Source: docs.docker.com, "Manage sensitive data with Docker secrets", "Secrets in Compose".
 */
export const docker: Store = {
  id: 'docker',
  title: 'Docker secrets',
  aliases: ['docker-secrets', 'swarm'],
  serves: [],
  barred: {
    refused: say('Docker gives a secret to a program as a file in /run/secrets, and this one reads a variable.'),
    wayOut: say(
      'Use --to env. If the image is known to read NAME_FILE, set that to /run/secrets/NAME, and declare the secret with "environment: NAME".',
    ),
  },
  template: '{project}_{name}',
  writes: ({ reference }) => [
    { call: { program: 'docker', args: ['secret', 'create', reference, '-'], input: (value) => value } },
  ],
  shown: ({ reference }) => `docker secret create ${reference} -`,
};
