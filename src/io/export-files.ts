import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';

export interface WrittenFile {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

type Cell = string | number | boolean | null;

/** Files that were asked for, apart by market. They can be made again: no backup holds them. */
export interface ExportFiles {
  /**
   * Writes rows as CSV (RFC 4180, UTF-8 with its mark, numbers in full with a point); what a spreadsheet
   * would take for a formula is quoted. Never half: written beside, and renamed.
   */
  write(
    marketId: number,
    id: string,
    columns: readonly string[],
    pages: AsyncIterable<readonly (readonly Cell[])[]>,
  ): Promise<WrittenFile>;
  /** The bytes as a stream; `undefined` where the file is gone. */
  read(marketId: number, id: string): Promise<Readable | undefined>;
  remove(marketId: number, id: string): Promise<void>;
}

/** Removes what was begun of a file and not ended. */
async function removeParts(target: string): Promise<void> {
  const folder = path.dirname(target);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (name.startsWith(`${path.basename(target)}.`)) {
      await rm(path.join(folder, name), { force: true });
    }
  }
}

export function openExportFiles(dataDir: string): ExportFiles {
  const place = (marketId: number, id: string) =>
    path.join(dataDir, 'exports', String(marketId), `${id}.csv`);
  return {
    async write(marketId, id, columns, pages) {
      const target = place(marketId, id);
      await mkdir(path.dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}`;
      const hash = createHash('sha256');
      let [rows, bytes] = [0, 0];
      const cells = async function* () {
        yield columns;
        for await (const page of pages) {
          rows += page.length;
          yield* page;
        }
      };
      const counted = async function* (chunks: AsyncIterable<Buffer | string>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += Buffer.byteLength(chunk);
          yield chunk;
        }
      };
      const csv = stringify({
        bom: true,
        record_delimiter: 'windows',
        escape_formulas: true,
        cast: { boolean: (value) => String(value) },
      });
      // Of a process that died amid it.
      await removeParts(target);
      try {
        await pipeline(cells, csv, counted, createWriteStream(draft, { mode: 0o600 }));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await rename(draft, target);
      return { rows, bytes, sha256: hash.digest('hex') };
    },
    async read(marketId, id) {
      const target = place(marketId, id);
      const isThere = await stat(target).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return isThere && createReadStream(target);
    },
    async remove(marketId, id) {
      const target = place(marketId, id);
      await rm(target, { force: true });
      await removeParts(target);
    },
  };
}
