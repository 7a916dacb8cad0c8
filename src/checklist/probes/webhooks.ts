import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

const PROBE = 'webhookVerified';

const NAMES = `(?:web-?hooks?|callbacks?|ipn|notify|notifications?|hooks?)`;
/** Routes to which others send, by their path. A `GET` on a callback is the end of a login. */
const ROUTES: readonly RegExp[] = [
  new RegExp(
    String.raw`\.(?:post|all|put|POST|HandleFunc|Handle|MapPost|add_post|websocket)\(\s*["'${'`'}](?:POST\s+)?[^"'${'`'}\n]*\b${NAMES}\b`,
    'gi',
  ),
  new RegExp(String.raw`@\w*\.?(?:post|PostMapping|Post|HttpPost)\(\s*(?:value\s*=\s*)?["'][^"'\n]*\b${NAMES}\b`, 'gi'),
  /@\w+\.route\(\s*["'][^"'\n]*\b(?:web-?hooks?|ipn|notify|notifications?|hooks?)\b/gi,
  /@\w+\.route\(\s*["'][^"'\n]*\bcallbacks?\b[^)]*POST/gi,
  new RegExp(String.raw`\bRoute::(?:post|any)\(\s*["'][^"'\n]*\b${NAMES}\b|\bpost\s+["'][^"'\n]*\b${NAMES}\b`, 'gi'),
  new RegExp(String.raw`\.(?:use|route)\(\s*["'${'`'}][^"'${'`'}\n]*\b(?:web-?hooks?|ipn)\b`, 'gi'),
  new RegExp(String.raw`\.route\(\s*"[^"\n]*\b${NAMES}\b[^"\n]*"\s*,\s*(?:axum::routing::)?post\(`, 'g'),
];
const ROUTE_FILE = new RegExp(
  String.raw`(?:^|/)(?:app|pages|api|server|routes)/(?:.*/)?(?:\[?${NAMES}\]?)(?:/.*)?(?:\.[jt]sx?)$`,
  'i',
);
const HANDLER = /\bexport\s+(?:default\b|(?:async\s+)?function\s+POST\b|const\s+POST\b)/;

/** Ways to check who sent a message. The first group checks time and compares in constant time by itself. */
const COMPLETE =
  /\bconstructEvent(?:Async)?\(|\bnew\s+Webhook\([^)]*\)\.verify\(|\bsvix\b|\bwebhooks\.(?:unwrap|construct_event|ConstructEvent)\(|\bWebhook\.construct_event\(|\bwebhook\.ConstructEvent\(/;
const VERIFIED =
  /\bcreateHmac\(|\bhmac\.(?:new|New|digest)\(|\bhash_hmac\(|\bMac\.getInstance\(|\bOpenSSL::HMAC\b|\bHMACSHA\d+\b|\bHmac::?<|\bverify_?(?:signature|webhook|request|hmac|payload|message)\w*\(|\bisValidSignature\w*\(|\bvalidate_?(?:signature|webhook)\w*\(|\bcheck_?signature\w*\(|\.verify\(|\bverifyMessage\(|\bed25519\.Verify\(/i;
const CONSTANT_TIME =
  /\btimingSafeEqual\(|\bcompare_digest\(|\bhmac\.Equal\(|\bConstantTimeCompare\(|\bMessageDigest\.isEqual\(|\bsecure_compare\(|\bhash_equals\(|\bFixedTimeEquals\(|\bverify_slice\(|\bct_eq\(|\bcrypto\.verify\(|\bverifyMessage\(|\bed25519\.Verify\(/;
const TIME =
  /tolerance|timestamp|replay|nonce|\bevent_?id\b|\bidempoten|\bmax_?age\b|deliveryId|delivery_id|already_?(?:seen|processed)/i;

/** Handlers of messages from outside, and how they check them. None where no such route exists. */
export function webhooks(project: ProjectTexts): readonly Observation[] {
  return project.of('source').flatMap((file): Observation[] => {
    const text = withoutComments(file);
    const routes = ROUTE_FILE.test(file.path) && HANDLER.test(text) ? [text.search(HANDLER)] : routesIn(text);
    const [first] = routes;
    if (first === undefined) {
      return [];
    }
    const checked = [text, ...imported(project, file, text), ...controllers(project, file)].join('\n');
    const outcome = COMPLETE.test(checked)
      ? 'pass'
      : !VERIFIED.test(checked)
        ? 'fail'
        : CONSTANT_TIME.test(checked) && TIME.test(checked)
          ? 'pass'
          : 'warn';
    return [seen(file, first, PROBE, outcome)];
  });
}

/** Routes behind a sign-in are for people and programs of one's own, not for what others send. */
const SIGNED_IN = /\b(?:\w+\.)?\w*(?:auth(?!or)|requireLogin|isLoggedIn|ensureLogged)\w*\s*[,(]/i;

/** Other files of the project that are about webhooks by their name and verify them: routes hand over to controllers. */
function controllers(project: ProjectTexts, own: ProjectText): string[] {
  return project
    .of('source')
    .filter((f) => f !== own && /web-?hook/i.test(f.path.slice(f.path.lastIndexOf('/') + 1)))
    .map(withoutComments)
    .filter((text) => VERIFIED.test(text) || COMPLETE.test(text));
}

function routesIn(text: string): number[] {
  return ROUTES.flatMap((r) =>
    [...text.matchAll(r)]
      .filter((m) => {
        const end = text.indexOf('\n', m.index + m[0].length);
        return !SIGNED_IN.test(text.slice(m.index + m[0].length, end < 0 ? undefined : end));
      })
      .map((m) => m.index),
  ).sort((a, b) => a - b);
}

const IMPORT =
  /\bfrom\s+["'](\.{1,2}\/[^"']+)["']|\brequire\(\s*["'](\.{1,2}\/[^"']+)["']\s*\)|^from\s+\.?([\w.]+)\s+import\b/gm;

/** Texts of the project's own files that a handler imports and that verify something: a check may live beside it. */
function imported(project: ProjectTexts, file: ProjectText, text: string): string[] {
  const folder = file.path.split('/').slice(0, -1);
  return [...text.matchAll(IMPORT)].flatMap((m) => {
    const relative = m[1] ?? m[2];
    const path = relative ? joined(folder, relative) : (m[3] as string).replaceAll('.', '/');
    const found = ['', '.ts', '.tsx', '.js', '.mjs', '.py', '/index.ts', '/index.js']
      .flatMap((end) => [path + end, [...folder, path + end].join('/')])
      .map((p) => project.text(p.replace(/\.js$/, '.ts')) ?? project.text(p))
      .find((f) => f !== undefined && f !== file);
    const other = found && withoutComments(found);
    return other && VERIFIED.test(other) ? [other] : [];
  });
}

function joined(folder: readonly string[], relative: string): string {
  const parts = [...folder];
  for (const part of relative.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
