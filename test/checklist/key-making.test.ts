import { describeCases, project } from './cases';
import { key, policyWith, signer, statement } from './policies';

const js = (code: string) => ({ 'k.js': `${code}\n` });
const py = (code: string) => ({ 'k.py': `${code}\n` });
const go = (code: string) => ({ 'k.go': `${code}\n` });
const sh = (code: string) => ({ 'k.sh': `${code}\n` });

describeCases('KW-GEN-05', [
  project('fail', 'RSA of 1024 bits', js("generateKeyPairSync('rsa', { modulusLength: 1024 });"), { at: 'k.js:1' }),
  project('warn', 'RSA of 2048 bits', py('rsa.generate_private_key(public_exponent=65537, key_size=2048)')),
  project('pass', 'RSA of 3072 bits', go('k, _ := rsa.GenerateKey(rand.Reader, 3072)')),
  project('warn', 'openssl genrsa 2048', sh('openssl genrsa -out ca.key 2048')),
  project('fail', 'ssh-keygen -t dsa', sh('ssh-keygen -t dsa -f deploy')),
  project('pass', 'ssh-keygen -t ed25519', sh('ssh-keygen -t ed25519 -f deploy')),
  project('fail', 'a curve of 192 bits', sh('openssl ecparam -name prime192v1 -genkey')),
  project('warn', 'a curve of 224 bits', go('ecdsa.GenerateKey(elliptic.P224(), rand.Reader)')),
  project('pass', 'a curve of 256 bits', js("crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });")),
  project('fail', 'triple DES', js("crypto.createCipheriv('des-ede3-cbc', k, iv);")),
  project('fail', 'AES in ECB mode', py('AES.new(k, AES.MODE_ECB)')),
  project('fail', 'Java AES, which is ECB', { 'K.java': 'Cipher c = Cipher.getInstance("AES");\n' }),
  project('not-applicable', 'Java AES with GCM', { 'K.java': 'Cipher c = Cipher.getInstance("AES/GCM/NoPadding");\n' }),
  project('warn', 'requests signed with HMAC-SHA-1', js("crypto.createHmac('sha1', secret).update(body);")),
  project('fail', 'requests signed with HMAC-MD5', js("crypto.createHmac('md5', secret).update(body);")),
  project('not-applicable', 'requests signed with HMAC-SHA-256', js("crypto.createHmac('sha256', s).update(b);")),
  project('not-applicable', 'one-time passwords', js("const totp = crypto.createHmac('sha1', s).update(counter);")),
  project('fail', 'PBKDF2 with 1000 rounds', py("hashlib.pbkdf2_hmac('sha256', p, s, 1000)")),
  project('pass', 'PBKDF2 with 600,000 rounds', py("hashlib.pbkdf2_hmac('sha256', p, s, 600_000)")),
  project('fail', 'scrypt with a small N', py('hashlib.scrypt(p, salt=s, n=2**10, r=8, p=1)')),
  project(
    'fail',
    'a wallet of a hashed phrase',
    js("new ethers.Wallet(ethers.keccak256(ethers.toUtf8Bytes('a phrase')));"),
  ),
  project(
    'fail',
    'a wallet of a hashed phrase, by a name',
    py('pk = hashlib.sha256(passphrase.encode()).hexdigest()\nAccount.from_key(pk)'),
  ),
  project('fail', 'an API key of 8 bytes', js("const apiKey = crypto.randomBytes(8).toString('hex');")),
  project('warn', 'an API key of 16 bytes', py('api_key = secrets.token_hex(16)')),
  project('pass', 'an API key of 32 bytes', go('func newKey() {\n\tbuf := make([]byte, 32)\n\trand.Read(buf)\n}')),
  project(
    'pass',
    'an AES key of 16 bytes',
    js('const aesKey = crypto.randomBytes(16);\nconst rsa = { modulusLength: 4096 };'),
  ),
  project(
    'not-applicable',
    'bytes that are no key',
    js('const requestId = crypto.randomBytes(8);\nconst salt = crypto.randomBytes(8);'),
  ),
  project(
    'pass',
    'a buffer that becomes a key',
    go(
      'func Issue() string {\n\tbuf := make([]byte, 32)\n\trand.Read(buf)\n\tapiKey := encode(buf)\n\treturn apiKey\n}',
    ),
  ),
  project('not-applicable', 'a buffer in Go', go('func read() {\n\tbuf := make([]byte, 8)\n\tconn.Read(buf)\n}')),
  project('pass', 'a phrase of 256 bits', js('const phrase = generateMnemonic(256);')),
  project('fail', 'tokens that nobody signs', js("jwt.verify(t, k, { algorithms: ['none'] });")),
  project('fail', 'tokens signed with a word', js("jwt.sign(payload, 'shhhh');")),
  project('warn', 'Terraform RSA by default', { 'm.tf': 'resource "tls_private_key" "k" {\n  algorithm = "RSA"\n}\n' }),
  project('pass', 'Terraform RSA 4096', {
    'm.tf': 'resource "tls_private_key" "k" {\n  algorithm = "RSA"\n  rsa_bits = 4096\n}\n',
  }),
  project('pass', 'RSA 2048 where the policy asks for 112 bits', {
    ...js('const o = { modulusLength: 2048 };'),
    ...policyWith([], { crypto: { minimumSecurityBits: 112 } }),
  }),
  project('not-applicable', 'a comment', js('// modulusLength: 1024')),
  project('not-applicable', 'a project that makes no keys', js('run();')),
]);

