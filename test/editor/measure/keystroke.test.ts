import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { emptyWorkspace, open, until, write } from '../workspace';

const ROUNDS = 30;
const LINE = 'const total = rows.map((row) => row.amount * row.price).reduce((a, b) => a + b, 0);\n';

/** Milliseconds until the number of the document's findings is `count`. */
async function told(uri: vscode.Uri, count: number, started: number): Promise<number> {
  const isSo = () => vscode.languages.getDiagnostics(uri).length === count;
  if (!isSo()) {
    await new Promise<void>((resolve) => {
      const listener = vscode.languages.onDidChangeDiagnostics(() => {
        if (isSo()) {
          listener.dispose();
          resolve();
        }
      });
    });
  }
  return performance.now() - started;
}

describe('a keystroke', () => {
  it('is measured up to the squiggle that it draws', async () => {
    await emptyWorkspace();
    const key = randomBytes(32).toString('hex');
    write({ 'warm.ts': `const PRIVATE_KEY = '${randomBytes(32).toString('hex')}';\n` });
    const warm = await open('warm.ts');
    await until('the engine', () => vscode.languages.getDiagnostics(warm.document.uri).length === 1);
    const before = `${LINE.repeat(500)}const PRIVATE_KEY = '${key.slice(0, 63)}`;
    write({ 'typed.ts': `${before}';\n${LINE.repeat(500)}` });
    const editor = await open('typed.ts');
    const end = editor.document.positionAt(before.length);
    editor.selection = new vscode.Selection(end, end);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const taken: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const started = performance.now();
      await vscode.commands.executeCommand('type', { text: key[63] });
      taken.push(await told(editor.document.uri, 1, started));
      await vscode.commands.executeCommand('deleteLeft');
      await told(editor.document.uri, 0, 0);
    }
    fs.writeFileSync(process.env.KEYWARD_MEASURED as string, JSON.stringify(taken));
  });
});
