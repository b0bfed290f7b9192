import type { Context } from '../../context.ts';
import { listMarketsCached } from '../directory.ts';
import { refoldMarket } from './refold.ts';

const everyMs = 3_000;

/**
 * Refolds stale cells every few seconds until stopped. Reads never wait for it: a stale month is
 * computed from its rows meanwhile.
 * @returns stops the work and waits for what is under way
 */
export function keepCellsFresh(context: Context): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    try {
      for (const { id } of await listMarketsCached(context)) {
        if (!stopped) await refoldMarket(context, id);
      }
    } catch (error) {
      context.log.warn({ err: error }, 'refolding failed; it is tried again');
    }
    if (!stopped) timer = setTimeout(start, everyMs).unref();
  };
  const start = () => {
    running = round();
  };
  timer = setTimeout(start, everyMs).unref();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
