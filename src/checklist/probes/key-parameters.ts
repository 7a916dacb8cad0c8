import { terraformBlocks } from '../formats/terraform';
import { at, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

const PROBE = 'weakKeyParameters';

type Outcome = Observation['outcome'];

/** A way to make or derive a key. `judge` gets the groups of the match; undefined means that this is none. */
interface Rule {
  readonly pattern: RegExp;
  readonly judge: (groups: readonly (string | undefined)[], minimum: number) => Outcome | undefined;
}

/** Bits of security of an RSA or Diffie-Hellman modulus: NIST SP 800-57 Part 1 Rev. 5, table 2. */
function rsaStrength(bits: number): number {
  return bits >= 15360 ? 256 : bits >= 7680 ? 192 : bits >= 3072 ? 128 : bits >= 2048 ? 112 : 80;
}

/** Below 112 bits nothing is approved; between that and what the policy asks for is a warning. */
function judged(strength: number, minimum: number): Outcome {
  return strength < 112 ? 'fail' : strength < minimum ? 'warn' : 'pass';
}

const rsa: Rule['judge'] = ([bits], minimum) => judged(rsaStrength(Number(bits)), minimum);

const CURVE_BITS = /(?:secp|sect|prime|brainpoolP|P-?|K-|B-)(\d{3})/i;

const curve: Rule['judge'] = ([name = ''], minimum) => {
  const bits = Number(CURVE_BITS.exec(name)?.[1] ?? (/448/.test(name) ? 448 : 256));
  return bits < 224 ? 'fail' : judged(Math.min(256, Math.floor(bits / 2)), minimum);
};

const broken = (): Outcome => 'fail';
const sound = (): Outcome => 'pass';
/** HMAC-SHA-1 is still permitted where a protocol asks for it (NIST SP 800-131A Rev. 2, section 10), HMAC-MD5 is not. */
const oldHmac: Rule['judge'] = (groups) => (groups.some((g) => g !== undefined && /md5/i.test(g)) ? 'fail' : 'warn');

/** `16384`, `2**14`, `2 ** 14`, `1 << 14`, `100_000`. */
function numberOf(text: string | undefined): number {
  const power = /^2\s*\*\*\s*(\d+)$/.exec(text ?? '') ?? /^1\s*<<\s*(\d+)$/.exec(text ?? '');
  return power ? 2 ** Number(power[1]) : Number((text ?? '').replaceAll('_', ''));
}

const iterations: Rule['judge'] = ([count]) => (numberOf(count) < 100_000 ? 'fail' : 'pass');
const cost: Rule['judge'] = ([n]) => (numberOf(n) < 16_384 ? 'fail' : 'pass');
const entropy: Rule['judge'] = ([bits]) => (bits !== undefined && Number(bits) < 128 ? 'fail' : 'pass');

const NUMBER = String.raw`(\d[\d_]*|2\s*\*\*\s*\d+|1\s*<<\s*\d+)`;
const ANY = `[^;{}]{0,200}?`;

function rule(pattern: string, judge: Rule['judge'], flags = 'g'): Rule {
  return { pattern: new RegExp(pattern, flags), judge };
}

/** Key pairs of a given size. */
const PAIRS: readonly Rule[] = [
  rule(String.raw`\bmodulusLength["']?\s*:\s*(\d+)`, rsa),
  rule(String.raw`\bRSA\.generate\(\s*(\d+)`, rsa),
  rule(
    String.raw`\brsa\.generate_private_key\(${ANY}\bkey_size\s*=\s*(\d+)|\brsa\.generate_private_key\(\s*\d+\s*,\s*(\d+)|\brsa\.newkeys\(\s*(\d+)`,
    ([a, b, c], m) => rsa([a ?? b ?? c], m),
  ),
  rule(String.raw`\brsa\.Generate(?:MultiPrime)?Key\([^,\n]+,\s*(\d+)`, rsa),
  rule(
    String.raw`KeyPairGenerator\.getInstance\(\s*"RSA"[\s\S]{0,200}?\.initialize\(\s*(?:new\s+RSAKeyGenParameterSpec\()?\s*(\d+)`,
    rsa,
  ),
  rule(String.raw`\bRSA\.Create\(\s*(\d+)|\bRSACryptoServiceProvider\(\s*(\d+)`, ([a, b], m) => rsa([a ?? b], m)),
  rule(String.raw`\bPKey::RSA\.(?:new|generate)[( ]\s*(\d+)`, rsa),
  rule(String.raw`["']private_key_bits["']\s*=>\s*(\d+)`, rsa),
  rule(String.raw`\bRsaPrivateKey::new\([^,\n]+,\s*(\d+)`, rsa),
  rule(String.raw`\bopenssl\s+(?:genrsa|dhparam)\b[^\n|;&]*?\s(\d{3,5})\b`, rsa),
  rule(String.raw`\brsa_keygen_bits:(\d+)|\b-newkey["',\s]+rsa:(\d+)`, ([a, b], m) => rsa([a ?? b], m)),
  rule(
    String.raw`\bssh-keygen\b[^\n|;&]*?-t\s*rsa\b[^\n|;&]*?-b\s*(\d+)|\bssh-keygen\b[^\n|;&]*?-b\s*(\d+)[^\n|;&]*?-t\s*rsa\b`,
    ([a, b], m) => rsa([a ?? b], m),
  ),
  rule(String.raw`\bssh-keygen\b[^\n|;&]*?-t\s*(?:ed25519|ecdsa)`, sound),
  rule(String.raw`\bkeytool\b[^\n|;&]*?-keyalg\s+RSA\b[^\n|;&]*?-keysize\s+(\d+)`, rsa),
  rule(
    String.raw`\bssh-keygen\b[^\n|;&]*?-t\s*dsa\b|\bkeytool\b[^\n|;&]*?-keyalg\s+DSA\b|\bopenssl\s+(?:gendsa|dsaparam)\b`,
    broken,
  ),
  rule(
    String.raw`\bgenerateKeyPair(?:Sync)?\(\s*["']dsa["']|\bDSA\.generate\(|\bdsa\.(?:generate_private_key|GenerateKey|GenerateParameters)\(|KeyPairGenerator\.getInstance\(\s*"DSA"|\bPKey::DSA\.(?:new|generate)`,
    broken,
  ),
];

/** Curves by name; those below 224 bits break, 224 bits warn. */
const CURVES: readonly Rule[] = [
  rule(String.raw`\b(secp(?:112|128|160|192)[rk][12]|prime192v[123]|sect1\d\d[rk][12])\b`, broken, 'gi'),
  rule(String.raw`\b(secp224[rk]1)\b|\belliptic\.(P224)\(\)`, ([a, b], m) => curve([a ?? b], m), 'gi'),
  rule(String.raw`\bnamedCurve["']?\s*:\s*["']([\w-]+)["']`, curve),
  rule(
    String.raw`\bgenerateKeyPair(?:Sync)?\(\s*["'](?:ed25519|ed448|x25519|x448)["']|\bed25519\.GenerateKey\(|\bEd25519PrivateKey\.generate\(`,
    sound,
  ),
  rule(String.raw`\becdsa\.GenerateKey\(\s*elliptic\.(P\d{3})\(\)`, curve),
  rule(String.raw`\bec\.generate_private_key\(\s*ec\.(\w+)\(`, curve),
  rule(
    String.raw`\bopenssl\s+ecparam\b[^\n|;&]*?-name\s+([\w-]+)[^\n|;&]*?-genkey|\bec_paramgen_curve:([\w-]+)`,
    ([a, b], m) => curve([a ?? b], m),
  ),
  rule(
    String.raw`\b(?:Wallet\.createRandom|generatePrivateKey|Keypair\.generate|Account\.create|ECPair\.makeRandom|crypto\.GenerateKey|LocalWallet::new|PrivateKeySigner::random)\(`,
    sound,
  ),
];

/** Broken ciphers and modes, and MD5 or SHA-1 as a signing or deriving primitive. */
const PRIMITIVES: readonly Rule[] = [
  rule(String.raw`\bcreate(?:C|Dec)ipher(?:iv)?\(\s*["'](?:des[\w-]*|rc[24][\w-]*|[\w-]+-ecb)["']`, broken, 'gi'),
  rule(String.raw`\bCryptoJS\.(?:DES|TripleDES|RC4)\b|\bCryptoJS\.mode\.ECB\b`, broken),
  rule(String.raw`\b(?:DES3?|ARC4|ARC2)\.new\(|\bMODE_ECB\b|\bmodes\.ECB\(|\balgorithms\.(?:TripleDES|ARC4)\(`, broken),
  rule(String.raw`\bdes\.New(?:TripleDES)?Cipher\(|\brc4\.NewCipher\(`, broken),
  rule(
    String.raw`\bCipher\.getInstance\(\s*"(?:DES|DESede|TripleDES|RC4|ARCFOUR|AES"|AES/ECB)|\bKeyGenerator\.getInstance\(\s*"(?:DES|DESede|RC4|ARCFOUR)"`,
    broken,
  ),
  rule(
    String.raw`\bCipherMode\.ECB\b|\b(?:DES|TripleDES|RC2)\.Create\(|\bnew\s+(?:DES|TripleDES|RC2)CryptoServiceProvider\(`,
    broken,
  ),
  rule(
    String.raw`\bopenssl_encrypt\([^,\n]+,\s*["'](?:des|rc4|[\w-]*ecb)|\bopenssl\s+enc\s+-(?:des|rc4|[\w-]*ecb)\b|\bOpenSSL::Cipher(?:::Cipher)?\.new\(?\s*["'](?:des|rc4|[\w-]*ecb)`,
    broken,
    'gi',
  ),
  rule(
    String.raw`\bcreateHmac\(\s*["'](md5|sha-?1)["']|\bhash_hmac\(\s*["'](md5|sha1)["']|\bHMAC(?:\.\w+)?\(\s*["'](md5|sha1)["']|\bMac\.getInstance\(\s*"Hmac(MD5|SHA1)"`,
    oldHmac,
    'gi',
  ),
  rule(
    String.raw`\bhmac\.(?:new|digest)\([^\n]*?\b(?:hashlib\.)?["']?(md5|sha1)\b["']?\s*\)|\bhmac\.New\(\s*(md5|sha1)\.New\b|\bnew\s+HMAC(MD5|SHA1)\(|\bHmac::?<(Md5|Sha1)>`,
    oldHmac,
  ),
  rule(
    String.raw`\bpbkdf2(?:Sync)?\([^;\n]*["'](?:md5|sha-?1)["']|\bpbkdf2_hmac\(\s*["'](?:md5|sha1)["']|\bhash_pbkdf2\(\s*["'](?:md5|sha1)["']|\bPBKDF2WithHmac(?:MD5|SHA1)\b|\bpbkdf2\.Key\([^;\n]*\b(?:md5|sha1)\.New\b|\bPBKDF2HMAC\([^;]{0,80}?hashes\.(?:MD5|SHA1)\(`,
    broken,
    'gi',
  ),
  rule(String.raw`\balg["']?\s*[:=]\s*["']none["']|\balgorithms?["']?\s*[:=]\s*\[?\s*["']none["']`, broken, 'gi'),
];

/** Work factors of key derivation. */
const DERIVATION: readonly Rule[] = [
  rule(String.raw`\bpbkdf2(?:Sync)?\([^,\n]+,[^,\n]+,\s*${NUMBER}\s*,`, iterations),
  rule(String.raw`\b(?:pbkdf2_hmac|hash_pbkdf2)\([^,\n]+,[^,\n]+,[^,\n]+,\s*${NUMBER}\s*[,)]`, iterations),
  rule(String.raw`\bPBKDF2(?:HMAC)?\([^;]{0,200}?\b(?:iterations|count)\s*=\s*${NUMBER}`, iterations),
  rule(String.raw`\bpbkdf2\.Key\([^,\n]+,[^,\n]+,\s*${NUMBER}\s*,`, iterations),
  rule(
    String.raw`\bnew\s+PBEKeySpec\([^,\n]+,[^,\n]+,\s*${NUMBER}\s*[,)]|\bRfc2898DeriveBytes\([^,\n]+,[^,\n]+,\s*${NUMBER}\s*[,)]`,
    ([a, b], m) => iterations([a ?? b], m),
  ),
  rule(String.raw`\bscrypt(?:Sync)?\([^;]{0,160}?\b(?:N|cost)["']?\s*:\s*${NUMBER}`, cost),
  rule(String.raw`\b(?:hashlib\.scrypt|Scrypt)\([^;]{0,160}?\bn\s*=\s*${NUMBER}`, cost),
  rule(String.raw`\bscrypt\.Key\([^,\n]+,[^,\n]+,\s*${NUMBER}\s*,`, cost),
  rule(String.raw`\bgenerateMnemonic\(\s*(?:\w*wordlist\w*\s*,\s*)?(\d+)?\s*\)`, entropy),
  rule(String.raw`\bMnemonic\([^)\n]*\)\.generate\(\s*(?:strength\s*=\s*)?(\d+)?`, entropy),
  rule(String.raw`\bbip39\.NewEntropy\(\s*(\d+)`, entropy),
];

const HASHES = String.raw`(?:ethers\.(?:utils\.)?|Web3\.|web3\.utils\.|hashlib\.|crypto\.|CryptoJS\.)?(?:sha256|SHA256|keccak256?|Keccak256|sha3|solidityKeccak256|createHash|id)\s*\(`;
const SIGNERS = String.raw`(?:new\s+(?:ethers\.)?Wallet|privateKeyToAccount|PrivateKey(?:\.from\w+)?|(?:Account|account)\.from_key|ToECDSA|ECPair\.fromPrivateKey|Keypair\.fromSeed|Keypair\.from_seed)\s*\(`;

/** A wallet's key that is the hash of a phrase. */
const BRAIN: readonly Rule[] = [
  rule(String.raw`\b${SIGNERS}\s*(?:Buffer\.from\(\s*)?(?:["']0x["']\s*\+\s*)?${HASHES}`, broken),
];

const HASHED = new RegExp(
  String.raw`\b(\w{1,60})\s*(?::=|=(?!=))\s*[^\n;]{0,120}?\b${HASHES}[^\n;]{0,120}?(?:["'${'`'}][^"'${'`'}\n]{8,}["'${'`'}]|\b\w*(?:phrase|passw|brain|sentence|words?\b|email)\w*)`,
  'gi',
);

/** Random bytes by their number; the name that they get decides whether they are a key. */
const BYTES: readonly RegExp[] = [
  /\brandomBytes\(\s*(\d+)/g,
  /\bsecrets\.token_(?:bytes|hex|urlsafe)\(\s*(\d+)/g,
  /\bos\.urandom\(\s*(\d+)/g,
  /\bmake\(\s*\[\]byte,\s*(\d+)\)/g,
  /\brandom_bytes\(\s*(\d+)/g,
  /\bSecureRandom\.(?:hex|random_bytes|bytes|base64|urlsafe_base64|alphanumeric)\(?\s*(\d+)/g,
  /\bRandomNumberGenerator\.GetBytes\(\s*(\d+)/g,
  /\bnew\s+byte\[\s*(\d+)\s*\]/g,
  /\bgetRandomValues\(\s*new\s+Uint8Array\(\s*(\d+)/g,
  /\bopenssl\s+rand\s+(?:-\w+\s+)*(\d+)/g,
];
const KEY_NAME =
  /(?:api|secret|access|private|signing|hmac|jwt|webhook|session|auth|master|customer|client|bearer|refresh)[_-]?(?:key|secret|token)|(?:^|[^a-z])(?:key|secret|token|password|passphrase)(?:s|bytes|buf|hex|raw|material|value)?(?![a-z])|(?:new|make|gen(?:erate)?|create|issue)_?(?:api)?_?(?:key|secret|token)/i;
const ENCRYPTION = /aes|enc(?:ryption)?[_-]?key|cipher[_-]?key|data[_-]?key/i;
/** Names that say nothing: what stands around them tells. */
const NEUTRAL = /\b(?:buf(?:fer)?|bytes?|b|raw|data|rnd|random|out|arr)\b\s*(?::=|=|,)/;
const OTHER =
  /salt|nonce|\biv\b|_iv\b|\bid\b|_id\b|[a-z]Id\b|uuid|state|suffix|filename|boundary|otp|trace|csrf|challenge/;
const RANDOM_FILL = /\brand\.Read|SecureRandom|nextBytes|getRandomValues|RandomNumberGenerator/;

/** Ways in which the project makes or derives keys, strong and weak. None means that it makes no keys. */
export function keyParameters(project: ProjectTexts): readonly Observation[] {
  const minimum = (project.policy.policy?.crypto as { minimumSecurityBits?: number } | undefined)?.minimumSecurityBits;
  const least = minimum ?? 128;
  const out: Observation[] = [];
  const scripts = project.texts.filter((f) => f.class === 'config' && /(?:^|\/)package\.json$/.test(f.path));
  for (const file of [...project.of('source', 'container', 'ci', 'iac'), ...scripts]) {
    const text = withoutComments(file);
    const told = new Map<number, Outcome>();
    const add = (offset: number, outcome: Outcome | undefined) => {
      const { line } = file.at(offset);
      const before = told.get(line);
      if (outcome !== undefined && (before === undefined || (before === 'pass' && outcome !== 'pass'))) {
        told.set(line, outcome);
        out.push(seen(file, offset, PROBE, outcome));
      }
    };
    for (const { pattern, judge } of [...PAIRS, ...CURVES, ...PRIMITIVES, ...DERIVATION, ...BRAIN]) {
      for (const m of text.matchAll(pattern)) {
        add(m.index, isTotp(text, m.index) ? undefined : judge(m.slice(1), least));
      }
    }
    brainWallets(text).forEach((offset) => add(offset, 'fail'));
    randomBytes(text).forEach(({ offset, outcome }) => add(offset, outcome));
    shortJwtSecrets(text).forEach(({ offset, outcome }) => add(offset, outcome));
  }
  return [...out, ...terraformKeys(project, least)];
}

/** One-time passwords are HMAC-SHA-1 by their standard (RFC 6238), and are no keys. */
function isTotp(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', text.lastIndexOf('\n', offset - 1) - 1);
  return /\b(?:totp|hotp|otp)/i.test(text.slice(Math.max(0, start), offset + 120));
}

/** A hash of a phrase is kept in a name, and the name becomes a wallet's key. */
function brainWallets(text: string): number[] {
  return [...text.matchAll(HASHED)]
    .filter((m) => new RegExp(String.raw`\b${SIGNERS}[^\n]{0,40}?\b${m[1]}\b`).test(text.slice(m.index)))
    .map((m) => m.index);
}

function randomBytes(text: string): { offset: number; outcome: Outcome }[] {
  const found: { offset: number; outcome: Outcome }[] = [];
  for (const pattern of BYTES) {
    for (const m of text.matchAll(pattern)) {
      const start = text.lastIndexOf('\n', m.index - 1) + 1;
      const own = text.slice(start, m.index).replace(/\b(?:secrets|SecureRandom)\./g, '');
      const head = text
        .slice(Math.max(0, start - 240), start)
        .split('\n')
        .slice(-5, -1);
      const declaration = head.reverse().find((l) => /\b(?:func|function|def|fn)\b|=>|\)\s*\{\s*$/.test(l)) ?? '';
      const name = /[=:]|return/.test(own) && !/return/.test(own) ? own : `${own} ${declaration}`;
      const needsFill = /^(?:make|new byte)/.test(m[0].replace(/\s+/g, ' '));
      if (needsFill && !RANDOM_FILL.test(text.slice(m.index, m.index + 300))) {
        continue;
      }
      const around = NEUTRAL.test(own)
        ? text
            .split('\n')
            .slice(...linesAround(text, m.index))
            .join('\n')
        : '';
      if (!KEY_NAME.test(`${needsFill ? `${own} ${declaration}` : name}\n${around}`) || OTHER.test(own)) {
        continue;
      }
      const bytes = Number(m[1]);
      const isCipher = ENCRYPTION.test(own);
      found.push({ offset: m.index, outcome: bytes < 16 ? 'fail' : bytes < 32 && !isCipher ? 'warn' : 'pass' });
    }
  }
  return found;
}

/** The lines within six of an offset, as a range. */
function linesAround(text: string, offset: number): [number, number] {
  const line = text.slice(0, offset).split('\n').length - 1;
  return [Math.max(0, line - 6), line + 7];
}

/** A literal that signs tokens is too short to be a key. */
function shortJwtSecrets(text: string): { offset: number; outcome: Outcome }[] {
  return [...text.matchAll(/\bjwt\.(?:sign|encode)\([^;\n]*?,\s*(["'])([^"'\n]{1,31})\1\s*[,)]/g)]
    .filter((m) => !/^(?:HS|RS|ES|PS)\d{3}$|^EdDSA$/.test(m[2] as string))
    .map((m) => ({ offset: m.index, outcome: (m[2] as string).length < 16 ? 'fail' : 'warn' }));
}

function terraformKeys(project: ProjectTexts, minimum: number): Observation[] {
  return terraformBlocks(project).flatMap(({ file, labels, body, at: start }): Observation[] => {
    const [type] = labels;
    if (type === 'tls_private_key') {
      const algorithm = textOf(at(body, 'algorithm'));
      const bits = textOf(at(body, 'rsa_bits')) || '2048';
      const named = textOf(at(body, 'ecdsa_curve')) || 'P224';
      const outcome =
        algorithm === 'RSA' ? rsa([bits], minimum) : algorithm === 'ECDSA' ? curve([named], minimum) : 'pass';
      return [seen(file, at(body, 'rsa_bits')?.at ?? start, PROBE, outcome ?? 'pass')];
    }
    if (type === 'aws_kms_key') {
      const spec = textOf(at(body, 'customer_master_key_spec') ?? at(body, 'key_spec'));
      const bits = /^RSA_(\d+)$/.exec(spec)?.[1];
      return [seen(file, start, PROBE, bits ? judged(rsaStrength(Number(bits)), minimum) : 'pass')];
    }
    return [];
  });
}
