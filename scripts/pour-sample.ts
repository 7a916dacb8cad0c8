// npx tsx scripts/pour-sample.ts NAME FOLDER: copies test/fixtures/NAME into FOLDER with freshly made values.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pour } from '../test/fixtures/pour';

const [name = 'sample', folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: npx tsx scripts/pour-sample.ts NAME FOLDER');
  process.exit(2);
}
pour(path.join(path.dirname(fileURLToPath(import.meta.url)), '../test/fixtures', name), folder);
