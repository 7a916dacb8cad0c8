import type { OwnKeyFormat } from '../../policy/policy';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** A part of the code that makes, stores or hands out keys to customers. */
export interface IssuingPlace {
  readonly kind: 'function' | 'table' | 'route';
  readonly file: ProjectText;
  readonly start: number;
  readonly end: number;
  /** The part without comments. */
  readonly text: string;
}

/** How a project issues keys to its customers, if it does. */
export interface Issuing {
  readonly places: readonly IssuingPlace[];
  readonly formats: readonly OwnKeyFormat[];
}

const NAME = '(?:\\w*api_?keys?\\w*|customer_?keys?|client_?keys?|access_?keys?)';
/** Tables and models that hold keys, each with how its part ends. */
const TABLES: readonly (readonly [rule: RegExp, open: string, close: string])[] = [
  [
    new RegExp(
      `create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?["\`\\[]?(?:\\w+["\`\\]]?\\.["\`\\[]?)?${NAME}["\`\\]]?\\s*\\(`,
      'gi',
    ),
    '(',
    ')',
  ],
  [
    new RegExp(`(?:pgTable|mysqlTable|sqliteTable|createTable(?:IfNotExists)?)\\(\\s*['"\`]${NAME}['"\`]`, 'gi'),
    '(',
    ')',
  ],
  [/^model\s+(?:\w*Api_?Key\w*|CustomerKey|AccessKey)\s*\{/gim, '{', '}'],
  [
    /@(?:Entity|Table)\b[^\n]*\s+(?:export\s+|public\s+)?class\s+(?:\w*ApiKey\w*|CustomerKey|AccessKey)\b[^{]*\{/g,
    '{',
    '}',
  ],
  [/\b(?:apiKey|customerKey)Schema\s*(?::[^=\n]+)?=\s*new\s+(?:mongoose\.)?Schema\(/gi, '(', ')'],
  [/\btype\s+(?:API|Api|Customer)Key\s+struct\s*\{(?=[^}]*`[^`]*(?:gorm|db|bun|bson):)/g, '{', '}'],
];
/** Models and migrations whose part ends with their indentation. */
const INDENTED =
  /^([ \t]*)(?:class\s+(?:\w*A(?:pi|PI)Key\w*|CustomerKey|AccessKey)\s*\([^)\n]*(?:Model|Base|Document|AbstractAPIKey)[^)\n]*\)\s*:|create_table\s*\(?\s*[:"']api_keys["']?[^\n]*)/gm;
const VERB = '(?:create|issue|generate|mint|new|make|provision)';
const FUNCTION = new RegExp(
  `\\b(?:function|def|func(?:\\s*\\([^)\\n]*\\))?|fn|const|let|async|public|private|protected|static|void|string|String|\\w+>)\\s+(?:\\w+\\s+)?${VERB}_?(?:(?:user|customer|client)_?)?(?:api_?keys?|(?:customer|client)_?keys?)\\s*(?:=|\\(|<|:)`,
  'gi',
);
/** What gives random bytes, well or badly: a function without it makes no key but asks somebody else for one. */
const RANDOM =
  /random|urandom|token_(?:bytes|hex|urlsafe)|rand\.|OsRng|nanoid|uuid|Guid\.NewGuid|mt_rand|uniqid|secrets\./i;
const PATH = '/[\\w/:{}.-]*(?:api|customer|client|access)[-_]?keys?/?';
/** Routes that make a key. A path begins with a slash, so that calls of somebody else's API are none. */
const ROUTE = new RegExp(
  `\\b(?:app|api|server|fastify|mux|bp|blueprint|group|r|e|g|v\\d|\\w*router\\w*)\\s*\\.\\s*(?:post|POST|Post|route|HandleFunc|Handle)\\(\\s*["'\`](?:POST\\s+)?${PATH}["'\`]|@(?:Post|PostMapping|HttpPost)\\(\\s*(?:value\\s*=\\s*)?["']/?[\\w/:{}.-]*api[-_]?keys?/?["']|Route::post\\(\\s*["']/?[\\w/{}.-]*api[-_]?keys?["']|#\\[post\\("${PATH}"\\)\\]|\\bresources\\s+:api_keys\\b`,
  'gi',
);
/** Lines of a function or a route that are read. */
const LINES = 30;

const known = new WeakMap<ProjectTexts, Issuing | undefined>();

/** How the project issues keys; undefined where nothing says that it does. */
export function issuingOf(project: ProjectTexts): Issuing | undefined {
  if (!known.has(project)) {
    const places = project
      .of('source', 'other')
      .filter((f) => /api_?key|(?:customer|client|access)_?key/i.test(f.text))
      .flatMap(placesIn);
    const formats = project.policy.policy?.detection?.ownKeyFormats ?? [];
    known.set(project, places.length + formats.length > 0 ? { places, formats } : undefined);
  }
  return known.get(project);
}

function placesIn(file: ProjectText): IssuingPlace[] {
  const text = withoutComments(file);
  const out: IssuingPlace[] = [];
  const add = (kind: IssuingPlace['kind'], start: number, end: number) =>
    out.push({ kind, file, start, end, text: text.slice(start, end) });
  for (const [rule, open, close] of TABLES) {
    for (const m of text.matchAll(rule)) {
      add('table', m.index, closing(text, m.index + m[0].indexOf(open), open, close));
    }
  }
  for (const m of text.matchAll(INDENTED)) {
    const next = new RegExp(`\\n${m[1]}(?![ \\t])\\S`, 'g');
    next.lastIndex = m.index + m[0].length;
    add('table', m.index, next.exec(text)?.index ?? text.length);
  }
  for (const m of text.matchAll(FUNCTION)) {
    const end = linesAfter(text, m.index);
    if (RANDOM.test(text.slice(m.index, end))) {
      add('function', m.index, end);
    }
  }
  for (const m of text.matchAll(ROUTE)) {
    add('route', m.index, linesAfter(text, m.index));
  }
  return out;
}

function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    depth += text[i] === open ? 1 : text[i] === close ? -1 : 0;
    if (depth === 0) {
      return i + 1;
    }
  }
  return text.length;
}

function linesAfter(text: string, from: number): number {
  let end = from;
  for (let n = 0; n < LINES && end >= 0; n++) {
    end = text.indexOf('\n', end + 1);
  }
  return end < 0 ? text.length : end;
}
