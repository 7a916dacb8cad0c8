import { documentOf, documentsOf } from '../formats/read';
import { terraformBlocks } from '../formats/terraform';
import { at, entriesOf, itemsOf, mapsIn, type Tree, textOf, textsOf } from '../formats/tree';
import type { ProjectText, ProjectTexts } from '../project-texts';

/** One statement of an AWS policy that allows something. */
export interface IamStatement {
  readonly file: ProjectText;
  readonly at: number;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const known = new WeakMap<ProjectTexts, readonly IamStatement[]>();

/** Every allowing statement in Terraform, CloudFormation, SAM, serverless and plain policy documents. */
export function iamStatements(project: ProjectTexts): readonly IamStatement[] {
  let list = known.get(project);
  if (!list) {
    list = [...fromTerraform(project), ...fromTemplates(project), ...fromDocuments(project)];
    known.set(project, list);
  }
  return list;
}

function fromTerraform(project: ProjectTexts): IamStatement[] {
  return terraformBlocks(project).flatMap(({ file, kind, labels, body }) => {
    if (kind === 'data' && labels[0] === 'aws_iam_policy_document') {
      return body.entries
        .filter((e) => e.key === 'statement')
        .flatMap((e) => statement(file, e.value, 'actions', 'resources', 'effect'));
    }
    return /^aws_/.test(labels[0] ?? '') ? entriesOf(body).flatMap((e) => inDocument(file, e.value)) : [];
  });
}

/** Statements of a policy document: a map with `Statement`. Trust policies name no resource and are left out. */
function inDocument(file: ProjectText, tree: Tree): IamStatement[] {
  return mapsIn(tree).flatMap((m) =>
    itemsOf(at(m, 'Statement')).flatMap((s) => statement(file, s, 'Action', 'Resource', 'Effect')),
  );
}

function statement(file: ProjectText, tree: Tree, action: string, resource: string, effect: string): IamStatement[] {
  const actions = textsOf(at(tree, action));
  const resources = itemsOf(at(tree, resource)).map((t) => (t.kind === 'scalar' ? textOf(t) : '(computed)'));
  return /^deny$/i.test(textOf(at(tree, effect))) || actions.length === 0 || resources.length === 0
    ? []
    : [{ file, at: tree.at, actions, resources }];
}

function fromTemplates(project: ProjectTexts): IamStatement[] {
  return project
    .of('iac')
    .filter((f) => /\.(?:ya?ml|json|template)$/.test(f.path) && !/\.tf\.json$/.test(f.path))
    .flatMap((file) =>
      documentsOf(file).trees.flatMap((tree) => [
        ...inDocument(file, tree),
        ...[at(tree, 'provider', 'iam', 'role', 'statements'), at(tree, 'provider', 'iamRoleStatements')].flatMap(
          (list) => itemsOf(list).flatMap((s) => statement(file, s, 'Action', 'Resource', 'Effect')),
        ),
      ]),
    );
}

function fromDocuments(project: ProjectTexts): IamStatement[] {
  return project
    .of('config')
    .filter((f) => f.path.endsWith('.json') && /"Statement"\s*:/.test(f.text) && /"Effect"\s*:/.test(f.text))
    .flatMap((file) => inDocument(file, documentOf(file) ?? { kind: 'list', at: 0, items: [] }));
}
