// npm run fixes [-- --write]: prints the table of what fixes write, or writes it to docs/fixes.md.
import fs from 'node:fs';
import path from 'node:path';
import { fixesTable } from '../src/report/fixes-table';

const text = fixesTable();
if (process.argv.includes('--write')) {
  fs.writeFileSync(path.join(__dirname, '../docs/fixes.md'), text);
} else {
  process.stdout.write(text);
}
