import * as vscode from 'vscode';
import type { Effective } from '../policy/effective';
import type { IgnoreFile } from '../policy/ignore-file';
import type { LoadedPolicy } from '../policy/load';
import type { GitFacts, ProjectFiles } from '../project/files';
import type { IgnoreRules } from '../project/ignore-rules';
import type { ProjectFacts } from '../remedy/project-facts';
import type { AuditRequest } from '../report/audit-stream';
import type { RuleMatcher, ScanOptions } from '../scan/finding';
import type { Engine } from './engine';
import type { EngineLoader } from './engine-loader';
import type { Log } from './log';
import type { Ports } from './ports';
import { WorkspaceFsFiles } from './workspace-fs-files';

/** What holds in one workspace folder, or for texts outside of any. */
export interface FolderContext {
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly policy: LoadedPolicy | undefined;
  readonly effective: Effective;
  readonly ignores?: IgnoreFile;
  readonly matchRule?: RuleMatcher;
  readonly pepper?: string;
}

const POLICY_FILES = '{keyward.policy.jsonc,keyward.policy.json,.keyward/policy.jsonc,.keyward/policy.json}';
const GIT_FACTS_MS = 3_000;

/** Policies, settings and git facts of the workspace's folders: read when needed, forgotten when they change. */
export class FolderContexts implements vscode.Disposable {
  readonly #contexts = new Map<string, Promise<FolderContext>>();
  readonly #git = new Map<string, { readonly at: number; readonly facts: Promise<GitFacts | undefined> }>();
  #rules: Map<string, Promise<IgnoreRules>> | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  /** A folder that counts as one of the workspace though it is none: the walkthrough's sample. */
  besides: vscode.WorkspaceFolder | undefined;
  /** Policy, settings, folders or ignore rules have changed: what was judged must be judged again. */
  readonly onDidChange = this.#changed.event;

  constructor(
    readonly engine: EngineLoader,
    readonly ports: Ports,
    readonly log: Log,
  ) {
    const forget = () => this.#forget();
    const watch = (glob: string, changed: () => void) => {
      const watcher = vscode.workspace.createFileSystemWatcher(glob);
      watcher.onDidChange(changed, undefined, this.#disposables);
      watcher.onDidCreate(changed, undefined, this.#disposables);
      watcher.onDidDelete(changed, undefined, this.#disposables);
      this.#disposables.push(watcher);
    };
    watch(`**/${POLICY_FILES}`, forget);
    watch('**/.gitignore', forget);
    watch('**/.keyward/{pepper,ignore.jsonc}', forget);
    watch('**/.git/index', () => this.#git.clear());
    this.#disposables.push(
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidGrantWorkspaceTrust(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyward')) {
          forget();
        }
      }),
    );
  }

  /** The workspace folder of a text, or the one beside the workspace. */
  folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
    const own = vscode.workspace.getWorkspaceFolder(homeOf(uri));
    const { besides } = this;
    return own ?? (besides && uri.toString().startsWith(`${besides.uri}/`) ? besides : undefined);
  }

