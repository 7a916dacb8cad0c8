import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { ProjectFiles } from '../project/files';
import { decodeText } from '../project/text-encoding';
import { say } from '../words/say';
import type { Policy } from './policy';
import { type PolicyProblem, problemAt } from './problem';

const DEEPEST = 5;

/** Numbers of which the smaller one is stricter, and of which the larger one is. */
const SMALLER =
  /MaxAgeDays$|maxAgeDays$|maxLifetimeDays$|byEnvironment\.|byClass\.|everyDays$|cadenceDays$|withinMinutes$|maxConsumers$|maxHolders$|maxDays$|unusedAfterDays$/;
const LARGER = /minRetentionDays$|minimumSecurityBits$|warnBeforeDays$/;
const ALLOWED = /allowedStores$|allowedReferenceSchemes$|approvedChannels$|mfa\.methods$|allowedByClass\./;
const DEMANDED =
  /profile\.standards$|onDemand\.triggers$|monitoring\.signals$|ipAllowlist\.classes$|incident\.contacts$|incident\.notify$|forbidFor$|exceptions$/;
const DEMANDS =
  /requireExpiry$|forbidPlaintextEnv$|mfa\.required$|thirdPartyRequired$|requireSecondPerson$|requireReason$/;
const SEVERITIES = ['low', 'medium', 'high', 'critical'];

interface Merge {
  readonly policy: Policy;
  readonly paths: readonly string[];
  readonly problems: readonly PolicyProblem[];
}

