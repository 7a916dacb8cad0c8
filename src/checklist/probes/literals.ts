import type { Finding } from '../../scan/finding';
import { entropy, isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { type Observation, seen, seenFinding } from '../observation';
import type { ProjectText } from '../project-texts';
import { withoutComments } from './code';

/** A name that says its value is a secret, as the last words (lexicon SN), then a quoted or bare value. */
const NAMED =
  /(?<![A-Za-z0-9])([A-Za-z0-9_.-]{0,60}(?:key|secret|token|passphrase|password|passwd|mnemonic|seed|seed_?phrase|credential)s?)["']?[ \t]*(?::=|=>|[:=])[ \t]*(?:"([^"\n]{16,400})"|'([^'\n]{16,400})'|([^\s"'#,;{}()[\]]{16,400}))/gi;
const NO_SECRET =
  /public_?key|primary_?key|foreign_?key|partition_?key|sort_?key|key_?id|token_?(?:address|id|uri|url|mint|symbol|name)|tokens_per|max_?tokens|_path$|_file$|_name$|_url$|keyring|keystore/i;
/** Files in which a value may stand without quotes. */
const BARE =
  /(?:^|\/)\.env|\.(?:env|ya?ml|ini|cfg|conf|properties|toml|tfvars|sh|bash)$|(?:^|\/)(?:Dockerfile|\.npmrc|\.pypirc|\.netrc)/;

/** Live findings: secrets that no directive ignores. Published keys belong to a check of their own. */
export function secretsIn(file: ProjectText): readonly Finding[] {
  return file.findings.filter((f) => f.state === 'secret' && !f.ignored && f.testKeyName === undefined);
}

/** How many of a file's secrets an inline directive ignores. */
export function ignoredIn(files: readonly ProjectText[]): number {
  return files.reduce((n, f) => n + f.findings.filter((x) => x.state === 'secret' && x.ignored).length, 0);
}

/** Values that only their name and their entropy tell: no provider's shape. */
export function namedLiterals(file: ProjectText): { readonly start: number; readonly end: number }[] {
  const text = withoutComments(file);
  const out = [];
  for (const m of text.matchAll(NAMED)) {
    const name = m[1] as string;
    const bare = m[4];
    const value = (m[2] ?? m[3] ?? bare) as string;
    if (NO_SECRET.test(name) || (bare !== undefined && !BARE.test(file.path))) {
      continue;
    }
    const start = m.index + m[0].length - value.length - (bare === undefined ? 1 : 0);
    const end = start + value.length;
    if (
      /\s/.test(value) ||
      !/\d/.test(value) ||
      !/[A-Za-z]/.test(value) ||
      /^(?:https?|wss?|file|[a-z]+):\/\/|^\.{0,2}\/|^[\w.-]+\.(?:json|pem|key|ya?ml|ts|js|py|com|io|org)$/.test(
        value,
      ) ||
      entropy(value) < 3.2 ||
      isReference(value) ||
      isPlaceholder(value) ||
      /^(?:process|os|env|config|settings|secrets?|vars?|self|this|ctx|req|args|params|data|local|module|aws_|var)[._[]/.test(
        value,
      ) ||
      /^[A-Za-z_$][\w$-]*(?:\.[A-Za-z_$][\w$-]*)+$/.test(value) ||
      /^(?:ENC\[|encrypted:|AQICA|\$ANSIBLE)/.test(value) ||
      // hashes of passwords, other variables, package names, lists of words, stand-ins
      /^\$(?:argon2\w*|pbkdf2[\w-]*|2[aby]?|5|6|y|scrypt)\$|^\$[A-Z_]\w*[/"]|^@[\w.-]+\/|^[\w.-]+(?:[,=][\w.-]+){3,}$|to_?be_?(?:modified|changed|replaced|set)/i.test(
        value,
      ) ||
      file.findings.some((f) => f.start < end && f.end > start)
    ) {
      continue;
    }
    out.push({ start, end });
  }
  return out;
}

/** Everything of value class `literal` in a file, as observations. `weigh` gives the outcome of each confidence. */
export function literalObservations(
  file: ProjectText,
  probe: string,
  weigh: (confidence: 'certain' | 'likely' | 'possible' | 'named') => Observation['outcome'],
): Observation[] {
  const found = secretsIn(file).map((f) => seenFinding(file, f, probe, weigh(f.confidence)));
  const named = namedLiterals(file).map(({ start }) =>
    seen(file, start, probe, weigh('named'), { confidence: 'medium' }),
  );
  return [...found, ...named].sort((a, b) => a.line - b.line || a.column - b.column);
}
