import { type ParseError, parse } from 'jsonc-parser';
import type { Severity } from '../catalog/credential-type';
import type { Confidence, CustomRule, ScanOptions } from '../scan/finding';
import { say } from '../words/say';
import { linearProblem } from './pattern-check';
import type { OwnKeyFormat, Policy } from './policy';

/** A person's preferences: the `keyward.*` settings of VS Code, read by name. Wrong types are told, and the default holds. */
export interface Settings {
  readonly enable?: boolean;
  readonly exclude?: readonly string[];
  /** Globs of VS Code's own `files.exclude`. */
  readonly hidden?: readonly string[];
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly minConfidence?: Confidence;
  readonly store?: string;
  readonly referenceTemplate?: string;
  readonly envFile?: string;
  readonly names?: Readonly<Record<string, string>>;
}

const SEVERITY = ['critical', 'high', 'medium', 'low', 'off'];

interface Rule {
  readonly key: keyof Settings;
  readonly expects: string;
  readonly fits: (value: unknown) => boolean;
}

const strings = (v: unknown) =>
  typeof v === 'object' && v !== null && !Array.isArray(v) && Object.values(v).every((x) => typeof x === 'string');

/** Settings that the engine reads, by their full names. */
export const settingRules: Readonly<Record<string, Rule>> = {
  'keyward.enable': { key: 'enable', expects: say('true or false'), fits: (v) => typeof v === 'boolean' },
  'keyward.detection.exclude': {
    key: 'exclude',
    expects: say('a list of globs'),
    fits: (v) => Array.isArray(v) && v.every((x) => typeof x === 'string'),
  },
  'keyward.detection.severities': {
    key: 'severities',
    expects: say('rule ids with critical, high, medium, low or off'),
    fits: (v) => strings(v) && Object.values(v as object).every((x) => SEVERITY.includes(x as string)),
  },
  'keyward.detection.minConfidence': {
    key: 'minConfidence',
    expects: say('certain, likely or possible'),
    fits: (v) => ['certain', 'likely', 'possible'].includes(v as string),
  },
  'keyward.fixes.store': {
    key: 'store',
    expects: say('env or the name of a store'),
    fits: (v) => typeof v === 'string',
  },
  'keyward.fixes.referenceTemplate': {
    key: 'referenceTemplate',
    expects: say('the form of a reference'),
    fits: (v) => typeof v === 'string',
  },
  'keyward.fixes.envFile': { key: 'envFile', expects: say('a file name'), fits: (v) => typeof v === 'string' },
  'keyward.fixes.names': { key: 'names', expects: say('rule ids with variable names'), fits: strings },
};

/** Picks Keyward's settings from values by full name; what has a wrong type is reported and left out. */
export function readSettings(values: Readonly<Record<string, unknown>>): { settings: Settings; problems: string[] } {
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, rule] of Object.entries(settingRules)) {
    const value = values[name];
    if (value === undefined || value === '') {
      continue;
    }
    if (rule.fits(value)) {
      settings[rule.key] = value;
    } else {
      problems.push(say('{0} must be {1}; its default is used.', name, rule.expects));
    }
  }
  const hidden = values['files.exclude'];
  if (typeof hidden === 'object' && hidden !== null) {
    // those that depend on another file (`when`) hide what a compiler writes; it is read
    settings.hidden = Object.entries(hidden).flatMap(([glob, on]) => (on === true ? [glob] : []));
  }
  return { settings: settings as Settings, problems };
}

/** Reads the text of a `.vscode/settings.json`. */
export function settingsFromJson(text: string): { settings: Settings; problems: string[] } {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof value !== 'object' || value === null) {
    return {
      settings: {},
      problems: [say('.vscode/settings.json does not parse; its Keyward settings are not used.')],
    };
  }
  return readSettings(value as Record<string, unknown>);
}

/** What holds after policy, settings and defaults have been weighed. */
export interface Effective {
  readonly enabled: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Globs of files that VS Code hides: they are not walked, env files excepted. */
  readonly hidden: readonly string[];
  readonly minConfidence: Confidence;
  readonly failOnLocal: boolean;
  readonly scan: Pick<ScanOptions, 'severities' | 'allowed' | 'customRules' | 'requireReason'>;
  readonly store: string;
  /** The policy or a person has chosen the store; else one that the project uses already may come first. */
  readonly storeChosen: boolean;
  readonly envFile?: string;
  readonly referenceTemplate?: string;
  readonly names: Readonly<Record<string, string>>;
  /** Things to tell: custom rules that are refused. */
  readonly problems: readonly string[];
}

/** The rule that finds keys which the company itself issues. */
function ownRule(format: OwnKeyFormat, project: string | undefined): CustomRule {
  return {
    id: format.id,
    provider: project ?? 'this project',
    what: format.what ?? 'API key for customers',
    pattern: format.pattern,
    severity: format.severity ?? 'high',
  };
}

const STRENGTH: Readonly<Record<string, number>> = { off: 0, low: 1, medium: 2, high: 3, critical: 4 };

/**
 * Policy, then workspace settings, then user settings, then defaults. A policy's value can't be weakened by settings: they
 * may only add excludes where the policy has none, and raise severities.
 */
export function effectiveSettings(policy: Policy | undefined, settings: Settings, today?: string): Effective {
  const d = policy?.detection;
  const severities: Record<string, Severity | 'off'> = { ...settings.severities };
  for (const [rule, severity] of Object.entries(d?.severities ?? {})) {
    const own = severities[rule];
    if (own === undefined || (STRENGTH[own] ?? 0) < (STRENGTH[severity] ?? 0)) {
      severities[rule] = severity;
    }
  }
  const problems: string[] = [];
  const customRules: CustomRule[] = [];
  const own = (d?.ownKeyFormats ?? []).map((f) => ownRule(f, policy?.project?.name));
  for (const [list, rule] of [
    ...(d?.customRules ?? []).map((r) => ['customRules', r] as const),
    ...own.map((r) => ['ownKeyFormats', r] as const),
  ]) {
    const wrong = linearProblem(rule.pattern);
    if (wrong) {
      problems.push(`detection.${list} ${rule.id}: ${wrong}`);
    } else {
      customRules.push(rule);
    }
  }
  const allowed = (d?.allowedFingerprints ?? [])
    .filter((a) => !a.until || !today || a.until >= today)
    .map((a) => a.fingerprint);
  const f = policy?.fixes;
  const envFile = f?.envFile ?? settings.envFile;
  const referenceTemplate = f?.referenceTemplate ?? (f?.store ? undefined : settings.referenceTemplate);
  return {
    enabled: settings.enable ?? true,
    include: d?.include ?? [],
    exclude: d?.exclude ?? settings.exclude ?? [],
    hidden: d?.exclude ? [] : (settings.hidden ?? []),
    minConfidence: d?.minConfidence ?? settings.minConfidence ?? 'likely',
    failOnLocal: d?.failOnLocal ?? false,
    scan: {
      ...(Object.keys(severities).length ? { severities } : {}),
      ...(allowed.length ? { allowed: new Set(allowed) } : {}),
      ...(customRules.length ? { customRules } : {}),
      ...(d?.requireReason ? { requireReason: true } : {}),
    },
    store: f?.store ?? settings.store ?? 'env',
    storeChosen: (f?.store ?? settings.store) !== undefined,
    ...(envFile ? { envFile } : {}),
    ...(referenceTemplate ? { referenceTemplate } : {}),
    names: { ...settings.names, ...f?.names },
    problems,
  };
}
