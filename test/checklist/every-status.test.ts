import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Node } from 'web-tree-sitter';
import type { Status } from '../../src/checklist/assessment';
import { type CheckDefinition, definitions } from '../../src/checklist/definitions';
import { typescriptParser } from '../house/literals';

const STATUSES: readonly Status[] = ['pass', 'fail', 'warn', 'not-applicable', 'needs-attestation'];

/** Which verdicts of which checks the tests of this folder expect of a project, read from their tables. */
async function expected(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const add = (check: string, status: string) => found.set(check, (found.get(check) ?? new Set()).add(status));
  const literal = (node: Node | null | undefined) => (node?.type === 'string' ? node.text.slice(1, -1) : undefined);
  const parser = await typescriptParser();
  for (const name of fs.readdirSync(__dirname).filter((n) => n.endsWith('.test.ts'))) {
    const visit = (node: Node, check: string): void => {
      let own = check;
      if (node.type === 'call_expression') {
        const called = node.childForFieldName('function')?.text;
        const first = literal(node.childForFieldName('arguments')?.namedChildren[0]);
        if (called === 'describeCases' && first !== undefined) {
          own = first;
        } else if (called === 'project' && first !== undefined) {
          add(check, first);
        }
      } else if (node.type === 'pair') {
        own = /^KW-[A-Z]{3}-\d\d$/.exec(literal(node.childForFieldName('key')) ?? '')?.[0] ?? check;
      } else if (node.type === 'array' && check) {
        add(check, literal(node.namedChildren[1]) ?? '');
      }
      for (const child of node.namedChildren) {
        if (child) {
          visit(child, own);
        }
      }
    };
    const tree = parser.parse(fs.readFileSync(path.join(__dirname, name), 'utf8'));
    visit(tree?.rootNode as Node, '');
  }
  return found;
}

describe('the tests of the checklist', () => {
  it('have a project for each verdict that a check can give', async () => {
    const found = await expected();
    const missing = definitions.flatMap((d) =>
      STATUSES.filter((s) => !never(d).includes(s) && !found.get(d.id)?.has(s)).map((s) => `${d.id} ${s}`),
    );
    assert.deepEqual(missing, []);
  });
});

/** Verdicts that a check never gives, besides those of its kind. */
const NEVER: Readonly<Record<string, readonly Status[]>> = {
  // files decide it, whatever the policy leaves open
  'KW-ACC-02': ['needs-attestation'],
  // it applies where a signer or a record is seen, and that decides it
  'KW-STO-09': ['needs-attestation'],
  // every project can have a policy, a pipeline, a scope, somebody who is told
  'KW-ACC-10': ['not-applicable'],
  'KW-GOV-01': ['needs-attestation', 'not-applicable'],
  'KW-GOV-04': ['not-applicable'],
  'KW-INC-03': ['needs-attestation', 'not-applicable'],
  'KW-GOV-03': ['needs-attestation'],
  'KW-INC-04': ['needs-attestation'],
  // what people state is current, late, or open
  'KW-INC-05': ['fail'],
  'KW-INC-06': ['fail'],
  'KW-INC-08': ['fail'],
  'KW-ISS-04': ['warn'],
  'KW-ISS-05': ['fail'],
  'KW-ISS-07': ['fail'],
  'KW-ISS-08': ['warn'],
};

function never({ id, automation, stage }: CheckDefinition): readonly Status[] {
  return [
    ...(NEVER[id] ?? []),
    ...(automation === 'files' ? (['needs-attestation'] as const) : []),
    // the stage is not shown to those who issue no keys
    ...(stage === 'ISS' ? (['not-applicable'] as const) : []),
  ];
}
