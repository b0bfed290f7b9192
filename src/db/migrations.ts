import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { rowsOf, type Transaction } from './database.ts';

/** Where the migrations lie; drizzle's migrator runs them one statement a query. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

const readJournal = () =>
  JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as Journal;

/** The name of the newest migration: the shape that every open database has. */
export function schemaName(): string {
  return readJournal().entries.at(-1)!.tag;
}

/**
 * Refuses a database that a newer version of the product has written: running an older one on it
 * could lose what the newer one added.
 * @throws Error naming both
 */
export async function refuseNewerSchema(orm: Transaction): Promise<void> {
  const [table] = await rowsOf<{ found: string | null }>(
    orm,
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as found`,
  );
  if (!table?.found) return;
  const [last] = await rowsOf<{ last: string | null }>(
    orm,
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  const newest = readJournal().entries.at(-1)?.when ?? 0;
  if (last?.last && Number(last.last) > newest) {
    throw new Error(
      'this database was written by a newer version of Omotenashi; start that version, or restore a backup from before it',
    );
  }
}
