import type { Context } from '../../context.ts';
import type { Transaction } from '../../db/database.ts';
import { type ExportRow, listExpired, moveExport, takeExport } from '../../db/exports.ts';
import type { MarketRow } from '../../db/markets.ts';
import { listMarketsCached } from '../directory.ts';
import { keepDoing } from '../rounds.ts';
import { exportKindRows } from './rows.ts';

const everyMs = 1_000;
/** A process that took a file up and says nothing for so long has died. */
const patienceMs = 10 * 60_000;

/**
 * Makes the files that wait, one after another, until stopped; removes those whose time is over.
 * @returns stops the work and waits for what is under way
 */
export function keepExporting(context: Context): () => Promise<void> {
  return keepDoing(context, 'exporting', everyMs, () => exportWhatWaits(context));
}

/** One round: every file that waits is made. @returns how many */
export async function exportWhatWaits(context: Context): Promise<number> {
  let made = 0;
  for (const market of await listMarketsCached(context)) {
    const { id: marketId } = market;
    const inMarket = <Result>(run: (tx: Transaction) => Promise<Result>) =>
      context.database.transaction({ role: 'service', marketId }, run);
    for (;;) {
      const now = context.now();
      const leftSince = new Date(now.getTime() - patienceMs);
      const row = await inMarket((tx) => takeExport(tx, marketId, now, leftSince));
      if (!row) break;
      await makeFile(context, market, row);
      made += 1;
    }
    for (const row of await inMarket((tx) => listExpired(tx, marketId, context.now()))) {
      await context.exportFiles.remove(marketId, row.id);
      await inMarket((tx) => moveExport(tx, row, { state: 'expired' }));
    }
  }
  return made;
}

/** One file that fails keeps no other from being made. */
async function makeFile(context: Context, market: MarketRow, row: ExportRow): Promise<void> {
  const settings = { role: 'service', marketId: market.id } as const;
  const { columns, pages } = exportKindRows[row.kind];
  const move = (change: Parameters<typeof moveExport>[2]) =>
    context.database.transaction(settings, (tx) => moveExport(tx, row, change));
  try {
    const written = await context.exportFiles.write(
      market.id,
      row.id,
      columns,
      pages({
        filters: row.filters,
        read: (run) =>
          context.database.transaction(settings, (tx) =>
            run({ context, tx, market, now: context.now() }),
          ),
      }),
    );
    await move({ state: 'done', ...written });
  } catch (error) {
    context.log.error({ export: row.id, cause: (error as Error).message }, 'an export failed');
    await context.exportFiles.remove(market.id, row.id);
    await move({ state: 'failed' });
  }
}
