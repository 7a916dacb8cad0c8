// npm run catalog [-- --write]: prints the table of all credential types, or writes it to docs/catalog.md.
import fs from 'node:fs';
import path from 'node:path';
import { catalogTable } from '../src/report/catalog-table';

const text = catalogTable();
if (process.argv.includes('--write')) {
  fs.writeFileSync(path.join(__dirname, '../docs/catalog.md'), text);
} else {
  process.stdout.write(text);
}
