import { z } from 'zod';
import type { Context } from '../../context.ts';
import { marketPrivacy, type Retention } from '../../contracts/privacy.ts';
import { civilDateOf } from '../../core/periods.ts';
import { removeForsakenDrafts } from '../../db/drafts.ts';
import {
  heldSubjects,
  removeComments,
  removeComplaintCustomers,
  removeStaffNames,
  staleComments,
  staleComplaintCustomers,
  staleStaffNames,
  writePrivacy,
} from '../../db/privacy.ts';
import { forget, listMarketsCached } from '../directory.ts';
import { type Act, defineOperation, perform, systemActor } from '../operation.ts';

/** Sets what a market keeps, for how long, and what staff are told. */
export const setPrivacy = defineOperation({
  name: 'privacy.set',
  summary: "A market's privacy settings: recordings, retention, notice for staff",
  input: z.strictObject({ market: z.string(), ...marketPrivacy.shape }),
  output: marketPrivacy,
  scope: 'market',
  writes: true,
  logged: ['recordings', 'retention'],
  async act({ tx, market, context }, { market: _, ...privacy }) {
    await writePrivacy(tx, market.id, privacy);
    forget(context);
    return privacy;
  },
});

export const getPrivacy = defineOperation({
  name: 'privacy.get',
  summary: "A market's privacy settings, with the notice for staff",
  input: z.strictObject({ market: z.string() }),
  output: marketPrivacy.extend({ staffNamed: z.boolean() }),
  scope: 'market',
  writes: false,
  act: async ({ market }) => ({ ...market.privacy, staffNamed: market.staffNamed }),
});

/** What is kept longer than it should: how it is found, and how it goes. */
const classes: Record<
  keyof Retention,
  {
    readonly kind: string;
    find(
      act: Act,
      before: string,
    ): PromiseLike<readonly { id: number | string; subject: string }[]>;
    remove(act: Act, ids: readonly never[]): PromiseLike<unknown>;
  }
> = {
  staffNames: {
    kind: 'staff',
    find: ({ tx, market }, before) => staleStaffNames(tx, market.id, before),
    remove: ({ tx, market }, ids) => removeStaffNames(tx, market.id, ids),
  },
  complaintCustomers: {
    kind: 'complaint',
    find: ({ tx, market }, before) => staleComplaintCustomers(tx, market.id, before),
    remove: ({ tx, market }, ids) => removeComplaintCustomers(tx, market.id, ids),
  },
  comments: {
    kind: 'response',
    find: ({ tx, market }, before) => staleComments(tx, market.id, before),
    remove: ({ tx, market }, ids) => removeComments(tx, market.id, ids),
  },
};

const counts = z.record(
  z.string(),
  z.strictObject({ before: z.string(), erased: z.int(), held: z.int() }),
);

/** Ends what has been kept long enough; a dry run only counts. Legal holds stay. */
export const keepRetention = defineOperation({
  name: 'privacy.retain',
  summary: 'Erase personal data that has been kept long enough; a dry run only counts',
  input: z.strictObject({ market: z.string(), dryRun: z.boolean().default(true) }),
  output: z.strictObject({ dryRun: z.boolean(), classes: counts }),
  scope: 'market',
  writes: true,
  logged: ['dryRun'],
  async act(act, { dryRun }) {
    const { tx, market, now } = act;
    const held = await heldSubjects(tx, market.id);
    const found: z.infer<typeof counts> = {};
    for (const [name, months] of Object.entries(market.privacy.retention)) {
      const { kind, find, remove } = classes[name as keyof Retention];
      const day = new Date(now);
      day.setUTCMonth(day.getUTCMonth() - months);
      const before = civilDateOf(day, market.timeZone);
      const rows = await find(act, before);
      const free = rows.filter(({ subject }) => !held.has(`${kind} ${subject}`));
      if (!dryRun && free.length > 0) await remove(act, free.map(({ id }) => id) as never[]);
      found[name] = { before, erased: free.length, held: rows.length - free.length };
    }
    return { dryRun, classes: found };
  },
});

/** A form that nobody has touched for half a year is given up. */
const draftsKeptMs = 180 * 86_400_000;

/** Runs the retention of every market once a night. @returns stops it */
export function keepRetentionNightly(context: Context): () => void {
  const run = async () => {
    for (const { id: marketId, code: market, privacy } of await listMarketsCached(context)) {
      const since = new Date(context.now().getTime() - draftsKeptMs);
      await context.database.transaction({ role: 'service', marketId }, (tx) =>
        removeForsakenDrafts(tx, marketId, since),
      );
      if (Object.keys(privacy.retention).length === 0) continue;
      // One market that fails keeps no other from it.
      await perform(context, systemActor, keepRetention, { market, dryRun: false }).catch(
        (error: Error) => context.log.error({ market, cause: error.message }, 'retention failed'),
      );
    }
  };
  let lastDay = '';
  const timer = setInterval(() => {
    const now = context.now();
    const day = now.toISOString().slice(0, 10);
    // In the small hours, once a day, however often the clock is set.
    if (now.getUTCHours() !== 2 || day === lastDay) return;
    lastDay = day;
    run().catch((error: Error) => context.log.error({ cause: error.message }, 'retention failed'));
  }, 10 * 60_000);
  timer.unref();
  return () => clearInterval(timer);
}
