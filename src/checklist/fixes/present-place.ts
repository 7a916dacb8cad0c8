import { scanText } from '../../scan/scan';
import type { Evidence } from '../assessment';
import { fileClass } from '../file-class';
import { evidenceFingerprint, snippetAt } from '../observation';
import type { ProjectText } from '../project-texts';
import type { FixProject } from './offered-fix';

/** Files of a project as they were scanned, by path: a report asks for many places of few files. */
const scanned = new WeakMap<FixProject, Map<string, ProjectText>>();

/**
 * Where evidence stands in a file's present text: the nearest line whose words are still those of the evidence. Undefined
 * when the line has changed: whoever fixes must not fix something else.
 */
export function presentPlace(project: FixProject, check: string, evidence: Evidence, text: string): number | undefined {
  if (evidence.snippet === undefined) {
    return 0;
  }
  const lines = lineStarts(text);
  const file = scannedFile(project, evidence.file, text);
  const wanted = evidence.line - 1;
  const nearest = lines
    .map((start, line) => ({ start, far: Math.abs(line - wanted) }))
    .sort((a, b) => a.far - b.far)
    .find(({ start }) => evidenceFingerprint(check, evidence.file, snippetAt(file, start)) === evidence.fingerprint);
  return nearest && Math.min(text.length, nearest.start + (evidence.column ?? 1) - 1);
}

function scannedFile(project: FixProject, path: string, text: string): ProjectText {
  const files = scanned.get(project) ?? new Map<string, ProjectText>();
  scanned.set(project, files);
  const known = files.get(path);
  if (known?.text === text) {
    return known;
  }
  const file: ProjectText = {
    path,
    text,
    class: fileClass(path, text, new Set(), []),
    local: false,
    tracked: true,
    findings: scanText(text, { fileName: path, showIgnored: true }).findings,
    at: () => ({ line: 1, column: 1 }),
  };
  files.set(path, file);
  return file;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map((m) => m.index + 1)];
}
