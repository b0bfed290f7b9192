import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { type Database, enterStatement, everyOne, type Transaction } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { migrationsFolder, refuseNewerSchema } from './migrations.ts';

/**
 * Opens the embedded database (PGlite) in a data folder, locked against a second process, and
 * migrates it. It survives the process's death, not a power loss: the engine never calls fsync.
 *
 * @param folder the data folder, made if absent; `undefined` keeps everything in memory
 * @throws Error with a clear message where the folder is locked, read-only or from a newer version
 */
export async function openEmbedded(folder: string | undefined): Promise<Database> {
  const release = folder === undefined ? () => undefined : lockFolder(prepare(folder));
  try {
    const pglite = await PGlite.create(
      folder === undefined ? {} : { dataDir: path.join(folder, 'pglite') },
    );
    return await openPglite(pglite, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** A database over an engine that is already running; migrates it first. */
export async function openPglite(
  pglite: PGlite,
  release: () => void = () => undefined,
): Promise<Database> {
  const orm = drizzle(pglite, { casing: 'snake_case' });
  // Both drivers' transactions are cast to the one type that queries take: what they share.
  await refuseNewerSchema(orm as unknown as Transaction);
  await migrate(orm, { migrationsFolder });
  let underWay = 0;
  const counted = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    underWay += 1;
    try {
      return await run();
    } finally {
      underWay -= 1;
    }
  };
  return {
    engine: 'embedded',
    ownerIsLogin: true,
    pglite,
    transaction: (settings, run, last) =>
      counted(() =>
        orm.transaction(async (raw) => {
          const tx = raw as unknown as Transaction;
          await tx.execute(enterStatement(settings));
          const result = await run(tx);
          await everyOne(last?.(tx, result) ?? []);
          return result;
        }),
      ),
    snapshot: (run) =>
      orm.transaction((raw) => run(raw as unknown as Transaction), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      }),
    asOwner: (run) => orm.transaction((raw) => run(raw as unknown as Transaction)),
    load: () => ({ busy: Math.min(1, underWay), waiting: Math.max(0, underWay - 1) }),
    async close() {
      await pglite.close();
      release();
    },
  };
}

function prepare(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Error(
      `the data folder ${folder} cannot be made or written (${(error as NodeJS.ErrnoException).code}); set DATA_DIR to a folder that you may write`,
    );
  }
  return folder;
}
