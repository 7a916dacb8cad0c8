import { composeFiles } from '../formats/compose';
import { dockerfiles } from '../formats/dockerfile';
import { manifests, podOf, unreadableManifests } from '../formats/kubernetes';
import { unreadable } from '../formats/read';
import { count, type Draft, notApplicable, type Observation, unlessUnread, verdict } from '../observation';
import { packagedSecrets, publicNames, shipsCode } from '../probes/client-bundle';
import { composeLiterals, imageBuild } from '../probes/container';
import { infrastructureHygiene, infrastructureLiterals } from '../probes/infrastructure';
import { kubernetesLiterals } from '../probes/kubernetes';
import { literalObservations } from '../probes/literals';
import {
  composePrivileges,
  containerUsers,
  isKeyFile,
  keyFileModes,
  podHardening,
  serviceUnits,
  unitUsers,
} from '../probes/run-time';
import { ignoreRules, trackedSecretFiles } from '../probes/secret-files';
import type { ProjectText, ProjectTexts } from '../project-texts';

const places = (list: readonly Observation[]) => count(new Set(list.map((o) => o.file)).size, 'file');

/** Env files of production hold live keys: being ignored by git is not enough for them. */
function outcomeOf(file: ProjectText): 'fail' | 'warn' {
  return file.local && !/\.env\.(?:prod|production|live|mainnet)|(?:^|\/)(?:prod|production|live)\.env$/.test(file.path)
    ? 'warn'
    : 'fail';
}

/** KW-STO-01: what env and configuration files hold. */
export function plaintextConfiguration(project: ProjectTexts): Draft {
  const files = project.of('env', 'config', 'template');
  if (!files.some((f) => f.class !== 'template') && project.unread('env', 'config').length === 0) {
    const templates = files.flatMap((f) => literalObservations(f, 'literalSecretInConfig', () => 'fail'));
    if (templates.length === 0) {
      return notApplicable('KW-STO-01', 'There is no env or configuration file.');
    }
  }
  const observations = files.flatMap((f) =>
    literalObservations(f, 'literalSecretInConfig', (c) => (c === 'possible' ? 'warn' : outcomeOf(f))),
  );
  const draft = verdict('KW-STO-01', observations, {
    fail: (bad) =>
      `${count(bad.length, 'plaintext key')} in ${places(bad)} that git tracks, does not ignore, or that is for production.`,
    warn: (bad) => `${count(bad.length, 'plaintext key')} in ${places(bad)}, kept out of git.`,
    pass: 'Env and configuration files hold references, placeholders and empty values only.',
  });
  return unlessUnread(draft, project.unread('env', 'config'));
}

