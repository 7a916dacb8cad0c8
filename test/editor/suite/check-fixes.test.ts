import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Assessment } from '../../../src/checklist/assessment';
import { emptyWorkspace, onDisk, open, squiggles, until, workspace, write } from '../workspace';

const folder = () => vscode.Uri.file(workspace).toString();

async function run(): Promise<Assessment> {
  const [assessment] = (await vscode.commands.executeCommand('keyward.runChecklist')) as Assessment[];
  return assessment as Assessment;
}

async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
}

async function perform(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.command, 'the action is offered');
  await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

describe('quick fixes of failed checks', () => {
  beforeEach(emptyWorkspace);

  it('change the text at a squiggle, are saved, and one undo takes them back', async () => {
    write({ 'feed.ts': "// the feed\nexport const feed = 'http://api.kraken.com/0/public/Ticker';\n" });
    await run();
    const { document } = await open('feed.ts');
    const squiggle = await until('the squiggle', () => squiggles(document.uri).find((d) => codeOf(d) === 'KW-DIS-01'));
    const actions = await actionsAt(document.uri, squiggle.range);
    await perform(actions.find((a) => a.title === 'Use https: for api.kraken.com'));
    assert.match(document.getText(), /'https:\/\/api\.kraken\.com\/0\/public\/Ticker'/);
    await until('the saved text', () => onDisk('feed.ts')?.includes('https:'));
    await until('no squiggle', () => squiggles(document.uri).every((d) => codeOf(d) !== 'KW-DIS-01'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /'http:\/\/api/);
  });

  it('work on the text as it is now', async () => {
    write({ 'net.js': 'export const agent = new Agent({ rejectUnauthorized: false });\n' });
    await run();
    const { document } = await open('net.js');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// one more line\n');
    await vscode.workspace.applyEdit(edit);
    const done = await vscode.commands.executeCommand('keyward.fixCheck', {
      folder: folder(),
      check: 'KW-DIS-02',
      evidence: 0,
    });
    assert.equal(done, true);
    assert.equal(
      document.getText(),
      '// one more line\nexport const agent = new Agent({ rejectUnauthorized: true });\n',
    );
  });

  it('extend .gitignore, and create files that a check misses', async () => {
    write({ '.gitignore': 'node_modules\n', 'package.json': '{ "dependencies": { "ccxt": "4.4.0" } }\n' });
    const before = await run();
    const index = (check: string) => before.results.find((r) => r.check === check)?.evidence.length ?? 0;
    assert.ok(index('KW-STO-02') > 0);
    await vscode.commands.executeCommand('keyward.fixCheck', { folder: folder(), check: 'KW-STO-02', evidence: 0 });
    await until('the rules', () => onDisk('.gitignore')?.startsWith('node_modules\n.env\n'));
    assert.equal(
      await vscode.commands.executeCommand('keyward.fixCheck', { folder: folder(), check: 'KW-ACC-09' }),
      true,
    );
    assert.match(onDisk('.pre-commit-config.yaml') ?? '', /id: keyward/);
    await vscode.commands.executeCommand('keyward.fixCheck', {
      folder: folder(),
      check: 'KW-INC-07',
      fix: 'qf.template.dependabot',
    });
    assert.match(onDisk('.github/dependabot.yml') ?? '', /package-ecosystem: npm/);
    const after = await run();
    const status = (check: string) => after.results.find((r) => r.check === check)?.status;
    assert.deepEqual([status('KW-STO-02'), status('KW-ACC-09')], ['pass', 'pass']);
  });

  it('change the policy where a check reads it', async () => {
    const answers = { profile: 'solo', owner: 'ann', contact: 'ann@example.org', days: '60' };
    write({ 'bot.ts': 'export const key = process.env.KRAKEN_API_KEY;\n' });
    assert.equal(await vscode.commands.executeCommand('keyward.createPolicy', folder(), answers), true);
    const text = onDisk('keyward.policy.jsonc') ?? '';
    assert.match(text, /"owner": "ann"/);
    assert.match(text, /"defaultMaxAgeDays": 60/);
    assert.match(text, /"name": "KRAKEN_API_KEY"/);
    await run();
    const expiry = { folder: folder(), check: 'KW-ROT-03', evidence: 0 };
    assert.equal(await vscode.commands.executeCommand('keyward.fixCheck', expiry), true);
    assert.match(onDisk('keyward.policy.jsonc') ?? '', /"expiresAt": "\d{4}-\d\d-\d\d"/);
  });
});

describe('Create Policy', () => {
  beforeEach(emptyWorkspace);

  it('asks, and leaves nothing behind when the person turns away', async () => {
    const asking = vscode.commands.executeCommand('keyward.createPolicy');
    await new Promise((resolve) => setTimeout(resolve, 700));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(await asking, false);
    assert.equal(onDisk('keyward.policy.jsonc'), undefined);
  });
});

describe('references to keys in open texts', () => {
  beforeEach(emptyWorkspace);

  it('are errors when the key is retired, and can be added when it is not listed', async () => {
    write({
      'keyward.policy.jsonc': `{
  "version": 1,
  "project": { "name": "bot", "team": "solo" },
  "environments": [{ "id": "live", "kind": "production" }],
  "owners": [{ "id": "ann", "kind": "person", "contact": "ann@example.org" }],
  "inventory": { "keys": [
    { "id": "kraken-old", "provider": "kraken", "kind": "api-key", "class": "trading", "environment": "live", "owner": "ann",
      "purpose": "orders of the bot", "status": "deactivated", "createdAt": "2026-01-01", "deactivatedAt": "2026-06-01",
      "references": [{ "name": "KRAKEN_API_SECRET" }], "storage": { "store": "env-file" } }
  ] }
}
`,
      'old.ts': 'const s = process.env.KRAKEN_API_SECRET;\nconst t = process.env.BINANCE_API_SECRET;\n',
    });
    const { document } = await open('old.ts');
    const error = await until('the error', () => squiggles(document.uri).find((d) => d.code === 'key-retired'));
    assert.equal(error.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(error.message, 'kraken-old is deactivated since 2026-06-01 and still referenced here.');
    assert.equal(document.getText(error.range), 'KRAKEN_API_SECRET');
    const here = new vscode.Range(1, 25, 1, 25);
    const actions = await actionsAt(document.uri, here);
    await perform(actions.find((a) => a.title === 'Add BINANCE_API_SECRET to the inventory'));
    assert.match(onDisk('keyward.policy.jsonc') ?? '', /"name": "BINANCE_API_SECRET"/);
    const again = await until('no second offer', async () => {
      const offered = await actionsAt(document.uri, here);
      return offered.every((a) => !a.title.startsWith('Add BINANCE')) && offered;
    });
    assert.ok(again);
  });

  it('lead to quick fixes for the inventory: retire a key, assign an owner', async () => {
    const day = new Date(Date.now() - 120 * 86_400_000).toISOString().slice(0, 10);
    write({
      'keyward.policy.jsonc': `{
  "version": 1,
  "project": { "name": "bot", "team": "solo" },
  "environments": [{ "id": "live", "kind": "production" }],
  "owners": [{ "id": "ann", "kind": "person", "contact": "ann@example.org" }],
  "rotation": { "defaultMaxAgeDays": 90 },
  "inventory": { "keys": [
    { "id": "kraken-live", "provider": "kraken", "kind": "api-key", "class": "trading", "environment": "live", "owner": "bob",
      "purpose": "orders of the bot", "status": "active", "createdAt": "${day}", "storage": { "store": "env-file" } }
  ] }
}
`,
    });
    const uri = vscode.Uri.file(`${workspace}/keyward.policy.jsonc`);
    const { document } = await open('keyward.policy.jsonc');
    const ownerless = await until('no owner', () => squiggles(uri).find((d) => d.code === 'key-owner'));
    await perform((await actionsAt(uri, ownerless.range)).find((a) => a.title === 'Assign an owner to kraken-live…'));
    await until('the owner', () => document.getText().includes('"owner": "ann"'));
    await until('no squiggle', () => squiggles(uri).every((d) => d.code !== 'key-owner'));
    const overdue = await until('overdue', () => squiggles(uri).find((d) => d.code === 'key-overdue'));
    await perform((await actionsAt(uri, overdue.range)).find((a) => a.title === 'Retire kraken-live'));
    await until('retired', () => /"status": "deactivated"/.test(onDisk('keyward.policy.jsonc') ?? ''));
  });
});

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}
