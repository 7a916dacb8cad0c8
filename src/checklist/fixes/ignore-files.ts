import ignore from 'ignore';
import { appended } from '../../remedy/env-file';
import type { FileChange } from '../../remedy/plan';
import { say } from '../../words/say';
import { missingPatterns } from '../probes/secret-files';
import { type Fix, lineAt, newFile } from './offered-fix';

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** Lines at the end of a file, or a new file of them. */
function withLines(file: string, text: string | undefined, lines: readonly string[]): readonly FileChange[] {
  return lines.length === 0
    ? []
    : text === undefined
      ? [newFile(file, `${lines.join('\n')}\n`)]
      : [{ file, purpose: 'ignore', changes: [appended(text, lines)] }];
}

/** The patterns of secret-bearing files that `.gitignore` lacks; templates stay in the repository. */
export const addToGitignore: Fix = ({ file, text, project }) => {
  if (file !== '.gitignore') {
    return undefined;
  }
  const rules = ignore().add(text ?? '');
  const others = missingPatterns(text ?? '', [...project.paths]);
  const lines = [...(rules.ignores('.env') ? [] : ['.env']), ...others];
  const open = ['.env.example', '.env.sample', '.env.template'].filter((p) =>
    ignore()
      .add(text ?? '')
      .add(lines)
      .ignores(p),
  );
  const all = [...lines, ...open.map((p) => `!${p}`)];
  return lines.length === 0
    ? undefined
    : {
        id: 'qf.gitignore.add',
        title: say('Add {0} to .gitignore', lines.join(', ')),
        changes: () => withLines(file, text, all),
      };
};

/** Takes a tracked file out of git's index; the person runs it. Its history keeps the values: they must be rotated. */
export const untrack: Fix = ({ file }) => ({
  id: 'qf.git.untrack',
  title: say('Take {0} out of the index of git…', file),
  elsewhere: { to: 'terminal', line: `git rm --cached -- ${quoted(file)}` },
});

/** Ignores a tracked file, so that it does not come back once it is out of the index. */
export const ignoreTracked: Fix = async ({ file, project }) => {
  const text = await project.text('.gitignore');
  return ignore()
    .add(text ?? '')
    .ignores(file)
    ? undefined
    : {
        id: 'qf.gitignore.add',
        title: say('Add {0} to .gitignore', file),
        changes: () => withLines('.gitignore', text, [`/${file}`]),
      };
};

export const ownerOnly: Fix = ({ file }) => ({
  id: 'qf.fs.chmod',
  title: say('Let only the owner read {0}…', file),
  elsewhere: { to: 'terminal', line: `chmod 600 -- ${quoted(file)}` },
});

function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

const NOT_IN_IMAGES = ['.env', '.env.*', '**/.env', '**/.env.*', '*.pem', '*.key', '.git'];

/** Keeps secret-bearing files out of an image that copies its whole folder. */
export const addToDockerignore: Fix = async ({ file, text, at, project }) => {
  const { line } = lineAt(text ?? '', at);
  if (!/^\s*(?:COPY|ADD)\s+(?:--\S+\s+)*(?:\.\/?\s|\[\s*"\.\/?")/i.test(line)) {
    return undefined;
  }
  const own = `${folderOf(file)}.dockerignore`;
  const rules =
    (await project.text(own)) === undefined && (await project.text('.dockerignore')) !== undefined
      ? '.dockerignore'
      : own;
  const present = await project.text(rules);
  const listed = new Set((present ?? '').split(/\r?\n/).map((l) => l.trim()));
  const missing = NOT_IN_IMAGES.filter((p) => !listed.has(p));
  return missing.length === 0
    ? undefined
    : {
        id: 'qf.dockerignore.add',
        title:
          present === undefined
            ? say('Create {0} so that no secret file is copied', rules)
            : say('Extend {0} so that no secret file is copied', rules),
        changes: () => withLines(rules, present, missing),
      };
};

/** Keeps env files out of a published package. */
export const addToNpmignore: Fix = async ({ file, text, project }) => {
  if (!/(?:^|\/)package\.json$/.test(file) || /"files"\s*:/.test(text ?? '')) {
    return undefined;
  }
  const target = `${folderOf(file)}.npmignore`;
  const present = await project.text(target);
  const ignored = present ?? (await project.text(`${folderOf(file)}.gitignore`)) ?? '';
  // a new .npmignore replaces .gitignore for npm: what that left out must stay out
  const lines = [
    ...(present === undefined ? ignored.split(/\r?\n/).filter((l) => l.trim() !== '') : []),
    '.env',
    '.env.*',
  ];
  const missing = [...new Set(lines)].filter((l) => present === undefined || !present.split(/\r?\n/).includes(l));
  return missing.length === 0
    ? undefined
    : {
        id: 'qf.npmignore.add',
        title: say('Keep env files out of the package with {0}', target),
        changes: () => withLines(target, present, missing),
      };
};
