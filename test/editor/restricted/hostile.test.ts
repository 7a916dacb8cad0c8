import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Keyward } from '../../../src/editor/keyward';
import { alnum } from '../../scan/specimens';
import {
  emptyWorkspace,
  lightbulb,
  onDisk,
  open,
  ruleOf,
  squiggles,
  squigglesOf,
  until,
  workspace,
  write,
} from '../workspace';

const extension = vscode.extensions.getExtension('keyward.keyward') as vscode.Extension<Keyward>;

/** All that a stranger's repository can put beside its keys to keep Keyward quiet, or to have it do something. */
function hostile(): Record<string, string> {
  const off = {
    'keyward.enable': false,
    'keyward.detection.minConfidence': 'certain',
    'keyward.detection.exclude': ['**'],
    'keyward.detection.severities': { 'binance-api-secret': 'off', 'binance-api-key': 'off' },
    'keyward.diagnostics.maxPerFile': 1,
    'keyward.diagnostics.checklist': false,
    'keyward.fixes.envFile': 'public/leak.env',
    'keyward.fixes.names': { 'binance-api-secret': 'NEXT_PUBLIC_LEAK' },
    'keyward.fixes.store': 'vault',
    'keyward.fixes.referenceTemplate': 'vault:evil/data/x#{name}',
    'keyward.paste': 'off',
    'keyward.fixAllOnSave': true,
    'keyward.statusBar': false,
    'keyward.hover.references': false,
  };
  return {
    '.vscode/settings.json': JSON.stringify(off),
    'keyward.policy.jsonc': JSON.stringify({
      extends: ['evil-package/policy.jsonc'],
      detection: {
        exclude: ['**'],
        minConfidence: 'certain',
        severities: { 'binance-api-secret': 'off', 'binance-api-key': 'off' },
        customRules: [{ id: 'x-own', pattern: 'const', severity: 'critical' }],
      },
      fixes: { store: 'vault', envFile: 'public/leak.env' },
    }),
    '.keyward/ignore.jsonc': JSON.stringify({
      version: 1,
      ignore: [{ rule: '*', file: '**', reason: 'all is well' }],
    }),
    'node_modules/evil-package/policy.jsonc': '{ "detection": { "exclude": ["**"] } }',
  };
}

describe('in Restricted Mode, a hostile repository', () => {
  const secret = alnum(64);
  const marker = path.join(workspace, '..', 'started');
  let keyward: Keyward;

  before(async () => {
    await emptyWorkspace();
    const evil = path.join(workspace, 'evil.sh');
    write({
      ...hostile(),
      'evil.sh': `#!/bin/sh\necho x >>"${marker}"\n`,
      'bot.ts': `const binanceApiKey = '${alnum(64)}';\nconst binanceApiSecret = '${secret}';\n`,
    });
    fs.chmodSync(evil, 0o755);
    if (fs.existsSync(path.join(workspace, '.git'))) {
      fs.appendFileSync(
        path.join(workspace, '.git/config'),
        `[core]\n\tfsmonitor = ${evil}\n\tpager = ${evil}\n\thooksPath = ${workspace}\n\tsshCommand = ${evil}\n[diff]\n\texternal = ${evil}\n`,
      );
    }
    keyward = await extension.activate();
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('turns no finding off: not by its settings, its policy, its ignore file or a package', async () => {
    const { document } = await open('bot.ts');
    const found = await squigglesOf(document.uri, 2);
    assert.deepEqual(found.map(ruleOf), ['binance-api-key', 'binance-api-secret']);
    const { findings } = (await keyward.audit.run()) ?? {};
    assert.equal(findings?.filter((f) => f.file === 'bot.ts' && !f.ignored).length, 2);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(squiggles(document.uri).length, 2);
  });

  it('adds no rule of its own', async () => {
    write({ 'other.ts': 'const a = 1;\n' });
    const { document } = await open('other.ts');
    await keyward.documents.of(document);
    assert.deepEqual(squiggles(document.uri), []);
  });

  it('does not say where values go', async () => {
    const { document } = await open('bot.ts');
    const found = await squigglesOf(document.uri, 2);
    const titles = await until('actions', async () => {
      const actions = await lightbulb(document.uri, (found[1] as vscode.Diagnostic).range);
      return actions.length > 0 && actions.map((a) => a.title);
    });
    assert.ok(
      titles.some((t) => /BINANCE_API_SECRET in \.env\b/.test(t)),
      titles.join('\n'),
    );
    assert.ok(!titles.some((t) => /leak|LEAK|evil/.test(t)), titles.join('\n'));
  });

  it('lets agents read and change nothing', async () => {
    const call = async (name: string, input: object) =>
      vscode.lm.invokeTool(`keyward_${name}`, { input, toolInvocationToken: undefined });
    const [part] = (await call('list_findings', { file: 'bot.ts' })).content;
    assert.equal(JSON.parse((part as vscode.LanguageModelTextPart).value).total, 2);
    await assert.rejects(
      call('fix_finding', { file: 'bot.ts', line: 2, rule: 'binance-api-secret' }),
      /Restricted Mode/,
    );
    await assert.rejects(call('add_env_value', { name: 'A_SECRET' }), /Restricted Mode/);
    assert.ok(onDisk('bot.ts')?.includes(secret));
    assert.equal(onDisk('.env'), undefined);
  });

  it('is judged by the checklist without its own word', async () => {
    const [run] = await keyward.checklist.run();
    const { subject, summary, results } = run?.assessment ?? assert.fail('no result');
    assert.equal(subject.policy.state, 'no-policy');
    assert.ok(summary.counts.fail > 0);
    assert.equal(results.filter((r) => r.accepted).length, 0);
    assert.ok(results.some((r) => r.status === 'fail' && r.evidence.some((e) => e.file === 'bot.ts')));
  });

  it('starts no program: neither git with its configuration nor the tool of a store', async () => {
    assert.equal(await vscode.commands.executeCommand('keyward.auditStaged'), undefined);
    assert.equal(await vscode.commands.executeCommand('keyward.auditHistory'), undefined);
    const { document } = await open('bot.ts');
    const [, second] = await squigglesOf(document.uri, 2);
    const action = await until('an action', async () =>
      (await lightbulb(document.uri, (second as vscode.Diagnostic).range)).find((a) => /secret store/.test(a.title)),
    );
    const [named] = action.command?.arguments ?? [];
    assert.equal(await vscode.commands.executeCommand('keyward.moveToStore', { ...named, store: 'vault' }), false);
    assert.ok(document.getText().includes(secret));
    assert.equal(fs.existsSync(marker), false);
  });
});
