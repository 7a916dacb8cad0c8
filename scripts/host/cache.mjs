// A folder in the user's cache that is filled once, safely: several runs may start together, and any may be interrupted.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where hosts are kept: outside node_modules, so that `npm ci` does not wipe them. */
export function cacheHome(env = process.env) {
  const base =
    env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : path.join(homedir(), '.cache');
  return path.join(base, 'keyward-test-host');
}

const HEARTBEAT_MS = 2_000;
/** A lock whose holder has not touched it for this long is taken over. */
const STALE_MS = 30_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function holderIsGone(lock, staleMs) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > staleMs) {
      return true;
    }
    const pid = Number(readFileSync(path.join(lock, 'pid'), 'utf8'));
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      return error.code === 'ESRCH';
    }
  } catch {
    return false; // the lock is just being made or removed: look again
  }
}

/** Runs `work` while holding `lock` (a folder); waits while another process holds it. */
export async function withLock(lock, work, { staleMs = STALE_MS, onWait = () => {} } = {}) {
  mkdirSync(path.dirname(lock), { recursive: true });
  let waited = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    if (holderIsGone(lock, staleMs)) {
      const grave = `${lock}.${process.pid}.dead`;
      try {
        renameSync(lock, grave); // only one process can move it away
        rmSync(grave, { recursive: true, force: true });
      } catch {
        // another process was first
      }
      continue;
    }
    if (!waited) {
      waited = true;
      onWait();
    }
    await sleep(200);
  }
  writeFileSync(path.join(lock, 'pid'), String(process.pid));
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(lock, now, now);
    } catch {
      // taken over: the rename at the end decides
    }
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * Returns `folder`, filled by `fill(temporaryFolder)` if it is not there yet. The folder appears whole or not at all:
 * it is filled beside its place and renamed.
 */
export async function filledOnce(folder, fill, options = {}) {
  if (existsSync(folder)) {
    return folder;
  }
  await withLock(
    `${folder}.lock`,
    async () => {
      if (existsSync(folder)) {
        return;
      }
      const parent = path.dirname(folder);
      const prefix = `${path.basename(folder)}.part-`;
      for (const name of readdirSync(parent)) {
        if (name.startsWith(prefix)) {
          rmSync(path.join(parent, name), { recursive: true, force: true }); // left by an interrupted run
        }
      }
      const part = path.join(parent, `${prefix}${process.pid}`);
      mkdirSync(part);
      try {
        await fill(part);
        renameSync(part, folder);
      } catch (error) {
        rmSync(part, { recursive: true, force: true, maxRetries: 3 });
        throw error;
      }
    },
    options,
  );
  return folder;
}
