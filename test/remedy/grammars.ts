import path from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

const modules = path.join(__dirname, '../../node_modules');
/** Grammar files: Microsoft's where it has the language, for they are newer. */
const FILES: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    'bash',
    'c-sharp',
    'cpp',
    'go',
    'java',
    'javascript',
    'php',
    'powershell',
    'python',
    'ruby',
    'rust',
    'tsx',
    'typescript',
  ].map((id) => [id, `@vscode/tree-sitter-wasm/wasm/tree-sitter-${id}.wasm`]),
  ...['c', 'dart', 'elixir', 'kotlin', 'lua', 'scala', 'solidity', 'swift', 'yaml', 'toml', 'json'].map((id) => [
    id,
    `tree-sitter-wasms/out/tree-sitter-${id}.wasm`,
  ]),
]);

const parsers = new Map<string, Promise<Parser>>();
let ready: Promise<void> | undefined;

async function load(grammar: string): Promise<Parser> {
  ready ??= Parser.init();
  await ready;
  const file = FILES[grammar];
  if (!file) {
    throw new Error(`no grammar for ${grammar}`);
  }
  const parser = new Parser();
  parser.setLanguage(await Language.load(path.join(modules, file)));
  return parser;
}

/** What does not parse in a text: an independent grammar's errors and missing parts, each with its line. */
export async function syntaxErrors(grammar: string, text: string): Promise<string[]> {
  const known = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, known);
  const tree = (await known).parse(text);
  if (!tree) {
    throw new Error('no tree');
  }
  const errors: string[] = [];
  const visit = (node: NonNullable<typeof tree>['rootNode']): void => {
    if (node.isError || node.isMissing) {
      errors.push(`${node.isMissing ? 'missing ' : ''}${node.type} in line ${node.startPosition.row + 1}`);
    } else if (node.hasError) {
      for (const child of node.children) {
        if (child) {
          visit(child);
        }
      }
    }
  };
  visit(tree.rootNode);
  tree.delete();
  return errors;
}
