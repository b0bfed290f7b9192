import type { Context } from '../context.ts';
import { findAuditHeads } from '../db/audits.ts';
import { findActorById } from '../db/people.ts';
import { findMarketCached } from './directory.ts';
import { type Operation, perform } from './operation.ts';
import { operations } from './registry.ts';

/** What is older has long been in the database's own files. */
const keepDays = 14;

/**
 * Takes in again what was acknowledged and is not there: after a power loss under the embedded
 * database. What is there is left alone, so a second start does nothing.
 *
 * @returns how many were taken in again
 */
export async function replayIntake(context: Context): Promise<number> {
  const { intake } = context;
  if (!intake) return 0;
  let taken = 0;
  const byMarket = Map.groupBy(intake.list(), ({ input }) => String(input['market']));
  for (const [code, entries] of byMarket) {
    const ids = entries.map(({ input }) => String(input['id']));
    const market = await findMarketCached(context, code).catch(() => undefined);
    const known =
      market &&
      (await context.database.transaction({ role: 'service', marketId: market.id }, (tx) =>
        findAuditHeads(tx, market.id, ids),
      ));
    for (const { operation, input, by, at } of entries) {
      if (known?.has(String(input['id']))) continue;
      try {
        const actor = await context.database.transaction({ role: 'gate' }, (tx) =>
          findActorById(tx, by),
        );
        if (!actor) throw new Error('its sender is not known any more');
        const then = { ...context, intake: undefined, now: () => new Date(at) };
        await perform(then, actor, operations.get(operation) as Operation, input);
        taken += 1;
      } catch (error) {
        // It stays in the journal; a person must look.
        context.log.error(
          { operation, id: input['id'], cause: (error as Error).message },
          'an accepted act could not be taken in again',
        );
      }
    }
  }
  intake.sweep(new Date(context.now().getTime() - keepDays * 86_400_000));
  return taken;
}
