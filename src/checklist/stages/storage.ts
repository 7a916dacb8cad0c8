import { say } from '../../words/say';
import { composeFiles } from '../formats/compose';
import { dockerfiles } from '../formats/dockerfile';
import { manifests, podOf, unreadableManifests } from '../formats/kubernetes';
import { unreadable } from '../formats/read';
import { count, type Draft, notApplicable, type Observation, unlessUnread, verdict } from '../observation';
import { packagedSecrets, publicNames, shipsCode } from '../probes/client-bundle';
import { bakeArguments, composeLiterals, imageBuild } from '../probes/container';
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
  const isForbidden = project.policy.policy?.storage?.forbidPlaintextEnv === true;
  if (!files.some((f) => f.class !== 'template') && project.unread('env', 'config').length === 0) {
    const templates = files.flatMap((f) => literalObservations(f, 'literalSecretInConfig', () => 'fail'));
    if (templates.length === 0) {
      return notApplicable('KW-STO-01', say('There is no env or configuration file.'));
    }
  }
  const observations = files.flatMap((f) =>
    literalObservations(f, 'literalSecretInConfig', (c) =>
      c === 'possible' ? 'warn' : isForbidden && f.class === 'env' ? 'fail' : outcomeOf(f),
    ),
  );
  return verdict('KW-STO-01', observations, {
    fail: (bad) =>
      say(
        '{0} in {1} that git tracks, does not ignore, or that is for production.',
        count(bad.length, 'plaintext key'),
        places(bad),
      ),
    warn: (bad) => say('{0} in {1}, kept out of git.', count(bad.length, 'plaintext key'), places(bad)),
    pass: say('Env and configuration files hold references, placeholders and empty values only.'),
  });
}

/** Stage STO: where keys lie. */
export const storage: readonly ((project: ProjectTexts) => Draft)[] = [
  plaintextConfiguration,
  function secretFilesIgnored(project) {
    if (!project.git && !project.text('.gitignore')) {
      return notApplicable('KW-STO-02', say('This is no git repository and has no .gitignore.'));
    }
    const tracked = trackedSecretFiles(project);
    const rules = ignoreRules(project);
    return verdict('KW-STO-02', [...tracked, ...rules.observations], {
      fail: (bad) => {
        const files = bad.filter((o) => o.probe === 'trackedSecretFile').map((o) => o.file);
        const said = files.length
          ? files.length > 3
            ? say('Git tracks {0} and more.', files.slice(0, 3).join(', '))
            : say('Git tracks {0}.', files.join(', '))
          : '';
        return [said, rules.coversEnv ? '' : say('No ignore rule covers .env.')].filter(Boolean).join(' ');
      },
      warn: (bad) => {
        const files = bad.filter((o) => o.probe === 'trackedSecretFile').map((o) => o.file);
        const missing = rules.missing.length ? say('.gitignore lacks {0}.', rules.missing.join(', ')) : '';
        return [files.length ? say('Git tracks {0}, which holds no secret now.', files.join(', ')) : '', missing]
          .filter(Boolean)
          .join(' ');
      },
      pass: say('No secret-bearing file is tracked, and the ignore rules cover the usual ones.'),
    });
  },
  function notInImages(project) {
    if (project.of('container').every((f) => f.path.endsWith('.dockerignore'))) {
      return notApplicable('KW-STO-03', say('There is no container file.'));
    }
    const draft = verdict(
      'KW-STO-03',
      [...imageBuild(project), ...bakeArguments(project), ...composeLiterals(project)],
      {
        fail: (bad) =>
          say('{0} in {1} put a key into an image or a compose file.', count(bad.length, 'place'), places(bad)),
        warn: (bad) => say('{0} in {1} may take a key into an image.', count(bad.length, 'place'), places(bad)),
        pass: say('Images and compose files take keys at run time only.'),
      },
    );
    return unlessUnread(draft, [...unreadable(composeFiles(project)), ...project.unread('container')]);
  },
  function kubernetesClean(project) {
    if (project.of('k8s').length === 0) {
      return notApplicable('KW-STO-05', say('There is no Kubernetes, Helm or Kustomize file.'));
    }
    const { observations, unread } = kubernetesLiterals(project);
    const draft = verdict('KW-STO-05', observations, {
      fail: (bad) => say('{0} in {1}.', count(bad.length, 'plaintext or base64 secret'), places(bad)),
      warn: (bad) =>
        say('{0} with placeholders, or a generator that reads an env file.', count(bad.length, 'Secret manifest')),
      pass: say('Manifests hold references and encrypted forms only.'),
    });
    return unlessUnread(draft, [...unread, ...project.unread('k8s')]);
  },
  function infrastructureClean(project) {
    const files = project.of('iac');
    const states = project.entries.some((e) => /\.tfstate(?:\.|$)/.test(e.path));
    if (files.length === 0 && !states) {
      return notApplicable('KW-STO-06', say('There is no infrastructure code.'));
    }
    const draft = verdict('KW-STO-06', [...infrastructureLiterals(project), ...infrastructureHygiene(project)], {
      fail: (bad) => say('{0} in {1}.', count(bad.length, 'secret or state file'), places(bad)),
      warn: () => say('A secret variable is not marked sensitive, or the state has no encrypted remote backend.'),
      pass: say('No literal, secret variables are marked, and the state is remote and encrypted.'),
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
      return notApplicable(check, say('There is no container, workload, service unit or key file.'));
    }
    const observations = [
      ...containerUsers(project),
      ...composePrivileges(project),
      ...podHardening(project),
      ...keyFileModes(project),
      ...unitUsers(project),
    ];
    const draft = verdict(check, observations, {
      fail: (bad) =>
        say('{0} with keys as root or with wide rights in {1}.', count(bad.length, 'workload'), places(bad)),
      warn: (bad) => say('{0} missing in {1}.', count(bad.length, 'protection'), places(bad)),
      pass: say('What runs with keys is hardened.'),
    });
    return unlessUnread(draft, unread);
  },
  function notInClientCode(project) {
    const { frontEnd, publishable } = shipsCode(project);
    if (!frontEnd && !publishable) {
      return notApplicable('KW-STO-08', say('There is no front end and nothing to publish.'));
    }
    const observations = [...(frontEnd ? publicNames(project) : []), ...(publishable ? packagedSecrets(project) : [])];
    return verdict('KW-STO-08', observations, {
      fail: (bad) => say('{0} would be shipped to browsers or in a package.', count(bad.length, 'secret')),
      warn: (bad) =>
        say(
          '{0} would be shipped to browsers: restrict by domain and quota, and record it in publicRestriction.',
          count(bad.length, 'key'),
        ),
      pass: say('Only identifiers that are meant to be public are shipped.'),
    });
  },
];
