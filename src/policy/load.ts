import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { ProjectFiles } from '../project/files';
import { decodeText } from '../project/text-encoding';
import { scanText } from '../scan/scan';
import { allOf, say } from '../words/say';
import { mergedWith } from './extends';
import validate from './generated/validate-policy';
import { asInventory, withInventoryFiles } from './inventory-files';
import { readJsonc } from './jsonc';
import schema from './keyward.policy.schema.json';
import { linkedFileProblems } from './linked-files';
import type { Policy } from './policy';
import { type PolicyProblem, problemAt } from './problem';
import { referenceProblems } from './references';
import { inWords } from './wording';

/** Where a policy may stand, first to last. */
export const policyPaths = [
  'keyward.policy.jsonc',
  'keyward.policy.json',
  '.keyward/policy.jsonc',
  '.keyward/policy.json',
] as const;

const LARGEST = 2 * 1024 * 1024;

/** A policy, or why there is none. */
export interface LoadedPolicy {
  readonly state: 'ok' | 'no-policy' | 'policy-invalid';
  readonly path?: string;
  readonly sha256?: string;
  readonly text?: string;
  /** Merged with what it extends; only when `state` is ok. */
  readonly policy?: Policy;
  readonly problems: readonly PolicyProblem[];
  readonly extendsPaths: readonly string[];
}

/** Property names that the schema allows at a place, for "did you mean". */
function namesAt(schemaPath: string): readonly string[] {
  const definition = /#\/definitions\/([^/]+)/.exec(schemaPath)?.[1];
  const part = definition
    ? (schema.definitions as Record<string, { properties?: object }>)[definition]
    : /properties\/(\w+)\//.exec(schemaPath)?.[1]
      ? (schema.properties as Record<string, { properties?: object }>)[
          /properties\/(\w+)\//.exec(schemaPath)?.[1] as string
        ]
      : schema;
  return Object.keys(part?.properties ?? schema.properties);
}

/** Secrets in the raw text: the one place where a policy's characters are scanned. */
function secretProblems(file: string, text: string): PolicyProblem[] {
  return scanText(text, { fileName: file })
    .findings.filter((f) => f.state === 'secret' && f.confidence !== 'possible')
    .map((f) =>
      problemAt(
        file,
        text,
        { offset: f.start, length: f.end - f.start },
        'KWP-301',
        say(
          'This line holds what looks like a {0} {1}. Revoke it at the provider: it is in your editor history and perhaps in git.',
          f.provider,
          f.part === 'key' ? 'API key' : 'secret',
        ),
        false,
      ),
    );
}

/** Checks the text of a policy file on its own: syntax, schema, references, secrets. */
export function checkPolicyText(
  file: string,
  text: string,
): { policy: Policy | undefined; problems: PolicyProblem[]; root: Node | undefined } {
  const { root, value, problems, parsed } = readJsonc(file, text);
  if (root?.type !== 'object') {
    if (problems.length === 0) {
      problems.push(
        problemAt(
          file,
          text,
          { offset: 0, length: Math.min(1, text.length) },
          'KWP-001',
          say('A policy is a JSON object; this file holds none.'),
        ),
      );
    }
    return { policy: undefined, problems: [...problems, ...secretProblems(file, text)], root };
  }
  if (parsed) {
    if (!validate(value)) {
      const worded = inWords(validate.errors ?? [], root, text, file, namesAt);
      problems.push(...worded);
      if (worded.length === 0) {
        problems.push(problemAt(file, text, root, 'KWP-105', say('The policy does not have the form of its schema.')));
      }
    }
    problems.push(...referenceProblems(value as Policy, root, text, file));
    return { policy: value as Policy, problems: [...problems, ...secretProblems(file, text)], root };
  }
  return { policy: undefined, problems: [...problems, ...secretProblems(file, text)], root };
}

/** Holds the records of an inventory file to the schema and the references of the policy that names it. */
function checkRecords(policy: Policy) {
  return (file: string, text: string, keys: readonly unknown[], root: Node): readonly PolicyProblem[] => {
    const { version, project, environments, owners } = policy;
    const value = { version, project, environments, owners, inventory: { keys } };
    const tree = asInventory(root);
    const worded = validate(value) ? [] : inWords(validate.errors ?? [], tree, text, file, namesAt);
    return [...worded, ...referenceProblems(value as Policy, tree, text, file), ...secretProblems(file, text)];
  };
}

/** Finds, reads, checks and merges the policy of a project. */
export async function loadPolicy(
  files: ProjectFiles,
  options: { readonly path?: string; readonly text?: string } = {},
): Promise<LoadedPolicy> {
  const found: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  for (const path of options.path ? [options.path] : policyPaths) {
    // A text that is being typed may not be on the disk yet.
    const typed = options.path && options.text !== undefined ? new TextEncoder().encode(options.text) : undefined;
    const bytes = typed ?? (await files.read(path));
    if (bytes) {
      found.push({ path, bytes });
    }
  }
  const [first] = found;
  if (!first) {
    const problems = options.path
      ? [problemAt(options.path, '', { offset: 0, length: 0 }, 'KWP-001', say('This policy file does not exist.'))]
      : [];
    return { state: options.path ? 'policy-invalid' : 'no-policy', problems, extendsPaths: [] };
  }
  const { path, bytes } = first;
  const text = options.text ?? (bytes.length <= LARGEST ? decodeText(bytes)?.text : undefined);
  if (text === undefined) {
    const message =
      bytes.length > LARGEST
        ? say('A policy file holds 2 MiB at most.')
        : say('A policy file is UTF-8 text; this one is binary.');
    return {
      state: 'policy-invalid',
      path,
      problems: [problemAt(path, '', { offset: 0, length: 0 }, 'KWP-001', message)],
      extendsPaths: [],
    };
  }
  const { policy, problems, root } = checkPolicyText(path, text);
  if (found.length > 1) {
    problems.unshift(
      problemAt(
        path,
        text,
        { offset: 0, length: 1 },
        'KWP-002',
        say('Two policy files: {0}. Keep one.', allOf(found.map((f) => f.path))),
      ),
    );
  }
  let merged = policy;
  let extendsPaths: readonly string[] = [];
  if (policy && root && policy.extends !== undefined) {
    const result = await mergedWith(files, policy, root, text, path, (f, t) => checkPolicyText(f, t));
    merged = result.policy;
    extendsPaths = result.paths;
    problems.push(...result.problems.filter((p) => !problems.some((q) => q.code === p.code && q.start === p.start)));
  }
  if (policy && merged && root && !problems.some((p) => p.fatal)) {
    problems.push(...(await linkedFileProblems(files, policy, root, text, path)));
    const list = nodeAt(root, '/inventory/files') ?? root;
    const result = await withInventoryFiles(
      files,
      merged,
      (message) => problemAt(path, text, list, 'KWP-206', message),
      checkRecords(merged),
    );
    merged = result.policy;
    problems.push(...result.problems);
  }
  const invalid = problems.some((p) => p.fatal);
  return {
    state: invalid ? 'policy-invalid' : 'ok',
    path,
    sha256: bytesToHex(sha256(bytes)),
    text,
    ...(invalid || !merged ? {} : { policy: merged }),
    problems: [...problems].sort((a, b) => a.start - b.start),
    extendsPaths,
  };
}

/** The node at a JSON pointer such as `/inventory/keys/0`. */
export function nodeAt(root: Node, pointer: string): Node | undefined {
  return findNodeAtLocation(
    root,
    pointer
      .split('/')
      .slice(1)
      .map((p) => (/^\d+$/.test(p) ? Number(p) : p)),
  );
}
