import type { ProjectText, ProjectTexts } from '../project-texts';

/** One Dockerfile instruction, its continuation lines joined. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
  readonly start: number;
}

/** One build stage: what follows a `FROM`. */
export interface BuildStage {
  /** The image, with build arguments that have a default put in. */
  readonly image: string;
  readonly alias?: string;
  readonly start: number;
  readonly instructions: readonly Instruction[];
}

/** Whether a path is that of a Dockerfile or Containerfile. */
export function isDockerfile(path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile(?:[._-][\w.-]+)?|[\w.-]+\.Dockerfile|Containerfile(?:[._-][\w.-]+)?)$/i.test(path) &&
    !/\.dockerignore$/i.test(path)
  );
}

/** Dockerfiles of a project. */
export function dockerfiles(project: ProjectTexts): readonly ProjectText[] {
  return project.of('container').filter((f) => isDockerfile(f.path));
}

/** Instructions of a Dockerfile, without comments. Source: the Dockerfile reference of Docker. */
export function instructions(text: string): Instruction[] {
  const out: Instruction[] = [];
  const line = /^[ \t]*([A-Za-z]+)[ \t]+((?:[^\n\\]|\\[\s\S])*)/gm;
  for (const m of text.matchAll(line)) {
    const before = text.slice(text.lastIndexOf('\n', m.index - 1) + 1, m.index + m[0].length);
    if (!/^\s*#/.test(before)) {
      out.push({
        name: (m[1] as string).toUpperCase(),
        rest: (m[2] as string).replace(/\\\r?\n(?:\s*#[^\n]*\n)*/g, ' ').trim(),
        start: m.index + m[0].indexOf(m[1] as string),
      });
    }
  }
  return out;
}

/** The stages of a Dockerfile, first to last. */
export function buildStages(text: string): readonly BuildStage[] {
  const stages: (BuildStage & { instructions: Instruction[] })[] = [];
  const args = new Map<string, string>();
  for (const i of instructions(text)) {
    if (i.name === 'FROM') {
      const words = i.rest.replace(/--\S+\s*/g, '').split(/\s+/);
      const image = (words[0] ?? '').replace(
        /\$\{?(\w+)(?::-([^}]*))?\}?/g,
        (_, name: string, or?: string) => args.get(name) ?? or ?? '',
      );
      stages.push({ image, start: i.start, instructions: [], ...(words[2] ? { alias: words[2] } : {}) });
    } else if (stages.length === 0 && i.name === 'ARG') {
      const [, name, value] = /^(\w+)=["']?([^"'\s]*)/.exec(i.rest) ?? [];
      if (name) {
        args.set(name, value ?? '');
      }
    } else {
      stages.at(-1)?.instructions.push(i);
    }
  }
  return stages;
}
