import { Minimatch } from 'minimatch';

const compiled = new Map<string, readonly Minimatch[]>();

function matchers(glob: string): readonly Minimatch[] {
  let list = compiled.get(glob);
  if (!list) {
    const pattern = glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`;
    const inside = `${pattern.replace(/\/$/, '')}/**`;
    list = [pattern, inside].map((p) => new Minimatch(p, { dot: true }));
    compiled.set(glob, list);
  }
  return list;
}

/** Whether a path matches a glob of the settings, the policy or the command line. A glob without a slash means that name anywhere; one that names a folder means all in it. */
export function matchesGlob(file: string, glob: string): boolean {
  return matchers(glob).some((m) => m.match(file));
}
