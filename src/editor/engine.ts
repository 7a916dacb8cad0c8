// The engine as the editor uses it: loaded on first use, so that activation stays short.
import { credentialTypes } from '../catalog/all';
import { changesSince, runRecord } from '../checklist/changes';
import { type CheckDefinition, checklistSha256, definitionOf, definitions, stages } from '../checklist/definitions';
import { fixesFor } from '../checklist/fixes/all';
import { keyNamed, keyPlaces, keysOnDay } from '../checklist/key-calendar';
import { isKeyName } from '../checklist/key-references';
import { referencedRecords } from '../checklist/referenced-records';
import { runChecklist } from '../checklist/run';
import { runEntry } from '../checklist/run-entry';
import { appendix, auditLogPath } from '../policy/audit-log';
import { checkAuditLog } from '../policy/audit-log-check';
import { effectiveSettings, readSettings, settingRules } from '../policy/effective';
import { firstInventory } from '../policy/first-inventory';
import { fittedTo, foundKey } from '../policy/found-key';
import { entriesFor, ignoreFilePath, readIgnoreFile, withEntry } from '../policy/ignore-file';
import { withAttestation, withKey, withOwner, withRetirement, withRotation } from '../policy/inventory-edits';
import { checkPolicyText, loadPolicy, policyPaths } from '../policy/load';
import { choicesOf, policyQuestions, profileQuestion, profiles } from '../policy/policy-choices';
import { startingPolicy } from '../policy/starting-policy';
import { isEnvFile, isEnvTemplate } from '../project/env-files';
import { matchesGlob } from '../project/globs';
import { decodeText } from '../project/text-encoding';
import { agentIgnoreFiles, planAgentIgnores } from '../remedy/agent-ignores';
import { applyPlan } from '../remedy/apply-plan';
import { readEnvFile } from '../remedy/env-file';
import { isRefusal } from '../remedy/idiom';
import { ignoreComment } from '../remedy/ignore-comment';
import { missingVariables, usualEnvFile } from '../remedy/plan-env-value';
import { canAddLoader, planFix } from '../remedy/plan-fix';
import { valueToStore } from '../remedy/plan-store-fix';
import { factNames, readProjectFacts } from '../remedy/project-facts';
import { referenceAt, referencedNames, references } from '../remedy/reference-at';
import { heldAt } from '../remedy/store-destination';
import { storeNamed, stores } from '../remedy/stores/all';
import { storesInUse } from '../remedy/stores/in-use';
import { keystoreAt } from '../remedy/stores/keystore-at';
import { heldValue, storeValue } from '../remedy/stores/store-value';
import { planValueWrite, valueHome } from '../remedy/value-home';
import { agentAssessment, agentFindings } from '../report/agent-answers';

import { capabilities, importsOf } from '../report/capabilities';

import { checkPage } from '../report/check-page';
import { falseAlarmReport } from '../report/false-alarm';
import { findingsForms } from '../report/findings-forms';
import { locate } from '../report/located-finding';
import { passport } from '../report/passport';
import { sampleFiles } from '../report/sample-files';
import { typePage } from '../report/type-page';
import { DocumentScanner } from '../scan/document-scanner';
import { keyedFingerprint } from '../scan/fingerprint';
import { scanText } from '../scan/scan';
import { decodedValue } from '../scan/value';
import { credentialName, holderCan, isHalf } from '../scan/wording';
import { say } from '../words/say';

/** A check with its texts in the language of the person. */
function spoken(check: CheckDefinition): CheckDefinition {
  return { ...check, title: say(check.title), intent: say(check.intent) };
}

const byId = new Map(credentialTypes.map((type) => [type.id, type]));

export const engine = {
  attestableChecks: () => definitions.filter((d) => d.automation === 'attest' || d.automation === 'hybrid').map(spoken),
  auditAppendix: appendix,
  auditLogPath,
  checkAuditLog,
  changesSince,
  checklistSha256,
  capabilities,
  importsOf,
  checkPage,
  agentIgnoreFiles,
  fittedTo,
  firstInventory,
  fixesFor,
  foundKey,
  isEnvFile,
  isEnvTemplate,
  keyedFingerprint,
  missingVariables,
  planAgentIgnores,
  rotationPage: (system: string) =>
    credentialTypes.find((t) => t.system === system && t.facts.rotateUrl)?.facts.rotateUrl,
  referencedNames,
  references,
  usualEnvFile,
  isKeyName,
  keyNamed,
  keyPlaces,
  keysOnDay,
  passport,
  referenceAt,
  withAttestation,
  withKey,
  withOwner,
  withRetirement,
  withRotation,
  applyPlan,
  agentAssessment,
  agentFindings,
  canAddLoader,
  checkDefinition: (id: string) => spoken(definitionOf(id)),
  checkPolicyText,
  credentialName,
  credentialType: (id: string) => byId.get(id),
  decodedValue,
  decodeText,
  DocumentScanner,
  effectiveSettings,
  entriesFor,
  factNames,
  falseAlarmReport,
  findingsForms,
  holderCan,
  ignoreComment,
  ignoreFilePath,
  isHalf,
  isRefusal,
  loadPolicy,
  locate,
  matches: (path: string, globs: readonly string[]) => globs.some((glob) => matchesGlob(path, glob)),
  planFix,
  policyPaths,
  readEnvFile,
  readIgnoreFile,
  readProjectFacts,
  readSettings,
  runChecklist,
  runEntry,
  runRecord,
  sampleFiles,
  scanText,
  stageName: (id: string) => say(stages.find((s) => s.id === id)?.name ?? id),
  settingNames: Object.keys(settingRules),
  choicesOf,
  policyQuestions,
  profileQuestion,
  profiles,
  referencedRecords,
  startingPolicy,
  storeNamed,
  storesInUse,
  keystoreAt,
  heldAt,
  heldValue,
  storeValue,
  planValueWrite,
  valueHome,
  stores,
  typePage,
  valueToStore,
  withEntry,
};

export type Engine = typeof engine;
