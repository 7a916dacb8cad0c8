import { parse } from 'jsonc-parser';
import { isTestPath } from '../file-class';
import { type ComposeService, composeServices } from '../formats/compose';
import { type Observation, seen, seenFinding } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** Networks that run on one's own machine or hold worthless coins: a published key is right at home there. */
const LOCAL =
  /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|hardhat|anvil|ganache|foundry|truffle|regtest|devnet|local(?:net)?|development|test(?:net|ing)?|sepolia|goerli|holesky|hoodi|amoy|mumbai|fuji|31337|1337|dev)\b/i;
const LIVE =
  /\b(?:mainnet|main_net|production|prod|live|homestead|polygon|arbitrum|optimism|bsc|avalanche|base)\b|chain_?id["']?\s*[:=]\s*(?:1|10|56|137|8453|42161|43114)\b/i;

/** The block around an offset: the innermost `{...}` that names a network, or a few lines. */
function around(text: string, at: number): string {
  let depth = 0;
  for (let i = at; i >= 0 && at - i < 1500; i--) {
    const c = text[i];
    if (c === '}') {
      depth++;
    } else if (c === '{') {
      if (depth === 0) {
        const head = text.slice(text.lastIndexOf('\n', i) + 1, i);
        const block = text.slice(i, Math.min(text.length, at + 400));
        const close = block.indexOf('}');
        const body = head + (close > 0 ? block.slice(0, Math.max(close, at - i)) : block);
        if (LOCAL.test(body) || LIVE.test(body)) {
          return body;
        }
      } else {
        depth--;
      }
    }
  }
  const start = text.lastIndexOf('\n', Math.max(0, text.lastIndexOf('\n', Math.max(0, at - 1)) - 1) - 1) + 1;
  return text.slice(Math.max(0, Math.min(start, at - 1)), at + 200);
}

/** Published keys where they are not in local use. */
export function wellKnownKeys(files: readonly ProjectText[]): Observation[] {
  const out: Observation[] = [];
  for (const file of files) {
    for (const f of file.findings) {
      if (f.testKeyName === undefined || f.ignored) {
        continue;
      }
      const home = file.class === 'test' || file.class === 'template' || file.class === 'docs';
      const context = `${around(file.text, f.start)}`;
      const live = LIVE.test(context) && !/testnet|sepolia|goerli|localhost|127\.0\.0\.1/i.test(context);
      const local = LOCAL.test(context) || LOCAL.test(file.path) || /(?:^|\/)scripts?\/(?:dev|local)/.test(file.path);
      const isComment = file.class === 'source' && withoutComments(file)[f.start] === ' ';
      const outcome = home || isComment || (local && !live) ? 'pass' : 'fail';
      out.push(seenFinding(file, f, 'wellKnownKeyInUse', outcome));
    }
  }
  return out;
}

const SHIPPED =
  /^(?:somethingrandom|SuperSecurePassword|SuperSecret1!|secret_ws_t0ken\.|sercet_Ws_t0ken|admin|password|changeme|change_me|change-me|secret|default|test|123456|a|root|postgres|guest)$/;
/** Passwords that databases and brokers start with: what nobody outside of their network can reach is no live setting. */
const OF_DATABASES = /^(?:root|postgres|guest)$/;

/** Whether a value is a default that software ships with: it belongs to this probe alone. */
export function isShippedDefault(value: string): boolean {
  return SHIPPED.test(value);
}
/** A name and its value, or what a compose file falls back on where the variable is not set: that counts as live. */
const NAMED =
  /(?<![A-Za-z0-9])([A-Za-z0-9_.-]*(?:password|passphrase|passwd|jwt_secret_key|jwt_secret|secret|secret_key|ws_token|token))["']?[ \t]*(?::|=)[ \t]*(?:"([^"\n]{0,80})"|'([^'\n]{0,80})'|\$\{\w+:?-([^}\n]{1,80})\}|([^\s"'#,;{}]{1,80}))/gi;
/** One letter or a plain word is a default only in these. */
const SHORT = /^(?:CONFIG_PASSWORD|HBOT_PASSWORD|GATEWAY_PASSPHRASE)$/;
const LIVE_FILES =
  /(?:^|\/)(?:user_data\/)?config[\w.-]*\.json$|^conf\/.*\.ya?ml$|(?:docker-)?compose[\w.-]*\.ya?ml$|values[\w.-]*\.ya?ml$|(?:^|\/)\.env[\w.-]*$|\.env$/;

const DEVELOPMENT =
  /(?:^|[^a-z])(?:dev(?:elopment)?|test(?:ing)?|local|ci)[._-](?:[\w-]+\.)*(?:json|ya?ml|env)$|(?:^|\/)\.env\.(?:dev(?:elopment)?|test|local)\b/i;

/** Defaults that software ships with, left in live settings. */
export function defaultCredentials(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  const services = composeServices(project);
  for (const file of project.texts) {
    if (
      !LIVE_FILES.test(file.path) ||
      file.class === 'template' ||
      isTestPath(file.path) ||
      DEVELOPMENT.test(file.path)
    ) {
      continue;
    }
    for (const m of withoutComments(file).matchAll(NAMED)) {
      const given = m[2] ?? m[3] ?? m[4] ?? m[5] ?? '';
      const value = /^\$\{\w+:?-([^}]*)\}$/.exec(given)?.[1] ?? given;
      if (!SHIPPED.test(value) || (value === 'a' && !SHORT.test(m[1] as string))) {
        continue;
      }
      const at = m.index + m[0].lastIndexOf(value);
      if (isLocal(services, file, at, value)) {
        continue;
      }
      out.push(seen(file, at, 'defaultCredentialInUse', isSwitchedOff(file, m[1] as string) ? 'warn' : 'fail'));
    }
  }
  return out;
}

/** Services for development that nobody but the machine reaches, and databases that publish nothing. */
function isLocal(services: readonly ComposeService[], file: ProjectText, at: number, value: string): boolean {
  const own = services.filter((s) => s.file === file && s.at <= at).sort((a, b) => b.at - a.at)[0];
  if (!own) {
    return false;
  }
  const loopback = own.ports.every((p) => /^(?:127\.|localhost|\[?::1)/.test(p.address ?? ''));
  const development = /(?:^|[^a-z])(?:dev|development|test|local)(?:[^a-z]|$)/i.test(`${file.path}/${own.name}`);
  return loopback && (development || OF_DATABASES.test(value));
}

/** The section of a freqtrade configuration that holds the name has `enabled: false`. */
function isSwitchedOff(file: ProjectText, name: string): boolean {
  if (!file.path.endsWith('.json')) {
    return false;
  }
  const root: unknown = parse(file.text);
  if (typeof root !== 'object' || root === null) {
    return false;
  }
  return Object.values(root).some(
    (section: unknown) =>
      typeof section === 'object' &&
      section !== null &&
      name in section &&
      (section as { enabled?: unknown }).enabled === false,
  );
}
