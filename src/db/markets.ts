import { asc, eq, sql } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Transaction } from './database.ts';
import { markets } from './schema/people.ts';

export type MarketRow = typeof markets.$inferSelect;

/** @throws not-found */
export async function getMarket(tx: Transaction, code: string): Promise<MarketRow> {
  const [found] = await tx.select().from(markets).where(eq(markets.code, code));
  if (!found) throw notFound({ what: 'market', id: code });
  return found;
}

export function listMarkets(tx: Transaction): Promise<MarketRow[]> {
  return tx.select().from(markets).orderBy(asc(markets.code));
}

/** Inserts or updates by code; returns the ids in the order given. */
export function upsertMarkets(
  tx: Transaction,
  rows: readonly Omit<typeof markets.$inferInsert, 'id'>[],
): Promise<{ id: number; code: string }[]> {
  return tx
    .insert(markets)
    .values([...rows])
    .onConflictDoUpdate({
      target: markets.code,
      set: {
        names: sql`excluded.names`,
        languages: sql`excluded.languages`,
        timeZone: sql`excluded.time_zone`,
        calendar: sql`excluded.calendar`,
        staffNamed: sql`excluded.staff_named`,
        appealDays: sql`excluded.appeal_days`,
      },
    })
    .returning({ id: markets.id, code: markets.code });
}
