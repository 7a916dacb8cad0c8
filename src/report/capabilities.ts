import { stores } from '../remedy/stores/all';
import type { Spot } from '../remedy/stores/store';
import { say } from '../words/say';
import { cell } from './markup';

/** One file of the running extension, as it was read just now. */
export interface RunningFile {
  readonly name: string;
  /** What it loads from outside of itself, found in its own text. */
  readonly imports: readonly string[];
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string;
  /** Whether the build noted the same hash; undefined where it noted none. */
  readonly asBuilt: boolean | undefined;
}

/** One setting where it is in force. */
export interface SettingInForce {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** What an installation is, and where it runs. */
export interface Installation {
  readonly version: string;
  readonly trusted: boolean;
  /** Whether this host can start programs at all: the browser's can not. */
  readonly programs: boolean;
  readonly folders: readonly string[];
  /** Undefined where the host doesn't let the extension read its own files. */
  readonly files: readonly RunningFile[] | undefined;
  readonly settings: readonly SettingInForce[];
}

/** Modules of Node that open connections, and packages that do. */
const NETWORK = /^(?:node:)?(?:net|tls|https?|http2|dgram|dns|inspector)(?:\/|$)|^(?:undici|ws|axios|got|node-fetch)$/;

/** Whether a module could open a connection. */
export function isNetwork(module: string): boolean {
  return NETWORK.test(module);
}

/** What a bundle's text loads, in order: `require("x")` and `import("x")`, as the bundler leaves them. */
export function importsOf(text: string): string[] {
  const found = [...text.matchAll(/\b(?:require|import)\(\s*["']([^"'\s]+)["']\s*\)/g)].map((m) => m[1] as string);
  return [...new Set(found)].sort();
}

/** Command-line tools of the stores, which a fix may run when a person chooses that store. */
export function storePrograms(): string[] {
  const spot: Spot = { variable: 'X', project: 'x', reference: 'x/x/x' };
  const names = stores.flatMap((store) => {
    try {
      const calls = store.encrypts ? [store.encrypts('.env', 'X')] : store.writes(spot).map((a) => a.call);
      return calls.map((c) => c.program);
    } catch {
      return []; // its references have another form; the tool is named with the store
    }
  });
  return [...new Set(names)].sort();
}

/** What Keyward reads, writes and runs, and that it opens no connection: a document whose facts were looked up just now. Markdown. */
export function capabilities(installation: Installation): string {
  const { version, trusted, programs, folders } = installation;
  return [
    `# ${say('What Keyward can do')}`,
    '',
    say('Version {0}. Written just now, from what runs in this window.', version),
    '',
    `## ${say('It reads')}`,
    '',
    `- ${say('texts that are open in editors, and text that you paste or drop, while it is pasted;')}`,
    `- ${say('files of the open folders: in an audit, in the checklist, and those that a fix must know (env files, manifests, ignore rules);')}`,
    `- ${say('its own settings, the policy file, and its inventory and ignore files.')}`,
    folders.length > 0
      ? `- ${say('Folders that are open: {0}.', folders.map((f) => `\`${f}\``).join(', '))}`
      : `- ${say('No folder is open.')}`,
    '',
    `## ${say('It writes, when you choose it')}`,
    '',
    `- ${say('a fix: the env file or store, its example, ignore rules, and the source; the source stays unsaved;')}`,
    `- ${say('an ignore, a policy, an entry of the inventory, an attestation and its line in the audit log;')}`,
    `- ${say('a report, where you say;')}`,
    `- ${say('in its own storage: the sample of the walkthrough, the last run of the checklist, who you are in a policy, and what it has told you once; never a value.')}`,
    '',
    `## ${say('It runs')}`,
    '',
    ...running(programs, trusted),
    '',
    `## ${say('It opens no connection')}`,
    '',
    ...connections(installation),
    '',
    `## ${say('Settings in force')}`,
    '',
    `| ${say('setting')} | ${say('value')} | ${say('from')} |`,
    '|---|---|---|',
    ...installation.settings.map(
      (s) => `| \`${s.name}\` | \`${s.value.replaceAll('|', '\\|').replaceAll('`', '’')}\` | ${cell(s.from)} |`,
    ),
    '',
  ].join('\n');
}

function running(programs: boolean, trusted: boolean): string[] {
  if (!programs) {
    return [
      say(
        'Nothing: this window runs in a browser, which starts no programs. Git and the tools of stores are not asked.',
      ),
    ];
  }
  if (!trusted) {
    return [
      say('Nothing: this window is in Restricted Mode. In a trusted folder it would run git and the tools below.'),
    ];
  }
  return [
    `- ${say('{0}, only to read: what is ignored, tracked and staged, and the history;', '`git`')}`,
    `- ${say(
      'the tool of a store, when you move a value there: {0}.',
      storePrograms()
        .map((p) => `\`${p}\``)
        .join(', '),
    )}`,
  ];
}

function connections({ files }: Installation): string[] {
  if (!files) {
    return [
      say(
        'This window does not let the extension read its own files, so nothing can be shown here. The tests of each release look into the same files.',
      ),
    ];
  }
  const opening = files.flatMap((f) => f.imports.filter(isNetwork).map((i) => `${f.name}: ${i}`));
  const changed = files.filter((f) => f.asBuilt === false).map((f) => f.name);
  return [
    opening.length > 0
      ? `**${say('A file loads a module that can open connections: {0}.', opening.join(', '))}**`
      : say(
          'These are the files that run, read just now, with everything that they load from outside. None of it can open a connection.',
        ),
    ...(changed.length > 0
      ? ['', `**${say('Changed since the build: {0}. Install Keyward again.', changed.join(', '))}**`]
      : []),
    '',
    `| ${say('file')} | ${say('loads')} | SHA-256 | ${say('as built')} |`,
    '|---|---|---|---|',
    ...files.map(
      (f) =>
        `| \`${f.name}\` | ${f.imports.map((i) => `\`${i}\``).join(', ') || say('nothing')} | \`${f.hash}\` | ${f.asBuilt === undefined ? say('not noted') : f.asBuilt ? say('yes') : `**${say('no')}**`} |`,
    ),
    '',
    say(
      'The hashes are those that the build noted in {0}. What was published can be compared with its source: the release names the commit and the workflow that built it.',
      '`dist/built.json`',
    ),
  ];
}
