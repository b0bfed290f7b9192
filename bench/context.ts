import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openCompute } from '../src/compute/pool.ts';
import type { Context } from '../src/context.ts';
import { openPglite } from '../src/db/embedded.ts';
import { openAnchors } from '../src/io/anchors.ts';
import { openExportFiles } from '../src/io/export-files.ts';
import { openFileStore } from '../src/io/files.ts';
import { openKeys } from '../src/io/keys.ts';
import { loadShipped } from '../src/operations/shipped.ts';

/** A service of its own in memory, with the shipped documents and nothing else. */
export async function openBenchContext(origin = 'http://localhost'): Promise<Context> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const context: Context = {
    database: await openPglite(await PGlite.create()),
    files: openFileStore(folder),
    exportFiles: openExportFiles(folder),
    compute: openCompute(0),
    keys: openKeys(path.join(folder, 'keys'), () => new Date()),
    anchors: openAnchors(path.join(folder, 'anchors.jsonl')),
    site: { origin },
    notices: { add: () => undefined, flush: async () => undefined, close: async () => undefined },
    now: () => new Date(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  await loadShipped(context);
  return context;
}
