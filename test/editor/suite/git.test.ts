import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum } from '../../scan/specimens';
import { emptyWorkspace, until, workspace, write } from '../workspace';

const keyward = () => vscode.extensions.getExtension<Keyward>('keyward.keyward')?.exports as Keyward;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: workspace });
const member = (value: string) => `const binanceApiSecret = '${value}';\n`;

describe('what git holds', () => {
  beforeEach(emptyWorkspace);

  it('is told when a key is staged, and no more when it is not', async () => {
    const value = alnum(64);
    write({ 'staged.js': member(value) });
    git('add', '-A');
    assert.equal(await vscode.commands.executeCommand('keyward.auditStaged'), 1);
    const [only] = keyward().git.staged;
    assert.equal(only?.finding.file, 'staged.js');
    const held = await vscode.workspace.openTextDocument(only?.uri as vscode.Uri);
    assert.ok(held.getText().includes(value));
    git('rm', '-q', '--cached', 'staged.js');
    await until('nothing staged', () => keyward().git.staged.length === 0);
  });

  it('is watched where the index lies outside of the folder, as a linked work tree has it', async () => {
    const elsewhere = fs.mkdtempSync(path.join(tmpdir(), 'keyward-git-'));
    try {
      fs.rmSync(path.join(workspace, '.git'), { recursive: true, force: true });
      git('init', '-q', `--separate-git-dir=${path.join(elsewhere, 'g')}`);
      assert.equal(await vscode.commands.executeCommand('keyward.auditStaged'), 0);
      await new Promise((resolve) => setTimeout(resolve, 2000)); // VS Code's watcher starts in a process of its own
      write({ 'staged.js': member(alnum(64)) });
      git('add', '-A');
      await until('the staged key', () => keyward().git.staged.length === 1);
      git('rm', '-q', '--cached', 'staged.js');
      await until('nothing staged', () => keyward().git.staged.length === 0);
    } finally {
      fs.rmSync(path.join(workspace, '.git'), { force: true });
      fs.rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it('is searched through all its history, with the commit and the day', async () => {
    write({ 'old.js': member(alnum(64)) });
    git('add', '-A');
    git('commit', '-qm', 'x', '--no-verify');
    fs.rmSync(path.join(workspace, 'old.js'));
    git('add', '-A');
    git('commit', '-qm', 'y', '--no-verify');
    assert.equal(await vscode.commands.executeCommand('keyward.auditHistory'), 1);
    const [only] = keyward().git.history;
    assert.equal(only?.from?.reach, 'local');
    assert.equal(only?.from?.path, 'old.js');
  });
});
