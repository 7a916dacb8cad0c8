import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { say } from '../words/say';
import type { Place } from './idiom';
import type { FileChange, TextChange } from './plan';
import { scriptOf } from './run-command';
import type { Spot, Store } from './stores/store';

/** What makes a program start under a store's tool. */
export interface Wrapping {
  readonly changes: readonly FileChange[];
  /** For the title: `with op run in package.json`. */
  readonly added: string;
}

/** A command with nothing but words, one program. */
const PLAIN = /^[^&|;\\"'`$<>]+$/;

/** The script of package.json, else the lines of a Makefile, a task or a debug configuration that name the file, under the store's tool. */
export function wrapping(store: Store, place: Place, envFile: string, spot: Spot): Wrapping {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const head = store.runner?.('', name, spot).split(' ').slice(0, 2).join(' ');
  for (const [file, changes] of [
    ['package.json', wrappedScript(store, place, name, spot)],
    ['Makefile', wrappedRecipe(store, place, name, spot)],
    ['tasks.json', wrappedTasks(store, place, envFile, spot)],
    ['launch.json', wrappedLaunches(store, place, envFile, spot)],
  ] as const) {
    if (changes.length > 0) {
      return { changes, added: say('with {0} in {1}', head, file) };
    }
  }
  return { changes: [], added: '' };
}

/** A recipe line that runs the file: one command, with its `@` or `-` kept in front. */
function wrappedRecipe(store: Store, { file, facts }: Place, envFile: string, spot: Spot): FileChange[] {
  const { packageRoot } = facts;
  const makefile = packageRoot ? `${packageRoot}/Makefile` : 'Makefile';
  const run = file.slice(packageRoot ? packageRoot.length + 1 : 0);
  const changes: TextChange[] = [];
  for (const m of (facts.text(makefile) ?? '').matchAll(/^(\t[@+-]*[ \t]*)([^\r\n]+)/gm)) {
    const command = m[2] as string;
    if (command.split(/[\s"']+/).includes(run) && store.runner && !/&&|\|\||[;|\\]/.test(command)) {
      const start = m.index + (m[1] as string).length;
      changes.push({ start, end: start + command.length, text: store.runner(command, envFile, spot) });
    }
  }
  return changes.length > 0 ? [{ file: makefile, purpose: 'loader', changes }] : [];
}

/** `"dev": "node bot.js"` becomes `"dev": "op run --env-file=.env -- node bot.js"`. */
function wrappedScript(store: Store, place: Place, envFile: string, spot: Spot): FileChange[] {
  const { manifest } = place.facts;
  const script = scriptOf(place);
  const command = script && manifest?.scripts[script];
  if (!manifest || !command || !store.runner || /&&|\|\||[;|]/.test(command)) {
    return [];
  }
  const root = parseTree(manifest.text);
  const value = root && findNodeAtLocation(root, ['scripts', script]);
  if (value?.type !== 'string') {
    return [];
  }
  const { offset: start, length } = value;
  const text = JSON.stringify(store.runner(command, envFile, spot));
  return [{ file: manifest.path, purpose: 'loader', changes: [{ start, end: start + length, text }] }];
}

/** The tasks of VS Code that run the file: `"command": "node bot.js"`, or the program and its arguments apart. */
function wrappedTasks(store: Store, { file, facts }: Place, envFile: string, spot: Spot): FileChange[] {
  return eachIn(facts.text('.vscode/tasks.json'), '.vscode/tasks.json', 'tasks', (task) => {
    const command = textOf(task, 'command');
    const args = textsOf(task, 'args');
    const runs = [command?.value ?? '', ...(args?.values ?? [])].flatMap((w) => w.split(' '));
    if (!command || !store.runner || !PLAIN.test(command.value) || !runs.some((w) => isFile(w, file))) {
      return [];
    }
    const line = store.runner(command.value, envFile, spot);
    if (!args) {
      return [replaced(command.node, line)];
    }
    const [program = '', ...words] = line.split(' ');
    return PLAIN.test(line) ? [replaced(command.node, program), replaced(args.node, [...words, ...args.values])] : [];
  });
}

/** The debug configurations for Node that start the file: js-debug reaches a program through whatever starts it. Source: code.visualstudio.com, "Node.js debugging", runtimeExecutable. */
function wrappedLaunches(store: Store, { file, facts }: Place, envFile: string, spot: Spot): FileChange[] {
  return eachIn(facts.text('.vscode/launch.json'), '.vscode/launch.json', 'configurations', (launch, text) => {
    const program = textOf(launch, 'program');
    const executable = textOf(launch, 'runtimeExecutable');
    const args = textsOf(launch, 'runtimeArgs');
    const own = [executable?.value ?? 'node', ...(args?.values ?? [])];
    const isNode = /^(?:pwa-)?node$/.test(textOf(launch, 'type')?.value ?? '');
    if (!isNode || !program || !isFile(program.value, file) || !store.runner || own.some((w) => /[\s"']/.test(w))) {
      return [];
    }
    const line = store.runner(own.join(' '), envFile, spot);
    if (!PLAIN.test(line) || own[0] === line.split(' ')[0]) {
      return [];
    }
    const [first = '', ...words] = line.split(' ');
    const changes: TextChange[] = [];
    const end = program.node.offset + program.node.length;
    const start = text.lastIndexOf('\n', program.node.offset) + 1;
    const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
    const alone = /^[ \t]*"program"/.test(text.slice(start));
    const gap = alone ? `,${text.includes('\r\n') ? '\r\n' : '\n'}${indent}` : ', ';
    let added = '';
    if (executable) {
      changes.push(replaced(executable.node, first));
    } else {
      added += `${gap}"runtimeExecutable": ${JSON.stringify(first)}`;
    }
    if (args) {
      changes.push(replaced(args.node, words));
    } else {
      added += `${gap}"runtimeArgs": ${listed(words)}`;
    }
    return added ? [...changes, { start: end, end, text: added }] : changes;
  });
}

function eachIn(
  text: string | undefined,
  file: string,
  list: string,
  changed: (item: Node, text: string) => readonly TextChange[],
): FileChange[] {
  const root = text === undefined ? undefined : parseTree(text, [], { allowTrailingComma: true });
  const items = root && findNodeAtLocation(root, [list]);
  const changes = (items?.children ?? []).flatMap((item) => changed(item, text ?? ''));
  return changes.length > 0 ? [{ file, purpose: 'loader', changes: changes.sort((a, b) => a.start - b.start) }] : [];
}

function textOf(node: Node, name: string): { readonly node: Node; readonly value: string } | undefined {
  const found = findNodeAtLocation(node, [name]);
  return found?.type === 'string' ? { node: found, value: found.value as string } : undefined;
}

function textsOf(node: Node, name: string): { readonly node: Node; readonly values: readonly string[] } | undefined {
  const found = findNodeAtLocation(node, [name]);
  const values = found?.type === 'array' ? (found.children ?? []).map((c) => c.value as unknown) : undefined;
  return found && values?.every((v) => typeof v === 'string') ? { node: found, values: values as string[] } : undefined;
}

function isFile(word: string, file: string): boolean {
  return word.replace(/^\$\{workspaceFolder\}\/|^\.\//, '') === file;
}

function replaced({ offset, length }: Node, value: string | readonly string[]): TextChange {
  return {
    start: offset,
    end: offset + length,
    text: typeof value === 'string' ? JSON.stringify(value) : listed(value),
  };
}

function listed(words: readonly string[]): string {
  return `[${words.map((w) => JSON.stringify(w)).join(', ')}]`;
}
