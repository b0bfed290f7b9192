import { and, desc, eq, lt, notExists, or, sql } from 'drizzle-orm';
import type { DraftContent } from '../contracts/drafts.ts';
import { rowsOf, type Transaction } from './database.ts';
import { audits, drafts } from './schema/audits.ts';
import { grants } from './schema/people.ts';

/** The drafts of an auditor; what was sent in is one again only once its correction has begun. */
export async function listDrafts(tx: Transaction, marketId: number, auditorId: string) {
  const rows = await tx
    .select({ draft: drafts, state: audits.state })
    .from(drafts)
    .leftJoin(audits, and(eq(audits.marketId, drafts.marketId), eq(audits.id, drafts.id)))
    .where(and(eq(drafts.marketId, marketId), eq(drafts.auditorId, auditorId)))
    .orderBy(desc(drafts.changedAt));
  return rows
    .filter(
      ({ draft, state }) =>
        state === null || (state === 'returned' && draft.content.remarks !== undefined),
    )
    .map(({ draft }) => draft);
}

/**
 * Keeps a draft where the device has seen the copy that is there.
 * @returns the new revision; `undefined` where another device was faster, or its audit has come in
 */
export async function keepDraft(
  tx: Transaction,
  row: {
    readonly marketId: number;
    readonly id: string;
    readonly auditorId: string;
    readonly content: DraftContent;
    readonly changedAt: Date;
    readonly receivedAt: Date;
  },
  seen: number,
): Promise<number | undefined> {
  const [kept] = await rowsOf<{ revision: number }>(
    tx,
    sql`insert into drafts (market_id, id, auditor_id, revision, content, changed_at, received_at)
      select ${row.marketId}::int, ${row.id}::uuid, ${row.auditorId}::uuid, ${seen + 1}::int, ${JSON.stringify(row.content)}::jsonb,
        ${row.changedAt.toISOString()}::timestamptz, ${row.receivedAt.toISOString()}::timestamptz
      where not exists (
        select 1 from audits a where a.market_id = ${row.marketId} and a.id = ${row.id} and a.state <> 'returned')
      on conflict (market_id, auditor_id, id) do update
        set revision = excluded.revision, content = excluded.content,
          changed_at = excluded.changed_at, received_at = excluded.received_at
        where drafts.revision = ${seen}
      returning revision`,
  );
  return kept?.revision;
}

/** Forgets an auditor's draft: its audit has come in. */
export function removeDraft(
  tx: Transaction,
  marketId: number,
  auditorId: string,
  id: string,
): PromiseLike<unknown> {
  return tx
    .delete(drafts)
    .where(and(eq(drafts.marketId, marketId), eq(drafts.auditorId, auditorId), eq(drafts.id, id)));
}

/** Forgets drafts that were not touched since, and those of people who have no role any more. */
export async function removeForsakenDrafts(
  tx: Transaction,
  marketId: number,
  untouchedSince: Date,
): Promise<void> {
  await tx
    .delete(drafts)
    .where(
      and(
        eq(drafts.marketId, marketId),
        or(
          lt(drafts.receivedAt, untouchedSince),
          notExists(tx.select().from(grants).where(eq(grants.personId, drafts.auditorId))),
        ),
      ),
    );
}
