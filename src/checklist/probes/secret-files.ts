import ignore from 'ignore';
import { isEnvFile, isEnvTemplate } from '../../project/env-files';
import { isTestPath } from '../file-class';
import { isDockerfile } from '../formats/dockerfile';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { namedLiterals, secretsIn } from './literals';

const ENCRYPTED = /ENC\[AES|sops:|encrypted:B|\$ANSIBLE_VAULT|age-encryption\.org|GITCRYPT/;
const KINDS =
  /\.(?:pem|key|p8|p12|pfx|jks|keystore|kdbx|ppk)$|(?:^|\/)id_(?:rsa|ed25519|ecdsa)(?:_\w+)?$|(?:^|\/)UTC--|(?:^|\/)wallet\.dat$|\.wallet$|(?:^|\/)config-private[\w.-]*\.json$|(?:^|\/)conf\/connectors\/[\w.-]+\.yml$|(?:^|\/)conf\/\.password_verification$|\.tfstate(?:\.|$)|\.auto\.tfvars$|(?:^|\/)terraform\.tfvars$|(?:^|\/)kubeconfig$|\.kubeconfig$|(?:^|\/)\.(?:netrc|pypirc)$/;
const SERVICE_ACCOUNT = /(?:^|\/)(?:credentials\.json|[\w.-]*service-account[\w.-]*\.json|[\w.-]+-sa\.json)$/;

/** Files of secret-bearing kinds that git tracks. */
export function trackedSecretFiles(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  for (const entry of project.entries) {
    if (!project.isTracked(entry.path) || isEnvTemplate(entry.path) || isDockerfile(entry.path)) {
      continue;
    }
    const file = project.text(entry.path);
    if (file && ENCRYPTED.test(file.text)) {
      continue;
    }
    if (isEnvFile(entry.path)) {
      const holds = file && (secretsIn(file).length > 0 || namedLiterals(file).length > 0);
      out.push(seenFile(entry.path, 'trackedSecretFile', holds ? 'fail' : 'warn'));
    } else if (KINDS.test(entry.path)) {
      const publicPem =
        file &&
        /\.(?:pem|key)$/.test(entry.path) &&
        /-----BEGIN (?:CERTIFICATE|[A-Z ]*PUBLIC KEY)/.test(file.text) &&
        !/PRIVATE KEY/.test(file.text);
      const connectors =
        /conf\/connectors\//.test(entry.path) &&
        file &&
        secretsIn(file).length === 0 &&
        !/7b2263727970746f22|_(?:key|secret)/.test(file.text);
      if (!publicPem && !connectors) {
        // keys that tests ship with are known to everybody, and guard nothing
        out.push(seenFile(entry.path, 'trackedSecretFile', isTestPath(entry.path) ? 'warn' : 'fail'));
      }
    } else if (file && SERVICE_ACCOUNT.test(entry.path) && /"private_key"\s*:/.test(file.text)) {
      out.push(seen(file, file.text.indexOf('"private_key"'), 'trackedSecretFile', 'fail'));
    } else if (file && /(?:^|\/)keystore\/.*\.json$/.test(entry.path) && /"ciphertext"\s*:/.test(file.text)) {
      out.push(seen(file, file.text.indexOf('"ciphertext"'), 'trackedSecretFile', 'fail'));
    }
  }
  return out;
}

interface Wanted {
  /** A path that the rules must cover. */
  readonly path: string;
  readonly pattern: string;
  readonly when: (paths: readonly string[]) => boolean;
}

const some = (rule: RegExp) => (paths: readonly string[]) => paths.some((p) => rule.test(p));

const BASE: readonly Wanted[] = [
  { path: '.env.local', pattern: '.env.*', when: () => true },
  { path: 'server.pem', pattern: '*.pem', when: () => true },
  { path: 'server.key', pattern: '*.key', when: () => true },
  {
    path: 'user_data/config-private.json',
    pattern: 'config-private*.json',
    when: (paths) => paths.some((p) => /(?:^|\/)user_data\//.test(p)),
  },
  {
    path: 'conf/connectors/binance.yml',
    pattern: 'conf/connectors/',
    when: some(/(?:^|\/)conf\/(?:conf_client|connectors)/),
  },
  { path: 'terraform.tfstate', pattern: '*.tfstate*', when: some(/\.tf$/) },
  { path: 'secret.tfvars', pattern: '*.tfvars', when: some(/\.tf$/) },
  { path: 'server.jks', pattern: '*.jks', when: some(/(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/) },
];

/** What the ignore rules cover. */
export function ignoreRules(project: ProjectTexts): {
  readonly observations: readonly Observation[];
  readonly missing: readonly string[];
  readonly coversEnv: boolean;
} {
  const root = project.text('.gitignore');
  if (!root) {
    return {
      observations: [seenFile('.gitignore', 'ignoreRulesPresent', 'fail')],
      missing: ['.env'],
      coversEnv: false,
    };
  }
  const rules = ignore().add(root.text);
  const coversEnv = rules.ignores('.env') || packagesCover(project);
  if (!coversEnv) {
    return { observations: [seenFile('.gitignore', 'ignoreRulesPresent', 'fail')], missing: ['.env'], coversEnv };
  }
  const missing = missingPatterns(
    root.text,
    project.entries.map((e) => e.path),
  );
  return {
    observations: [seenFile('.gitignore', 'ignoreRulesPresent', missing.length ? 'warn' : 'pass')],
    missing,
    coversEnv,
  };
}

/** Patterns that a `.gitignore` lacks for a project with these paths, `.env` aside. */
export function missingPatterns(gitignore: string, paths: readonly string[]): readonly string[] {
  const rules = ignore().add(gitignore);
  return BASE.filter((w) => w.when(paths) && !rules.ignores(w.path)).map((w) => w.pattern);
}

/** Every env file that exists is covered by the rules of its own folder. */
function packagesCover(project: ProjectTexts): boolean {
  const envs = project.entries.filter((e) => isEnvFile(e.path) && !isEnvTemplate(e.path));
  return envs.length > 0 && envs.every((e) => e.ignored && !project.isTracked(e.path));
}
