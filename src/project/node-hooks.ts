import fs from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { runGit } from './node-git';

/** What installing or removing did, in words. */
export interface HookResult {
  readonly changed: readonly string[];
  /** What is left to the person. */
  readonly notes: readonly string[];
}

/** Names that lefthook looks for. Only those in YAML are written to. */
const LEFTHOOK = ['', '.', '.config/'].flatMap((place) =>
  ['yml', 'yaml', 'toml', 'json', 'jsonc'].map((extension) => `${place}lefthook.${extension}`),
);
const COMMAND = 'npx --no-install keyward scan --staged';

const LAUNCHER = 'keyward-pre-commit';
const BEGIN = '# >>> keyward: scans what is staged';
const END = '# <<< keyward';
const SHELL = /^#!\s*(?:\/usr\/bin\/env\s+)?(?:\/\S*\/)?(?:ba|da|z|k)?sh\b/;

/** Finds a Keyward: the project's, the one on PATH, the one inside an installed extension (newest last). */
const SCRIPT = `#!/bin/sh
# Scans what is staged with Keyward. Written by: keyward hook install. To skip it once: git commit --no-verify
top=$(git rev-parse --show-toplevel) || exit 1
cd "$top" || exit 1
if [ -x node_modules/.bin/keyward ]; then
  exec node_modules/.bin/keyward scan --staged
fi
if command -v keyward >/dev/null 2>&1; then
  exec keyward scan --staged
fi
if command -v node >/dev/null 2>&1; then
  found=
  for home in .vscode .vscode-insiders .vscode-oss .cursor .windsurf .vscode-server .vscode-remote; do
    for cli in "$HOME/$home/extensions/keyward.keyward-"*/dist/cli.js; do
      [ -f "$cli" ] && found=$cli
    done
  done
  if [ -n "$found" ]; then
    exec node "$found" scan --staged
  fi
fi
echo "keyward: not found, so what is staged was not scanned. Install it (npm install --save-dev keyward, or the VS Code extension)," >&2
echo "keyward: remove the hook (delete the lines between the keyward marks), or skip it once with git commit --no-verify." >&2
exit 1
`;

function block(eol: string, line: string): string {
  return [BEGIN, line, END, ''].join(eol);
}

