import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

interface Holder {
  readonly pid: number;
  readonly started: string;
}

/**
 * Locks a data folder for this process. The embedded database does not guard itself: two processes
 * on one folder lose rows. A lock whose process is gone, or whose id now belongs to another
 * process, is taken over.
 *
 * @returns releases the lock
 * @throws Error naming the holder, or saying that the folder cannot be written
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') {
        throw new Error(
          `the data folder ${folder} cannot be written (${code}); set DATA_DIR to a folder that you may write`,
        );
      }
    }
    const holder = readHolder(file);
    if (holder && isAlive(holder)) {
      throw new FolderLocked(folder, holder.pid);
    }
    rmSync(file, { force: true });
  }
  throw new Error(`the lock of ${folder} is contested; try again`);
}

/** Another process holds the data folder. */
export class FolderLocked extends Error {
  readonly folder: string;
  constructor(folder: string, pid: number) {
    super(
      `the data folder ${folder} is in use by process ${pid}; stop that one, or set DATA_DIR to another folder`,
    );
    this.folder = folder;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return startOf(holder.pid) === holder.started;
}

/** Start time of a process where the system tells (Linux); else one constant for all. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
