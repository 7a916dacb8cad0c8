import type { Place } from './idiom';

const RUNNERS: readonly (readonly [RegExp, string])[] = [
  [/\.[cm]?tsx?$/, 'npx tsx'],
  [/\.[cm]?jsx?$/, 'node'],
  [/\.pyw?$/, 'python'],
  [/\.(?:sh|bash)$/, 'bash'],
  [/\.zsh$/, 'zsh'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
  [/\.pl$/, 'perl'],
  [/\.lua$/, 'lua'],
  [/\.exs?$/, 'elixir'],
  [/\.ps1$/, 'pwsh'],
  [/\.go$/, 'go run'],
];

const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\.rs$/, 'cargo run'],
  [/\.(?:cs|fs)$/, 'dotnet run'],
  [/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/, 'docker compose up'],
  [/\.ipynb$/, 'jupyter lab'],
  [/\.(?:tf|tfvars)$/, 'terraform plan'],
  [/(?:^|\/)foundry\.toml$|\.sol$/, 'forge script'],
  [/\.(?:java|kt|scala)$|(?:^|\/)application[\w-]*\.(?:ya?ml|properties)$/, './mvnw spring-boot:run'],
];

/** The script of package.json that starts the program of a place: one that names the file, else `dev` or `start`. */
export function scriptOf({ file, facts }: Pick<Place, 'file' | 'facts'>): string | undefined {
  const { manifest, packageRoot } = facts;
  if (!manifest) {
    return undefined;
  }
  const run = file.slice(packageRoot ? packageRoot.length + 1 : 0);
  const names = Object.keys(manifest.scripts);
  return names.find((n) => manifest.scripts[n]?.includes(run)) ?? ['dev', 'start'].find((n) => names.includes(n));
}

/** How a person starts the program of a place, as far as the project tells. */
export function runCommand(place: Pick<Place, 'file' | 'facts'>): string {
  const { file, facts } = place;
  const script = /\.(?:[cm]?[jt]sx?|env[\w.-]*|vue|svelte|astro)$|(?:^|\/)\.env/.test(file)
    ? scriptOf(place)
    : undefined;
  if (script) {
    const manager = facts.paths.has('pnpm-lock.yaml') ? 'pnpm' : facts.paths.has('yarn.lock') ? 'yarn' : 'npm';
    return `${manager} run ${script}`;
  }
  const run = file.slice(facts.packageRoot ? facts.packageRoot.length + 1 : 0);
  const runner = RUNNERS.find(([name]) => name.test(file));
  return runner ? `${runner[1]} ${run}` : (PROGRAMS.find(([name]) => name.test(file))?.[1] ?? 'COMMAND');
}
