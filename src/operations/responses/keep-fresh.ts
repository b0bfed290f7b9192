import type { Context } from '../../context.ts';
import { listMarketsCached } from '../directory.ts';
import { keepDoing } from '../rounds.ts';
import { refoldMarket } from './refold.ts';

const everyMs = 3_000;

/**
 * Refolds stale cells every few seconds until stopped. Reads never wait for it: a stale month is
 * computed from its rows meanwhile.
 * @returns stops the work and waits for what is under way
 */
export function keepCellsFresh(context: Context): () => Promise<void> {
  return keepDoing(context, 'refolding', everyMs, async (isStopped) => {
    for (const { id } of await listMarketsCached(context)) {
      if (!isStopped()) await refoldMarket(context, id);
    }
  });
}
