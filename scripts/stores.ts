// npm run stores [-- --write]: prints the table of the stores that fixes move values to, or writes it to docs/stores.md.
import fs from 'node:fs';
import path from 'node:path';
import { storesTable } from '../src/report/stores-table';

const text = storesTable();
if (process.argv.includes('--write')) {
  fs.writeFileSync(path.join(__dirname, '../docs/stores.md'), text);
} else {
  process.stdout.write(text);
}
