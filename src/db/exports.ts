import { and, desc, eq, lt, or } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Transaction } from './database.ts';
import { exports } from './schema/exports.ts';

export type ExportRow = typeof exports.$inferSelect;

export async function insertExport(
  tx: Transaction,
  row: typeof exports.$inferInsert,
): Promise<ExportRow> {
  const [made] = await tx.insert(exports).values(row).returning();
  return made!;
}

/** The files of a market, the newest first. */
export function listExports(
  tx: Transaction,
  marketId: number,
  limit: number,
): Promise<ExportRow[]> {
  return tx
    .select()
    .from(exports)
    .where(eq(exports.marketId, marketId))
    .orderBy(desc(exports.requestedAt), desc(exports.id))
    .limit(limit);
}

/** @throws not-found */
export async function getExport(tx: Transaction, marketId: number, id: string): Promise<ExportRow> {
  const [row] = await tx
    .select()
    .from(exports)
    .where(and(eq(exports.marketId, marketId), eq(exports.id, id)));
  if (!row) throw notFound({ what: 'export', id });
  return row;
}

/**
 * Takes up the oldest file that waits, or that was left by a process which died.
 * @returns `undefined` where there is none
 */
export async function takeExport(
  tx: Transaction,
  marketId: number,
  now: Date,
  leftSince: Date,
): Promise<ExportRow | undefined> {
  const isFree = or(
    eq(exports.state, 'waiting'),
    and(eq(exports.state, 'running'), lt(exports.takenAt, leftSince)),
  );
  const [oldest] = await tx
    .select({ id: exports.id })
    .from(exports)
    .where(and(eq(exports.marketId, marketId), isFree))
    .orderBy(exports.requestedAt)
    .limit(1);
  if (!oldest) return undefined;
  const [taken] = await tx
    .update(exports)
    .set({ state: 'running', takenAt: now })
    .where(and(eq(exports.marketId, marketId), eq(exports.id, oldest.id), isFree))
    .returning();
  return taken;
}

export async function moveExport(
  tx: Transaction,
  { marketId, id }: Pick<ExportRow, 'marketId' | 'id'>,
  change: Partial<typeof exports.$inferInsert>,
): Promise<void> {
  await tx
    .update(exports)
    .set(change)
    .where(and(eq(exports.marketId, marketId), eq(exports.id, id)));
}

/** Files whose time is over, to be removed. */
export function listExpired(tx: Transaction, marketId: number, now: Date): Promise<ExportRow[]> {
  return tx
    .select()
    .from(exports)
    .where(
      and(eq(exports.marketId, marketId), eq(exports.state, 'done'), lt(exports.expiresAt, now)),
    );
}
