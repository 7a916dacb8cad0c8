import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../../src/editor/command-ids';
import { repository } from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<unknown>;
const manifest = extension.packageJSON;

describe('the manifest', () => {
  it('lists the commands that the code has, and only those', async () => {
    await extension.activate();
    const declared = manifest.contributes.commands.map((c: { command: string }) => c.command).sort();
    assert.deepEqual(declared, Object.values(commandIds).sort());
    const registered = (await vscode.commands.getCommands(true)).filter((c) =>
      (Object.values(commandIds) as string[]).includes(c),
    );
    assert.deepEqual(registered.sort(), declared);
  });

  it('has a word in package.nls.json for each placeholder, and no other', () => {
    const text = fs.readFileSync(path.join(repository, 'package.json'), 'utf8');
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((m) => m[1]));
    const words = Object.keys(JSON.parse(fs.readFileSync(path.join(repository, 'package.nls.json'), 'utf8')));
    assert.deepEqual(words.sort(), [...used].sort());
  });

  it('has files behind its paths', () => {
    const paths = [
      manifest.main,
      manifest.browser,
      manifest.icon,
      ...manifest.contributes.grammars.map((g: { path: string }) => g.path),
      ...manifest.contributes.jsonValidation.map((v: { url: string }) => v.url),
      ...manifest.contributes.viewsContainers.activitybar.map((v: { icon: string }) => v.icon),
    ];
    for (const file of paths) {
      assert.ok(fs.existsSync(path.join(extension.extensionPath, file)), file);
    }
  });

  it('names views in its menus and welcomes that exist, and commands in them that exist', () => {
    const views = new Set(manifest.contributes.views.keyward.map((v: { id: string }) => v.id));
    const commands = new Set<string>(Object.values(commandIds));
    const entries = Object.values(manifest.contributes.menus).flat() as { command: string; when: string }[];
    for (const { command, when } of entries) {
      assert.ok(commands.has(command), command);
      for (const [, view] of when.matchAll(/view == ([\w.]+)/g)) {
        assert.ok(views.has(view), view);
      }
    }
    const words = JSON.parse(fs.readFileSync(path.join(repository, 'package.nls.json'), 'utf8'));
    for (const { view, contents } of manifest.contributes.viewsWelcome) {
      assert.ok(views.has(view), view);
      const text = contents.startsWith('%') ? words[contents.slice(1, -1)] : contents;
      for (const [, command] of text.matchAll(/command:(keyward\.\w+)/g)) {
        assert.ok(commands.has(command), command);
      }
    }
  });

  it('declares the settings that are read, and only those', async () => {
    const { settingRules } = await import('../../../src/policy/effective');
    const { editorSettings } = await import('../../../src/editor/settings');
    const declared = manifest.contributes.configuration
      .flatMap((s: { properties: object }) => Object.keys(s.properties))
      .sort();
    assert.deepEqual(declared, [...Object.keys(settingRules), ...editorSettings].sort());
    for (const name of declared) {
      assert.notEqual(vscode.workspace.getConfiguration().inspect(name)?.defaultValue, undefined, name);
    }
  });
});
