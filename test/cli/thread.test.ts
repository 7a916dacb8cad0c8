import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AuditMessage, AuditRequest } from '../../src/report/audit-stream';
import { uuid } from '../scan/specimens';
import { Folder } from './command-line';

describe('a thread of the command line', () => {
  it("says what it finds in the person's language, every sentence of it", async function () {
    const script = path.join(__dirname, '../../dist/cli.js');
    if (!fs.existsSync(script)) {
      this.skip(); // npm test builds it first
    }
    const folder = new Folder();
    folder.write({ 'a.js': `const x = { coinmarketcapApiKey: '${uuid()}' };\n` });
    const request: AuditRequest = {
      audit: 'folder',
      root: folder.root,
      exclude: [],
      hidden: [],
      options: {},
      ignores: { entries: [], problems: [] },
      policy: 'policy',
      words: { 'Its holder can read free data in your name.': 'Its holder, in another language.' },
    };
    const worker = new Worker(script, { workerData: request });
    const messages: string[] = [];
    worker.on('message', (told: AuditMessage) => {
      if (told.told === 'found') {
        messages.push(...told.findings.map((f) => f.message));
      }
    });
    await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
    folder.remove();
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /Its holder, in another language\./);
  });
});
