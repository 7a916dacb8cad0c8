import * as vscode from 'vscode';

const oneOf =
  <T extends string>(...words: readonly T[]) =>
  (value: unknown): value is T =>
    words.includes(value as T);
const yesNo = (value: unknown): value is boolean => typeof value === 'boolean';
const count = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0;

interface Setting<T> {
  readonly fallback: T;
  readonly fits: (value: unknown) => value is T;
}

function of<T>(fallback: NoInfer<T>, fits: (value: unknown) => value is T): Setting<T> {
  return { fallback, fits };
}

/** Settings that only the editor reads, without their prefix; what finds and moves keys reads the others (effective.ts). */
const SETTINGS = {
  paste: of('offer', oneOf('offer', 'reference', 'off')),
  fixAllOnSave: of(false, yesNo),
  conceal: of(false, yesNo),
  'findings.groupBy': of('file', oneOf('severity', 'provider', 'file')),
  'diagnostics.maxPerFile': of(100, count),
  'diagnostics.checklist': of(true, yesNo),
  'diagnostics.inventory': of(true, yesNo),
  'git.watchStaged': of(true, yesNo),
  'hover.references': of(true, yesNo),
  'history.lookUp': of(true, yesNo),
  statusBar: of(true, yesNo),
} as const;

type Settings = typeof SETTINGS;
type ValueOf<K extends keyof Settings> = Settings[K] extends Setting<infer T> ? T : never;

/** Full names, for the manifest's test. */
export const editorSettings: readonly string[] = Object.keys(SETTINGS).map((name) => `keyward.${name}`);

/** A setting's value where it is asked for; its default where it has a wrong type. */
export function setting<K extends keyof Settings>(name: K, scope?: vscode.ConfigurationScope): ValueOf<K> {
  const { fallback, fits } = SETTINGS[name] as unknown as Setting<ValueOf<K>>;
  const value = vscode.workspace.getConfiguration('keyward', scope).get<unknown>(name);
  return fits(value) ? value : fallback;
}
