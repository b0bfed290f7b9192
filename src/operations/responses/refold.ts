import type { Context } from '../../context.ts';
import { foldRows } from '../../core/indices/fold.ts';
import { replaceDealerMonth, type StoredBlock, type StoredCell } from '../../db/cells.ts';
import type { Transaction } from '../../db/database.ts';
import {
  clearDirty,
  type DealerMonth,
  type EarlierContent,
  listDirty,
  readDealerMonth,
} from '../../db/responses.ts';

/**
 * Refolds the stale dealer-months of a market from their rows, one short transaction each. A mark
 * set meanwhile stays, so nothing is missed; running it twice gives the same cells.
 */
export async function refoldMarket(context: Context, marketId: number): Promise<number> {
  const settings = { role: 'service', marketId } as const;
  const stale = await context.database.transaction(settings, (tx) => listDirty(tx, marketId));
  for (const key of stale) {
    await context.database.transaction(settings, (tx) => refoldDealerMonth(tx, marketId, key));
  }
  return stale.length;
}

/** Rebuilds one dealer-month. The marks go first, so that one set during the fold survives. */
export async function refoldDealerMonth(
  tx: Transaction,
  marketId: number,
  key: DealerMonth,
): Promise<void> {
  await clearDirty(tx, marketId, key);
  const { blocks, cells } = await foldDealerMonth(tx, marketId, key);
  await replaceDealerMonth(tx, marketId, key, blocks, cells);
}

/** Blocks and cells of a dealer-month as the rows say now, or as they said at `until`; stores nothing. */
export async function foldDealerMonth(
  tx: Transaction,
  marketId: number,
  key: DealerMonth,
  until?: Date,
  earlier: readonly EarlierContent[] = [],
): Promise<{ blocks: StoredBlock[]; cells: StoredCell[] }> {
  const blocks: StoredBlock[] = [];
  const cells: StoredCell[] = [];
  const groups = await readDealerMonth(tx, marketId, key, until, earlier);
  for (const { rows, lastReceivedAt, ...group } of groups) {
    const folded = foldRows(rows);
    blocks.push({ ...key, ...group, itemCount: folded.itemCount, bytes: folded.bytes });
    for (const [staffId, cell] of folded.cells)
      cells.push({ ...key, ...group, staffId, lastReceivedAt, cell });
  }
  return { blocks, cells };
}
