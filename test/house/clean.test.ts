import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { decodeText } from '../../src/project/text-encoding';
import { scanText } from '../../src/scan/scan';

const root = path.join(__dirname, '../..');

describe('the repository itself', () => {
  it('holds no credential', function () {
    let files: string[];
    try {
      files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
    } catch {
      this.skip();
    }
    const found = files.flatMap((file) => {
      const full = path.join(root, file);
      const text = fs.existsSync(full) ? decodeText(fs.readFileSync(full))?.text : undefined;
      return text === undefined
        ? []
        : scanText(text, { fileName: file })
            .findings.filter((f) => f.state === 'secret' && f.confidence !== 'possible')
            .map((f) => `${file} at ${f.start}: ${f.ruleId}`);
    });
    assert.deepEqual(found, []);
  });
});
