import type { ToolCall } from '../../project/tools';
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

/** A program reads a Docker secret from a file, and no fix can tell it to. Source: docs.docker.com, "Manage sensitive data with Docker secrets". */
export const docker: Store = {
  id: 'docker',
  title: 'Docker secrets',
  aliases: ['docker-secrets', 'swarm'],
  serves: [],
  template: '{project}_{name}',
  writes: ({ reference }) => [
    { call: { program: 'docker', args: ['secret', 'create', reference, '-'], input: (value) => value } },
  ],
  shown: ({ reference }) => `docker secret create ${reference} -`,
};
