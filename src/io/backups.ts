import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { linesOf } from './lines.ts';

/**
 * A copy of an installation as a folder:
 * - `database.jsonl.gz`: a line of JSON that tells table, market and number of rows, then those rows;
 * - `files/`: evidence under its market and SHA-256, as in the data folder;
 * - `manifest.json`: what is in it, written last: without it the copy is no copy.
 */
interface Part {
  readonly table: string;
  readonly market: number;
  readonly lines: readonly string[];
}

export interface BackupWriter {
  add(part: Part): Promise<void>;
  /** Writes what was added to the disk for good, and the manifest after it. */
  finish(manifest: object): Promise<void>;
}

const databaseFile = 'database.jsonl.gz';
const manifestFile = 'manifest.json';

/** Begins a copy. @throws Error where the folder is not empty or cannot be written */
export async function writeBackup(folder: string): Promise<BackupWriter> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) {
    throw new Error(`${folder} is not empty: a copy goes into a folder of its own`);
  }
  const zipped = createGzip();
  const file = createWriteStream(path.join(folder, databaseFile), { mode: 0o600, flush: true });
  const done = finished(zipped.pipe(file));
  // Told where it is waited for.
  done.catch(() => undefined);
  file.on('error', (error) => zipped.destroy(error));
  const write = async (text: string) => {
    if (zipped.destroyed) await done;
    if (!zipped.write(text)) await Promise.race([once(zipped, 'drain'), done]);
  };
  return {
    async add({ table, market, lines }) {
      await write(`${JSON.stringify({ table, market, rows: lines.length })}\n`);
      await write(`${lines.join('\n')}\n`);
    },
    async finish(manifest) {
      zipped.end();
      await done;
      const draft = path.join(folder, `${manifestFile}.draft`);
      const handle = await open(draft, 'wx', 0o600);
      await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
      await handle.sync();
      await handle.close();
      await rename(draft, path.join(folder, manifestFile));
    },
  };
}

/** The manifest of a copy. @throws Error where the folder holds none */
export async function readManifest(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(folder, manifestFile), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? `${folder} holds no copy, or one that was never finished: it has no ${manifestFile}`
        : `${folder}/${manifestFile} cannot be read (${code ?? (error as Error).message})`,
    );
  }
}

/** The rows of a copy, in the order in which they were added. @throws Error where it is cut off */
export async function* readBackup(folder: string): AsyncGenerator<Part> {
  const stream = createReadStream(path.join(folder, databaseFile));
  const unzipped = createGunzip();
  stream.on('error', (error) => unzipped.destroy(error));
  let head: { table: string; market: number; rows: number } | undefined;
  let lines: string[] = [];
  for await (const line of linesOf(stream.pipe(unzipped))) {
    if (!head) {
      head = JSON.parse(line) as typeof head;
      continue;
    }
    lines.push(line);
    if (lines.length < head.rows) continue;
    yield { table: head.table, market: head.market, lines };
    head = undefined;
    lines = [];
  }
  if (head) throw new Error(`${folder}/${databaseFile} is cut off`);
}
