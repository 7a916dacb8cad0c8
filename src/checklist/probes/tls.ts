import { type Observation, seen } from '../observation';
import type { ProjectTexts } from '../project-texts';
import { withoutComments } from './code';

/** Ways to switch certificate verification off, by what a file may hold. Sources: the documentation of each client. */
const SWITCHES: readonly RegExp[] = [
  /NODE_TLS_REJECT_UNAUTHORIZED["'\]]*\s*(?:=|:)\s*["']?0\b/g,
  /\brejectUnauthorized["']?\s*:\s*(?:false|!1)\b/g,
  /\bstrict-?ssl["']?\s*(?:[:=]|\s)\s*["']?false\b/gi,
  /\bcheckServerIdentity["']?\s*:\s*(?:\(\s*\)|\(?_?\w*\)?)\s*=>\s*(?:undefined|null|\{\s*\}|true)/g,
  /\bverify\s*=\s*False\b/g,
  /\bverify_?ssl["']?\s*[:=]\s*(?:False|false)\b/gi,
  /\b(?:TCPConnector|connector|session\.\w+|aiohttp\.\w+)\([^)\n]*\bssl\s*=\s*False\b/g,
  /\bssl\._create_unverified_context\b/g,
  /\b(?:ssl\.)?CERT_NONE\b/g,
  /\bcheck_hostname\s*=\s*False\b/g,
  /\bPYTHONHTTPSVERIFY["'\]]*\s*[:=]\s*["']?0\b/g,
  /\bInsecureSkipVerify\s*:\s*true\b/g,
  /\b(?:ALLOW_ALL_HOSTNAME_VERIFIER|NoopHostnameVerifier|InsecureTrustManagerFactory|TrustAllStrategy)\b/g,
  /\bcheckServerTrusted\([^)]*\)\s*(?:throws\s+\w+\s*)?\{\s*\}/g,
  /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s*(?:,|=>)\s*(?:false|0)\b/gi,
  /["']verify_peer(?:_name)?["']\s*=>\s*false\b/gi,
  /["']verify["']\s*=>\s*false\b/gi,
  /\bVERIFY_NONE\b/g,
  /\bServerCertificateCustomValidationCallback\s*\+?=\s*(?:\([^)]*\)|\w+|delegate[^{]*)\s*(?:=>\s*true|\{\s*return\s+true)/g,
  /\bDangerousAcceptAnyServerCertificateValidator\b/g,
  /\bdanger_accept_invalid_(?:certs|hostnames)\(\s*true\s*\)/g,
  /\bcurl\b[^\n|;&]*\s(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)(?=\s|$)/g,
  /\bwget\b[^\n|;&]*\s--no-check-certificate\b/g,
  /\bhttp\.sslVerify["']?\s*[= ]\s*["']?false\b/gi,
  /\bGIT_SSL_NO_VERIFY["']?\s*[:=]\s*["']?(?:1|true)\b/gi,
  /\binsecure-skip-tls-verify["']?\s*[:=]\s*true\b/gi,
];

const LOCAL_HOST = /\b(?:localhost|127\.0\.0\.1|::1|host\.docker\.internal)\b/;

/** Places where certificate verification is switched off. */
export function verificationOff(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  for (const file of project.of('source', 'env', 'config', 'container', 'ci', 'k8s', 'iac', 'test', 'template')) {
    const text = withoutComments(file);
    const lines = new Set<number>();
    for (const rule of SWITCHES) {
      for (const m of text.matchAll(rule)) {
        const { line } = file.at(m.index);
        if (lines.has(line)) {
          continue;
        }
        lines.add(line);
        const start = text.lastIndexOf('\n', m.index) + 1;
        const end = text.indexOf('\n', m.index + m[0].length);
        const own = text.slice(start, end < 0 ? undefined : end);
        const mild = file.class === 'test' || LOCAL_HOST.test(own);
        out.push(seen(file, m.index, 'tlsVerificationDisabled', mild ? 'warn' : 'fail'));
      }
    }
  }
  return out;
}
