import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { surveyLinks } from './schema/responses.ts';

export type SurveyLink = typeof surveyLinks.$inferSelect;

export async function insertSurveyLinks(
  tx: Transaction,
  rows: readonly (typeof surveyLinks.$inferInsert)[],
): Promise<void> {
  await tx.insert(surveyLinks).values([...rows]);
}

export async function findSurveyLink(
  tx: Transaction,
  marketId: number,
  sha256: string,
): Promise<SurveyLink | undefined> {
  const [row] = await tx
    .select()
    .from(surveyLinks)
    .where(and(eq(surveyLinks.marketId, marketId), eq(surveyLinks.sha256, sha256)));
  return row;
}

/** Spends a link; false where somebody was faster. */
export async function spendSurveyLink(
  tx: Transaction,
  marketId: number,
  sha256: string,
  spent: { readonly answeredAt: Date; readonly answersSha256: string },
): Promise<boolean> {
  const rows = await tx
    .update(surveyLinks)
    .set(spent)
    .where(
      and(
        eq(surveyLinks.marketId, marketId),
        eq(surveyLinks.sha256, sha256),
        isNull(surveyLinks.answeredAt),
      ),
    )
    .returning({ sha256: surveyLinks.sha256 });
  return rows.length > 0;
}

/** Forgets links that ended long ago; what was answered stays without them. */
export function removeSurveyLinks(
  tx: Transaction,
  marketId: number,
  endedBefore: Date,
): Promise<unknown> {
  return tx
    .delete(surveyLinks)
    .where(and(eq(surveyLinks.marketId, marketId), lt(surveyLinks.expiresAt, endedBefore)));
}
