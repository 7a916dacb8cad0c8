import type { Finding } from '../scan/finding';
import { say } from '../words/say';
import { readEnvFile } from './env-file';
import { ignoreLines } from './ignore-lines';
import type { Plan, Refusal } from './plan';
import type { ProjectFacts } from './project-facts';

/** Keeps an env file with its values out of git, images and packages: they are where they belong, but nothing protects them yet. */
export function planKeepOut(
  facts: ProjectFacts,
  file: string,
  text: string,
  findings: readonly Finding[],
): Plan | Refusal | undefined {
  if (facts.git?.isTracked(file)) {
    return {
      refused: say('{0} is tracked by git, with its values.', file),
      wayOut: say('Run git rm --cached {0}, commit that, rotate the keys, and try again.', file),
    };
  }
  const changes = ignoreLines(facts, file);
  if (changes.length === 0) {
    return undefined;
  }
  const entries = readEnvFile(text);
  return {
    title: say('Keep {0} out of git', file),
    findings,
    destinations: findings.map((f) => ({
      kind: 'env-file',
      file,
      variable: entries.find((e) => e.start <= f.start && f.end <= e.end)?.name ?? f.variable,
      reused: true,
    })),
    changes,
    warnings: [],
    followUp: [],
  };
}
