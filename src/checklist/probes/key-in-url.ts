import { isStandIn } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isSecretName } from '../secret-names';
import { withoutComments } from './code';

const PROBE = 'keyInUrl';

/** A query parameter that carries a key. `signature` and `timestamp` of signed requests are none. */
const PARAMETER =
  /[?&](api[_-]?key|access[_-]?key|token|access[_-]?token|secret|x_cg_(?:pro|demo)_api_key|CMC_PRO_API_KEY|auth|auth[_-]?token)=/gi;
/** Only behind an address of another host these words mean a key: own links carry tokens of their own. */
const VAGUE = /^(?:token|auth|secret)$/i;
/** What a program puts in: template literals, f-strings, format verbs, concatenation, shell variables. */
const INTERPOLATION =
  /^(?:\$\{([^}]*)\}|#\{([^}]*)\}|\{([A-Za-z_][^}]*|)\}|%[sv@]|["'`]\s*[+.]\s*\$?([\w.]+)|\$(\w+)|\\\(([^)]*)\))/;

/** Hosts whose public interface takes the key in the address only, by their documentation. */
const QUERY_ONLY =
  /(?:etherscan|bscscan|polygonscan|arbiscan|basescan|snowtrace|snowscan|ftmscan|lineascan|scrollscan|blastscan|gnosisscan|celoscan|moonscan|\b[a-z-]{0,20}scan)\.(?:io|com|org|xyz)|helius(?:-rpc)?\.(?:com|xyz|dev)/i;
const PATH_ONLY =
  /\bhttps?:\/\/api\.telegram\.org\/(?:file\/)?bot|\b(?:https?|wss?):\/\/[\w.-]*(?:alchemy\.com\/(?:v2|nft\/v\d|nft\/v3)|alchemyapi\.io\/v2|infura\.io\/(?:ws\/)?v3|quiknode\.pro|quicknode\.com|rpc\.ankr\.com(?:\/[\w-]+)+|chainstack\.com|p2pify\.com|blastapi\.io)\/+/gi;

/** Addresses of documentation (RFC 2606), the last before a place. */
const EXAMPLE = /\/\/(?:[\w-]+\.)*example\.(?:com|org|net)\b[^\s"'`]*$/i;

/** A password in front of a host; the address of a database is no request. */
const USER_INFO = /\b(?:https?|wss?|ftp):\/\/([^\s"'`/?#@:]*):([^\s"'`/?#@]{3,})@/gi;

const STAND_IN = /^(?:pass(?:word)?|passwd|pwd|pw|secret|\w*password|x+|\*+|\.+)$/i;

/** Parameters that a client is given as an object and puts behind the `?`. */
const OBJECT =
  /\b(?:params|query|qs|searchParams)["']?\s*[:=]\s*(?:new\s+URLSearchParams\(\s*)?\{([^{}]{0,400})\}|\bnew\s+URLSearchParams\(\s*\{([^{}]{0,400})\}|\bsearchParams\.(?:set|append)\(([^)\n]{0,200})\)/g;
const MEMBER = /["']?\b(api_?key|access_?key|access_?token|x_cg_(?:pro|demo)_api_key|CMC_PRO_API_KEY)\b["']?\s*[:,]/i;

/** Keys in addresses: in a query, in a path, in front of a host. */
export function keysInUrls(project: ProjectTexts): readonly Observation[] {
  return project
    .of('source', 'config', 'ci', 'container')
    .filter((f) => !/\.(?:sql|xml|plist)$/.test(f.path))
    .flatMap((file) => {
      const text = withoutComments(file);
      const told = new Set<number>();
      const found = [...inQueries(text), ...inPaths(text), ...inFront(text), ...inObjects(text)];
      return found
        .sort((a, b) => a.offset - b.offset)
        .filter(({ offset }) => !EXAMPLE.test(addressBefore(text, offset)))
        .filter(({ offset }) => {
          const { line } = file.at(offset);
          const fresh = !told.has(line);
          told.add(line);
          return fresh;
        })
        .map(({ offset, outcome }) => observed(file, offset, outcome));
    });
}

interface Found {
  readonly offset: number;
  readonly outcome: 'fail' | 'warn';
}

function observed(file: ProjectText, offset: number, outcome: Found['outcome']): Observation {
  return seen(file, offset, PROBE, outcome);
}

/** The literal or line before an offset, back to where its address may begin. */
function addressBefore(text: string, offset: number): string {
  return text.slice(Math.max(text.lastIndexOf('\n', text.lastIndexOf('\n', offset - 1) - 1), offset - 300, 0), offset);
}

/** Whether a key goes to a host that takes it no other way; a base address that is kept in a name is looked up in the file. */
function isUrlOnly(text: string, offset: number): boolean {
  const hosts = [...addressBefore(text, offset).matchAll(/\b(?:https?|wss?):\/\/([\w.-]+)/g)];
  const own = hosts.at(-1)?.[1];
  return own ? QUERY_ONLY.test(own) : QUERY_ONLY.test(text);
}

function inQueries(text: string): Found[] {
  const found: Found[] = [];
  for (const m of text.matchAll(PARAMETER)) {
    const after = text.slice(m.index + m[0].length, m.index + m[0].length + 200);
    const inserted = INTERPOLATION.exec(after);
    const absolute = /\b(?:https?|wss?):\/\//.test(addressBefore(text, m.index));
    const expression = inserted?.slice(1).find((g) => g !== undefined) ?? '';
    const named = isSecretName(expression.replace(/.*[.[("'\s]/, '').replace(/[^\w]+$/, ''));
    if (VAGUE.test(m[1] as string) && !absolute && !named) {
      continue;
    }
    const literal = /^[^\s"'`&#<>\\${}]{6,}/.exec(after)?.[0];
    if (inserted || (literal && isLiteral(literal))) {
      found.push({ offset: m.index, outcome: isUrlOnly(text, m.index) ? 'warn' : 'fail' });
    }
  }
  return found;
}

function isLiteral(value: string): boolean {
  return (
    !isReference(value) && !isStandIn(value) && !/^(?:str|string|int|None|null|true|false|process|import)\b/.test(value)
  );
}

function inPaths(text: string): Found[] {
  return [...text.matchAll(PATH_ONLY)]
    .filter((m) => {
      const after = text.slice(m.index + m[0].length, m.index + m[0].length + 120);
      const literal = /^[\w:-]{16,}/.exec(after)?.[0];
      return INTERPOLATION.test(after) || (literal !== undefined && isLiteral(literal));
    })
    .map((m) => ({ offset: m.index, outcome: 'warn' as const }));
}

function inFront(text: string): Found[] {
  return [...text.matchAll(USER_INFO)]
    .filter(([, , password = '']) => !STAND_IN.test(password))
    .filter(([, , password = '']) => INTERPOLATION.test(password) || isLiteral(password))
    .map((m) => ({ offset: m.index, outcome: 'fail' as const }));
}

function inObjects(text: string): Found[] {
  return [...text.matchAll(OBJECT)].flatMap((m) => {
    const inner = m[1] ?? m[2] ?? m[3] ?? '';
    const member = MEMBER.exec(inner);
    return member
      ? [
          {
            offset: m.index + m[0].indexOf(inner) + member.index,
            outcome: isUrlOnly(text, m.index) ? 'warn' : 'fail',
          } as const,
        ]
      : [];
  });
}
