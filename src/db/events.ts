import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import { logDomain } from '../core/trust/log.ts';
import type { Transaction } from './database.ts';
import { chainHeads, events } from './schema/decisions.ts';

/**
 * Appends a record to a market's hash chain (market 0: the network's). One statement: it locks the
 * chain's head until the commit, so it is the last of a transaction.
 * hash = SHA-256(domain, previous hash, record).
 *
 * @param record canonical JSON
 */
export function appendEvent(tx: Transaction, marketId: number, record: string): Promise<unknown> {
  return tx.execute(sql`
    with head as (
      insert into chain_heads as head (market_id, seq, hash)
      values (${marketId}::int, 1, encode(sha256(convert_to(${logDomain + record}::text, 'UTF8')), 'hex'))
      on conflict (market_id) do update set
        seq = head.seq + 1,
        hash = encode(sha256(convert_to(${logDomain}::text || head.hash || ${record}::text, 'UTF8')), 'hex')
      returning seq, hash
    )
    insert into events (market_id, seq, record, hash)
    select ${marketId}::int, seq, ${record}::text, hash from head`);
}

/** A page of a chain in its order, after a record. */
export function listEvents(tx: Transaction, marketId: number, after: number, limit: number) {
  return tx
    .select({ seq: events.seq, record: events.record, hash: events.hash })
    .from(events)
    .where(and(eq(events.marketId, marketId), gt(events.seq, after)))
    .orderBy(asc(events.seq))
    .limit(limit);
}

export interface EventFilter {
  readonly before?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** An operation, or its noun. */
  readonly operation?: string | undefined;
  readonly personId?: string | undefined;
  readonly limit: number;
}

/** Records that fit a filter, the newest first. */
export function searchEvents(tx: Transaction, marketId: number, filter: EventFilter) {
  const field = (name: string) => sql`${events.record}::jsonb ->> ${name}`;
  const { operation } = filter;
  return tx
    .select({ seq: events.seq, record: events.record, hash: events.hash })
    .from(events)
    .where(
      and(
        eq(events.marketId, marketId),
        filter.before === undefined ? undefined : lt(events.seq, filter.before),
        filter.from === undefined ? undefined : gte(field('at'), filter.from),
        filter.to === undefined ? undefined : lt(field('at'), filter.to),
        operation === undefined
          ? undefined
          : sql`(${field('operation')} = ${operation} or starts_with(${field('operation')}, ${`${operation}.`}))`,
        filter.personId === undefined
          ? undefined
          : sql`(${field('by')} = ${filter.personId} or position(${filter.personId} in ${events.record}) > 0)`,
      ),
    )
    .orderBy(desc(events.seq))
    .limit(filter.limit);
}

/** Waits until no other write of a market is under way, and lets none begin before the commit. */
export function lockHead(tx: Transaction, marketId: number): Promise<unknown> {
  return tx
    .select({ seq: chainHeads.seq })
    .from(chainHeads)
    .where(eq(chainHeads.marketId, marketId))
    .for('update');
}

/** The head of a chain; `undefined` where it has no record yet. */
export async function findHead(tx: Transaction, marketId: number) {
  const [head] = await tx
    .select({ seq: chainHeads.seq, hash: chainHeads.hash })
    .from(chainHeads)
    .where(eq(chainHeads.marketId, marketId));
  return head;
}