describeCases('KW-GEN-06', [
  project('pass', 'a complete record', policyWith([key()]), { basis: 'declared' }),
  project('warn', 'no deputy in production', policyWith([key({ deputy: undefined })])),
  project(
    'pass',
    'no deputy of a solo developer',
    policyWith([key({ deputy: undefined })], { project: { name: 'bot', team: 'solo' } }),
  ),
  project('pass', 'no deputy in development', policyWith([key({ deputy: undefined, environment: 'dev' })])),
  project('warn', 'no word on how it was made', policyWith([key({ generation: undefined })])),
  project('fail', 'an owner who is not defined', policyWith([key({ owner: 'kim' })])),
  project('fail', 'an environment that is not defined', policyWith([key({ environment: 'moon' })])),
  project('fail', 'an owner who left, without a deputy', policyWith([key({ owner: 'eve', deputy: undefined })])),
  project('pass', 'an owner who left, with a deputy', policyWith([key({ owner: 'eve' })])),
  project(
    'pass',
    'a destroyed key',
    policyWith([key({ owner: 'kim', status: 'destroyed', destroyedAt: '2026-11-01' })]),
  ),
  project('needs-attestation', 'no policy', js('process.env.KRAKEN_API_KEY;'), { reason: 'no-policy' }),
  project(
    'needs-attestation',
    'a policy with errors',
    { ...js('process.env.KRAKEN_API_KEY;'), 'keyward.policy.jsonc': '{' },
    { reason: 'policy-invalid' },
  ),
  project('not-applicable', 'no keys', js('run();')),
]);

describeCases('KW-GEN-07', [
  project('pass', 'made in a KMS, with a record', policyWith([signer()]), { basis: 'declared' }),
  project('warn', 'made in a KMS, without a record', policyWith([signer({ generation: { method: 'kms' } })])),
  project('fail', 'a brain wallet', policyWith([signer({ generation: { method: 'brain-wallet' } })])),
  project('needs-attestation', 'nobody says it', policyWith([signer({ generation: undefined })]), {
    reason: 'no-attestation',
  }),
  project(
    'pass',
    'attested',
    policyWith([signer({ generation: undefined })], { attestations: [statement('KW-GEN-07')] }),
    { basis: 'attested' },
  ),
  project(
    'needs-attestation',
    'attested for another key',
    policyWith([signer({ generation: undefined })], {
      attestations: [statement('KW-GEN-07', { scope: { keys: ['other'] } })],
    }),
  ),
  project(
    'needs-attestation',
    'an attestation that has ended',
    policyWith([signer({ generation: undefined })], {
      attestations: [statement('KW-GEN-07', { expiresAt: '2026-11-01' })],
    }),
    { reason: 'attestation-expired' },
  ),
  project(
    'needs-attestation',
    'code that signs, without a policy',
    js('new ethers.Wallet(process.env.PRIVATE_KEY, mainnet);'),
    { reason: 'no-policy' },
  ),
  project('not-applicable', 'a trading key only', policyWith([key()])),
  project('not-applicable', 'a signing key in development', policyWith([signer({ environment: 'dev' })])),
]);
