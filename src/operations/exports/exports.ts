import { z } from 'zod';
import { exportFilters, exportJob, exportKinds } from '../../contracts/exports.ts';
import { notFound, stateConflict } from '../../contracts/problems.ts';
import { type ExportRow, getExport, insertExport, listExports } from '../../db/exports.ts';
import { getDealer } from '../../db/network.ts';
import { personCodes } from '../../db/people.ts';
import { getProgramme } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';

/** A file is kept for so long. */
const keptMs = 7 * 86_400_000;
/** Lines of the list. */
const listed = 200;

/** Asks for a file; it is made in the background, by whatever process is free. */
export const requestExport = defineOperation({
  name: 'exports.request',
  summary: 'Ask for a CSV file of exactly the rows that are filtered',
  input: z.strictObject({
    market: z.string(),
    id: z.uuid().describe("The file's id, made by the sender."),
    kind: z.enum(exportKinds),
    filters: exportFilters,
  }),
  output: exportJob,
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  logged: ['id', 'kind', 'filters'],
  refuses: [notFound],
  async act(act, { id, kind, filters }) {
    const { tx, market, actor, now } = act;
    if (filters.dealer !== undefined) await getDealer(tx, market.id, filters.dealer, act.own);
    if (kind === 'complaints') await getProgramme(tx, filters.programme ?? 'european-award');
    const row = await insertExport(tx, {
      ...{ marketId: market.id, id, kind, filters },
      ...{ requestedBy: actor.personId, requestedAt: now },
      expiresAt: new Date(now.getTime() + keptMs),
    });
    const [job] = await describe(act, [row]);
    return job!;
  },
});

export const listExportJobs = defineOperation({
  name: 'exports.list',
  summary: 'Files that were asked for, the newest first',
  input: z.strictObject({ market: z.string() }),
  output: z.strictObject({ items: z.array(exportJob) }),
  scope: 'market',
  writes: false,
  async act(act) {
    return { items: await describe(act, await listExports(act.tx, act.market.id, listed)) };
  },
});

/** Takes a file out; its bytes follow by the door that asked. */
export const takeExportFile = defineOperation({
  name: 'exports.file',
  summary: 'A file that was asked for',
  input: z.strictObject({ market: z.string(), id: z.uuid() }),
  output: exportJob,
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['id'],
  refuses: [notFound, stateConflict],
  async act(act, { id }) {
    const [job] = await describe(act, [await getExport(act.tx, act.market.id, id)]);
    if (job!.state !== 'done') {
      throw stateConflict({ what: 'export', state: job!.state, allowed: ['done'] });
    }
    return job!;
  },
});

async function describe({ tx, now }: Act, rows: readonly ExportRow[]) {
  const people = await personCodes(
    tx,
    rows.map(({ requestedBy }) => requestedBy),
  );
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, filters: row.filters },
    by: people.get(row.requestedBy) ?? row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    state:
      row.state === 'done' && row.expiresAt <= now
        ? ('expired' as const)
        : (row.state as z.output<typeof exportJob>['state']),
    ...{ rows: row.rows, bytes: row.bytes, sha256: row.sha256 },
    expiresAt: row.expiresAt.toISOString(),
  }));
}
