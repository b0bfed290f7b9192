import { and, desc, eq } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Own } from '../core/access.ts';
import { isOneOf, type Transaction } from './database.ts';
import { auditRevisions } from './schema/audits.ts';
import { scorecards } from './schema/decisions.ts';

export type ScorecardRow = typeof scorecards.$inferSelect;

/** Stores a released view; the same view twice is one scorecard. */
export async function insertScorecard(
  tx: Transaction,
  row: typeof scorecards.$inferInsert,
): Promise<ScorecardRow> {
  const [made] = await tx.insert(scorecards).values(row).onConflictDoNothing().returning();
  if (made) return made;
  const [found] = await tx
    .select()
    .from(scorecards)
    .where(
      and(
        eq(scorecards.marketId, row.marketId),
        eq(scorecards.dealerId, row.dealerId),
        eq(scorecards.period, row.period),
        eq(scorecards.viewSha256, row.viewSha256),
      ),
    );
  return found!;
}

function ownScorecards({ dealerId }: Own) {
  return dealerId === undefined ? undefined : eq(scorecards.dealerId, dealerId);
}

/** @throws not-found */
export async function getScorecardRow(
  tx: Transaction,
  marketId: number,
  id: string,
  own: Own,
): Promise<ScorecardRow> {
  const [row] = await tx
    .select()
    .from(scorecards)
    .where(and(eq(scorecards.marketId, marketId), eq(scorecards.id, id), ownScorecards(own)));
  if (!row) throw notFound({ what: 'scorecard', id });
  return row;
}

export function listScorecardRows(
  tx: Transaction,
  marketId: number,
  own: Own,
): Promise<ScorecardRow[]> {
  return tx
    .select()
    .from(scorecards)
    .where(and(eq(scorecards.marketId, marketId), ownScorecards(own)))
    .orderBy(desc(scorecards.releasedAt), desc(scorecards.id))
    .limit(1_000);
}

/** The revisions of these audits, newest last. */
export function listRevisionsOf(tx: Transaction, marketId: number, auditIds: readonly string[]) {
  if (auditIds.length === 0) return Promise.resolve([]);
  return tx
    .select()
    .from(auditRevisions)
    .where(and(eq(auditRevisions.marketId, marketId), isOneOf(auditRevisions.auditId, auditIds)));
}