function joined(from: string, reference: string): string | undefined {
  const parts = [...from.split('/').slice(0, -1)];
  for (const p of reference.split('/')) {
    if (p === '..') {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (p !== '.' && p !== '') {
      parts.push(p);
    }
  }
  return parts.join('/');
}

/** Merges a policy onto the files that it extends: the strictest value wins, and loosening is a problem. */
export async function mergedWith(
  files: ProjectFiles,
  policy: Policy,
  root: Node,
  text: string,
  file: string,
  check: (file: string, text: string) => { policy: Policy | undefined; problems: PolicyProblem[] },
  trail: readonly string[] = [],
): Promise<Merge> {
  const problems: PolicyProblem[] = [];
  const paths: string[] = [];
  const references = [policy.extends].flat().filter((r): r is string => typeof r === 'string');
  const node = findNodeAtLocation(root, ['extends']) ?? root;
  let base: Record<string, unknown> | undefined;
  const refuse = (message: string) => problems.push(problemAt(file, text, node, 'KWP-207', `extends: ${message}`));
  for (const reference of references) {
    if (/^[a-z]+:\/\//i.test(reference)) {
      refuse(
        'network addresses are refused. Use a workspace path (./…) or pkg:<npm package>/<file> which your lockfile pins.',
      );
      continue;
    }
    const target = reference.startsWith('pkg:') ? `node_modules/${reference.slice(4)}` : joined(file, reference);
    if (target === undefined || target.includes('..')) {
      refuse(say('{0} lies outside the workspace.', reference));
      continue;
    }
    if (trail.includes(target) || target === file) {
      refuse(say('{0} leads back to itself.', reference));
      continue;
    }
    if (trail.length >= DEEPEST) {
      refuse(say('the chain is longer than {0} files.', DEEPEST));
      continue;
    }
    const bytes = await files.read(target);
    const body = bytes ? decodeText(bytes)?.text : undefined;
    if (body === undefined) {
      refuse(say('{0} was not found.', reference));
      continue;
    }
    const checked = check(target, body);
    if (!checked.policy || checked.problems.some((p) => p.fatal)) {
      refuse(
        say(
          '{0} is not a valid policy ({1})',
          reference,
          checked.problems.find((p) => p.fatal)?.message ?? say('it does not parse'),
        ),
      );
      continue;
    }
    paths.push(target);
    base = base
      ? (strictest(base, checked.policy, '', () => undefined) as Record<string, unknown>)
      : { ...checked.policy };
  }
  if (!base) {
    return { policy, paths, problems };
  }
  const where = references.join(', ');
  const locked = new Set(([base.locked] as unknown[]).flat().filter((l): l is string => typeof l === 'string'));
  for (const pointer of locked) {
    const path = pointer.split('/').slice(1);
    const own = findNodeAtLocation(root, path);
    const value = path.reduce<unknown>((v, p) => (v as Record<string, unknown> | undefined)?.[p], base);
    if (own && JSON.stringify(own.value) !== JSON.stringify(value)) {
      problems.push(
        problemAt(
          file,
          text,
          own,
          'KWP-209',
          say(
            '{0} is locked by {1}{2} and may not be set here.',
            path.join('.'),
            where,
            typeof value === 'object' ? '' : ` (${String(value)})`,
          ),
        ),
      );
    }
  }
  const merged = strictest(base, policy, '', (path, message) => {
    const at = findNodeAtLocation(root, path.split('.')) ?? node;
    if (!locked.has(`/${path.replaceAll('.', '/')}`)) {
      problems.push(problemAt(file, text, at, 'KWP-208', message(where)));
    }
  }) as Policy;
  const { kind: _kind, locked: _locked, extends: _extends, ...rest } = merged as Record<string, unknown>;
  void _kind;
  void _locked;
  void _extends;
  return { policy: { ...rest, ...(policy.kind ? { kind: policy.kind } : {}) } as Policy, paths, problems };
}

type Complain = (path: string, message: (base: string) => string) => void;

function strictest(base: unknown, own: unknown, path: string, complain: Complain): unknown {
  if (own === undefined) {
    return base;
  }
  if (base === undefined) {
    return own;
  }
  if (typeof base === 'number' && typeof own === 'number' && (SMALLER.test(path) || LARGER.test(path))) {
    const smaller = SMALLER.test(path);
    if (smaller ? own > base : own < base) {
      complain(path, (b) =>
        say('{0}: {1} is weaker than {2} of {3}. A project may only be stricter.', path, own, base, b),
      );
      return base;
    }
    return own;
  }
  if (Array.isArray(base) && Array.isArray(own)) {
    if (ALLOWED.test(path)) {
      const extra = own.filter((x) => !base.includes(x));
      if (extra.length) {
        complain(path, (b) =>
          extra.length > 1
            ? say('{0}: {1} are not in the list of {2}.', path, extra.join(', '), b)
            : say('{0}: {1} is not in the list of {2}.', path, extra.join(', '), b),
        );
      }
      return own.filter((x) => base.includes(x));
    }
    return DEMANDED.test(path) ? [...base, ...own.filter((x) => !base.includes(x))] : own;
  }
  if (typeof base === 'boolean' && typeof own === 'boolean' && DEMANDS.test(path)) {
    if (base && !own) {
      complain(path, (b) => say('{0}: false is weaker than true of {1}.', path, b));
    }
    return base || own;
  }
  if (path === 'permissions.withdrawal') {
    if (base === 'forbidden' && own !== 'forbidden') {
      complain(path, (b) => say('{0}: {1} is weaker than forbidden of {2}.', path, String(own), b));
    }
    return base === 'forbidden' ? base : own;
  }
  if (path.startsWith('profile.severityOverrides.') || path.startsWith('detection.severities.')) {
    const [a, b] = [SEVERITIES.indexOf(String(base)), SEVERITIES.indexOf(String(own))];
    if (b < a) {
      complain(path, (from) => say('{0}: {1} is weaker than {2} of {3}.', path, String(own), String(base), from));
    }
    return b < a ? base : own;
  }
  if (
    typeof base === 'object' &&
    typeof own === 'object' &&
    base !== null &&
    own !== null &&
    !Array.isArray(base) &&
    !Array.isArray(own)
  ) {
    const out: Record<string, unknown> = {};
    for (const key of new Set([...Object.keys(base), ...Object.keys(own)])) {
      out[key] = strictest(
        (base as Record<string, unknown>)[key],
        (own as Record<string, unknown>)[key],
        path ? `${path}.${key}` : key,
        complain,
      );
    }
    return out;
  }
  return own;
}
