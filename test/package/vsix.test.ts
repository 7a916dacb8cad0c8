import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { packagedFiles, vsixFile } from '../../scripts/vsix.mjs';

describe('the package', () => {
  before(function () {
    this.timeout(120_000);
    const made = spawnSync(process.execPath, ['scripts/vsix.mjs'], {
      cwd: path.join(__dirname, '../..'),
      encoding: 'utf8',
    });
    assert.equal(made.status, 0, made.stdout + made.stderr);
  });

  it('holds what runs and what is read, and nothing else', () => {
    assert.deepEqual(Object.keys(packagedFiles()).sort(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
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
  it('is under 1.7 MB', () => {
    assert.ok(fs.statSync(vsixFile).size < 1_700_000, `${fs.statSync(vsixFile).size} bytes`);
  });
});
