import { isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { documentsOf } from '../formats/read';
import { terraformBlocks, terraformFiles } from '../formats/terraform';
import { at, entriesOf, isTrue, mapsIn, type Tree, textOf } from '../formats/tree';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isShippedDefault } from './known-keys';
import { literalObservations } from './literals';

const SECRET_NAME =
  /(?:api_?key|access_?key|secret(?:_?key)?|private_?key|passphrase|password|mnemonic|seed(?:_phrase)?|token|credentials?)$/i;
const isState = (path: string) => /\.tfstate(?:\.|$)/.test(path);

/** Whether a scalar is a value that stands there for good, of at least so many characters. */
function isLiteral(tree: Tree | undefined, shortest: number): boolean {
  if (tree?.kind !== 'scalar' || tree.computed || tree.tag || typeof tree.value !== 'string') {
    return false;
  }
  const value = tree.value.trim();
  return (
    value.length >= shortest &&
    !/\s/.test(value) &&
    !isReference(value) &&
    !isPlaceholder(value) &&
    !isShippedDefault(value) &&
    !/^(?:secure:|ssm:|cf:|self:|https?:\/\/[^@]*$|arn:|\/|\.{1,2}\/)/.test(value)
  );
}

/** Literals in infrastructure code, and state files that git tracks. */
export function infrastructureLiterals(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  for (const entry of project.entries) {
    if (isState(entry.path) && project.isTracked(entry.path)) {
      out.push(seenFile(entry.path, 'iacLiteralSecret', 'fail'));
    }
  }
  for (const file of project.of('iac').filter((f) => !isState(f.path))) {
    const outcome = file.local ? 'warn' : 'fail';
    const literals = literalObservations(file, 'iacLiteralSecret', () => outcome);
    const told = new Set(literals.map((o) => o.line));
    out.push(...literals);
    for (const place of documentsOf(file).trees.flatMap(namedLiterals)) {
      const { line } = file.at(place);
      if (!told.has(line)) {
        told.add(line);
        out.push(seen(file, place, 'iacLiteralSecret', outcome, { confidence: 'medium' }));
      }
    }
  }
  return out;
}

/** Places of values that only their name tells: arguments, variables with a default, environment lists, parameters. */
function namedLiterals(tree: Tree): number[] {
  return mapsIn(tree).flatMap((map) => {
    const own = map.entries
      .filter((e) => SECRET_NAME.test(e.key.replace(/^.*:/, '')) && isLiteral(e.value, 8))
      .map((e) => e.value.at);
    const name = textOf(at(map, 'name') ?? at(map, 'Name'));
    const value = at(map, 'value') ?? at(map, 'Value');
    const listed = value && SECRET_NAME.test(name) && isLiteral(value, 8) ? [value.at] : [];
    const defaults = map.entries.flatMap((e) => {
      const given = at(e.value, 'default') ?? at(e.value, 'Default');
      const labels = e.value.kind === 'map' ? (e.value.labels ?? []) : [];
      const named = e.key === 'variable' ? labels[0] : e.key;
      return given && SECRET_NAME.test(named ?? '') && isLiteral(given, 6) ? [given.at] : [];
    });
    return [...own, ...listed, ...defaults];
  });
}

/** Secret variables that are not marked, and state without an encrypted remote backend. */
export function infrastructureHygiene(project: ProjectTexts): Observation[] {
  const probe = 'iacSecretHygiene';
  const blocks = terraformBlocks(project);
  const unmarked = blocks
    .filter((b) => b.kind === 'variable' || b.kind === 'output')
    .filter((b) => SECRET_NAME.test(b.labels[0] ?? ''))
    .filter((b) => !isTrue(at(b.body, 'sensitive')) && !isTrue(at(b.body, 'ephemeral')))
    .map((b) => seen(b.file, b.at, probe, 'warn'));
  const [first] = terraformFiles(project).filter((f) => documentsOf(f).error === undefined);
  return first ? [...unmarked, ...stateHygiene(first, blocks)] : unmarked;
}

function stateHygiene(first: ProjectText, blocks: ReturnType<typeof terraformBlocks>): Observation[] {
  const probe = 'iacSecretHygiene';
  const settings = blocks.filter((b) => b.kind === 'terraform');
  if (settings.some((b) => at(b.body, 'cloud') !== undefined)) {
    return [];
  }
  const backends = settings.flatMap((b) =>
    entriesOf(b.body)
      .filter((e) => e.key === 'backend')
      .map((e) => ({ file: b.file, ...e, name: nameOf(e.value) })),
  );
  const [backend] = backends;
  if (!backend) {
    return [seenFile(first.path, probe, 'warn')];
  }
  const body =
    backend.value.kind === 'map' && backend.value.labels === undefined
      ? at(backend.value, backend.name)
      : backend.value;
  const open = backend.name === 'local' || (backend.name === 's3' && !isTrue(at(body, 'encrypt')));
  return open ? [seen(backend.file, backend.at, probe, 'warn')] : [];
}

/** The kind of a backend: its label, or in JSON the name of the object inside. */
function nameOf(tree: Tree): string {
  return tree.kind === 'map' ? (tree.labels?.[0] ?? tree.entries[0]?.key ?? '') : '';
}