/** Stage STO: where keys lie. */
export const storage: readonly ((project: ProjectTexts) => Draft)[] = [
  plaintextConfiguration,
  function secretFilesIgnored(project) {
    if (!project.git && !project.text('.gitignore')) {
      return notApplicable('KW-STO-02', 'This is no git repository and has no .gitignore.');
    }
    const tracked = trackedSecretFiles(project);
    const rules = ignoreRules(project);
    return verdict('KW-STO-02', [...tracked, ...rules.observations], {
      fail: (bad) => {
        const files = bad.filter((o) => o.probe === 'trackedSecretFile').map((o) => o.file);
        const said = files.length
          ? `Git tracks ${files.slice(0, 3).join(', ')}${files.length > 3 ? ' and more' : ''}.`
          : '';
        return `${said}${rules.coversEnv ? '' : `${said ? ' ' : ''}No ignore rule covers .env.`}`;
      },
      warn: (bad) => {
        const files = bad.filter((o) => o.probe === 'trackedSecretFile').map((o) => o.file);
        const missing = rules.missing.length ? `.gitignore lacks ${rules.missing.join(', ')}.` : '';
        return [files.length ? `Git tracks ${files.join(', ')}, which holds no secret now.` : '', missing]
          .filter(Boolean)
          .join(' ');
      },
      pass: 'No secret-bearing file is tracked, and the ignore rules cover the usual ones.',
    });
  },
  function notInImages(project) {
    if (project.of('container').every((f) => f.path.endsWith('.dockerignore'))) {
      return notApplicable('KW-STO-03', 'There is no container file.');
    }
    const draft = verdict('KW-STO-03', [...imageBuild(project), ...composeLiterals(project)], {
      fail: (bad) => `${count(bad.length, 'place')} in ${places(bad)} put a key into an image or a compose file.`,
      warn: (bad) => `${count(bad.length, 'place')} in ${places(bad)} may take a key into an image.`,
      pass: 'Images and compose files take keys at run time only.',
    });
    return unlessUnread(draft, [...unreadable(composeFiles(project)), ...project.unread('container')]);
  },
  function kubernetesClean(project) {
    if (project.of('k8s').length === 0) {
      return notApplicable('KW-STO-05', 'There is no Kubernetes, Helm or Kustomize file.');
    }
    const { observations, unread } = kubernetesLiterals(project);
    const draft = verdict('KW-STO-05', observations, {
      fail: (bad) => `${count(bad.length, 'plaintext or base64 secret')} in ${places(bad)}.`,
      warn: (bad) =>
        `${count(bad.length, 'Secret manifest')} with placeholders, or a generator that reads an env file.`,
      pass: 'Manifests hold references and encrypted forms only.',
    });
    return unlessUnread(draft, [...unread, ...project.unread('k8s')]);
  },
  function infrastructureClean(project) {
    const files = project.of('iac');
    const states = project.entries.some((e) => /\.tfstate(?:\.|$)/.test(e.path));
    if (files.length === 0 && !states) {
      return notApplicable('KW-STO-06', 'There is no infrastructure code.');
    }
    const draft = verdict('KW-STO-06', [...infrastructureLiterals(project), ...infrastructureHygiene(project)], {
      fail: (bad) => `${count(bad.length, 'secret or state file')} in ${places(bad)}.`,
      warn: () => 'A secret variable is not marked sensitive, or the state has no encrypted remote backend.',
      pass: 'No literal, secret variables are marked, and the state is remote and encrypted.',
    });
    return unlessUnread(draft, [...unreadable(files), ...project.unread('iac')]);
  },
  function protectedAtRunTime(project) {
    const check = 'KW-STO-07';
    const workloads = manifests(project).some((m) => podOf(m) !== undefined);
    const keyFiles = project.entries.some((e) => isKeyFile(project, e.path));
    const found = [dockerfiles(project), composeFiles(project), serviceUnits(project)].some((l) => l.length > 0);
    const unread = [...unreadable(composeFiles(project)), ...unreadableManifests(project)];
    if (!found && !workloads && !keyFiles && unread.length === 0) {
      return notApplicable(check, 'There is no container, workload, service unit or key file.');
    }
    const observations = [
      ...containerUsers(project),
      ...composePrivileges(project),
      ...podHardening(project),
      ...keyFileModes(project),
      ...unitUsers(project),
    ];
    const draft = verdict(check, observations, {
      fail: (bad) => `${count(bad.length, 'workload')} with keys as root or with wide rights in ${places(bad)}.`,
      warn: (bad) => `${count(bad.length, 'protection')} missing in ${places(bad)}.`,
      pass: 'What runs with keys is hardened.',
    });
    return unlessUnread(draft, unread);
  },
  function notInClientCode(project) {
    const { frontEnd, publishable } = shipsCode(project);
    if (!frontEnd && !publishable) {
      return notApplicable('KW-STO-08', 'There is no front end and nothing to publish.');
    }
    const observations = [...(frontEnd ? publicNames(project) : []), ...(publishable ? packagedSecrets(project) : [])];
    return verdict('KW-STO-08', observations, {
      fail: (bad) => `${count(bad.length, 'secret')} would be shipped to browsers or in a package.`,
      warn: (bad) =>
        `${count(bad.length, 'key')} would be shipped to browsers: restrict by domain and quota, and record it in publicRestriction.`,
      pass: 'Only identifiers that are meant to be public are shipped.',
    });
  },
];
