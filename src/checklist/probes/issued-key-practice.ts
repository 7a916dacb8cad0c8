import { say } from '../../words/say';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { auditCalls } from './audit-log';
import { withoutComments } from './code';
import type { IssuingPlace } from './issued-keys';
import { weakRandomness } from './weak-randomness';

type Outcome = Observation['outcome'];

function at(place: IssuingPlace, index: number, probe: string, outcome: Outcome, detail?: string): Observation {
  return { ...seen(place.file, place.start + index, probe, outcome), ...(detail ? { detail } : {}) };
}

function first(place: IssuingPlace, rule: RegExp, probe: string, outcome: Outcome, detail?: string): Observation[] {
  const index = place.text.search(rule);
  return index < 0 ? [] : [at(place, index, probe, outcome, detail)];
}

const unique = (list: readonly Observation[]) => [
  ...new Map(list.map((o) => [`${o.file}:${o.line}:${o.outcome}`, o])).values(),
];

/** Calls that make random bytes, with the number of bytes in the group, or of characters of 6 bits each. */
const BYTES =
  /\brandomBytes\(\s*(\d+)|\btoken_(?:bytes|hex|urlsafe)\(\s*(\d+)|\burandom\(\s*(\d+)|\bmake\(\[\]byte,\s*(\d+)|\[0?u?8?;\s*(\d+)\]|\[(\d+)\]byte|\brandom_bytes\(\s*(\d+)|SecureRandom\.(?:hex|urlsafe_base64|random_bytes|base64)\(\s*(\d+)|\bnew\s+byte\[(\d+)\]|new\s+Uint8Array\(\s*(\d+)|RandomNumberGenerator\.GetBytes\(\s*(\d+)/g;
const UNKNOWN = /\btoken_(?:bytes|hex|urlsafe)\(\s*\)|\bSecureRandom\.(?:hex|urlsafe_base64)\b(?!\()/;
const UUID = /\brandomUUID\(|\buuid(?:v4|\.uuid4|4)?\(|\buuid\.New|Guid\.NewGuid\(/;
const LEAST = 16;

/** How much entropy the keys have where the code shows it. */
export function issuedEntropy(places: readonly IssuingPlace[]): Observation[] {
  const probe = 'issuedKeyEntropy';
  const making = places.filter((p) => p.kind !== 'table');
  const weak = weakRandomness([...new Set(making.map((p) => p.file))])
    .observations.filter((o) => o.outcome === 'fail')
    .filter((o) =>
      making.some(
        (p) => p.file.path === o.file && o.line >= p.file.at(p.start).line && o.line <= p.file.at(p.end).line,
      ),
    )
    .map((o) => ({ ...o, probe, detail: say('A predictable generator makes keys for customers') }));
  const counted = making.flatMap((p) =>
    [...p.text.matchAll(BYTES)].map((m) => {
      const bytes = Number(m.slice(1).find((g) => g !== undefined));
      return bytes < LEAST
        ? at(p, m.index, probe, 'fail', say('Keys for customers have {0} random bytes, not {1}', bytes, LEAST))
        : at(p, m.index, probe, 'pass');
    }),
  );
  const others = making.flatMap((p) => [
    ...first(p, UNKNOWN, probe, 'pass'),
    ...first(p, UUID, probe, 'warn', say('A version 4 UUID has 122 random bits and no form of its own')),
  ]);
  return unique([...weak, ...counted, ...(counted.length ? [] : others)]);
}

/** A prefix of the project's own that is put before the random part. */
export function issuedPrefixes(places: readonly IssuingPlace[]): Observation[] {
  const rule = /["'`](?:[a-z][a-z0-9]{1,11}[_-]){1,3}(?:\$\{|%s|\{|["'`]\s*(?:\+|\.|,|<>|\|\|))/i;
  return unique(places.filter((p) => p.kind !== 'table').flatMap((p) => first(p, rule, 'issuedKeyPrefix', 'warn')));
}

const HASH = /hash|digest|hmac|sha_?(?:256|384|512|3)|argon2|bcrypt|scrypt|pbkdf2|blake/i;
const COLUMN = /(?:^|[\n(,{])\s*["'`]?(?:t\.\w+\s*[(:]?\s*["':]?)?([A-Za-z]\w*)["'`]?/g;
const PLAIN = /^(?:raw_?|plain_?)?(?:(?:api|access|customer|client)_?)?(?:key|secret|token)(?:_?value)?$/i;

/** Whether keys are stored as hashes. A column that holds the key itself fails where nothing hashes it. */
export function storedForms(places: readonly IssuingPlace[]): Observation[] {
  const probe = 'issuedKeyStored';
  const hashed = places.flatMap((p) => first(p, HASH, probe, 'pass'));
  const plain = places
    .filter((p) => p.kind === 'table' && !HASH.test(p.text))
    .flatMap((p) => {
      const body = p.text.slice(p.text.search(/[({:]/) + 1);
      const column = [...body.matchAll(COLUMN)].find((m) => PLAIN.test(m[1] as string));
      const index = column ? p.text.length - body.length + column.index + column[0].indexOf(column[1] as string) : 0;
      return column ? [at(p, index, probe, 'fail', say("{0} stores the customer's key itself", column[1]))] : [];
    });
  return unique(hashed.length ? hashed : plain);
}

/** Scopes of a key. */
export function issuedScopes(places: readonly IssuingPlace[]): Observation[] {
  const rule =
    /\b(?:\w+_)?(?:scopes?|permissions?|access_?level|read_?only|privileges?|can_?(?:trade|write|withdraw))\b/i;
  return unique(places.flatMap((p) => first(p, rule, 'issuedKeyScoped', 'pass')));
}

/** The end of a key. */
export function issuedExpiry(places: readonly IssuingPlace[]): Observation[] {
  const rule = /expir|valid_?(?:until|to)\b|\bttl\b|not_?after/i;
  return unique(places.flatMap((p) => first(p, rule, 'issuedKeyExpires', 'pass')));
}

const LIMIT = /rate_?limit|throttl|limiter|token_?bucket|usage_?plan|requests_?per|quota/i;
const PER_KEY = /api_?key|key_?id|x-api-key|client_?id|consumer|credential/i;
const USE = /last_?used|usage_?count|request_?count|use_?count|num_?requests/i;
const NEAR = 8;

/** Limits for each key, limits for anything, and records of use. */
export function issuedLimits(
  project: ProjectTexts,
  places: readonly IssuingPlace[],
): { readonly perKey: Observation[]; readonly any: Observation[]; readonly use: Observation[] } {
  const probe = 'issuedKeyLimited';
  const inTables = places.flatMap((p) => first(p, LIMIT, probe, 'pass'));
  const perKey: Observation[] = [...inTables];
  const any: Observation[] = [];
  for (const file of project.of('source', 'config', 'k8s', 'iac')) {
    if (LIMIT.test(file.text)) {
      const lines = withoutComments(file).split('\n');
      const hits = lines.flatMap((line, i) =>
        LIMIT.test(line) && !/^\s*(?:import|from|use|require)\b/.test(line) ? [i] : [],
      );
      const keyed = hits.find((i) => PER_KEY.test(lines.slice(Math.max(0, i - NEAR), i + NEAR + 1).join('\n')));
      const hit = keyed ?? hits[0];
      if (hit !== undefined) {
        (keyed === undefined ? any : perKey).push(
          lineOf(file, lines, hit, probe, keyed === undefined ? 'warn' : 'pass'),
        );
      }
    }
  }
  const use = places.flatMap((p) => first(p, USE, 'issuedKeyUseRecorded', 'pass'));
  return { perKey: unique(perKey), any: unique(any), use: unique(use) };
}

function lineOf(
  file: ProjectText,
  lines: readonly string[],
  line: number,
  probe: string,
  outcome: Outcome,
): Observation {
  const offset = lines.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0);
  return seen(file, offset + Math.max(0, (lines[line] as string).search(/\S/)), probe, outcome);
}

const END = /revoked|is_?active|\bactive\b|enabled|disabled|deactivated|\bstatus\b|deleted_?at/i;
const ENDING =
  /(?:revoke|deactivate|disable|delete)_?(?:(?:user|customer|client)_?)?(?:api_?keys?|(?:customer|client)_?keys?)\b/i;

/** A way to end a key, and a log of what happens to it. */
export function issuedEnds(
  project: ProjectTexts,
  places: readonly IssuingPlace[],
): { readonly revocable: Observation[]; readonly logged: Observation[] } {
  const probe = 'issuedKeyRevocable';
  const columns = places.filter((p) => p.kind === 'table').flatMap((p) => first(p, END, probe, 'pass'));
  const functions = project.of('source').flatMap((file) => {
    const index = withoutComments(file).search(ENDING);
    return index < 0 ? [] : [seen(file, index, probe, 'pass')];
  });
  return {
    revocable: unique([...columns, ...functions]),
    logged: auditCalls(project).map((o) => ({ ...o, probe: 'issuedKeyLogged' })),
  };
}

const QUERY =
  /\breq(?:uest)?\.query(?:\.|\[["'])(?:api_?key|key|token|access_?token)\b|\brequest\.(?:args|GET|query_params)(?:\.get\(|\[)\s*["'](?:api_?key|key|token)["']|\bQuery\(\)\.Get\(\s*["'](?:api_?key|key|token)["']|\bc(?:tx)?\.(?:Query|DefaultQuery|QueryParam)\(\s*["'](?:api_?key|key|token)["']|\$_GET\[\s*["'](?:api_?key|key|token)["']|@RequestParam\(\s*(?:value\s*=\s*)?["'](?:api_?key|key|token)["']|\bAPIKeyQuery\(|\bparams\[:api_key\]|searchParams\.get\(\s*["'](?:api_?key|key|token)["']/gi;
const HEADER = /["'`]x-api-key["'`]|["'`]authorization["'`]|\bAPIKeyHeader\(|\bHTTPBearer\(|@RequestHeader/i;

/** Where the server reads a customer's key: out of the address, or out of a header. */
export function acceptedPlaces(project: ProjectTexts): Observation[] {
  const probe = 'issuedKeyInUrl';
  return [
    ...project.of('source', 'config'),
    ...project.of('docs').filter((f) => /\.(?:ya?ml|json)$/.test(f.path)), // descriptions of an interface
  ].flatMap((file) => {
    const text = withoutComments(file);
    const inUrl = [...text.matchAll(QUERY)].map((m) => ({
      ...seen(file, m.index, probe, 'fail' as const),
      detail: say("{0} reads a customer's key out of the URL", file.path),
    }));
    const described =
      /\btype["']?\s*:\s*["']?apiKey\b[\s\S]{0,120}?\bin["']?\s*:\s*["']?query\b|\bin["']?\s*:\s*["']?query\b[\s\S]{0,120}?\btype["']?\s*:\s*["']?apiKey\b/.exec(
        text,
      );
    if (described) {
      inUrl.push({
        ...seen(file, described.index, probe, 'fail'),
        detail: say('{0} describes a key in the query', file.path),
      });
    }
    const header = file.class === 'source' ? text.search(HEADER) : -1;
    return inUrl.length ? inUrl : header >= 0 ? [seen(file, header, probe, 'pass')] : [];
  });
}
