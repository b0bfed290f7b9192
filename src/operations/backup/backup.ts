import { z } from 'zod';
import { schemaName } from '../../db/migrations.ts';
import {
  advanceSequences,
  readTables,
  refuseFilled,
  Sums,
  writePart,
} from '../../db/tables-copy.ts';
import { readBackup, readManifest, writeBackup } from '../../io/backups.ts';
import { openFileStore } from '../../io/files.ts';
import { defineComputed } from '../operation.ts';

const manifest = z.strictObject({
  format: z.literal('omotenashi-backup/1'),
  madeAt: z.iso.datetime(),
  /** The newest migration of the database that it was made from. */
  schema: z.string(),
  tables: z.array(z.strictObject({ table: z.string(), rows: z.int(), sha256: z.string() })),
  files: z.int(),
});

const made = z.strictObject({ rows: z.int(), files: z.int(), madeAt: z.iso.datetime() });
const input = z.strictObject({ folder: z.string().min(1) });

/** Copies database and evidence, as of one instant, into a folder; the same form from both databases. */
export const makeBackup = defineComputed({
  name: 'backup.make',
  summary: 'Copy database and evidence into a folder',
  input,
  output: made,
  scope: 'network',
  writes: true,
  leavesEvidence: true,
  async prepare({ context, now }, { folder }) {
    await context.notices.flush();
    const writer = await writeBackup(folder);
    const sums = new Sums();
    await context.database.snapshot(async (tx) => {
      for await (const part of readTables(tx)) {
        sums.add(part);
        await writer.add(part);
      }
    });
    // Files are there before the rows that name them, so none of the instant is missing.
    const target = openFileStore(folder);
    let files = 0;
    for await (const { marketId, sha256 } of context.files.list()) {
      const bytes = await context.files.get(marketId, sha256);
      // Erased since it was listed.
      if (!bytes) continue;
      await target.put(marketId, bytes);
      files += 1;
    }
    const madeAt = now.toISOString();
    const tables = sums.list();
    await writer.finish({
      format: 'omotenashi-backup/1',
      madeAt,
      schema: schemaName(),
      tables,
      files,
    } satisfies z.infer<typeof manifest>);
    return { rows: tables.reduce((sum, { rows }) => sum + rows, 0), files, madeAt };
  },
});

/**
 * Fills an empty database and the data folder from a copy, and reads everything again: where one row or
 * file is not what was copied, nothing has happened.
 */
export const restoreBackup = defineComputed({
  name: 'backup.restore',
  summary: 'Fill an empty installation from a copy',
  input,
  output: made,
  scope: 'network',
  writes: true,
  async prepare({ context }, { folder }) {
    const copied = manifest.parse(await readManifest(folder));
    if (copied.schema !== schemaName()) {
      throw new Error(
        `the copy was made at "${copied.schema}", this version is at "${schemaName()}": restore it by the version that made it, then start this one, which brings it on`,
      );
    }
    const source = openFileStore(folder);
    let files = 0;
    for await (const { marketId, sha256 } of source.list()) {
      const stored = await context.files.put(marketId, (await source.get(marketId, sha256))!);
      if (stored !== sha256) {
        throw new Error(`the file ${sha256} of the copy has other bytes than its name says`);
      }
      files += 1;
    }
    if (files !== copied.files) {
      throw new Error(`the copy should hold ${copied.files} files; there are ${files}`);
    }
    await context.database.asOwner(async (tx) => {
      await refuseFilled(tx);
      for await (const part of readBackup(folder)) await writePart(tx, part);
      const sums = new Sums();
      for await (const part of readTables(tx)) sums.add(part);
      refuseOthers(copied.tables, sums.list());
      await advanceSequences(tx);
    });
    const rows = copied.tables.reduce((sum, each) => sum + each.rows, 0);
    return { rows, files, madeAt: copied.madeAt };
  },
});

type Tables = z.infer<typeof manifest>['tables'];

function refuseOthers(wanted: Tables, found: Tables): void {
  const bySum = (tables: Tables) =>
    new Map(tables.map((each) => [each.table, `${each.rows} ${each.sha256}`]));
  const have = bySum(found);
  const want = bySum(wanted);
  for (const table of new Set([...have.keys(), ...want.keys()])) {
    if (have.get(table) === want.get(table)) continue;
    throw new Error(
      `the table "${table}" would not be what was copied: the copy is damaged; nothing was changed`,
    );
  }
}
