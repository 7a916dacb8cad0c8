import { say } from '../../words/say';
import type { CheckResult, Evidence } from '../assessment';
import { bindLoopback, dropRoot, hardenPod } from './containers';
import {
  addCodeOwners,
  completePlaybook,
  createAlertRules,
  createCeremony,
  createDependabot,
  createPostMortem,
  createSecurityPolicy,
} from './documents';
import { addToDockerignore, addToGitignore, addToNpmignore, ignoreTracked, ownerOnly, untrack } from './ignore-files';
import {
  addExpiry,
  addHistory,
  addKey,
  addRecovery,
  addRevocation,
  assignOwner,
  ignoreName,
  markRevoked,
  markRotated,
  retire,
  setConsumers,
  setHolders,
  setOrigin,
  setWithinMinutes,
} from './inventory-records';
import type { Fix, FixPlace, FixProject, OfferedFix } from './offered-fix';
import { addPreCommit, addScan, pinAction, readOnlyToken, remindOfRotation } from './pipelines';
import {
  addAuditLog,
  addContacts,
  addCriticalOperations,
  addEnvironments,
  addIssuedKeys,
  addMonitoring,
  addOverlap,
  addReminder,
  addRotation,
  addStandards,
  addTriggers,
  completeTriggers,
  createRotationRunbook,
  markReviewed,
  removeSuppression,
} from './policy-sections';
import { presentPlace } from './present-place';
import { secureRandom } from './randomness';
import { disableVerbose, failClosed, placeholder, strengthen, terraformHygiene } from './settings-in-place';
import { enableVerification, upgradeScheme } from './transport';

/** Fixes of what a probe sees in one place. */
const BY_PROBE: Readonly<Record<string, readonly Fix[]>> = {
  weakRandomNearKeyMaterial: [secureRandom],
  weakKeyParameters: [strengthen],
  literalSecretInDocs: [placeholder],
  wellKnownKeyInUse: [failClosed],
  defaultCredentialInUse: [failClosed],
  ignoreRulesPresent: [addToGitignore],
  trackedSecretFile: [untrack, ignoreTracked],
  iacLiteralSecret: [(place) => (/\.tfstate/.test(place.file) ? untrack(place) : undefined)],
  iacSecretHygiene: [terraformHygiene],
  secretInImageBuild: [addToDockerignore],
  packagedSecret: [addToNpmignore],
  containerUser: [dropRoot],
  podHardening: [hardenPod],
  keyFileMode: [(place) => (/\.service$/.test(place.file) ? undefined : ownerOnly(place))],
  plaintextEndpoint: [upgradeScheme],
  tlsVerificationDisabled: [enableVerification],
  workflowPermissions: [readOnlyToken],
  ciUnpinnedAction: [pinAction],
  wideBind: [bindLoopback],
  verboseClient: [disableVerbose],
  keyAge: [markRotated, retire],
  keyExpiry: [addExpiry],
  unusedKey: [retire],
  compromisedNotRevoked: [markRevoked],
  inventoryRecordComplete: [assignOwner, setOrigin],
  recoveryPlanned: [addRecovery, addOverlap],
  keyShared: [setConsumers],
  holdersRecorded: [setHolders],
  historyLegal: [addHistory],
  revocationProcedureLinked: [addRevocation, setWithinMinutes],
  unregisteredReference: [addKey, ignoreName],
  rotationLimitSet: [addRotation],
  rotationMethodDeclared: [remindOfRotation, addReminder],
  triggersAndRunbook: [addTriggers, completeTriggers, createRotationRunbook],
  departedOwnerKey: [markRotated],
  incidentKeyRotated: [markRotated],
  auditLogDeclared: [addAuditLog],
  monitoringDeclared: [addMonitoring, createAlertRules],
  playbookFound: [completePlaybook],
  playbookSteps: [completePlaybook],
  securityContact: [createSecurityPolicy, addContacts],
  incidentContacts: [addContacts],
  incidentClosed: [createPostMortem],
  updateToolConfigured: [createDependabot],
  policyOwned: [addCodeOwners],
  policyReviewed: [markReviewed],
  scopeDeclared: [addStandards],
  suppressionHygiene: [removeSuppression],
  policyPresent: [createPolicy],
};

/** Fixes of checks that point to no place. */
const BY_CHECK: Readonly<Record<string, readonly Fix[]>> = {
  'KW-GEN-07': [createCeremony],
  'KW-ACC-01': [addEnvironments],
  'KW-ACC-09': [addPreCommit],
  'KW-ACC-10': [addScan],
  'KW-ACC-12': [addCriticalOperations],
  'KW-DIS-04': [addCodeOwners],
  'KW-GOV-05': [addCodeOwners],
  'KW-ROT-05': [createRotationRunbook],
  'KW-ISS-01': [addIssuedKeys],
  'KW-ISS-03': [addIssuedKeys],
  'KW-ISS-06': [addIssuedKeys],
  'KW-ISS-08': [addIssuedKeys],
};

/** Checks that a person may answer. */
const ATTESTED = /^KW-(?:GEN-07|ACC-1[01]|INC-0[568]|ISS-0[3-8])$/;

function createPolicy({ project }: FixPlace): OfferedFix | undefined {
  return project.policy.state === 'no-policy'
    ? { id: 'qf.policy.create', title: say('Create keyward.policy.jsonc…'), elsewhere: { to: 'create-policy' } }
    : undefined;
}

/**
 * The fixes for one piece of a result's evidence, or for the check as a whole. They are worked out on the present texts: none is
 * offered where the line of the evidence is no longer what it was.
 */
export async function fixesFor(
  result: Pick<CheckResult, 'check' | 'status' | 'reason'>,
  evidence: Evidence | undefined,
  project: FixProject,
): Promise<readonly OfferedFix[]> {
  const { check, status } = result;
  const offered: OfferedFix[] = [];
  const add = (fix: OfferedFix | undefined) => {
    if (fix && !offered.some((o) => o.title === fix.title)) {
      offered.push(fix);
    }
  };
  if (evidence && (status === 'fail' || status === 'warn')) {
    const text = await project.text(evidence.file);
    const at = text === undefined ? 0 : presentPlace(project, check, evidence, text);
    if (at !== undefined) {
      const place: FixPlace = { check, probe: evidence.probe ?? '', file: evidence.file, text, at, project };
      for (const fix of BY_PROBE[place.probe] ?? []) {
        add(await fix(place));
      }
    }
  }
  if (status !== 'pass' && status !== 'not-applicable' && status !== 'error') {
    if (result.reason === 'no-policy') {
      add(createPolicy({ project } as FixPlace));
    }
    for (const fix of BY_CHECK[check] ?? []) {
      add(await fix({ check, probe: '', file: '', text: undefined, at: 0, project }));
    }
    if (ATTESTED.test(check) && project.policy.state === 'ok' && status !== 'fail') {
      add({
        id: 'qf.attest.record',
        title: say('State that it is so, with evidence ({0})…', check),
        elsewhere: { to: 'attest', check },
      });
    }
  }
  return offered;
}
