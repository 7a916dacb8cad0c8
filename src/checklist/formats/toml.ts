import { type AST, parseTOML } from 'toml-eslint-parser';
import type { Entry, MapTree, Tree } from './tree';

interface Building extends MapTree {
  readonly entries: Entry[];
}

/** A TOML text. Tables and dotted keys become nested maps, arrays of tables lists. */
export function readToml(text: string): { readonly trees: readonly Tree[]; readonly error?: string } {
  try {
    const root: Building = { kind: 'map', at: 0, entries: [] };
    const [top] = parseTOML(text).body;
    for (const part of top.body) {
      if (part.type === 'TOMLTable') {
        const path = part.resolvedKey;
        const home = descend(root, path, part.range[0]);
        part.body.forEach((pair) => add(home, pair));
      } else {
        add(root, part);
      }
    }
    return { trees: [root] };
  } catch (error) {
    return { trees: [], error: error instanceof Error ? error.message : 'it does not parse' };
  }
}

/** The map at a path, made where it is missing; numbers are places in a list of tables. */
function descend(from: Building, path: readonly (string | number)[], at: number): Building {
  let here: Tree = from;
  path.forEach((key, i) => {
    const fresh = (): Tree =>
      typeof path[i + 1] === 'number' ? { kind: 'list', at, items: [] } : { kind: 'map', at, entries: [] };
    if (here.kind === 'list') {
      const items = here.items as Tree[];
      items[Number(key)] ??= fresh();
      here = items[Number(key)] as Tree;
    } else if (here.kind === 'map') {
      const known = here.entries.find((e) => e.key === String(key));
      const value = known?.value ?? fresh();
      if (!known) {
        (here as Building).entries.push({ key: String(key), at, value });
      }
      here = value;
    }
  });
  return here as Building;
}

function add(home: Building, pair: AST.TOMLKeyValue): void {
  const names = pair.key.keys.map((k) => (k.type === 'TOMLBare' ? k.name : k.value));
  const last = names.pop() as string;
  const [at] = pair.range;
  descend(home, names, at).entries.push({ key: last, at, value: converted(pair.value) });
}

function converted(node: AST.TOMLContentNode): Tree {
  const [at] = node.range;
  if (node.type === 'TOMLArray') {
    return { kind: 'list', at, items: node.elements.map(converted) };
  }
  if (node.type === 'TOMLInlineTable') {
    const map: Building = { kind: 'map', at, entries: [] };
    node.body.forEach((pair) => add(map, pair));
    return map;
  }
  const { value } = node;
  return {
    kind: 'scalar',
    at,
    value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : String(value),
  };
}
