import { say } from '../../words/say';
import { type Fix, lineAt, replaced } from './offered-fix';

/** Each plain scheme with its form over TLS, and the port that goes with either. */
const SCHEMES: Readonly<Record<string, { readonly secure: string; readonly plain?: string; readonly port?: string }>> =
  {
    http: { secure: 'https', plain: '80', port: '' },
    ws: { secure: 'wss', plain: '80', port: '' },
    amqp: { secure: 'amqps', plain: '5672', port: ':5671' },
    mqtt: { secure: 'mqtts', plain: '1883', port: ':8883' },
    redis: { secure: 'rediss' },
  };

/** `http:` to `https:`, `ws:` to `wss:` and the like. A port of its own may not speak TLS, and an address has no certificate: not there. */
export const upgradeScheme: Fix = (place) => {
  const found = /^(https?|wss?|redis|amqp|mqtt):\/\/((?:[^\s"'`/@]*@)?)([\w.-]+)(?::(\d+))?/i.exec(
    place.text?.slice(place.at) ?? '',
  );
  const [whole, scheme = '', user = '', host = '', port] = found ?? [];
  const rule = SCHEMES[scheme.toLowerCase()];
  if (!whole || !rule || /^[\d.]+$/.test(host) || (port && rule.plain && port !== rule.plain)) {
    return undefined;
  }
  const kept = port === undefined ? '' : (rule.port ?? `:${port}`);
  return {
    id: 'qf.tls.upgradeScheme',
    title: say('Use {0}: for {1}', rule.secure, host),
    changes: () => replaced(place, place.at, place.at + whole.length, `${rule.secure}://${user}${host}${kept}`),
  };
};

/** What a switch of a client becomes so that certificates are verified. Sources: the documentation of each client. */
const SWITCHES: readonly (readonly [found: RegExp, to: string, name: string])[] = [
  [/(NODE_TLS_REJECT_UNAUTHORIZED["'\]]*\s*(?:=|:)\s*["']?)0\b/, '$11', 'NODE_TLS_REJECT_UNAUTHORIZED'],
  [/(PYTHONHTTPSVERIFY["'\]]*\s*[:=]\s*["']?)0\b/, '$11', 'PYTHONHTTPSVERIFY'],
  [/(rejectUnauthorized["']?\s*:\s*)(?:false|!1)\b/, '$1true', 'rejectUnauthorized'],
  [/(strict-?ssl["']?\s*(?:[:=]|\s)\s*["']?)false\b/i, '$1true', 'strict-ssl'],
  [/(\bverify_?ssl["']?\s*[:=]\s*)False\b/, '$1True', 'verify_ssl'],
  [/(\bverify_?ssl["']?\s*[:=]\s*)false\b/i, '$1true', 'verify_ssl'],
  [/(\bverify\s*=\s*)False\b/, '$1True', 'verify'],
  [/(\bssl\s*=\s*)False\b/, '$1True', 'ssl'],
  [/\bssl\._create_unverified_context\b/, 'ssl.create_default_context', say('the default context')],
  [/\bCERT_NONE\b/, 'CERT_REQUIRED', 'CERT_REQUIRED'],
  [/(\bcheck_hostname\s*=\s*)False\b/, '$1True', 'check_hostname'],
  [/(InsecureSkipVerify\s*:\s*)true\b/, '$1false', 'InsecureSkipVerify'],
  [/(CURLOPT_SSL_VERIFYHOST\s*(?:,|=>)\s*)(?:false|0)\b/i, '$12', 'CURLOPT_SSL_VERIFYHOST'],
  [/(CURLOPT_SSL_VERIFYPEER\s*(?:,|=>)\s*)(?:false|0)\b/i, '$1true', 'CURLOPT_SSL_VERIFYPEER'],
  [/(["']verify_peer(?:_name)?["']\s*=>\s*)false\b/i, '$1true', 'verify_peer'],
  [/(["']verify["']\s*=>\s*)false\b/i, '$1true', 'verify'],
  [/\bVERIFY_NONE\b/, 'VERIFY_PEER', 'VERIFY_PEER'],
  [/(danger_accept_invalid_(?:certs|hostnames)\(\s*)true/, '$1false', say('certificate verification')],
  [/(\bhttp\.sslVerify["']?\s*[= ]\s*["']?)false\b/i, '$1true', 'http.sslVerify'],
  [/(\binsecure-skip-tls-verify["']?\s*[:=]\s*)true\b/i, '$1false', say('TLS verification')],
  [/(\bcurl\b[^\n|;&]*?)\s--insecure(?=\s|$)/, '$1', say('certificate verification of curl')],
  [/(\bcurl\b[^\n|;&]*?)\s-k(?=\s|$)/, '$1', say('certificate verification of curl')],
  [/(\bcurl\b[^\n|;&]*?\s-[a-zA-Z]*)k([a-zA-Z]*(?=\s|$))/, '$1$2', say('certificate verification of curl')],
  [/(\bwget\b[^\n|;&]*?)\s--no-check-certificate\b/, '$1', say('certificate verification of wget')],
];

/** Switches certificate verification on again. Callbacks and trust managers of one's own are left to people. */
export const enableVerification: Fix = (place) => {
  const text = place.text ?? '';
  const { end } = lineAt(text, place.at);
  const rest = text.slice(place.at, end);
  const rule = SWITCHES.map(([found, to, name]) => ({ m: found.exec(rest), found, to, name }))
    .filter(({ m }) => m !== null)
    .sort((a, b) => (a.m?.index ?? 0) - (b.m?.index ?? 0))[0];
  if (!rule?.m) {
    return undefined;
  }
  const start = place.at + rule.m.index;
  const whole = rule.m[0];
  return {
    id: 'qf.tls.enableVerify',
    title: say('Switch on {0}', rule.name),
    changes: () => replaced(place, start, start + whole.length, whole.replace(rule.found, rule.to)),
  };
};
