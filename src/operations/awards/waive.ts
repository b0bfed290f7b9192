import { z } from 'zod';
import { inputRefused, notFound, stateConflict } from '../../contracts/problems.ts';
import { insertWaiver } from '../../db/decisions.ts';
import { getDealer } from '../../db/network.ts';
import { getProgramme } from '../directory.ts';
import { defineOperation } from '../operation.ts';

const reason = z.string().trim().min(1).max(4_000);

/** Waives a gate for a dealer, with a name, a reason and a document; it shows as waived. */
export const waiveGate = defineOperation({
  name: 'awards.waive',
  summary: 'Waive a gate for a dealer, with a reason and a document',
  input: z.strictObject({
    market: z.string(),
    programme: z.string(),
    version: z.string().optional(),
    dealer: z.string(),
    gate: z.string(),
    reason,
    paper: z.string().trim().min(1).max(500).describe('The document that supports it.'),
  }),
  output: z.strictObject({ dealer: z.string(), gate: z.string() }),
  scope: 'market',
  writes: true,
  logged: ['programme', 'dealer', 'gate', 'reason', 'paper'],
  refuses: [notFound, inputRefused, stateConflict],
  async act({ tx, market, actor, now }, input) {
    const { row, programme } = await getProgramme(tx, input.programme, input.version);
    const dealer = await getDealer(tx, market.id, input.dealer, {});
    if (!programme.gates.some((gate) => gate.id === input.gate)) {
      throw inputRefused({
        errors: [
          {
            pointer: '/gate',
            code: 'unknown',
            detail: `this programme has no gate "${input.gate}"`,
          },
        ],
      });
    }
    await insertWaiver(tx, {
      marketId: market.id,
      document: row.number,
      dealerId: dealer.id,
      gate: input.gate,
      grantedBy: actor.personId,
      reason: input.reason,
      paper: input.paper,
      at: now,
    });
    return { dealer: dealer.code, gate: input.gate };
  },
});
