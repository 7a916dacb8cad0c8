// npm run settings: the page of all settings; with --write, as docs/settings.md.
import fs from 'node:fs';
import path from 'node:path';
import { settingsTable } from '../src/report/settings-table';

const root = path.join(__dirname, '..');
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
const table = settingsTable(read('package.json').contributes.configuration, read('package.nls.json'));
if (process.argv.includes('--write')) {
  fs.writeFileSync(path.join(root, 'docs/settings.md'), table);
} else {
  process.stdout.write(table);
}
