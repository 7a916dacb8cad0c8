import { minimatch } from 'minimatch';

/** Whether a path matches a glob of the settings, the policy or the command line. A glob without a slash means that name anywhere; one that names a folder means all in it. */
export function matchesGlob(file: string, glob: string): boolean {
  const pattern = glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`;
  return minimatch(file, pattern, { dot: true }) || minimatch(file, `${pattern.replace(/\/$/, '')}/**`, { dot: true });
}
