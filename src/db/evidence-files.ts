import { and, eq, inArray } from 'drizzle-orm';
import type { Own } from '../core/access.ts';
import type { Transaction } from './database.ts';
import { files } from './schema/audits.ts';

/** Which of these evidence files a person has uploaded in this market. */
export async function ownedFiles(
  tx: Transaction,
  marketId: number,
  ownerId: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await tx
    .select({ sha256: files.sha256 })
    .from(files)
    .where(
      and(
        eq(files.marketId, marketId),
        eq(files.ownerId, ownerId),
        inArray(files.sha256, [...hashes]),
      ),
    );
  return new Set(rows.map((row) => row.sha256));
}

/** A stored file by the hash it was sent under; an auditor finds their own alone. */
export async function findFile(
  tx: Transaction,
  marketId: number,
  sha256: string,
  { auditorId }: Own,
) {
  const [row] = await tx
    .select({ mediaType: files.mediaType, storedSha256: files.storedSha256 })
    .from(files)
    .where(
      and(
        eq(files.marketId, marketId),
        eq(files.sha256, sha256),
        auditorId === undefined ? undefined : eq(files.ownerId, auditorId),
      ),
    )
    .limit(1);
  return row;
}

export function insertFile(tx: Transaction, row: typeof files.$inferInsert): Promise<unknown> {
  return tx.insert(files).values(row).onConflictDoNothing();
}
