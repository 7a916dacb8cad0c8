import { say } from '../../words/say';
import { askPolicy, declared } from '../declared';
import { factsOf } from '../facts';
import { inventoryOf } from '../inventory';
import { keyReferences } from '../key-references';
import { concluded, count, type Draft, details, notApplicable, type Observation, verdict } from '../observation';
import { productionKeys, recoveryPlans } from '../probes/key-records';
import { allowedStores, signingStores } from '../probes/key-stores';
import { signers } from '../probes/signers';
import { plaintextMounts, vaultIntegration } from '../probes/vault-integration';
import type { ProjectTexts } from '../project-texts';
import { plaintextConfiguration } from './storage';

const NO_KEYS = say('No key is referenced, found or listed.');
const of = (list: readonly Observation[], outcome: Observation['outcome']) => list.filter((o) => o.outcome === outcome);

/** The rest of stage STO, which needs to know what keys there are: vaults, hardware, recovery. */
export const vaults: readonly ((project: ProjectTexts) => Draft)[] = [
  function inApprovedStores(project) {
    const check = 'KW-STO-04';
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, NO_KEYS);
    }
    const integration = vaultIntegration(project);
    if (project.policy.state === 'ok') {
      const number = productionKeys(project).length;
      const all = [...allowedStores(project), ...plaintextMounts(project), ...integration];
      return concluded(check, all, (left) => {
        const basis = left.some((o) => o.probe === 'vaultIntegrationSeen') ? 'observed' : 'declared';
        if (of(left, 'fail').length > 0) {
          return { status: 'fail', basis: 'declared', message: details(of(left, 'fail')) };
        }
        if (inventoryOf(project).keys.length === 0 && keyReferences(project).length > 0) {
          return {
            status: 'warn',
            basis,
            message: say('Keys are referenced, and no record says where they are kept.'),
          };
        }
        return of(left, 'warn').length > 0
          ? {
              status: 'warn',
              basis: 'observed',
              message: say('The store is allowed, but a service is given an env file with plaintext keys.'),
            }
          : { status: 'pass', basis, message: say('{0} in allowed stores.', count(number, 'active production key')) };
      });
    }
    const leaks = of(plaintextConfiguration(project).observations, 'fail');
    return concluded(check, [...leaks, ...integration], (left) =>
      of(left, 'fail').length > 0
        ? {
            status: 'fail',
            basis: 'observed',
            message: say('Keys are read from exposed plaintext files, and no policy names another store.'),
          }
        : integration.length > 0
          ? {
              status: 'warn',
              basis: 'observed',
              message: say('A vault is used, but no valid policy says for which keys.'),
            }
          : askPolicy(check, project, say('where are the production keys kept?')),
    );
  },
  function signersInHardware(project) {
    const check = 'KW-STO-09';
    if (!factsOf(project).hasSigningKeys) {
      return notApplicable(check, say('No key signs or withdraws in production.'));
    }
    const { raw, rawForTests, managed, keystores } = signers(project);
    const records = signingStores(project);
    return concluded(check, [...raw, ...records, ...managed, ...keystores, ...rawForTests], (left) => {
      const bad = of(left, 'fail');
      const wordy = details(bad);
      const seenRaw = bad.some((o) => o.probe === 'rawSignerOnMainnet');
      const said = `${seenRaw ? say('A raw key or phrase signs for a network of value.') : ''} ${wordy}`.trim();
      if (bad.length > 0) {
        return { status: 'fail', basis: seenRaw ? 'observed' : 'declared', message: said };
      }
      if (of(left, 'warn').length > 0) {
        return { status: 'warn', basis: 'declared', message: details(of(left, 'warn')) };
      }
      if (records.length > 0 || managed.length > 0) {
        return {
          status: 'pass',
          basis: managed.length > 0 ? 'observed' : 'declared',
          message: say('Production signs with an HSM, a KMS, MPC or a hardware wallet.'),
        };
      }
      if (keystores.length > 0 || rawForTests.length > 0) {
        return {
          status: 'warn',
          basis: 'observed',
          message: say('Nothing but a keystore, or no record, protects production keys.'),
        };
      }
      return project.policy.state === 'ok'
        ? {
            status: 'not-applicable',
            message: say('No active key signs in production; withdrawal keys that are API keys belong to KW-STO-04.'),
          }
        : askPolicy(check, project, say('where are the signing keys kept?'));
    });
  },
  function recoveryPlanned(project) {
    const check = 'KW-STO-10';
    if (!factsOf(project).hasKeys) {
      return notApplicable(check, NO_KEYS);
    }
    if (project.policy.state !== 'ok') {
      return askPolicy(check, project, say('how does each key come back when it is lost?'));
    }
    const overlap = project.policy.policy?.rotation?.overlapHours;
    const rule =
      overlap === undefined
        ? [declared(project, ['rotation'], 'recoveryPlanned', 'warn', say('rotation.overlapHours is not set'))]
        : [];
    return verdict(
      check,
      [...recoveryPlans(project), ...rule],
      {
        fail: details,
        warn: details,
        pass: say('Every active production key can be recovered, and rotation overlaps.'),
      },
      'declared',
    );
  },
];
