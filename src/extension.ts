import './editor/language';
import type * as vscode from 'vscode';
import { desktopPorts } from './desktop-ports';
import { Keyward } from './editor/keyward';

/** Starts Keyward on desktop and in remote extension hosts. */
export function activate(context: vscode.ExtensionContext): Keyward {
  const keyward = new Keyward(context, desktopPorts);
  context.subscriptions.push(keyward);
  return keyward;
}
