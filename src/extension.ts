import type * as vscode from 'vscode';
import { Keyward } from './editor/keyward';
import type { Ports } from './editor/ports';

const ports: Ports = {
  shell: process.platform === 'win32' ? 'powershell' : 'posix',
  async projectFiles(folder, options) {
    if (folder.scheme !== 'file') {
      return undefined;
    }
    const { NodeFiles } = await import('./project/node-files');
    return new NodeFiles(folder.fsPath, options);
  },
  async gitObjects(folder) {
    const { gitObjects } = await import('./project/node-git-objects');
    return folder.scheme === 'file' ? gitObjects(folder.fsPath) : undefined;
  },
  async appendLocked(folder, file, make) {
    const { appendLocked } = await import('./project/node-locked-append');
    if (folder.scheme === 'file') {
      await appendLocked(`${folder.fsPath}/${file}`, make);
    }
  },
  async ruleMatcher(onSlow) {
    const { limitedMatcher } = await import('./project/node-rule-matcher');
    return limitedMatcher(onSlow);
  },
  async writeText(folder, write) {
    const { writeText } = await import('./project/node-write');
    writeText(folder.fsPath, write);
  },
};

/** Starts Keyward on desktop and in remote extension hosts. */
export function activate(context: vscode.ExtensionContext): Keyward {
  const keyward = new Keyward(context, ports);
  context.subscriptions.push(keyward);
  return keyward;
}
