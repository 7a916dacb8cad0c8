import * as vscode from 'vscode';
import { speak } from '../words/say';

// Before any other part is loaded: what all rooms say is said in VS Code's display language.
speak((message, ...holes) => vscode.l10n.t(message, ...holes));
