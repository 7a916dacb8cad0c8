import assert from 'node:assert/strict';
import { MemoryFiles } from '../../src/project/memory-files';
import { planAgentIgnores } from '../../src/remedy/agent-ignores';
import { applyPlan } from '../../src/remedy/apply-plan';
import { isRefusal } from '../../src/remedy/idiom';
import { missingVariables, planNewValue, planOtherValue, usualEnvFile } from '../../src/remedy/plan-env-value';
import { readProjectFacts } from '../../src/remedy/project-facts';
import { referencedNames } from '../../src/remedy/reference-at';
import { alnum } from '../scan/specimens';

async function written(
  files: Readonly<Record<string, string>>,
  plan: typeof planNewValue,
  name: string,
  value: string,
): Promise<ReadonlyMap<string, string> | string> {
  const facts = await readProjectFacts(new MemoryFiles(files), 'bot.ts');
  const write = plan(facts, '.env', name, value);
  return isRefusal(write) ? write.refused : applyPlan(write.changes, (f) => files[f]);
}

describe('values of env files', () => {
  it('are replaced where they stand, with their export, and nothing else changes', async () => {
    const next = alnum(40);
    const before = `# keys\r\nexport KRAKEN_API_SECRET='${alnum(20)}'\r\nPORT=1 # web\r\n`;
    const files = await written({ '.env': before, '.gitignore': '.env\n' }, planOtherValue, 'KRAKEN_API_SECRET', next);
    assert.ok(typeof files !== 'string');
    assert.equal(files.get('.env'), `# keys\r\nexport KRAKEN_API_SECRET=${next}\r\nPORT=1 # web\r\n`);
  });

  it('are never overwritten by a first value', async () => {
    const refused = await written({ '.env': 'A_KEY=other\n' }, planNewValue, 'A_KEY', alnum(40));
    assert.ok(typeof refused === 'string');
    const files = await written({ '.env': 'A_KEY=\n' }, planNewValue, 'A_KEY', 'x1');
    assert.ok(typeof files !== 'string');
    assert.equal(files.get('.env'), 'A_KEY=x1\n');
    assert.equal(files.get('.gitignore'), '.env\n');
  });

  it('are missing where a template or the code names them and no file sets them', () => {
    const code = 'a(process.env.KRAKEN_API_KEY, process.env["KRAKEN_API_SECRET"]); os.getenv("INFURA_KEY")';
    const wanted = ['PORT', ...referencedNames(code)];
    assert.deepEqual(missingVariables(wanted, ['PORT=1\nKRAKEN_API_KEY=\n', 'INFURA_KEY=x\n']), [
      'KRAKEN_API_KEY',
      'KRAKEN_API_SECRET',
    ]);
  });

  it('go to the file that the framework reads', async () => {
    const files = new MemoryFiles({ 'web/package.json': '{"dependencies":{"next":"15"}}', 'web/a.ts': '' });
    const facts = await readProjectFacts(files, 'web/a.ts');
    assert.equal(usualEnvFile(facts, undefined), 'web/.env.local');
    assert.equal(usualEnvFile(facts, './keys.env'), 'web/keys.env');
  });
});

describe('ignore files of coding agents', () => {
  it('get the env file: those that are there, else the usual ones', () => {
    assert.deepEqual(
      planAgentIgnores(() => undefined, '.env').map((c) => c.file),
      ['.cursorignore', '.aiexclude', '.codeiumignore'],
    );
    const texts: Record<string, string> = { '.aiderignore': 'dist' };
    const changes = planAgentIgnores((f) => texts[f], 'bot/.env');
    assert.deepEqual([...applyPlan(changes, (f) => texts[f])], [['.aiderignore', 'dist\nbot/.env\n']]);
    assert.deepEqual(
      planAgentIgnores((f) => (f === '.aiexclude' ? '.env*\n' : undefined), '.env'),
      [],
    );
  });
});
