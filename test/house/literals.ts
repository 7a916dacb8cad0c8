import fs from 'node:fs';
import path from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';

const root = path.join(__dirname, '../..');

/** A literal of the source, and what stands around it. */
export interface Literal {
  readonly place: string;
  /** As it is written, without its quotes; what is filled in is `§`. */
  readonly text: string;
  /** The called functions, from the inside to the outside, of which it is an argument. */
  readonly calls: readonly string[];
  /** The property whose value it is. */
  readonly property?: string;
}

/** One call of a function, with the source of its arguments. */
export interface Call {
  readonly place: string;
  readonly name: string;
  readonly args: readonly { readonly type: string; readonly text: string }[];
}

/** A literal without its quotes, `§` for what is filled in. */
function written(node: Node): string {
  let text = node.text;
  for (const part of node.namedChildren.toReversed()) {
    if (part?.type === 'template_substitution') {
      text = `${text.slice(0, part.startIndex - node.startIndex)}§${text.slice(part.endIndex - node.startIndex)}`;
    }
  }
  return text.slice(1, -1);
}

/** A parser of TypeScript. */
export async function typescriptParser(): Promise<Parser> {
  await Parser.init();
  const typescript = path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm');
  const made = new Parser();
  made.setLanguage(await Language.load(typescript));
  return made;
}

/** Every literal and call of the sources under some folders of src. */
export async function read(folders: readonly string[]): Promise<{ literals: Literal[]; calls: Call[] }> {
  const reads = await typescriptParser();
  const literals: Literal[] = [];
  const calls: Call[] = [];
  const files = folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.ts'))
      .map((f) => `${folder}/${f.replaceAll('\\', '/')}`),
  );
  for (const file of files) {
    const tree = reads.parse(fs.readFileSync(path.join(root, file), 'utf8'));
    const visit = (node: Node, around: readonly string[], property?: string): void => {
      const place = `${file}:${node.startPosition.row + 1}`;
      const inside = (named: readonly string[], prop?: string) => {
        for (const child of node.namedChildren) {
          if (child) {
            visit(child, named, prop);
          }
        }
      };
      switch (node.type) {
        case 'import_statement':
        case 'literal_type':
          return;
        case 'call_expression':
        case 'new_expression': {
          const callee = node.childForFieldName(node.type === 'call_expression' ? 'function' : 'constructor');
          const name = (callee?.text ?? '').replace(/\s+/g, '');
          const args = node.childForFieldName('arguments')?.namedChildren ?? [];
          calls.push({ place, name, args: args.flatMap((a) => (a ? [{ type: a.type, text: a.text }] : [])) });
          inside([name, ...around], property);
          return;
        }
        case 'pair':
          inside(around, node.childForFieldName('key')?.text);
          return;
        case 'string':
        case 'template_string': {
          const text = written(node);
          literals.push({ place, text, calls: around, ...(property ? { property } : {}) });
          inside(around);
          return;
        }
        default:
          inside(around, property);
      }
    };
    visit(tree?.rootNode as Node, []);
  }
  return { literals, calls };
}
