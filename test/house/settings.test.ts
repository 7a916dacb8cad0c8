import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { type Section, settingsTable } from '../../src/report/settings-table';

const root = path.join(__dirname, '../..');
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));

describe('the settings', () => {
  const sections = read('package.json').contributes.configuration as Section[];
  const properties = Object.assign({}, ...sections.map((s) => s.properties));

  it('are what docs/settings.md says (npm run settings -- --write)', () => {
    const page = fs.readFileSync(path.join(root, 'docs/settings.md'), 'utf8');
    assert.equal(page, settingsTable(sections, read('package.nls.json')));
  });

  it('that could silence findings count only in trusted folders', () => {
    const { restrictedConfigurations } = read('package.json').capabilities.untrustedWorkspaces;
    const silencing = Object.keys(properties).filter((n) =>
      /^keyward\.(?:enable$|detection\.|fixes\.|fixAllOnSave|paste|diagnostics\.|git\.|history\.|hover\.|statusBar$)/.test(
        n,
      ),
    );
    assert.deepEqual([...restrictedConfigurations].sort(), silencing.sort());
  });
});
