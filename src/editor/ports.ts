import type * as vscode from 'vscode';
import type { ProjectFiles } from '../project/files';
import type { GitObjects } from '../project/git-objects';
import type { RunTool } from '../project/tools';
import type { AuditMessage, AuditRequest } from '../report/audit-stream';
import type { RuleMatcher } from '../scan/finding';

/** A text to be written whole; see the Node side for what it promises. */
export interface FileWrite {
  readonly file: string;
  readonly text: string;
  readonly create?: boolean;
  readonly mode?: number;
}

/** The command-line tools of this host. */
export interface Tools {
  readonly run: RunTool;
  /** Whether a program would be found. */
  readonly has: (program: string) => boolean;
}

/** What the host gives the extension: the desktop's has Node, the browser's has not. */
export interface Ports {
  /** Files and git facts of a folder on this host's disk; undefined where only `workspace.fs` reaches it. */
  projectFiles(folder: vscode.Uri, options: { readonly exclude: readonly string[] }): Promise<ProjectFiles | undefined>;
  /** Writes with permission bits, where the host can; undefined sends writers to `workspace.fs`. */
  writeText?(folder: vscode.Uri, write: FileWrite): Promise<void>;
  /** Git's objects of a folder on this host's disk; undefined where there are none. */
  gitObjects?(folder: vscode.Uri): Promise<GitObjects | undefined>;
  /** Audits a folder on this host's disk, or its history, in threads of their own; `signal` ends it at once. */
  audit?(request: AuditRequest, take: (message: AuditMessage) => void, signal: AbortSignal): Promise<void>;
  /** Text of a member of an archive on this host's disk; undefined where there is none. */
  archiveMember?(archive: vscode.Uri, member: string): Promise<Uint8Array | undefined>;
  /** Appends what `make` gives for the text so far to a file of a folder, one process at a time; on the disk when it returns. */
  appendLocked?(folder: vscode.Uri, file: string, make: (text: string) => string): Promise<void>;
  /** Matches custom rules under a time limit, where the host can stop an expression. */
  ruleMatcher?(onSlow: (ruleId: string) => void): Promise<RuleMatcher>;
  /** Command-line tools of stores, run in a folder on this host's disk; undefined where none can be started. */
  tools?(folder: vscode.Uri): Promise<Tools | undefined>;
  /** Shell whose commands a person sees first. */
  readonly shell: 'posix' | 'powershell';
}
