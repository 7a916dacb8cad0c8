import * as vscode from 'vscode';
import type { ChecklistRun } from './checklist-run';
import type { FolderAssessment } from './checklist-view';
import { exportReport, type ReportFormat } from './export-report';

/** Asks for a folder where there are several, and writes its report in the form that the person chooses. */
export async function exportChecklist(checklist: ChecklistRun, of?: FolderAssessment): Promise<vscode.Uri | undefined> {
  const chosen = of ?? (await chosenRun(checklist));
  if (!chosen) {
    return undefined;
  }
  const reports = await import('../report/checklist-reports');
  const { assessment, folder } = chosen;
  const forms = Object.values(reports.assessmentForms).map(
    (form): ReportFormat => ({ ...form, write: () => form.write(assessment) }),
  );
  const archive: ReportFormat = {
    label: vscode.l10n.t('Evidence archive'),
    extension: 'zip',
    file: reports.evidenceName(assessment),
    write: () => evidence(checklist, folder),
  };
  return exportReport('keyward-checklist', [...forms, archive], folder);
}

async function chosenRun(checklist: ChecklistRun): Promise<FolderAssessment | undefined> {
  const all = checklist.last.length ? checklist.last : await checklist.run();
  const choice =
    all.length > 1
      ? await vscode.window.showQuickPick(
          all.map((of) => ({ label: of.folder.name, of })),
          { title: vscode.l10n.t('Which folder?') },
        )
      : undefined;
  return choice?.of ?? (all.length === 1 ? all[0] : undefined);
}

/** The archive of a folder as it is now: its report and its policy must be of the same moment. */
async function evidence(checklist: ChecklistRun, folder: vscode.WorkspaceFolder): Promise<Uint8Array> {
  const reports = await import('../report/checklist-reports');
  const engine = await checklist.engine.load();
  const now = (await checklist.run()).find((r) => r.folder.uri.toString() === folder.uri.toString());
  const files = await checklist.contexts.files(folder);
  if (!now) {
    throw new Error(vscode.l10n.t('The folder {0} is no longer open.', folder.name));
  }
  return reports.evidenceArchive({ assessment: now.assessment, policy: await engine.loadPolicy(files), files });
}
