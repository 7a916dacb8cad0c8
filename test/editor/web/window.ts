import * as vscode from 'vscode';

/** What the tests of the browser's host need: no Node is there. */

export function check(condition: unknown, what: string): asserts condition {
  if (!condition) {
    throw new Error(what);
  }
}

export function same(actual: unknown, expected: unknown, what = ''): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(a === b, `${what} expected ${b}, found ${a}`);
}

/** The folder that is open. */
export function folder(): vscode.WorkspaceFolder {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  check(first, 'a folder is open');
  return first;
}

const at = (name: string) => vscode.Uri.joinPath(folder().uri, name);

export async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
  }
}

/** A file's text in the file system; undefined when there is none. */
export async function read(name: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(at(name)));
  } catch {
    return undefined;
  }
}

export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(name)));
}

export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) {
      return seen;
    }
    check(Date.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

export function squiggles(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((d) => d.source === 'keyward');
}

export function squigglesOf(uri: vscode.Uri, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} squiggles`, () => {
    const found = squiggles(uri);
    return found.length === count && found;
  });
}

/** A provider's answer, asked for again where VS Code cancels the request: it does so while a text is being opened. */
function asked<T>(command: string, ...args: unknown[]): Promise<T> {
  return until('an answer', async () => {
    try {
      return await vscode.commands.executeCommand<T>(command, ...args);
    } catch (error) {
      if (error instanceof vscode.CancellationError || (error as Error).name === 'Canceled') {
        return undefined;
      }
      throw error;
    }
  });
}

/** What the lightbulb offers on a diagnostic. */
export async function lightbulb(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const actions = await asked<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.filter((a) => a.command?.command.startsWith('keyward.'));
}

/** Text of the hovers at a place. */
export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await asked<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap((h) => h.contents)
    .map((c) => (typeof c === 'string' ? c : c.value))
    .join('\n');
}

/** Random letters and digits, as test/scan/specimens.ts makes them. */
export function alnum(length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return [...crypto.getRandomValues(new Uint8Array(length))].map((n) => letters[n % 62]).join('');
}
