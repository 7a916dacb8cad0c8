import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';
import { isSpokenTo } from './endpoint-use';

const URL_LIKE = /\b(https?|wss?|redis|rediss|amqps?|mqtts?|postgres(?:ql)?):\/\/([^\s"'`<>\\)\]}|,;]+)/gi;
const LOCAL =
  /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0|169\.254(?:\.\d+){2}|host\.docker\.internal|[\w-]+|[\w.-]+\.(?:local|localhost|internal|svc|test|invalid)|[\w.-]+\.svc\.cluster\.local)$/i;
const PRIVATE =
  /^(?:10(?:\.\d+){3}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|192\.168(?:\.\d+){2}|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d+){2})$/;
/** Addresses that name something and are never called. */
const NAMES =
  /^(?:www\.w3\.org|schemas?\.[\w.-]+|json-schema\.org|(?:[\w.-]+\.)?xmlns[\w.-]*|maven\.apache\.org|opensource\.org|(?:[\w.-]+\.)?example\d*\.(?:com|org|net)|(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|(?:www\.)?apache\.org|www\.gnu\.org|ns\.adobe\.com|purl\.org|(?:www\.)?mozilla\.org|java\.sun\.com|www\.springframework\.org|dublincore\.org|spdx\.org|unlicense\.org|creativecommons\.org|tempuri\.org|docs\.[\w.-]+)$/i;

/** One address in the project and how it is spoken to. */
interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly tail: string;
  readonly at: number;
}

function addresses(file: ProjectText): Address[] {
  const text = withoutComments(file);
  return [...text.matchAll(URL_LIKE)].map((m) => {
    const rest = m[2] as string;
    const authority = rest.split(/[/?#]/)[0] ?? '';
    const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '');
    return { scheme: (m[1] as string).toLowerCase(), host, tail: rest.slice(authority.length), at: m.index };
  });
}

interface AllowedHost {
  readonly host: string;
  readonly reason?: string;
}

function allowedHosts(project: ProjectTexts): readonly AllowedHost[] {
  const list = (project.policy.policy?.network as { allowPlaintextHosts?: unknown } | undefined)?.allowPlaintextHosts;
  return Array.isArray(list)
    ? list
        .map((x) => (typeof x === 'string' ? { host: x } : (x as AllowedHost)))
        .filter((x) => typeof x?.host === 'string')
    : [];
}

/** An exchange's host with port 80 behind it, or beside it as a setting of its own: spoken to without TLS, whatever the scheme. */
const EXCHANGE_HOST =
  /(?<!\/\/)\b(?:[\w-]+\.)*(?:binance\.(?:com|us)|kraken\.com|coinbase\.com|bybit\.com|okx\.com|kucoin\.com|gateio\.ws|bitget\.com|bitfinex\.com|bitmex\.com|deribit\.com|gemini\.com|bitstamp\.net)(?::80\b|["']?\s*[,;\n]\s*["']?(?:port|PORT)["']?\s*[:=]\s*["']?80\b)/g;

function plainPorts(text: string): number[] {
  return [...text.matchAll(EXCHANGE_HOST)].map((m) => m.index);
}

/** Endpoints without TLS. `applies` is false where no endpoint occurs at all. */
export function plaintextEndpoints(project: ProjectTexts): {
  readonly observations: readonly Observation[];
  readonly applies: boolean;
} {
  const observations: Observation[] = [];
  const allowed = allowedHosts(project);
  let applies = false;
  for (const file of project.of('source', 'config', 'env', 'template', 'container', 'k8s', 'iac', 'ci')) {
    const text = withoutComments(file);
    for (const at of plainPorts(text)) {
      applies = true;
      observations.push(seen(file, at, 'plaintextEndpoint', 'fail'));
    }
    for (const { scheme, host, tail, at } of addresses(file)) {
      if (!/[a-z0-9]/i.test(host) || NAMES.test(host)) {
        continue;
      }
      applies = true;
      const port80 = /^(?:https|wss)$/.test(scheme) ? false : /^(?:http|ws)$/.test(scheme);
      const plainStore =
        /^(?:redis|amqp|mqtt)$/.test(scheme) || (/^postgres/.test(scheme) && !/sslmode=(?:require|verify)/.test(tail));
      if (!port80 && !plainStore) {
        continue;
      }
      const isVariable = /[${%]/.test(host);
      const permitted = allowed.find(
        (a) => a.host === host || (a.host.startsWith('*.') && host.endsWith(a.host.slice(1))),
      );
      if (LOCAL.test(host) || isVariable || permitted?.reason || !isSpokenTo(file, text, at, scheme, host, tail)) {
        continue;
      }
      const outcome = permitted || PRIVATE.test(host) ? 'warn' : 'fail';
      observations.push(seen(file, at, 'plaintextEndpoint', outcome));
    }
  }
  return { observations, applies };
}
