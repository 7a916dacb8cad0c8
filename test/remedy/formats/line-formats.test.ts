import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { DockerfileParser } from 'dockerfile-ast';
import { isRefusal } from '../../../src/remedy/idiom';
import { alnum, hex } from '../../scan/specimens';
import { fix, tryFix } from '../fixing';

const secret = () => alnum(64);

/** Instructions of a Dockerfile as its parser reads them. */
const instructions = (text: string) =>
  DockerfileParser.parse(text)
    .getInstructions()
    .map((i) => i.toString().replace(/\s*\\\s*\n\s*/g, ' '));

describe('fixes in Dockerfiles, Terraform and properties', () => {
  it('take ENV out of an image and say how the container gets it', async () => {
    const [k, s] = [secret(), secret()];
    const { files, plan } = await fix(
      {
        Dockerfile: `FROM node:20\nENV BINANCE_API_KEY=${k} \\\n    MODE=live \\\n    BINANCE_API_SECRET="${s}"\nENV BINANCE_TESTNET_API_SECRET ${secret()}\nCMD ["node", "bot.js"]\n`,
      },
      'Dockerfile',
    );
    assert.deepEqual(instructions(files.Dockerfile as string), [
      'FROM node:20',
      'ENV MODE=live',
      'CMD ["node", "bot.js"]',
    ]);
    assert.match(files['.env'] ?? '', /^BINANCE_API_KEY=.*\nBINANCE_API_SECRET=/);
    assert.match(plan.title, /\(then docker run --env-file \.env\)$/);
  });

  it('keep ARG without a default, and give a build step a build secret', async () => {
    const [k, s] = [secret(), secret()];
    const { files, plan } = await fix(
      {
        Dockerfile: `FROM alpine\nARG BINANCE_API_SECRET=${s}\nRUN curl -H "X-MBX-APIKEY: ${k}" https://api.binance.com -o /data\n`,
      },
      'Dockerfile',
    );
    assert.deepEqual(instructions(files.Dockerfile as string), [
      'FROM alpine',
      'ARG BINANCE_API_SECRET',
      'RUN --mount=type=secret,id=BINANCE_API_KEY,env=BINANCE_API_KEY curl -H "X-MBX-APIKEY: ${BINANCE_API_KEY}" https://api.binance.com -o /data',
    ]);
    assert.match(plan.followUp[0]?.line ?? '', /docker build --secret id=BINANCE_API_KEY,env=BINANCE_API_KEY/);
  });

  it('give a variable of ENV or ARG to the build steps that use it', async () => {
    const [k, s] = [secret(), secret()];
    const { files, plan } = await fix(
      {
        Dockerfile: `FROM alpine\nARG BINANCE_API_KEY=${k}\nENV BINANCE_API_SECRET=${s}\nRUN apk add curl\nRUN curl -H "X-MBX-APIKEY: $BINANCE_API_KEY" \\\n  https://api.binance.com\nCMD ["bot"]\n`,
      },
      'Dockerfile',
    );
    assert.deepEqual(instructions(files.Dockerfile as string), [
      'FROM alpine',
      'RUN apk add curl',
      'RUN --mount=type=secret,id=BINANCE_API_KEY,env=BINANCE_API_KEY curl -H "X-MBX-APIKEY: $BINANCE_API_KEY" https://api.binance.com',
      'CMD ["bot"]',
    ]);
    assert.match(
      plan.followUp.map((c) => c.line).join('\n'),
      /docker build --secret id=BINANCE_API_KEY[\s\S]*docker run --env-file/,
    );
  });

  it('are read by Terraform itself', async function () {
    if (spawnSync('terraform', ['fmt', '-'], { input: 'a = 1\n' }).status !== 0) {
      this.skip();
    }
    this.timeout(30_000);
    const samples = [
      `provider "x" {\n  binance_api_secret = "${secret()}"\n  rpc = "https://mainnet.infura.io/v3/${hex(32)}?x=\${var.y}"\n}`,
      `variable "coingecko" {\n  type    = string\n  default = "CG-${alnum(24)}"\n}\n`,
      `variable "coingecko" { default = "CG-${alnum(24)}" }\n`,
      `locals {\n  binance = { api_key = "${secret()}", api_secret = "${secret()}" }\n  text = <<-EOT\n    binance_api_secret: ${secret()}\n  EOT\n}\n`,
    ];
    for (const text of samples) {
      const { files } = await fix({ 'main.tf': text }, 'main.tf');
      const ran = spawnSync('terraform', ['fmt', '-'], { input: files['main.tf'], encoding: 'utf8' });
      assert.equal(ran.status, 0, `${ran.stderr}\n${files['main.tf']}`);
      assert.match(ran.stdout, /sensitive\s+= true/);
      const formatted = spawnSync('terraform', ['fmt', '-'], { input: text, encoding: 'utf8' }).stdout === text;
      assert.ok(!formatted || ran.stdout === files['main.tf'], `not as terraform fmt has it:\n${files['main.tf']}`);
    }
  });

  it('declare a sensitive variable of Terraform once, and take defaults and tfvars out', async () => {
    const [s, i] = [secret(), hex(32)];
    const { files } = await fix(
      {
        'main.tf': `provider "x" {\n  binance_api_secret = "${s}"\n  rpc                = "https://mainnet.infura.io/v3/${i}"\n}\n`,
      },
      'main.tf',
    );
    assert.equal(
      files['main.tf'],
      'provider "x" {\n  binance_api_secret = var.binance_api_secret\n  rpc                = "https://mainnet.infura.io/v3/${var.infura_api_key}"\n}\n\nvariable "infura_api_key" {\n  type      = string\n  sensitive = true\n}\n\nvariable "binance_api_secret" {\n  type      = string\n  sensitive = true\n}\n',
    );
    assert.equal(files['.env'], `TF_VAR_binance_api_secret=${s}\nTF_VAR_infura_api_key=${i}\n`);
    const own = await fix(
      { 'v.tf': `variable "coingecko" {\n  type    = string\n  default = "CG-${alnum(24)}"\n}\n` },
      'v.tf',
    );
    assert.equal(own.files['v.tf'], 'variable "coingecko" {\n  type      = string\n  sensitive = true\n}\n');
    const vars = await fix({ 'prod.tfvars': `mode = "live"\nbinance_api_secret = "${s}"\n` }, 'prod.tfvars');
    assert.equal(vars.files['prod.tfvars'], 'mode = "live"\n');
    assert.equal(vars.files['.env'], `TF_VAR_binance_api_secret=${s}\n`);
  });

  it('move Environment= of a unit to a file that only root reads', async () => {
    const s = secret();
    const { files, plan } = await fix(
      { 'deploy/bot.service': `[Service]\nEnvironment=MODE=live "BINANCE_API_SECRET=${s}"\nExecStart=/opt/bot\n` },
      'deploy/bot.service',
    );
    assert.equal(
      files['deploy/bot.service'],
      '[Service]\nEnvironmentFile=/etc/bot.env\nEnvironment=MODE=live\nExecStart=/opt/bot\n',
    );
    assert.equal(files['.env'], `BINANCE_API_SECRET=${s}\n`);
    assert.match(plan.followUp[0]?.line ?? '', /install -m 600 \.env \/etc\/bot\.env/);
  });

  it('use the placeholders of Spring, and refuse where the reader is not known', async () => {
    const s = secret();
    const spring = await fix({ 'application.properties': `binance.api.secret=${s}\n` }, 'application.properties');
    assert.equal(spring.files['application.properties'], 'binance.api.secret=${BINANCE_API_SECRET}\n');
    const ini = await tryFix({ 'bot.ini': `[binance]\napi_secret = ${s}\n` }, 'bot.ini');
    assert.ok(isRefusal(ini) && ini.wayOut.includes('BINANCE_API_SECRET'));
  });
});
