import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { emptyWorkspace, onDisk, open, squiggles, until, workspace, write } from '../workspace';

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const policy = (created: string) => `{
  // our keys
  "version": 1,
  "project": { "name": "bot", "team": "solo" },
  "environments": [{ "id": "live", "kind": "production" }],
  "owners": [{ "id": "ann", "kind": "person", "contact": "ann@example.org" }],
  "rotation": { "defaultMaxAgeDays": 90, "warnBeforeDays": 14 },
  "inventory": {
    "keys": [
      {
        "id": "kraken-live", "provider": "kraken", "kind": "api-key-pair", "class": "trading", "environment": "live",
        "owner": "ann", "purpose": "orders of the bot", "status": "active", "createdAt": "${created}",
        "references": [{ "name": "KRAKEN_API_SECRET" }],
        "storage": { "store": "env-file" }
      }
    ]
  }
}
`;
const folder = () => vscode.Uri.file(workspace).toString();

async function hoverText(uri: vscode.Uri, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  return hovers
    .flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value)))
    .join('\n')
    .replaceAll('\\', '');
}

describe('the inventory in the editor', () => {
  beforeEach(emptyWorkspace);

  it('shows the passport of a key on a reference, and offers to add one that is not listed', async () => {
    write({
      'keyward.policy.jsonc': policy(day(80)),
      'passport.ts': 'const s = process.env.KRAKEN_API_SECRET;\nconst t = process.env.BINANCE_API_SECRET;\n',
    });
    const { document } = await open('passport.ts');
    const text = await until('the passport', async () => {
      const found = await hoverText(document.uri, new vscode.Position(0, 25));
      return found.includes('kraken-live') && found;
    });
    assert.match(text, /live, owner ann/);
    assert.match(text, /80 days old of 90 at most\. To be rotated by .*, in 10 days\./);
    const other = await hoverText(document.uri, new vscode.Position(1, 25));
    assert.match(other, /BINANCE_API_SECRET is not in the inventory\. \[Add it\]\(command:keyward\.addToInventory/);
    assert.equal(await vscode.commands.executeCommand('keyward.addToInventory', folder(), 'BINANCE_API_SECRET'), true);
    assert.match(onDisk('keyward.policy.jsonc') ?? '', /"provider": "binance"[\s\S]*"name": "BINANCE_API_SECRET"/);
    assert.match(onDisk('keyward.policy.jsonc') ?? '', /\/\/ our keys/);
  });

  it('tells of an overdue key at its place, and marks it as rotated, on record in the audit log', async () => {
    write({ 'keyward.policy.jsonc': policy(day(120)) });
    const uri = vscode.Uri.file(`${workspace}/keyward.policy.jsonc`);
    const [overdue] = await until('the overdue key', () => {
      const list = squiggles(uri).filter((d) => d.code === 'key-overdue');
      return list.length > 0 && list;
    });
    assert.match(overdue?.message ?? '', /^kraken-live must have been rotated by \d{4}-\d\d-\d\d, 30 days ago\.$/);
    const { document } = await open('keyward.policy.jsonc');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      (overdue as vscode.Diagnostic).range,
    );
    const action = actions.find((a) => a.title === 'Mark kraken-live as rotated today');
    assert.ok(action?.command);
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    assert.match(onDisk('keyward.policy.jsonc') ?? '', new RegExp(`"rotatedAt": "${day(0)}"`));
    await until('no overdue key', () => squiggles(uri).every((d) => d.code !== 'key-overdue'));
    const log = onDisk('.keyward/audit.jsonl') ?? '';
    assert.match(log, /"event":"rotate"/);
    assert.match(log, /kraken-live/);
    assert.equal(await vscode.commands.executeCommand('keyward.verifyAuditLog'), true);
    write({ '.keyward/audit.jsonl': log.replace('rotate', 'revoke') });
    void vscode.commands.executeCommand('keyward.verifyAuditLog');
  });
});
