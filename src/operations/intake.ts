import type { Context } from '../context.ts';
import { findAuditHeads } from '../db/audits.ts';
import { insertFile } from '../db/evidence-files.ts';
import type { MarketRow } from '../db/markets.ts';
import { findActorById } from '../db/people.ts';
import { uploadEvidence } from './audits/evidence.ts';
import { findMarketCached } from './directory.ts';
import { type Operation, perform, systemActor } from './operation.ts';
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
  let left = 0;
  const { accepted, unreadable } = intake.list();
  if (unreadable > 0) {
    // A line that a crash cut off was never acknowledged; more than one a crash means a damaged file.
    context.log.warn({ lines: unreadable }, 'lines of the journal of submissions cannot be read');
  }
  const byMarket = Map.groupBy(accepted, ({ input }) => String(input['market']));
  for (const [code, entries] of byMarket) {
    const ids = entries.flatMap(({ input }) => (input['id'] ? [String(input['id'])] : []));
    const market = await findMarketCached(context, code).catch(() => undefined);
    const known =
      market &&
      (await context.database.transaction({ role: 'service', marketId: market.id }, (tx) =>
        findAuditHeads(tx, market.id, ids),
      ));
    for (const { operation, input, by, as, at } of entries) {
      if (input['id'] && known?.has(String(input['id']))) continue;
      try {
        if (operation === uploadEvidence.name) {
          await keepUpload(context, market, by, at, input);
          continue;
        }
        const sender =
          by === systemActor.personId
            ? systemActor
            : await context.database.transaction({ role: 'gate' }, (tx) => findActorById(tx, by));
        if (!sender) throw new Error('its sender is not known any more');
        const then = { ...context, intake: undefined, now: () => new Date(at) };
        const actor = { ...sender, grants: as };
        await perform(then, actor, operations.get(operation) as Operation, input);
        taken += 1;
      } catch (error) {
        // It stays in the journal; a person must look.
        left += 1;
        context.log.error(
          { operation, id: input['id'], cause: (error as Error).message },
          'an accepted act could not be taken in again',
        );
      }
    }
  }
  if (left === 0) intake.sweep(new Date(context.now().getTime() - keepDays * 86_400_000));
  return taken;
}

/** The bytes of an upload were synced before it was acknowledged; only its row may be gone. */
async function keepUpload(
  context: Context,
  market: MarketRow | undefined,
  ownerId: string,
  at: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!market) throw new Error('its market is not known any more');
  const { sha256, mediaType, size, storedSha256 } = input as {
    sha256: string;
    mediaType: string;
    size: number;
    storedSha256: string;
  };
  await context.database.transaction({ role: 'service', marketId: market.id }, (tx) =>
    insertFile(tx, {
      ...{ marketId: market.id, ownerId, sha256, mediaType, size, storedSha256 },
      receivedAt: new Date(at),
    }),
  );
}
