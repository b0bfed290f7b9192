import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Cell } from '../core/indices/cells.ts';
import { jsonRows, rowsOf, type Transaction } from './database.ts';
import type { DealerMonth } from './responses.ts';
import { blocks, cells } from './schema/responses.ts';

/** Key of a block or cell inside a market. */
export interface CellKey {
  readonly dealerId: number;
  readonly month: string;
  readonly document: number;
  readonly touchpoint: string;
  readonly tenureBand: number;
}

export interface StoredBlock extends CellKey {
  readonly itemCount: number;
  readonly bytes: Uint8Array;
}

export interface StoredCell extends CellKey {
  readonly staffId: number;
  /** When the youngest response of the block came in; ISO 8601 in UTC. */
  readonly lastReceivedAt: string;
  readonly cell: Cell;
}

/** Replaces all blocks and cells of a dealer-month. */
export async function replaceDealerMonth(
  tx: Transaction,
  marketId: number,
  { dealerId, month }: DealerMonth,
  newBlocks: readonly StoredBlock[],
  newCells: readonly StoredCell[],
): Promise<void> {
  const here = sql`market_id = ${marketId} and dealer_id = ${dealerId} and month = ${month}::date`;
  await tx.execute(sql`delete from blocks where ${here}`);
  await tx.execute(sql`delete from cells where ${here}`);
  if (newBlocks.length > 0) {
    const rows = newBlocks.map((block) => ({
      ...block,
      bytes: Buffer.from(
        block.bytes.buffer,
        block.bytes.byteOffset,
        block.bytes.byteLength,
      ).toString('hex'),
    }));
    await tx.execute(sql`
      insert into blocks (market_id, dealer_id, month, document, touchpoint, tenure_band, item_count, bytes)
      select ${marketId}, ${dealerId}, ${month}::date, document, touchpoint, "tenureBand", "itemCount", decode(bytes, 'hex')
      from jsonb_to_recordset(${jsonRows(rows)}) as r(document int, touchpoint text, "tenureBand" smallint, "itemCount" smallint, bytes text)`);
  }
  if (newCells.length > 0) {
    const rows = newCells.map(({ cell, ...key }) => ({
      ...key,
      responses: cell.responses,
      n: cell.index.n,
      sum: String(cell.index.sum),
      squares: String(cell.index.sumSquares),
      counts: cell.itemCounts,
      sums: cell.itemSums,
    }));
    await tx.execute(sql`
      insert into cells (market_id, dealer_id, month, document, touchpoint, tenure_band, staff_id, responses, last_received_at, index_n, index_sum, index_sum_squares, item_counts, item_sums)
      select ${marketId}, ${dealerId}, ${month}::date, document, touchpoint, "tenureBand", "staffId", responses, "lastReceivedAt", n, sum::bigint, squares::numeric, counts, sums
      from jsonb_to_recordset(${jsonRows(rows)}) as r(document int, touchpoint text, "tenureBand" smallint, "staffId" int, responses int, "lastReceivedAt" timestamptz, n int, sum text, squares text, counts jsonb, sums jsonb)`);
  }
}

export interface CellFilter {
  readonly documents: readonly number[];
  /** Months (first days): from, to excluded. */
  readonly from: string;
  readonly to: string;
  /** `whole`: a dealer's cells; `staff`: one a staff member. */
  readonly level: 'whole' | 'staff';
  readonly dealerId?: number | undefined;
}

/** The cells of whole months. Leans on the primary key of cells. */
export async function readCells(
  tx: Transaction,
  marketId: number,
  filter: CellFilter,
): Promise<StoredCell[]> {
  if (filter.documents.length === 0) return [];
  const rows = await tx
    .select()
    .from(cells)
    .where(
      and(
        eq(cells.marketId, marketId),
        filter.dealerId === undefined ? undefined : eq(cells.dealerId, filter.dealerId),
        inArray(cells.document, [...filter.documents]),
        gte(cells.month, filter.from),
        lt(cells.month, filter.to),
        filter.level === 'whole' ? eq(cells.staffId, 0) : sql`staff_id <> 0`,
      ),
    );
  return rows.map((row) => ({
    dealerId: row.dealerId,
    month: row.month,
    document: row.document,
    touchpoint: row.touchpoint,
    tenureBand: row.tenureBand,
    staffId: row.staffId,
    lastReceivedAt: row.lastReceivedAt.toISOString(),
    cell: {
      responses: row.responses,
      index: { n: row.indexN, sum: row.indexSum, sumSquares: BigInt(row.indexSumSquares) },
      itemCounts: row.itemCounts,
      itemSums: row.itemSums,
    },
  }));
}

/** The packed blocks of the given months, for cut months, other weights and the bootstrap. */
export async function readBlocks(
  tx: Transaction,
  marketId: number,
  filter: Omit<CellFilter, 'level'>,
): Promise<StoredBlock[]> {
  if (filter.documents.length === 0) return [];
  const rows = await tx
    .select()
    .from(blocks)
    .where(
      and(
        eq(blocks.marketId, marketId),
        filter.dealerId === undefined ? undefined : eq(blocks.dealerId, filter.dealerId),
        inArray(blocks.document, [...filter.documents]),
        gte(blocks.month, filter.from),
        lt(blocks.month, filter.to),
      ),
    );
  return rows.map(({ marketId: _, ...row }) => row);
}

/** Every dealer-month that has responses or cells, for a rebuild of everything. */
export function listDealerMonths(tx: Transaction, marketId: number): Promise<DealerMonth[]> {
  return rowsOf(
    tx,
    sql`select dealer_id as "dealerId", to_char(visit_date, 'YYYY-MM-01') as month from responses where market_id = ${marketId} group by 1, 2
      union select dealer_id, to_char(month, 'YYYY-MM-DD') from cells where market_id = ${marketId} order by 1, 2`,
  );
}
