import { readBareLine, readIndentedParents } from './bare-lines';
import { walkHolders } from './holders';
import { type Literal, lineStart, readLiteral } from './literal';
import { type Role, roleOf, squash } from './names';
import { SiteReader } from './site-reader';
import { readWithinString } from './within-string';

/** How a name is tied to the value. */
export type Bond = 'name' | 'header' | 'parameter' | 'flag' | 'option' | 'argument' | 'label' | 'element';

export interface SiteName {
  readonly text: string;
  readonly flat: string;
  readonly bond: Bond;
}

/** What stands around a value: everything judgement may use, none of it the value. */
export interface Site {
  readonly literal: Literal;
  /** Names that hold this very value, nearest first. */
  readonly names: readonly SiteName[];
  /** Keys, objects, tables and variables around those names, nearest first. */
  readonly parents: readonly string[];
  /** Squashed: the name after each of the nearest holders, as `kraken: { futures: { apiKey } }` spells `futuresapikey` and
   * `krakenapikey`. */
  readonly paths: readonly string[];
  /** Functions and constructors that get the value, nearest first, with the argument's index. */
  readonly calls: readonly { readonly callee: string; readonly index: number }[];
  readonly role: Role | undefined;
  /** Variable whose lookup this literal backs up (`process.env.X ?? "literal"`). */
  readonly fallbackOf?: string;
  /** `sha256-`, `0x` hash schemes and the like directly before the value. */
  readonly algorithm?: string;
}

const ALGORITHM =
  /(?:sha(?:1|224|256|384|512)|md5|blake2b|blake3|keccak(?:256)?|ripemd160|crc32|cid|multihash|urn:uuid)[-:=_]$/i;

/** What the names of classes and sections add to a provider's. */
const HOLDER_WORDS = /(?:client|api|options|config(?:uration)?|settings|credentials|keys|exchange|service|provider|s)$/;

/** Holders that are no provider, whatever a provider may be called. */
const COMMON_HOLDERS =
  /^(?:request|response|headers?|body|data|params|query|config|options?|env|environment|default|api|rest|client|service|keys?|account|user|wallet|auth|main|test|prod|app|public|private|item|env|args)$/;

function pathsOf(r: SiteReader): string[] {
  const name = r.names[0]?.flat;
  if (!name) {
    return [];
  }
  const callee = r.calls[0]?.callee.split(/[.:\\]+/).at(-1);
  const holders = [...r.parents.slice(0, 4), ...(callee ? [callee] : [])]
    .map(squash)
    .filter((h) => !COMMON_HOLDERS.test(h));
  return holders.flatMap((h) => {
    const bare = h.replace(HOLDER_WORDS, '');
    return bare && bare !== h ? [h + name, bare + name] : [h + name];
  });
}

/** What stands before a list of bytes: Go's `[]byte`, Java's `new byte[]`, Rust's `&` and `vec!`, calls that take it. */
const MAKER =
  /(?:\[\s{0,2}\w{0,8}\s{0,2}\]\s{0,2}u?(?:byte|int8|u8)|new\s{1,3}\w{1,12}\s{0,2}\[\w{0,4}\]|vec!|&|(?:new\s{1,3})?Uint8Array(?:\.(?:from|of))?\s{0,2}\(|Buffer\.from\s{0,2}\(|(?:bytes|bytearray)\s{0,2}\()\s{0,4}$/;

/** Reads what stands around the value at `[start, end)`. */
export function readSite(text: string, start: number, end: number): Site {
  const literal = readLiteral(text, start, end);
  const r = new SiteReader(text, start, end);
  if (literal.quote) {
    if (!literal.whole) {
      // Inside a longer string: first what the string itself says, then what holds the string.
      readWithinString(r, literal.start, start);
    }
    walkHolders(r, literal);
  } else if (/[[{(]/.test(text[start] as string)) {
    // A list of bytes: what makes it one is passed.
    const maker = MAKER.exec(text.slice(Math.max(r.floor, start - 60), start))?.[0] ?? '';
    walkHolders(r, { ...literal, outer: start - maker.length });
  } else if (!readBareLine(r, lineStart(text, start, r.floor), start)) {
    walkHolders(r, literal);
  }
  readIndentedParents(r, start);
  const role = r.names.map((n) => roleOf(n.text)).find((x) => x !== undefined);
  const algorithm = ALGORITHM.exec(text.slice(Math.max(0, start - 12), start))?.[0];
  return {
    literal,
    names: r.names,
    parents: r.parents,
    paths: pathsOf(r),
    calls: r.calls,
    role,
    ...(r.fallbackOf === undefined ? {} : { fallbackOf: r.fallbackOf }),
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}
