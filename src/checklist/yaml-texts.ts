import { parseAllDocuments } from 'yaml';
import type { ProjectText } from './project-texts';

const known = new WeakMap<ProjectText, readonly unknown[] | undefined>();

/**
 * The documents of a YAML file as plain values, anchors and merge keys resolved; undefined when it can't be read. Tags that
 * only their own tool knows (`!Ref`, `!reference`) are dropped.
 */
export function yamlOf(file: ProjectText): readonly unknown[] | undefined {
  if (!known.has(file)) {
    known.set(file, read(file.text));
  }
  return known.get(file);
}

function read(text: string): readonly unknown[] | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent', merge: true });
  const list = Array.isArray(documents) ? documents : [];
  if (list.some((d) => d.errors.length > 0)) {
    return undefined;
  }
  try {
    return list.map((d) => d.toJS({ maxAliasCount: 100 }) as unknown);
  } catch {
    return undefined;
  }
}

/** A value as an object; an empty one when it is none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A value as a list: what stands alone is a list of one, nothing is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** Every string in a value, keys included. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(stringsIn);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
    : [];
}
