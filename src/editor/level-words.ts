import * as vscode from 'vscode';
import type { Finding } from '../scan/finding';

/** A severity as people read it. */
export function severityWord(severity: Finding['severity']): string {
  return {
    critical: vscode.l10n.t('critical'),
    high: vscode.l10n.t('high'),
    medium: vscode.l10n.t('medium'),
    low: vscode.l10n.t('low'),
  }[severity];
}
