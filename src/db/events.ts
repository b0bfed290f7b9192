import { sql } from 'drizzle-orm';
import { rowsOf, type Transaction } from './database.ts';

const domain = 'omotenashi-log/1\n';

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
      values (${marketId}::int, 1, encode(sha256(convert_to(${domain + record}::text, 'UTF8')), 'hex'))
      on conflict (market_id) do update set
        seq = head.seq + 1,
        hash = encode(sha256(convert_to(${domain}::text || head.hash || ${record}::text, 'UTF8')), 'hex')
      returning seq, hash
    )
    insert into events (market_id, seq, record, hash)
    select ${marketId}::int, seq, ${record}::text, hash from head`);
}

/** The records of a chain in order, with their hashes. */
export function listEvents(
  tx: Transaction,
  marketId: number,
): Promise<{ seq: number; record: string; hash: string }[]> {
  return rowsOf(
    tx,
    sql`select seq::int as seq, record, hash from events where market_id = ${marketId} order by seq`,
  );
}