function withoutBlock(text: string): string {
  return text.replace(/# >>> keyward: scans what is staged\r?\n[\s\S]*?# <<< keyward\r?\n?/, '');
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Folder of the repository's hooks: `core.hooksPath` where it is set. Undefined outside a work tree. */
export function hooksFolder(root: string): { readonly top: string; readonly folder: string } | undefined {
  const top = runGit(root, ['rev-parse', '--show-toplevel'])?.toString('utf8').trim();
  // Hooks are switched off for what Keyward runs itself; the person's own setting is what counts here.
  const set = runGit(root, ['config', '--local', '--get', 'core.hooksPath'])?.toString('utf8').trim();
  const shared = set || runGit(root, ['config', '--global', '--get', 'core.hooksPath'])?.toString('utf8').trim();
  const common = runGit(root, ['rev-parse', '--git-common-dir'])?.toString('utf8').trim();
  if (!top || !common) {
    return undefined;
  }
  return {
    top,
    folder: shared
      ? path.resolve(top, shared.replace(/^~(?=\/)/, process.env.HOME ?? '~'))
      : path.resolve(root, common, 'hooks'),
  };
}

/** Installs the hook where this repository's commits run it. Never overwrites what is there. */
export function installHook(root: string): HookResult | undefined {
  const place = hooksFolder(root);
  if (!place) {
    return undefined;
  }
  const { top, folder } = place;
  const preCommit = path.join(top, '.pre-commit-config.yaml');
  const lefthook = LEFTHOOK.find((f) => fs.existsSync(path.join(top, f)));
  if (fs.existsSync(preCommit)) {
    return withRunner(top, intoPreCommit(preCommit));
  }
  if (lefthook && !/ya?ml$/.test(lefthook)) {
    return {
      changed: [],
      notes: [`${lefthook} was left as it is. Give its pre-commit hook a command that runs: ${COMMAND}`],
    };
  }
  if (lefthook) {
    return withRunner(top, intoLefthook(path.join(top, lefthook), lefthook));
  }
  const husky = /(?:^|[\\/])\.husky(?:[\\/]_)?$/.test(folder) ? path.join(top, '.husky') : undefined;
  return intoFolder(husky ?? folder, top);
}

function intoFolder(folder: string, top: string): HookResult {
  fs.mkdirSync(folder, { recursive: true });
  const changed: string[] = [];
  const name = (file: string) => path.relative(top, file).replaceAll('\\', '/');
  const launcher = path.join(folder, LAUNCHER);
  if (read(launcher) !== SCRIPT) {
    fs.writeFileSync(launcher, SCRIPT, { mode: 0o755 });
    fs.chmodSync(launcher, 0o755);
    changed.push(name(launcher));
  }
  const hook = path.join(folder, 'pre-commit');
  const text = read(hook);
  const call = `"$(dirname "$0")/${LAUNCHER}" || exit 1`;
  if (text === undefined) {
    fs.writeFileSync(hook, `#!/bin/sh\n${block('\n', call)}`, { mode: 0o755 });
    changed.push(name(hook));
    return { changed, notes: [] };
  }
  if (text.includes(BEGIN)) {
    return { changed, notes: changed.length ? [] : ['The hook is installed already.'] };
  }
  // Husky's files have no shebang: a shell reads them.
  const shell = SHELL.test(text) || (!text.startsWith('#!') && path.basename(folder) === '.husky');
  if (!shell) {
    return {
      changed,
      notes: [`${name(hook)} is no shell script and was left as it is. Let it run ${name(launcher)} first.`],
    };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const head = /^#![^\n]*\n/.exec(text)?.[0] ?? '';
  const mode = fs.statSync(hook).mode;
  fs.writeFileSync(hook, head + block(eol, call) + text.slice(head.length), { mode });
  changed.push(name(hook));
  return { changed, notes: [] };
}

/** lefthook and pre-commit run what the project has installed. */
function withRunner(top: string, result: HookResult): HookResult {
  const there = fs.existsSync(path.join(top, 'node_modules/.bin/keyward'));
  return there || result.changed.length === 0
    ? result
    : { ...result, notes: [...result.notes, 'The project needs Keyward for it: npm install --save-dev keyward.'] };
}

function intoPreCommit(file: string): HookResult {
  const document = parseDocument(fs.readFileSync(file, 'utf8'));
  const name = path.basename(file);
  if (document.errors.length > 0) {
    return { changed: [], notes: [`${name} does not parse; add a local hook with entry: ${COMMAND}`] };
  }
  const data = document.toJS() as { repos?: { hooks?: { id?: string }[] }[] } | null;
  if (data?.repos?.some((r) => r?.hooks?.some((h) => h?.id === 'keyward'))) {
    return { changed: [], notes: ['The hook is installed already.'] };
  }
  const hook = {
    id: 'keyward',
    name: 'keyward: scan what is staged',
    entry: COMMAND,
    language: 'system',
    pass_filenames: false,
  };
  document.addIn(['repos'], document.createNode({ repo: 'local', hooks: [hook] }));
  fs.writeFileSync(file, document.toString());
  return { changed: [name], notes: ['Run pre-commit install if this clone does not run pre-commit yet.'] };
}

function intoLefthook(file: string, name: string): HookResult {
  const document = parseDocument(fs.readFileSync(file, 'utf8'));
  if (document.errors.length > 0) {
    return { changed: [], notes: [`${name} does not parse; add a pre-commit command: ${COMMAND}`] };
  }
  if (document.hasIn(['pre-commit', 'commands', 'keyward'])) {
    return { changed: [], notes: ['The hook is installed already.'] };
  }
  document.setIn(['pre-commit', 'commands', 'keyward'], document.createNode({ run: COMMAND }));
  fs.writeFileSync(file, document.toString());
  return { changed: [name], notes: ['Run lefthook install if this clone does not run lefthook yet.'] };
}

/** Takes the hook away, and only that. */
export function uninstallHook(root: string): HookResult | undefined {
  const place = hooksFolder(root);
  if (!place) {
    return undefined;
  }
  const { top, folder } = place;
  const changed: string[] = [];
  const name = (file: string) => path.relative(top, file).replaceAll('\\', '/');
  for (const at of new Set([folder, path.join(top, '.husky')])) {
    const hook = path.join(at, 'pre-commit');
    const text = read(hook);
    if (text?.includes(BEGIN)) {
      const rest = withoutBlock(text);
      if (/^(?:#![^\n]*\n)?\s*$/.test(rest)) {
        fs.rmSync(hook);
      } else {
        fs.writeFileSync(hook, rest, { mode: fs.statSync(hook).mode });
      }
      changed.push(name(hook));
    }
    const launcher = path.join(at, LAUNCHER);
    if (fs.existsSync(launcher)) {
      fs.rmSync(launcher);
      changed.push(name(launcher));
    }
  }
  for (const file of ['.pre-commit-config.yaml', ...LEFTHOOK.filter((f) => /ya?ml$/.test(f))]) {
    const full = path.join(top, file);
    const text = read(full);
    if (!text?.includes('keyward')) {
      continue;
    }
    const document = parseDocument(text);
    if (document.errors.length > 0) {
      continue;
    }
    if (file.startsWith('.pre-commit')) {
      const repos = (document.toJS() as { repos?: { hooks?: { id?: string }[] }[] }).repos ?? [];
      const at = repos.findIndex((r) => r.hooks?.length === 1 && r.hooks[0]?.id === 'keyward');
      if (at < 0 || !document.deleteIn(['repos', at])) {
        continue;
      }
    } else if (!document.deleteIn(['pre-commit', 'commands', 'keyward'])) {
      continue;
    }
    fs.writeFileSync(full, document.toString());
    changed.push(file);
  }
  return { changed, notes: changed.length ? [] : ['There was no hook of Keyward.'] };
}
