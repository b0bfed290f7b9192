import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { DraftContent } from '../contracts/drafts.ts';
import { rowsOf, type Transaction } from './database.ts';
import { audits, drafts } from './schema/audits.ts';

/** The drafts of an auditor; what was sent in since is one only where it was sent back. */
export async function listDrafts(tx: Transaction, marketId: number, auditorId: string) {
  const rows = await tx
    .select({ draft: drafts, state: audits.state })
    .from(drafts)
    .leftJoin(audits, and(eq(audits.marketId, drafts.marketId), eq(audits.id, drafts.id)))
    .where(and(eq(drafts.marketId, marketId), eq(drafts.auditorId, auditorId)))
    .orderBy(desc(drafts.changedAt));
  return rows
    .filter(({ state }) => state === null || state === 'returned')
    .map(({ draft }) => draft);
}

/**
 * Keeps a draft where the device has seen the copy that is there.
 * @returns the new revision; `undefined` where another device was faster
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
      values (${row.marketId}, ${row.id}, ${row.auditorId}, ${seen + 1}, ${JSON.stringify(row.content)}::jsonb,
        ${row.changedAt.toISOString()}::timestamptz, ${row.receivedAt.toISOString()}::timestamptz)
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

/** Forgets an auditor's drafts that were not touched since. */
export function removeOldDrafts(
  tx: Transaction,
  marketId: number,
  auditorId: string,
  untouchedSince: Date,
): Promise<unknown> {
  return tx
    .delete(drafts)
    .where(
      and(
        eq(drafts.marketId, marketId),
        eq(drafts.auditorId, auditorId),
        lt(drafts.receivedAt, untouchedSince),
      ),
    );
}
