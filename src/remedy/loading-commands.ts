import { say } from '../words/say';
import type { Place } from './idiom';
import type { Command } from './plan';
import type { ProjectFacts } from './project-facts';

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** A place's file, relative to its package. */
export function inPackage({ facts, file }: Pick<Place, 'facts' | 'file'>): string {
  return facts.packageRoot ? file.slice(facts.packageRoot.length + 1) : file;
}

/** Commands that load an env file into the environment and run a program in it. */
export function shellCommands(envFile: string, run: string): Command[] {
  const name = nameOf(envFile);
  const why = say("loads {0} into the program's environment", name);
  return [
    { line: `set -a; . ./${name}; set +a; ${run}`, shell: 'posix', why },
    {
      line: `Get-Content ${name} | Where-Object { $_ -match '^\\w+=' } | ForEach-Object { $k, $v = $_ -split '=', 2; Set-Item "Env:$k" $v.Trim("'""") }; ${run}`,
      shell: 'powershell',
      why,
    },
  ];
}

/** Something loads env files whatever the language: direnv, or a compose file with `env_file`. */
export function isLoadedAround(facts: ProjectFacts): boolean {
  return [...facts.paths].some((p) => /(?:^|\/)\.envrc$/.test(p));
}

/** Texts of the package's files whose names fit, joined: its manifests. */
export function manifestText(facts: ProjectFacts, names: RegExp): string {
  const root = facts.packageRoot ? `${facts.packageRoot}/` : '';
  return [...facts.paths]
    .filter((p) => names.test(nameOf(p)) && (p.startsWith(root) || root.startsWith(p.slice(0, p.lastIndexOf('/') + 1))))
    .map((p) => facts.text(p) ?? '')
    .join('\n');
}
