import { z } from 'zod';
import { notFound } from '../../contracts/problems.ts';
import { listDealerMonths } from '../../db/cells.ts';
import { markDirty, withdrawResponseRow } from '../../db/responses.ts';
import { defineOperation } from '../operation.ts';
import { refoldDealerMonth } from './refold.ts';

/** Withdraws a response with a reason: it stays on record and enters no later result. */
export const withdrawResponse = defineOperation({
  name: 'responses.withdraw',
  summary: 'Withdraw a customer response, with a reason',
  input: z.strictObject({
    market: z.string(),
    id: z.coerce.number().int(),
    reason: z.string().trim().min(1).max(4_000),
  }),
  output: z.strictObject({ id: z.int(), withdrawnAt: z.string() }),
  scope: 'market',
  writes: true,
  logged: ['id', 'reason'],
  refuses: [notFound],
  async act({ tx, market, now }, { id, reason }) {
    const key = await withdrawResponseRow(tx, market.id, id, reason, now);
    if (!key) throw notFound({ what: 'response', id: String(id) });
    await markDirty(tx, market.id, [key]);
    return { id, withdrawnAt: now.toISOString() };
  },
});

/** Rebuilds all derived blocks and cells of a market from its rows. The figures stay the same. */
export const rebuildCells = defineOperation({
  name: 'cells.rebuild',
  summary: 'Rebuild the derived sums of a market from its rows',
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({ dealerMonths: z.int() }),
  scope: 'market',
  writes: true,
  async act({ tx, market, report }) {
    const keys = await listDealerMonths(tx, market.id);
    for (const [index, key] of keys.entries()) {
      await refoldDealerMonth(tx, market.id, key);
      if (index % 100 === 0) report?.({ done: index, of: keys.length });
    }
    return { dealerMonths: keys.length };
  },
});
