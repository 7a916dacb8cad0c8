import { type Observation, seen } from '../observation';
import type { ProjectText } from '../project-texts';
import { type Language, languageOf, withoutComments } from './code';

/** Calls of predictable generators. Go's `rand` counts only where math/rand is imported, Python's only without SystemRandom. */
const WEAK: Readonly<Partial<Record<Language, RegExp>>> = {
  javascript:
    /\bMath\.random\(|\bDate\.now\(\)\.toString\(\s*(?:16|36)\s*\)|\bnew\s+Date\(\)\.getTime\(\)\.toString\(\s*(?:16|36)\s*\)|\bfaker\.\w+|\bchance\.\w+\(|\b_\.(?:random|sample(?:Size)?|shuffle)\(|\buuidv?1\(/g,
  python:
    /(?<![\w.])random\.(?:random|randint|randrange|choices?|sample|getrandbits|shuffle|uniform|randbytes|seed|Random)\(|\b(?:np|numpy)\.random\.\w+|\buuid\.uuid1\(/g,
  go: /\brand\.(?:Int\w*|Uint\w*|Float\w*|Read|Perm|Seed|New|N|IntN)\(/g,
  java: /\bnew\s+(?:java\.util\.)?Random\(|\bMath\.random\(|\bThreadLocalRandom\b|\bnew\s+SplittableRandom\(|\bRandomStringUtils\.random\w*\(|\bkotlin\.random\.Random\b/g,
  php: /(?<![\w>:$])(?:mt_rand|rand|uniqid|lcg_value|str_shuffle|array_rand|mt_srand|srand)\(/g,
  ruby: /(?<![\w.])(?:rand|srand)\(|\bRandom\.(?:rand|new)\b|\.(?:sample|shuffle)\b(?!\(random:)/g,
  c: /(?<!^[ \t]*#[^\n]*)(?<!\b(?:void|int|long|unsigned|double|static|inline)\s)(?<![\w:])(?:s?rand|random|drand48|lrand48)\(|\bstd::(?:mt19937(?:_64)?|minstd_rand0?|default_random_engine)\b/gm,
  csharp: /\bnew\s+(?:System\.)?Random\(|\bRandom\.Shared\b/g,
  rust: /\bSmallRng\b|\bStdRng::seed_from_u64\(|\bfastrand::\w+|\boorandom::\w+|\bXorShift\w*|\bPcg\d+\w*/g,
  swift: /(?<![\w.])(?:s?rand|drand48)\(|\bGKRandomSource\b/g,
  shell: /\$\{?RANDOM\b|\bdate\b[^\n|]*\|\s*(?:md5|sha\d+)(?:sum)?\b/g,
  solidity: /keccak256\(\s*abi\.encode\w*\([^;]*?\b(?:block\.(?:timestamp|prevrandao|difficulty|number)|blockhash\()/g,
};

const STRONG =
  /\bcrypto\.(?:randomBytes|randomUUID|getRandomValues|randomInt|generateKey\w*)|\bgetRandomValues\(|\brandom(?:Bytes|Int)\(|\bsubtle\.generateKey|(?<![\w.])secrets\.\w+\(|\bos\.urandom\(|\bSystemRandom\b|\bSecureRandom\b|\brandom_(?:bytes|int)\(|\bcrypto\/rand\b|\bgetrandom\b|\bBCryptGenRandom\b|\bRandomNumberGenerator\.\w+|\bOsRng\b|\bgetrandom::|\bthread_rng\(|\brand::rng\(|\bWallet\.createRandom\(|\bgenerateMnemonic\(|\bgenerateSecretKey\(|\bgeneratePrivateKey\(|\barc4random\w*|\bopenssl\s+rand\b|\/dev\/urandom\b|\bVRF\w*/g;

/** The same names are weak from math/rand. */
const GO_STRONG = /\brand\.(?:Read|Int|Prime|Text)\(/g;

/** Identifiers of key material (lexicon KM): compound names, so that a map's `key` or an ERC-20 `token` is none. */
const MATERIAL =
  /^(?:.*(?:api|access|secret|private|priv|signing|sign|encryption|webhook|auth|client|consumer|service|session|master|wallet|hmac|jwt|refresh|bearer|account|user|customer|deployer|root|aes|enc)[_-]?(?:key|secret|token|credential)s?|.*(?:secret|passphrase|password|passwd|mnemonic|seed_?phrase|private_?key|credential)s?|(?:.*[_-])?(?:salt|entropy|otp|iv|seed)|.*(?:Salt|Entropy|Otp|Seed|Mnemonic)|(?:new|make|gen(?:erate)?|create)_?(?:api)?_?(?:key|token|secret|seed|salt))$/i;
const NOT_MATERIAL =
  /public_?key|primary_?key|foreign_?key|partition_?key|key_?id|token_?(?:address|id)|per_?second|random/i;
const IDENTIFIER = /[A-Za-z_$][\w$]*/g;

const HARMLESS =
  /backoff|back_off|retr(?:y|ies)|jitter|delay|sleep|timeout|interval|sample|shuffle|colou?r|anim|particle|confetti|avatar|mock|demo|noise|slippage|price|quantity|amount|volume|position|index|pick|load.?balanc|node|proxy|user.?agent/i;

function isMaterial(line: string, wallets: boolean): boolean {
  for (const [name] of line.matchAll(IDENTIFIER)) {
    if (MATERIAL.test(name) && !NOT_MATERIAL.test(name) && (wallets || !OTHER_SEED.test(name)) && !/^dns/i.test(name)) {
      return true;
    }
  }
  return false;
}

/** A generator that is made or seeded: what its numbers are for shows where they are drawn. */
const MADE =
  /^(?:rand\.(?:New|Seed|NewSource)|random\.(?:seed|Random)|(?:np|numpy)\.random\.(?:seed|default_rng|RandomState)|srand|mt_srand|new\s+(?:java\.util\.|System\.)?Random|std::\w+|faker\.seed|StdRng::seed_from_u64)/;
/** Seeds that are no key: a generator's own, and addresses of a network. */
const OTHER_SEED =
  /^(?:(?:rand|random|rng|prng|dns|data|test|fake|hash)?_?seeds?(?:_?(?:no|num|number|value|size|count|nodes?))?)$/i;
const WALLETS = /mnemonic|bip-?39|bip-?32|hd_?wallet|hd_?key|seed_?phrase|recovery phrase|master_?seed/i;
/** What makes text or bytes of a number: the form of a token. */
const TOKEN_LIKE =
  /toString\(\s*(?:16|32|36)\s*\)|charAt\(|\bchar(?:s|set|acters)\b|alphabet|possible|hex|randbytes|getrandbits|choices?\(|RandomString|letters|digits|base64|base58|uuid|md5|sha\d/i;
const SEEDERS = /(?:^|\/)(?:seeders?|factories|faker)\//i;

/** Names in strings and calls of the generator itself say nothing about what the number is for. */
function names(line: string): string {
  return line
    .replace(/(["'`])(?:[^"'`\\]|\\.)*\1/g, ' ')
    .replace(/\b(?:random|rand|np\.random|numpy\.random)\.\w+/g, ' ');
}

const NEAR = 6;

export interface RandomnessFacts {
  readonly observations: readonly Observation[];
  /** Any random call stands near key material, weak or strong. */
  readonly applies: boolean;
}

/** The weak calls of a language; in Go those of math/rand, by the name that the file gives it. */
function weakIn(language: Language, text: string): RegExp | undefined {
  const weak = WEAK[language];
  if (language !== 'go' || !weak) {
    return weak;
  }
  const imported = /(?:\b(\w+)[ \t]+)?"math\/rand(?:\/v2)?"/.exec(text);
  const name = imported?.[1] === 'import' ? undefined : imported?.[1];
  return !imported
    ? undefined
    : name
      ? new RegExp(weak.source.replace('\\brand\\.', `\\b${name}\\.`), weak.flags)
      : weak;
}

/** Weak random numbers near key material, in source files that are no tests. */
export function weakRandomness(files: readonly ProjectText[]): RandomnessFacts {
  const observations: Observation[] = [];
  let applies = false;
  for (const file of files) {
    const language = languageOf(file.path);
    const text = withoutComments(file);
    const wallets = WALLETS.test(text);
    const weak = SEEDERS.test(file.path) ? undefined : weakIn(language, text);
    const lines = text.split('\n');
    const near = (line: number) => lines.slice(Math.max(0, line - 1 - NEAR), line + NEAR);
    const secure =
      language === 'go' && /"crypto\/rand"/.test(text) && !/(?:^|\(|\n)\s*(?:import\s+)?"math\/rand/.test(text);
    for (const m of [...text.matchAll(STRONG), ...(secure ? text.matchAll(GO_STRONG) : [])]) {
      if (near(file.at(m.index).line).some((l) => isMaterial(names(l), wallets))) {
        applies = true;
        observations.push(seen(file, m.index, 'weakRandomNearKeyMaterial', 'pass'));
      }
    }
    if (!weak) {
      continue;
    }
    const handles = lines.some((l) => isMaterial(names(l), wallets));
    for (const m of text.matchAll(weak)) {
      const { line } = file.at(m.index);
      const own = lines[line - 1] ?? '';
      const around = near(line);
      // A uuid v1 or a key made from on-chain data is told by its own line.
      const isMade = MADE.test(m[0]) || MADE.test(text.slice(m.index, m.index + 30));
      const material = isMade ? isMaterial(names(own), wallets) : around.some((l) => isMaterial(names(l), wallets));
      const harmlessHere = HARMLESS.test(own) && !isMaterial(names(own), wallets);
      if (material && !harmlessHere) {
        applies = true;
        observations.push(seen(file, m.index, 'weakRandomNearKeyMaterial', 'fail'));
      } else if (language === 'solidity') {
        applies = true;
        observations.push(seen(file, m.index, 'weakRandomNearKeyMaterial', 'warn', { confidence: 'medium' }));
      } else if (handles && !isMade && TOKEN_LIKE.test(own) && !around.some((l) => HARMLESS.test(l))) {
        applies = true;
        observations.push(seen(file, m.index, 'weakRandomNearKeyMaterial', 'warn', { confidence: 'medium' }));
      }
    }
    for (const m of text.matchAll(/\b(?:uuid\.uuid4|uuidv4|randomUUID|Guid\.NewGuid|UUID\.randomUUID)\(/g)) {
      const own = lines[file.at(m.index).line - 1] ?? '';
      if (/(?:api|secret|access)[_-]?(?:key|token|secret)\w*\s*(?::[^=]*)?[:=]/i.test(own)) {
        applies = true;
        observations.push(seen(file, m.index, 'weakRandomNearKeyMaterial', 'warn', { confidence: 'medium' }));
      }
    }
  }
  return { observations, applies };
}
