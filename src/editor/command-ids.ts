/** Every command of Keyward. Those that only other parts of it call are not in the palette. */
export const commandIds = {
  auditFile: 'keyward.auditFile',
  auditWorkspace: 'keyward.auditWorkspace',
  auditStaged: 'keyward.auditStaged',
  auditHistory: 'keyward.auditHistory',
  createPolicy: 'keyward.createPolicy',
  exportChecklist: 'keyward.exportChecklist',
  exportFindings: 'keyward.exportFindings',
  openPolicy: 'keyward.openPolicy',
  moveSecret: 'keyward.moveSecret',
  runChecklist: 'keyward.runChecklist',
  showLog: 'keyward.showLog',
  applyFix: 'keyward.applyFix',
  ignoreFinding: 'keyward.ignoreFinding',
  openEvidence: 'keyward.openEvidence',
  toggleConceal: 'keyward.toggleConceal',
  revealValue: 'keyward.revealValue',
  moreActions: 'keyward.moreActions',
  fixFinding: 'keyward.fixFinding',
  filterFindings: 'keyward.filterFindings',
  groupFindings: 'keyward.groupFindings',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
