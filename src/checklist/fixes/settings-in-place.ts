import { scanText } from '../../scan/scan';
import { say } from '../../words/say';
import { type Fix, lineAt, replaced } from './offered-fix';

/** A value in a document becomes a placeholder that says what belongs there. */
export const placeholder: Fix = (place) => {
  const text = place.text ?? '';
  const found = scanText(text, { fileName: place.file }).findings.find((f) => f.start <= place.at && place.at < f.end);
  return found && found.state === 'secret'
    ? {
        id: 'qf.docs.placeholder',
        title: say('Replace this value by <{0}>', found.variable),
        changes: () => replaced(place, found.start, found.end, `<${found.variable}>`),
      }
    : undefined;
};

/** Switches that make a client or a shell write what it sends or runs. */
const VERBOSE: readonly (readonly [found: RegExp, to: string, title: string])[] = [
  [/(\bverbose["']?\s*[:=]\s*)true\b/, '$1false', say('Switch off verbose')],
  [/(\bverbose["']?\s*[:=]\s*)True\b/, '$1False', say('Switch off verbose')],
  [/("log_responses"\s*:\s*)true\b/, '$1false', say('Switch off log_responses')],
  [/(\bdebuglevel\s*=\s*)[1-9]\d*/, '$10', say('Set debuglevel to 0')],
  [/(setLevel\(\s*logging\.)DEBUG\b/, '$1WARNING', say('Log warnings only')],
  [/\bset -x\b(?![a-z])/, ':', say('Switch off the trace of commands')],
  [/(\bset\s+-[a-wyzA-Z]*)x([a-z]*)\b/, '$1$2', say('Switch off the trace of commands')],
];

export const disableVerbose: Fix = (place) => {
  const text = place.text ?? '';
  const { end } = lineAt(text, place.at);
  const rest = text.slice(place.at, end);
  for (const [found, to, title] of VERBOSE) {
    const m = found.exec(rest);
    if (m) {
      const start = place.at + m.index;
      return {
        id: 'qf.log.disableVerbose',
        title,
        changes: () => replaced(place, start, start + m[0].length, m[0].replace(found, to)),
      };
    }
  }
  return undefined;
};

/** A default behind an environment variable, up to the place of the default. */
const FALLBACKS: readonly (readonly [found: RegExp, to: (name: string) => string])[] = [
  [
    /\b(process\.env\.([A-Z][A-Z0-9_]*)|process\.env\[["']([A-Z][A-Z0-9_]*)["']\])(\s*)(?:\?\?|\|\|)\s*(["'`])[^"'`\n]*\5/g,
    (name) => `process.env.${name} ?? (() => { throw new Error('${name} is not set'); })()`,
  ],
  [
    /\bos\.(?:environ\.get|getenv)\(\s*["'](([A-Z][A-Z0-9_]*))["']\s*,\s*["'][^"'\n]*["']\s*\)/g,
    (name) => `os.environ["${name}"]`,
  ],
  [/\$\{(([A-Za-z_]\w*)):?-[^}\n]*\}/g, (name) => `\${${name}:?${name} is not set}`],
];

/** Fails when a variable is missing, instead of falling back on a key that everybody knows. */
export const failClosed: Fix = (place) => {
  const text = place.text ?? '';
  for (const [found, to] of FALLBACKS) {
    for (const m of text.matchAll(found)) {
      if (m.index <= place.at && place.at < m.index + m[0].length) {
        const name = (m[2] ?? m[3]) as string;
        return {
          id: 'qf.fallback.failClosed',
          title: say('Fail when {0} is not set', name),
          changes: () => replaced(place, m.index, m.index + m[0].length, to(name)),
        };
      }
    }
  }
  return undefined;
};

const SIZE =
  /\b(?:modulusLength["']?\s*:\s*|RSA\.generate\(\s*|key_size\s*=\s*|newkeys\(\s*|GenerateKey\([^,\n]+,\s*|\.initialize\(\s*|RSA\.Create\(\s*|RSACryptoServiceProvider\(\s*|PKey::RSA\.(?:new|generate)[( ]\s*|private_key_bits["']\s*=>\s*|RsaPrivateKey::new\([^,\n]+,\s*|genrsa\b[^\n|;&]*?\s|dhparam\b[^\n|;&]*?\s|rsa_keygen_bits:|rsa:|-b\s*|-keysize\s+|rsa_bits\s*=\s*)(512|768|1024|1536|2048)\b/;
/** NIST SP 800-57 Part 1 Rev. 5, table 2: 128 bits of strength. */
const SOUND = '3072';

/** Raises the size of an RSA or Diffie-Hellman key to one of 128 bits of strength. */
export const strengthen: Fix = (place) => {
  const part = (place.text ?? '').slice(place.at, place.at + 400);
  const m = SIZE.exec(part);
  const size = m?.[1];
  if (!m || !size) {
    return undefined;
  }
  const end = place.at + m.index + m[0].length;
  return {
    id: 'qf.keygen.strengthen',
    title: say('Make keys of {0} bits instead of {1}', SOUND, size),
    changes: () => replaced(place, end - size.length, end, SOUND),
  };
};

/** Marks a secret variable or output of Terraform, or encrypts the state of an S3 backend. */
export const terraformHygiene: Fix = (place) => {
  const text = place.text ?? '';
  const head = /^(?:(variable|output)\s+"([^"]+)"|(backend)\s+"s3")\s*\{/.exec(text.slice(place.at));
  if (!head) {
    return undefined;
  }
  const open = place.at + head[0].length;
  if (/^[^{}]*\b(?:sensitive|ephemeral|encrypt)\s*=\s*true\b/.test(text.slice(open))) {
    return undefined;
  }
  const indent = /^[ \t]*/.exec(lineAt(text, place.at).line)?.[0] ?? '';
  const argument = head[3] ? 'encrypt = true' : 'sensitive = true';
  const empty = /^[ \t]*\}/.test(text.slice(open));
  return {
    id: head[3] ? 'qf.tf.encryptState' : 'qf.tf.sensitive',
    title: head[3] ? 'Encrypt the state in S3' : `Mark ${head[1]} ${head[2]} as sensitive`,
    changes: () => replaced(place, open, open, `\n${indent}  ${argument}${empty ? `\n${indent}` : ''}`),
  };
};
