import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

export interface StoredFile {
  readonly marketId: number;
  readonly sha256: string;
}

/** Bytes under a SHA-256, in the data folder, apart by market. */
export interface FileStore {
  /** Stores bytes; the same bytes twice are one file. Written beside and renamed, so never half. */
  put(marketId: number, bytes: Uint8Array): Promise<string>;
  /** The bytes, or `undefined` where there are none under this hash. */
  get(marketId: number, sha256: string): Promise<Uint8Array | undefined>;
  /** Everything that is stored, in no order. */
  list(): AsyncIterable<StoredFile>;
}

/** Opens the file store of a data folder. */
export function openFileStore(dataDir: string): FileStore {
  const place = (marketId: number, sha256: string) =>
    path.join(dataDir, 'files', String(marketId), sha256.slice(0, 2), sha256);
  return {
    async put(marketId, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const target = place(marketId, sha256);
      await mkdir(path.dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}.${Math.random().toString(36).slice(2)}`;
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        // Synced before it is acknowledged: an answer that names it must find it after a power loss.
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(draft, target);
      const parent = await open(path.dirname(target), 'r');
      await parent.sync();
      await parent.close();
      return sha256;
    },
    async get(marketId, sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
      try {
        return await readFile(place(marketId, sha256));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async *list() {
      const found = await readdir(path.join(dataDir, 'files'), {
        recursive: true,
        withFileTypes: true,
      }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      for (const entry of found) {
        // Drafts and folders are no files of ours.
        if (!entry.isFile() || !/^[0-9a-f]{64}$/.test(entry.name)) continue;
        const [market] = path
          .relative(path.join(dataDir, 'files'), entry.parentPath)
          .split(path.sep);
        yield { marketId: Number(market), sha256: entry.name };
      }
    },
  };
}
