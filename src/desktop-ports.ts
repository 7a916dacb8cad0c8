import type { Ports } from './editor/ports';

/** What Node gives the editor, each part loaded when it is first needed. */
export const desktopPorts: Ports = {
  shell: process.platform === 'win32' ? 'powershell' : 'posix',
  async projectFiles(folder, options) {
    if (folder.scheme !== 'file') {
      return undefined;
    }
    const { NodeFiles } = await import('./project/node-files');
    return new NodeFiles(folder.fsPath, options);
  },
  async gitObjects(folder) {
    const { gitObjects } = await import('./project/node-git-objects');
    return folder.scheme === 'file' ? gitObjects(folder.fsPath) : undefined;
  },
  async audit(request, take, signal) {
    const { runThread } = await import('./project/node-thread');
    await runThread(`${__dirname}/cli.js`, request, take, signal);
  },
  async archiveMember(archive, member) {
    const { archiveMember } = await import('./project/node-archive-member');
    return archive.scheme === 'file' ? archiveMember(archive.fsPath, member) : undefined;
  },
  async appendLocked(folder, file, make) {
    const { appendLocked } = await import('./project/node-locked-append');
    if (folder.scheme === 'file') {
      await appendLocked(`${folder.fsPath}/${file}`, make);
    }
  },
  async ruleMatcher(onSlow) {
    const { limitedMatcher } = await import('./project/node-rule-matcher');
    return limitedMatcher(onSlow);
  },
  async tools(folder) {
    const { hasTool, toolRunner } = await import('./project/node-tools');
    const options = { root: folder.fsPath, env: process.env };
    return folder.scheme === 'file'
      ? { run: toolRunner(options), has: (program) => hasTool(program, options) }
      : undefined;
  },
  async writeText(folder, write) {
    const { writeText } = await import('./project/node-write');
    writeText(folder.fsPath, write);
  },
};
