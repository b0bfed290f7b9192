import { canonicalJson } from '../core/canonical.ts';
import type { Database } from './database.ts';
import { appendEvent } from './events.ts';

/** Something that was asked for and changed nothing: a download, a denial, a failed sign-in. */
export interface Notice {
  readonly operation: string;
  /** The person, where known. */
  readonly by: string | null;
  readonly outcome: string;
  readonly [field: string]: string | null;
}

/**
 * Gathers what is noted but is no write: one log record a second and market at most, with counts, so
 * that nobody can hold a market's chain by asking. A crash may lose the last second.
 */
export interface Notices {
  /** @param marketId 0 = the network's chain */
  add(marketId: number, notice: Notice): void;
  /** Writes what is gathered; what cannot be written stays gathered. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const everyMs = 1000;
/** Different notices in one record; more are counted, not listed. */
const listed = 200;

interface Gathered {
  readonly items: Map<string, { readonly notice: Notice; count: number }>;
  more: number;
}

export function openNotices(
  database: Pick<Database, 'transaction'>,
  now: () => Date,
  warn: (error: unknown) => void,
): Notices {
  const markets = new Map<number, Gathered>();
  let writing: Promise<void> = Promise.resolve();
  const add = (marketId: number, notice: Notice, count = 1) => {
    const gathered = markets.get(marketId) ?? { items: new Map(), more: 0 };
    markets.set(marketId, gathered);
    const key = canonicalJson(notice);
    const known = gathered.items.get(key);
    if (known) known.count += count;
    else if (gathered.items.size < listed) gathered.items.set(key, { notice, count });
    else gathered.more += count;
  };
  const write = async () => {
    for (const [marketId, gathered] of [...markets]) {
      markets.delete(marketId);
      const items = [...gathered.items.values()].map(({ notice, count }) => ({ ...notice, count }));
      const record = canonicalJson({
        at: now().toISOString(),
        by: null,
        role: 'service',
        operation: 'notices',
        subject: { items, more: gathered.more },
      });
      try {
        await database.transaction({ role: 'service', marketId }, (tx) =>
          appendEvent(tx, marketId, record),
        );
      } catch (error) {
        for (const { notice, count } of gathered.items.values()) add(marketId, notice, count);
        warn(error);
      }
    }
  };
  const flush = () => {
    writing = writing.then(write);
    return writing;
  };
  const timer = setInterval(() => {
    if (markets.size > 0) void flush();
  }, everyMs);
  timer.unref();
  return {
    add: (marketId, notice) => add(marketId, notice),
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
