import * as vscode from 'vscode';
import type { Reason } from '../scan/finding';

/** Why the scanner thinks so, in words. */
export const REASONS: Readonly<Record<Reason, string>> = {
  checksum: vscode.l10n.t('its checksum is right'),
  prefix: vscode.l10n.t('its prefix is the published one'),
  pair: vscode.l10n.t('its other half stands beside it'),
  name: vscode.l10n.t('it is named so'),
  header: vscode.l10n.t('it is sent in that header'),
  parameter: vscode.l10n.t('it is that query parameter'),
  host: vscode.l10n.t("the provider's host stands beside it"),
  call: vscode.l10n.t('it is handed to that function'),
  option: vscode.l10n.t('it is that option'),
  parent: vscode.l10n.t('the section around it says so'),
  label: vscode.l10n.t('a label says so'),
  'provider-near': vscode.l10n.t('the provider is named near it'),
  shape: vscode.l10n.t('it has the exact shape'),
  entropy: vscode.l10n.t('it looks random'),
  'custom-rule': vscode.l10n.t("a rule of the team's policy matches it"),
};
