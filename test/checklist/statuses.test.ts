import { uuid } from '../scan/specimens';
import { describeCases, project } from './cases';
import { asOf, perfect } from './perfect';

// The verdicts that no other table of this folder has a project for; every-status.test.ts tells which those are.

const lying = { asOf };
const desk = perfect();
/** A key and no policy: what only the policy can say is asked. */
const bare = { 'bot.js': 'process.env.KRAKEN_API_SECRET;\n' };
/** Neither keys nor a policy. */
const empty = { 'a.js': 'export {};\n' };

describeCases('KW-GEN-03', [
  project(
    'warn',
    'a key in notes that git ignores',
    { 'docs/notes.md': `COINMARKETCAP_API_KEY=${uuid()}\n` },
    { lying: { ignored: ['docs/notes.md'] } },
  ),
]);
describeCases('KW-REV-06', [
  project('fail', 'a secret in a log', { 'a.js': 'console.log(exchange.apiSecret);\n' }),
  project('not-applicable', 'no source', { 'README.md': '# a\n' }),
]);
describeCases('KW-ROT-01', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
]);
describeCases('KW-ROT-02', [project('needs-attestation', 'no policy', bare)]);
describeCases('KW-ROT-03', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
]);
describeCases('KW-REV-01', [project('needs-attestation', 'no policy', bare)]);
describeCases('KW-REV-02', [project('needs-attestation', 'no policy', bare)]);
describeCases('KW-REV-03', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
]);
describeCases('KW-REV-04', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
  project('pass', 'a log of all four events', desk, { lying }),
]);
describeCases('KW-REV-05', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
]);
describeCases('KW-REV-07', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
]);
describeCases('KW-ACC-01', [project('not-applicable', 'no key', empty)]);
describeCases('KW-ACC-03', [project('needs-attestation', 'no policy', bare)]);
describeCases('KW-ACC-05', [project('needs-attestation', 'no policy', bare)]);
describeCases('KW-ACC-11', [project('not-applicable', 'no key', empty)]);
describeCases('KW-ACC-12', [
  project('needs-attestation', 'no policy', bare),
  project('not-applicable', 'no key', empty),
]);
describeCases('KW-INC-01', [
  project('not-applicable', 'no key', empty),
  project('pass', 'rules, signals and a channel', desk, { lying }),
]);
describeCases('KW-INC-05', [
  project('not-applicable', 'no key', empty),
  project('pass', 'exercised this year', desk, { lying, basis: 'attested' }),
]);
describeCases('KW-INC-06', [project('not-applicable', 'no key', empty)]);
const trained = (at: string, expiresAt: string) =>
  perfect((p) =>
    Object.assign(
      p.policy.attestations.find((a: { check: string }) => a.check === 'KW-INC-08'),
      { at, expiresAt },
    ),
  );
describeCases('KW-INC-08', [
  project('not-applicable', 'no key', empty),
  project('pass', 'trained this year', desk, { lying, basis: 'attested' }),
  project('warn', 'the statement ended a month ago', trained('2025-10-20', '2026-10-20'), { lying }),
]);

/** A company that issues keys, and says nothing more. */
const issues = (issuedKeys: object = {}) =>
  perfect((p) => {
    p.policy.issuedKeys = issuedKeys;
    p.policy.detection = { ownKeyFormats: [{ id: 'prices', pattern: 'prices_live_[0-9A-Za-z]{40}' }] };
  });
describeCases('KW-ISS-01', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
describeCases('KW-ISS-03', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
describeCases('KW-ISS-04', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
describeCases('KW-ISS-05', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
describeCases('KW-ISS-06', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
describeCases('KW-ISS-07', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
describeCases('KW-ISS-08', [project('needs-attestation', 'nothing is said', issues(), { lying })]);
