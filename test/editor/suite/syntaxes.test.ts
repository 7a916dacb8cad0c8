import path from 'node:path';
import * as vscode from 'vscode';
import { describeSyntaxes } from '../syntaxes';
import { repository } from '../workspace';

const keyward = vscode.extensions.getExtension('keyward.keyward')?.extensionPath as string;

describeSyntaxes(path.join(vscode.env.appRoot, 'extensions'), keyward, path.join(repository, 'node_modules'));
