import { and, count, desc, eq } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Own } from '../core/access.ts';
import type { Transaction } from './database.ts';
import { appeals } from './schema/audits.ts';

export type AppealRecord = typeof appeals.$inferSelect;

/** How many appeals are in a state. */
export async function countAppeals(
  tx: Transaction,
  marketId: number,
  state: string,
): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(appeals)
    .where(and(eq(appeals.marketId, marketId), eq(appeals.state, state)));
  return row!.n;
}

export function insertAppeal(tx: Transaction, row: typeof appeals.$inferInsert): Promise<unknown> {
  return tx.insert(appeals).values(row);
}

export async function getAppeal(
  tx: Transaction,
  marketId: number,
  id: string,
  { dealerId }: Own,
): Promise<AppealRecord> {
  const [row] = await tx
    .select()
    .from(appeals)
    .where(
      and(
        eq(appeals.marketId, marketId),
        eq(appeals.id, id),
        dealerId === undefined ? undefined : eq(appeals.dealerId, dealerId),
      ),
    );
  if (!row) throw notFound({ what: 'appeal', id });
  return row;
}

/** Appeals, the newest first. */
export function listAppeals(
  tx: Transaction,
  marketId: number,
  filter: { readonly state?: string | undefined; readonly auditId?: string | undefined },
  { dealerId }: Own,
): Promise<AppealRecord[]> {
  return tx
    .select()
    .from(appeals)
    .where(
      and(
        eq(appeals.marketId, marketId),
        filter.state === undefined ? undefined : eq(appeals.state, filter.state),
        filter.auditId === undefined ? undefined : eq(appeals.auditId, filter.auditId),
        dealerId === undefined ? undefined : eq(appeals.dealerId, dealerId),
      ),
    )
    .orderBy(desc(appeals.filedAt), desc(appeals.id))
    .limit(500);
}

export async function decideAppealRow(
  tx: Transaction,
  marketId: number,
  id: string,
  change: Partial<typeof appeals.$inferInsert>,
): Promise<AppealRecord | undefined> {
  const [row] = await tx
    .update(appeals)
    .set(change)
    .where(and(eq(appeals.marketId, marketId), eq(appeals.id, id), eq(appeals.state, 'open')))
    .returning();
  return row;
}
