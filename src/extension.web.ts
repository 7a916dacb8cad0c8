import './editor/language';
import type * as vscode from 'vscode';
import { Keyward } from './editor/keyward';
import type { Ports } from './editor/ports';

const ports: Ports = {
  shell: 'posix',
  projectFiles: async () => undefined,
};

/** Starts Keyward in the browser's extension host. */
export function activate(context: vscode.ExtensionContext): Keyward {
  const keyward = new Keyward(context, ports);
  context.subscriptions.push(keyward);
  return keyward;
}
