import * as vscode from 'vscode';
import type { CheckResult } from '../checklist/assessment';
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

/** What a check came to, as people read it. */
export function statusWord(status: CheckResult['status']): string {
  return {
    pass: vscode.l10n.t('pass'),
    warn: vscode.l10n.t('warn'),
    fail: vscode.l10n.t('fail'),
    'not-applicable': vscode.l10n.t('not applicable'),
    'needs-attestation': vscode.l10n.t('needs attestation'),
    error: vscode.l10n.t('could not look'),
  }[status];
}
