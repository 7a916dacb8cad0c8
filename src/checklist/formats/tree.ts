/** A scalar. */
export interface ScalarTree {
  readonly kind: 'scalar';
  /** Offset of its first character in the file. */
  readonly at: number;
  readonly value: string | number | boolean | null;
  /** A YAML tag such as `!Ref`, which makes the value something else than text. */
  readonly tag?: string;
  /** True for what is computed at run time: a Terraform expression, a Helm template. */
  readonly computed?: boolean;
}

/** A list. */
export interface ListTree {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly Tree[];
}

/** One named value of a map; `at` is the offset of its name. */
export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly value: Tree;
}

/** A map, or a block of Terraform with its labels; a Terraform map may hold a key more than once. */
export interface MapTree {
  readonly kind: 'map';
  readonly at: number;
  readonly entries: readonly Entry[];
  readonly labels?: readonly string[];
}

/** What YAML, JSON, TOML and Terraform files hold, in one form, each part with its place. */
export type Tree = ScalarTree | ListTree | MapTree;

/** Entries of a map; none for anything else. */
export function entriesOf(tree: Tree | undefined): readonly Entry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}

/** Items of a list; a lone value is a list of one, nothing is an empty one. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree === undefined || (tree.kind === 'scalar' && tree.value === null)
    ? []
    : tree.kind === 'list'
      ? tree.items
      : [tree];
}

/** The entry of a map with a name. */
export function entryOf(tree: Tree | undefined, key: string): Entry | undefined {
  return entriesOf(tree).find((e) => e.key === key);
}

/** What lies at a path of names. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((t, key) => entryOf(t, key)?.value, tree);
}

/** A scalar as text; empty for anything else. */
export function textOf(tree: Tree | undefined): string {
  return tree?.kind === 'scalar' && tree.value !== null ? String(tree.value) : '';
}

/** Texts of a list of scalars. */
export function textsOf(tree: Tree | undefined): readonly string[] {
  return itemsOf(tree)
    .map(textOf)
    .filter((t) => t !== '');
}

/** Whether a scalar says yes: `true`, or the text of it. */
export function isTrue(tree: Tree | undefined): boolean {
  return /^true$/i.test(textOf(tree));
}

/** Every map in a tree, itself included, each once although aliases may reach it twice. */
export function mapsIn(tree: Tree | undefined): readonly MapTree[] {
  const seen = new Set<Tree>();
  const out: MapTree[] = [];
  const visit = (t: Tree) => {
    if (seen.has(t)) {
      return;
    }
    seen.add(t);
    if (t.kind === 'map') {
      out.push(t);
      t.entries.forEach((e) => visit(e.value));
    } else if (t.kind === 'list') {
      t.items.forEach(visit);
    }
  };
  if (tree) {
    visit(tree);
  }
  return out;
}

/** Every scalar in a tree, each once. */
export function scalarsIn(tree: Tree | undefined): readonly ScalarTree[] {
  const seen = new Set<Tree>();
  const out: ScalarTree[] = [];
  const visit = (t: Tree) => {
    if (seen.has(t)) {
      return;
    }
    seen.add(t);
    if (t.kind === 'scalar') {
      out.push(t);
    } else if (t.kind === 'map') {
      t.entries.forEach((e) => visit(e.value));
    } else {
      t.items.forEach(visit);
    }
  };
  if (tree) {
    visit(tree);
  }
  return out;
}
