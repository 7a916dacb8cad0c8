import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { bin } from '../../scripts/setup.mjs';
import { packagedFiles, vsixFile } from '../../scripts/vsix.mjs';

describe('the package', () => {
  let said = '';

  before(function () {
    this.timeout(120_000);
    const made = spawnSync(process.execPath, ['scripts/vsix.mjs'], {
      cwd: path.join(__dirname, '../..'),
      encoding: 'utf8',
    });
    said = made.stdout + made.stderr;
    assert.equal(made.status, 0, said);
  });

  it('holds what runs and what is read, and nothing else', () => {
    assert.deepEqual(Object.keys(packagedFiles()).sort(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/SUPPORT.md',
      'extension/THIRD-PARTY-NOTICES.txt',
      'extension/changelog.md',
      'extension/dist/built.json',
      'extension/dist/catalog.js',
      'extension/dist/checklist.js',
      'extension/dist/cli.js',
      'extension/dist/definitions.js',
      'extension/dist/engine.js',
      'extension/dist/extension.js',
      'extension/dist/extension.web.js',
      'extension/dist/idioms.js',
      'extension/dist/keyward.ignore.schema.json',
      'extension/dist/keyward.policy.schema.json',
      'extension/dist/report-view.js',
      'extension/dist/reports.js',
      'extension/dist/say.js',
      'extension/dist/scan.js',
      'extension/dist/validator.js',
      'extension/dist/words.js',
      'extension/dist/yaml.js',
      'extension/media/icon.png',
      'extension/media/keyward.svg',
      'extension/media/walkthrough/audit.svg',
      'extension/media/walkthrough/find.svg',
      'extension/media/walkthrough/move.svg',
      'extension/media/walkthrough/rules.svg',
      'extension/package.json',
      'extension/package.nls.json',
      'extension/readme.md',
      'extension/syntaxes/ignore-directives.tmLanguage.json',
      'extension/syntaxes/plain-values.tmLanguage.json',
      'extension/syntaxes/secret-references.tmLanguage.json',
      'extension/syntaxes/variable-references.tmLanguage.json',
      'extension/syntaxes/whole-comments.tmLanguage.json',
    ]);
  });

  // 0.6 MB of it is the web host's: its extension is one file, and holds again what the desktop loads part by part.
  it('is made without a warning', () => {
    assert.doesNotMatch(said, /warn|deprecat/i);
  });

  it('reaches Open VSX whole and without a warning, where that is this machine', async () => {
    const bodies: Buffer[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        bodies.push(Buffer.concat(parts));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ namespace: 'keyward', name: 'keyward', version: '0.1.0' }));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const { port } = server.address() as AddressInfo;
      const told = await new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [bin('ovsx'), 'publish', vsixFile], {
          env: { ...process.env, OVSX_REGISTRY_URL: `http://127.0.0.1:${port}`, OVSX_PAT: 'none' },
        });
        let text = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (part) => {
            text += part;
          });
        }
        child.once('close', (status) => resolve(`${text}${status}`));
      });
      assert.match(told, /Published keyward\.keyward v[\d.]+[\s\S]*0$/);
      assert.doesNotMatch(told, /warn|deprecat/i);
      assert.ok(bodies.some((body) => body.equals(fs.readFileSync(vsixFile))));
    } finally {
      server.close();
    }
  }).timeout(60_000);

  it('is under 1.7 MB', () => {
    assert.ok(fs.statSync(vsixFile).size < 1_700_000, `${fs.statSync(vsixFile).size} bytes`);
  });
});
