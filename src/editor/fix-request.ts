import * as vscode from 'vscode';
import type { Plan, Refusal } from '../remedy/plan';
import type { FixRequest } from '../remedy/plan-fix';
import type { ProjectFacts } from '../remedy/project-facts';
import type { Held } from '../remedy/store-destination';
import type { Finding } from '../scan/finding';
import type { Engine } from './engine';
import { type FolderContexts, homeOf } from './folder-contexts';
import type { ScannedDocument } from './open-documents';

/** Why no fix can be made in a text at all, whatever stands in it. */
export function targetRefusal(
  document: vscode.TextDocument,
  folder: vscode.WorkspaceFolder | undefined,
): Refusal | undefined {
  if (document.isUntitled) {
    return {
      refused: vscode.l10n.t('This text is not saved: it belongs to no project yet.'),
      wayOut: vscode.l10n.t('Save it in a folder, then move the value.'),
    };
  }
  if (!folder) {
    return {
      refused: vscode.l10n.t('No folder is open that holds this file, so there is no project to keep an env file in.'),
      wayOut: vscode.l10n.t('Open the folder of the project (File > Open Folder).'),
    };
  }
  if (vscode.workspace.fs.isWritableFileSystem(homeOf(document.uri).scheme) === false) {
    return {
      refused: vscode.l10n.t('This file system is read-only.'),
      wayOut: vscode.l10n.t('Work on a copy that can be written.'),
    };
  }
  return undefined;
}

/** What a person has chosen for one fix. */
export interface FixWishes {
  /** Where the values go; absent: where the policy or the settings say. */
  readonly store?: string;
  readonly addLoader?: boolean;
  /** What the store has turned out to hold. */
  readonly held?: Held;
}

/** A text as the planner takes it: a document, or what one will be. */
export interface FixableText {
  readonly document: Pick<vscode.TextDocument, 'getText' | 'languageId'>;
  readonly context: ScannedDocument['context'];
}

/**
 * Where values go when nobody says: the store that was chosen, else one that the project uses already, else the env file. Of
 * wallet keys in code, fixRequest puts the encrypted keystore of a tool that is present before the env file.
 */
export function usualStore(
  engine: Engine,
  { effective }: Pick<FixableText['context'], 'effective'>,
  facts: ProjectFacts,
): string {
  return effective.storeChosen ? effective.store : (engine.storesInUse(facts)[0]?.id ?? effective.store);
}

/** What the planner needs for findings of one text. */
export function fixRequest(
  engine: Engine,
  { document, context }: FixableText,
  facts: ProjectFacts,
  path: string,
  findings: readonly Finding[],
  { addLoader = false, store: wished, held }: FixWishes = {},
): FixRequest {
  const { envFile, names, referenceTemplate, storeChosen } = context.effective;
  const { languageId } = document;
  const request = { facts, file: path, text: document.getText(), languageId, findings };
  const usual = wished ?? usualStore(engine, context, facts);
  const keystore = wished === undefined && usual === 'env' && !storeChosen ? engine.keystoreAt(request) : undefined;
  const store = keystore?.id ?? usual;
  return {
    ...request,
    options: {
      names,
      addLoader,
      store,
      ...(held ? { held } : {}),
      // The form belongs to the store that was chosen with it.
      ...(referenceTemplate && store === context.effective.store ? { referenceTemplate } : {}),
      ...(context.folder ? { project: context.folder.name } : {}),
      ...(envFile ? { envFile } : {}),
    },
  };
}

/** Plans a fix for a text as it is now. */
export async function planFor(
  engine: Engine,
  contexts: FolderContexts,
  scanned: ScannedDocument,
  findings: readonly Finding[],
  wishes: FixWishes = {},
): Promise<Plan | Refusal> {
  const { document, context } = scanned;
  const refusal = targetRefusal(document, context.folder);
  if (refusal || !context.folder) {
    return refusal as Refusal;
  }
  const path = contexts.pathOf(document.uri);
  const facts = await contexts.facts(context.folder, path);
  const plan = engine.planFix(fixRequest(engine, scanned, facts, path, findings, wishes));
  // A store that nobody chose is no reason to refuse a fix, as long as it has not been asked.
  return engine.isRefusal(plan) && wishes.store === undefined && !wishes.held?.size && !context.effective.storeChosen
    ? engine.planFix(fixRequest(engine, scanned, facts, path, findings, { ...wishes, store: 'env' }))
    : plan;
}