  /** The context of a text. */
  of(uri: vscode.Uri): Promise<FolderContext> {
    const folder = this.folderOf(uri);
    const key = folder?.uri.toString() ?? '';
    let context = this.#contexts.get(key);
    if (!context) {
      context = this.#read(folder).catch((error) => {
        this.log.error(`The policy of ${folder?.name ?? 'this window'} could not be read`, error);
        this.#contexts.delete(key);
        throw error;
      });
      this.#contexts.set(key, context);
    }
    return context;
  }

  /** The path near which a new value of a folder belongs: of the text that is being edited, when it is one of the folder's. */
  nearIn(folder: vscode.WorkspaceFolder): string {
    const active = vscode.window.activeTextEditor?.document.uri;
    return active && this.folderOf(active) === folder ? this.pathOf(active) : '.env';
  }

  /** Path of a text in its folder, with forward slashes; its name alone outside of any. */
  pathOf(uri: vscode.Uri): string {
    const folder = this.folderOf(uri);
    if (folder && uri.path.startsWith(folder.uri.path)) {
      return uri.path.slice(folder.uri.path.length).replace(/^\/+/, '');
    }
    return uri.path.slice(uri.path.lastIndexOf('/') + 1);
  }

  /** Files of a folder: the disk's where this host reaches it, else VS Code's file system. Git tells nothing in Restricted Mode. */
  async files(folder: vscode.WorkspaceFolder, exclude: readonly string[] = []): Promise<ProjectFiles> {
    const files = await this.ports.projectFiles(folder.uri, { exclude });
    const known: ProjectFiles = files ?? new WorkspaceFsFiles(folder, exclude);
    return vscode.workspace.isTrusted
      ? known
      : {
          name: known.name,
          list: (signal) => known.list(signal),
          read: (path) => known.read(path),
          git: async () => undefined,
        };
  }

  /** Git's facts about a folder, at most a few seconds old. Nothing of git runs in Restricted Mode. */
  git(folder: vscode.WorkspaceFolder): Promise<GitFacts | undefined> {
    const key = folder.uri.toString();
    const known = this.#git.get(key);
    if (known && Date.now() - known.at < GIT_FACTS_MS) {
      return known.facts;
    }
    const facts = vscode.workspace.isTrusted
      ? this.files(folder).then((files) => files.git())
      : Promise.resolve(undefined);
    this.#git.set(key, { at: Date.now(), facts });
    return facts;
  }

  /** Whether a file of a folder is kept out of the repository. */
  async isKeptOut(folder: vscode.WorkspaceFolder, path: string): Promise<boolean> {
    const git = await this.git(folder);
    if (git) {
      return git.isIgnored(path);
    }
    return (await this.#ignoreRules(folder)).ignores(path);
  }

  /** Where it is written that a file is kept out; undefined where no ignore file of the folder says it. */
  async ignoreRule(folder: vscode.WorkspaceFolder, path: string): Promise<vscode.Location | undefined> {
    const rule = (await this.#ignoreRules(folder)).ruleOf(path);
    return (
      rule &&
      new vscode.Location(
        vscode.Uri.joinPath(folder.uri, rule.folder, '.gitignore'),
        new vscode.Range(rule.line, 0, rule.line, 0),
      )
    );
  }

  #ignoreRules(folder: vscode.WorkspaceFolder): Promise<IgnoreRules> {
    this.#rules ??= new Map();
    const key = folder.uri.toString();
    const rules = this.#rules.get(key) ?? new WorkspaceFsFiles(folder, []).ignoreRules();
    this.#rules.set(key, rules);
    return rules;
  }

  /** What a fix must know of the project around a text. Unsaved texts win over the disk. */
  async facts(folder: vscode.WorkspaceFolder, path: string): Promise<ProjectFacts> {
    const engine = await this.engine.load();
    const open = new Map<string, string>();
    for (const document of vscode.workspace.textDocuments) {
      if (this.folderOf(document.uri)?.uri.toString() === folder.uri.toString() && !document.isClosed) {
        if (document.isDirty) {
          open.set(this.pathOf(document.uri), document.getText());
        }
      }
    }
    const named = new WorkspaceFsFiles(folder, [], engine.factNames, () => this.git(folder));
    return engine.readProjectFacts(named, path, open);
  }

  /** How a text is scanned in its folder, or undefined when it is not to be scanned. */
  scanOptions(engine: Engine, context: FolderContext, document: vscode.TextDocument): ScanOptions | undefined {
    const path = this.pathOf(document.uri);
    if (!context.effective.enabled || engine.matches(path, context.effective.exclude)) {
      return undefined;
    }
    return { ...this.fileOptions(engine, context, path), languageId: document.languageId };
  }

  /** What an audit in another thread is told of a folder. */
  auditRequest(audit: AuditRequest['audit'], context: FolderContext, folder: vscode.WorkspaceFolder): AuditRequest {
    const { effective, ignores, pepper, policy } = context;
    return {
      audit,
      root: folder.uri.fsPath,
      exclude: effective.exclude,
      hidden: effective.hidden,
      options: {
        ...effective.scan,
        showIgnored: true,
        today: new Date().toISOString().slice(0, 10),
        ...(pepper ? { pepper } : {}),
      },
      ignores: ignores ?? { entries: [], problems: [] },
      policy: policy?.path ?? 'policy',
      ...(vscode.l10n.bundle ? { words: vscode.l10n.bundle } : {}),
    };
  }

  /** How a file is scanned, by its path in the folder. */
  fileOptions(engine: Engine, { effective, ignores, matchRule, pepper }: FolderContext, path: string): ScanOptions {
    const ignoreEntries = ignores ? engine.entriesFor(ignores, path) : [];
    return {
      ...effective.scan,
      fileName: path,
      today: new Date().toISOString().slice(0, 10),
      ...(pepper ? { pepper } : {}),
      ...(matchRule ? { matchRule } : {}),
      ...(ignoreEntries.length ? { ignoreEntries } : {}),
    };
  }

  async #read(folder: vscode.WorkspaceFolder | undefined): Promise<FolderContext> {
    const engine = await this.engine.load();
    const configuration = vscode.workspace.getConfiguration(undefined, folder?.uri);
    // The manifest's default for the store is nobody's choice.
    const set = configuration.inspect('keyward.fixes.store');
    const isChosen = [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue].some((v) => v !== undefined);
    const read = engine.settingNames.filter((name) => isChosen || name !== 'keyward.fixes.store');
    const names = [...read, ...(vscode.workspace.isTrusted ? ['files.exclude'] : [])];
    const values = Object.fromEntries(names.map((name) => [name, configuration.get<unknown>(name)]));
    const { settings, problems } = engine.readSettings(values);
    for (const problem of problems) {
      this.log.warn(problem);
    }
    const today = new Date().toISOString().slice(0, 10);
    if (!folder) {
      return { folder, policy: undefined, effective: engine.effectiveSettings(undefined, settings, today) };
    }
    const files = new WorkspaceFsFiles(folder, []);
    const policy = await engine.loadPolicy(files);
    // A stranger's patterns and allow-lists wait until the folder is trusted.
    const rules = vscode.workspace.isTrusted ? policy.policy : undefined;
    const effective = engine.effectiveSettings(rules, settings, today);
    for (const problem of effective.problems) {
      this.log.warn(`${policy.path}: ${problem}`);
    }
    const text = async (path: string) => {
      const bytes = await files.read(path).catch(() => undefined);
      return bytes ? engine.decodeText(bytes)?.text : undefined;
    };
    const pepper = (await text('.keyward/pepper'))?.trim();
    const listed = vscode.workspace.isTrusted ? await text(engine.ignoreFilePath) : undefined;
    const ignores = listed === undefined ? undefined : engine.readIgnoreFile(listed);
    for (const p of ignores?.problems ?? []) {
      this.log.warn(`${p.file}:${p.line}:${p.column}: ${p.message} The file ignores nothing until it is mended.`);
    }
    const matchRule = effective.scan.customRules
      ? await this.ports.ruleMatcher?.((rule) =>
          this.log.warn(`${policy.path}: custom rule ${rule} took too long on a text and was stopped.`),
        )
      : undefined;
    return {
      folder,
      policy,
      effective,
      ...(ignores ? { ignores } : {}),
      ...(matchRule ? { matchRule } : {}),
      ...(pepper ? { pepper } : {}),
    };
  }

  #forget(): void {
    this.#contexts.clear();
    this.#git.clear();
    this.#rules = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#contexts.clear();
    this.#git.clear();
    for (const d of this.#disposables) {
      d.dispose();
    }
  }
}

/** Where a text belongs: a cell has the path of its notebook under a scheme of its own. */
export function homeOf(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === 'vscode-notebook-cell'
    ? (vscode.workspace.notebookDocuments.find((n) => n.uri.path === uri.path)?.uri ?? uri)
    : uri;
}
