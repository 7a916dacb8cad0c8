import type { FixRow } from '../idiom';

/** Lines of docs/fixes.md for configuration files, by the id of the format's idiom; test/remedy/formats has a case for each. */
export const formatRows: readonly (FixRow & { readonly idiom: string })[] = [
  ...rows('ansible', 'Ansible', [
    ['variable', "\"{{ lookup('ansible.builtin.env', 'X', default=undef()) }}\"", 'parse'],
  ]),
  ...rows('appsettings', 'appsettings.json', [['member', '"ApiSecret": "", set by Section__ApiSecret', 'parse']]),
  ...rows('brownie', 'brownie-config.yaml', [['host', 'https://…/v3/${X}', 'parse']]),
  ...rows('circleci', 'CircleCI', [
    ['environment', 'the entry goes, a context sets X', 'parse'],
    ['command', '${X}', 'parse'],
  ]),
  ...rows('docker-compose', 'docker-compose', [
    ['environment as a map', 'X: "${X:?X is not set}"', 'parse'],
    ['environment as a list', '- "X=${X:?X is not set}"', 'parse'],
    ['command', '${X}', 'parse'],
  ]),
  ...rows('dockerfile', 'Dockerfile', [
    ['ENV', 'the instruction goes, docker run sets X', 'parse'],
    ['ARG', 'RUN --mount=type=secret,id=X,env=X', 'parse'],
    ['RUN', 'RUN --mount=type=secret,id=X,env=X … ${X}', 'parse'],
  ]),
  ...rows('env-template', '.env.example', [['entry', 'X=', 'text']]),
  ...rows('envrc', '.envrc', [['export', 'dotenv', 'parse']]),
  ...rows('foundry', 'foundry.toml', [['endpoint', '"https://…/v3/${X}"', 'parse']]),
  ...rows('freqtrade', 'freqtrade', [
    ['exchange.secret', 'the member goes, FREQTRADE__EXCHANGE__SECRET sets it', 'parse'],
  ]),
  ...rows('github-actions', 'GitHub Actions', [
    ['env', '${{ secrets.X }}', 'parse'],
    ['command of a step', '${{ secrets.X }}', 'parse'],
  ]),
  ...rows('gitlab-ci', 'GitLab CI', [
    ['variables', 'the entry goes, the project sets X', 'parse'],
    ['script', '${X}', 'parse'],
  ]),
  ...rows('helm-values', 'Helm values', [
    ['value', '""', 'parse'],
    ['value beside existingSecret', '"", and existingSecret names the Secret', 'parse'],
  ]),
  ...rows('hummingbot', 'Hummingbot', [['key of a connector', 'delete the file, and connect again', 'refused']]),
  ...rows('kubernetes', 'Kubernetes', [
    ['env of a container', 'valueFrom: { secretKeyRef: … }', 'parse'],
    ['stringData of a Secret', 'the entry goes, the Secret is made from X', 'parse'],
    ['data of a Secret', 'the entry goes, the Secret is made from X', 'parse'],
  ]),
  ...rows('launch-json', 'launch.json and tasks.json', [
    ['env of a debug configuration', '"envFile": "${workspaceFolder}/.env"', 'parse'],
    ['env of a task', '${env:X}', 'parse'],
  ]),
  ...rows('mcp-json', 'MCP configuration', [
    ['env, VS Code', '"envFile": "${workspaceFolder}/.env"', 'parse'],
    ['argument, VS Code', '${input:X}, with a password prompt', 'parse'],
    ['env, Claude Code', '${X}', 'parse'],
    ['env, Cursor', '${env:X}', 'parse'],
  ]),
  ...rows('notebook', 'Jupyter notebook', [
    ['cell of Python', 'os.environ["X"]', 'parse'],
    ['%env', 'import os; _ = os.environ["X"]', 'parse'],
  ]),
  ...rows('serverless', 'serverless.yml', [['environment', '${env:X}', 'parse']]),
  ...rows('settings-file', 'INI and other settings files', [
    ['line', 'let the program read its environment', 'refused'],
  ]),
  ...rows('spring-properties', 'Spring', [['property of a .properties file', '${X}', 'text']]),
  ...rows('spring-yaml', 'Spring', [['property of a YAML file', '${X}', 'parse']]),
  ...rows('systemd', 'systemd unit', [['Environment=', 'EnvironmentFile=/etc/UNIT.env', 'text']]),
  ...rows('terraform', 'Terraform', [
    ['argument', 'var.x, with a sensitive variable', 'text'],
    ['default of a variable', 'the default goes, and it becomes sensitive', 'text'],
  ]),
  ...rows('tfvars', 'Terraform', [['value of a .tfvars file', 'the line goes, TF_VAR_x sets it', 'text']]),
];

function rows(
  idiom: string,
  language: string,
  places: readonly (readonly [place: string, result: string, proof: FixRow['proof']])[],
): (FixRow & { readonly idiom: string })[] {
  return places.map(([place, result, proof]) => ({ idiom, language, place, result, proof }));
}
