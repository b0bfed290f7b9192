import type { Context } from '../../context.ts';
import { anchorText, readAnchor } from '../../core/trust/log.ts';
import { findHead } from '../../db/events.ts';
import { listMarketsCached } from '../directory.ts';

/** How often the heads of the chains are signed and kept outside the database. */
const everyMs = 10 * 60_000;

/** Signs the head of every chain that has moved since its last anchor. */
export async function anchorChains(context: Context): Promise<number> {
  const known = new Map<number, number>();
  for (const { statement } of context.anchors.list()) {
    const anchor = readAnchor(statement);
    if (anchor) known.set(anchor.market, Math.max(anchor.seq, known.get(anchor.market) ?? 0));
  }
  const ids = [0, ...(await listMarketsCached(context)).map(({ id }) => id)];
  let made = 0;
  for (const market of ids) {
    const head = await context.database.transaction({ role: 'service', marketId: market }, (tx) =>
      findHead(tx, market),
    );
    if (!head || head.seq <= (known.get(market) ?? 0)) continue;
    const at = context.now().toISOString();
    context.anchors.append(context.keys.sign(anchorText({ market, ...head, at })));
    made += 1;
  }
  return made;
}

/** Anchors now and then; @returns stops it, after a last anchor */
export function keepAnchors(context: Context): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running
      .then(() => anchorChains(context))
      .catch((error: Error) =>
        context.log.warn({ cause: error.message }, 'the log was not anchored'),
      );
    return running;
  };
  const timer = setInterval(run, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await context.notices.flush();
    await run();
  };
}
