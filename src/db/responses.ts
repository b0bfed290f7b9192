import { and, eq, lte, sql } from 'drizzle-orm';
import type { FoldRow } from '../core/indices/cells.ts';
import { isOneOf, jsonRows, rowsOf, type Transaction } from './database.ts';
import { dirtyMonths, responses } from './schema/responses.ts';

/** A response as it is stored; answers packed one byte an item, in hex. */
export interface ResponseImport {
  readonly dealer_id: number;
  readonly staff_id: number | null;
  readonly touchpoint: string;
  readonly visit_date: string;
  readonly reference: string | null;
  readonly tenure_band: number;
  readonly items: string;
  readonly index_micro: number | null;
  readonly recommendation: number | null;
  readonly answered_at: string | null;
  readonly device: string | null;
  readonly comments: readonly { readonly item: string; readonly text: string }[];
}

/** A dealer's month whose cells are stale. */
export interface DealerMonth {
  readonly dealerId: number;
  readonly month: string;
}

interface Found {
  readonly n: number;
  readonly id: number;
  readonly month: string;
  readonly same: boolean;
}

/**
 * Stores a chunk of responses. A second response under the same dealer, questionnaire, reference
 * and staff member amends the first: its earlier content goes into the history.
 *
 * @returns how many were new or changed, and which months became stale
 */
export async function upsertResponses(
  tx: Transaction,
  marketId: number,
  document: number,
  rows: readonly ResponseImport[],
  receivedAt: Date,
): Promise<{ stored: number; stale: DealerMonth[] }> {
  const numbered = rows.map((row, n) => ({ ...row, n, comments: undefined }));
  const found = await findStored(tx, marketId, document, numbered);
  const changed = found.filter((each) => !each.same);
  const known = new Map(found.map((each) => [each.n, each]));
  if (changed.length > 0) await amend(tx, marketId, document, changed, numbered, receivedAt);
  const fresh = numbered.filter((row) => !known.has(row.n));
  const ids = await drawIds(tx, fresh.length);
  if (fresh.length > 0) {
    await tx.execute(sql`
      insert into responses (market_id, id, dealer_id, staff_id, document, touchpoint, visit_date, reference, tenure_band, items, index_micro, recommendation, answered_at, device, received_at)
      select ${marketId}, id, dealer_id, staff_id, ${document}, touchpoint, visit_date, reference, tenure_band, decode(items, 'hex'), index_micro, recommendation, answered_at, device, ${receivedAt.toISOString()}::timestamptz
      from jsonb_to_recordset(${jsonRows(fresh.map((row, i) => ({ ...row, id: ids[i] })))}) as r(id bigint, dealer_id int, staff_id int, touchpoint text, visit_date date, reference text, tenure_band smallint, items text, index_micro int, recommendation smallint, answered_at timestamptz, device text)`);
  }
  const idOf = new Map<number, number>([
    ...fresh.map((row, i) => [row.n, ids[i]!] as const),
    ...found.map((each) => [each.n, each.id] as const),
  ]);
  await storeComments(tx, marketId, rows, idOf);
  const stale = new Map<string, DealerMonth>();
  const note = (dealerId: number, month: string) =>
    stale.set(`${dealerId}/${month}`, { dealerId, month });
  for (const row of fresh) note(row.dealer_id, `${row.visit_date.slice(0, 7)}-01`);
  for (const each of changed) {
    const row = rows[each.n]!;
    note(row.dealer_id, each.month);
    note(row.dealer_id, `${row.visit_date.slice(0, 7)}-01`);
  }
  return { stored: fresh.length + changed.length, stale: [...stale.values()] };
}

function findStored(
  tx: Transaction,
  marketId: number,
  document: number,
  rows: readonly { readonly reference: string | null }[],
): Promise<Found[]> {
  const referenced = rows.filter((row) => row.reference !== null);
  if (referenced.length === 0) return Promise.resolve([]);
  // Leans on responses_reference_unique.
  return rowsOf(
    tx,
    sql`select r.n, s.id::float8 as id, to_char(s.visit_date, 'YYYY-MM-01') as month,
        (s.document, s.touchpoint, s.visit_date, s.tenure_band, encode(s.items, 'hex'), s.recommendation, s.answered_at, s.device)
          is not distinct from (${document}, r.touchpoint, r.visit_date, r.tenure_band, r.items, r.recommendation, r.answered_at, r.device) as same
      from jsonb_to_recordset(${jsonRows(referenced)}) as r(n int, dealer_id int, staff_id int, touchpoint text, visit_date date, reference text, tenure_band smallint, items text, recommendation smallint, answered_at timestamptz, device text)
      join responses s on s.market_id = ${marketId}
        and s.document in (select d.number from documents d join documents own on own.id = d.id and own.type = d.type where own.number = ${document})
        and s.dealer_id = r.dealer_id and s.reference = r.reference
        and coalesce(s.staff_id, 0) = coalesce(r.staff_id, 0)
        and s.reference is not null`,
  );
}

async function amend(
  tx: Transaction,
  marketId: number,
  document: number,
  changed: readonly Found[],
  rows: readonly { readonly n: number }[],
  at: Date,
): Promise<void> {
  const ids = changed.map((each) => each.id);
  await tx.execute(sql`
    insert into response_history (market_id, response_id, revision, content, replaced_at)
    select market_id, id, revision, jsonb_build_object('document', document, 'touchpoint', touchpoint, 'visitDate', visit_date, 'tenureBand', tenure_band, 'items', encode(items, 'hex'), 'indexMicro', index_micro, 'recommendation', recommendation, 'answeredAt', answered_at, 'device', device, 'receivedAt', received_at), ${at.toISOString()}::timestamptz
    from responses where market_id = ${marketId} and ${isOneOf(sql`id`, ids, 'bigint')}`);
  const updates = changed.map((each) => ({ ...rows[each.n], id: each.id }));
  await tx.execute(sql`
    update responses s set document = ${document}, touchpoint = r.touchpoint, visit_date = r.visit_date, tenure_band = r.tenure_band,
      items = decode(r.items, 'hex'), index_micro = r.index_micro, recommendation = r.recommendation, answered_at = r.answered_at, device = r.device,
      revision = s.revision + 1, received_at = ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${jsonRows(updates)}) as r(id bigint, touchpoint text, visit_date date, tenure_band smallint, items text, index_micro int, recommendation smallint, answered_at timestamptz, device text)
    where s.market_id = ${marketId} and s.id = r.id`);
}

async function drawIds(tx: Transaction, n: number): Promise<number[]> {
  if (n === 0) return [];
  const rows = await rowsOf<{ id: number }>(
    tx,
    sql`select nextval('responses_id_seq')::float8 as id from generate_series(1, ${n})`,
  );
  return rows.map((row) => row.id);
}

async function storeComments(
  tx: Transaction,
  marketId: number,
  rows: readonly ResponseImport[],
  idOf: ReadonlyMap<number, number>,
): Promise<void> {
  const comments = rows.flatMap((row, n) =>
    row.comments.map((comment) => ({ ...comment, id: idOf.get(n), dealer_id: row.dealer_id })),
  );
  if (comments.length === 0) return;
  await tx.execute(sql`
    insert into response_comments (market_id, response_id, dealer_id, item_id, comment)
    select ${marketId}, id, dealer_id, item, text
    from jsonb_to_recordset(${jsonRows(comments)}) as r(id bigint, dealer_id int, item text, text text)
    on conflict (market_id, response_id, item_id) do update set comment = excluded.comment`);
}

/** Marks dealer-months as stale: plain inserts, so nobody waits for anybody. */
export async function markDirty(
  tx: Transaction,
  marketId: number,
  months: readonly DealerMonth[],
): Promise<void> {
  if (months.length === 0) return;
  await tx.execute(sql`
    insert into dirty_months (market_id, dealer_id, month)
    select ${marketId}, "dealerId", month from jsonb_to_recordset(${jsonRows(months)}) as r("dealerId" int, month date)`);
}

/** The stale dealer-months of a market. */
export function listDirty(tx: Transaction, marketId: number): Promise<DealerMonth[]> {
  return tx
    .selectDistinct({ dealerId: dirtyMonths.dealerId, month: dirtyMonths.month })
    .from(dirtyMonths)
    .where(eq(dirtyMonths.marketId, marketId));
}

/** Takes the marks of a dealer-month away; marks set from now on stay. */
export function clearDirty(tx: Transaction, marketId: number, key: DealerMonth): Promise<unknown> {
  return tx
    .delete(dirtyMonths)
    .where(
      and(
        eq(dirtyMonths.marketId, marketId),
        eq(dirtyMonths.dealerId, key.dealerId),
        eq(dirtyMonths.month, key.month),
      ),
    );
}

/** Key of a block inside a dealer-month, with its rows. */
export interface FoldInput {
  readonly document: number;
  readonly touchpoint: string;
  readonly tenureBand: number;
  readonly rows: FoldRow[];
  /** When the youngest of them came in; ISO 8601 in UTC. */
  lastReceivedAt: string;
}

/** A response as a fold reads it: present, or what it said at an earlier time. */
interface DatedRow {
  readonly document: number;
  readonly touchpoint: string;
  readonly tenureBand: number;
  readonly visitDate: string;
  readonly staffId: number | null;
  readonly indexMicro: number | null;
  readonly items: Uint8Array;
  readonly receivedAt: Date;
}

/** What a response said before an amendment that came in too late to count. */
export interface EarlierContent extends DatedRow {
  readonly dealerId: number;
}

/**
 * The counted responses of one dealer and month, grouped by block. Leans on
 * responses_month_index.
 *
 * @param until    leaves out what came in later
 * @param earlier  takes the place of what was amended later
 */
export async function readDealerMonth(
  tx: Transaction,
  marketId: number,
  { dealerId, month }: DealerMonth,
  until?: Date,
  earlier: readonly EarlierContent[] = [],
): Promise<FoldInput[]> {
  const rows: DatedRow[] = await tx
    .select({
      document: responses.document,
      touchpoint: responses.touchpoint,
      tenureBand: responses.tenureBand,
      visitDate: responses.visitDate,
      staffId: responses.staffId,
      indexMicro: responses.indexMicro,
      items: responses.items,
      receivedAt: responses.receivedAt,
    })
    .from(responses)
    .where(
      and(
        eq(responses.marketId, marketId),
        eq(responses.dealerId, dealerId),
        sql`visit_date >= ${month}::date and visit_date < (${month}::date + interval '1 month')::date`,
        sql`withdrawn_at is null`,
        until === undefined ? undefined : lte(responses.receivedAt, until),
      ),
    );
  const groups = new Map<string, FoldInput>();
  for (const row of [...rows, ...earlier]) {
    const key = `${row.document}/${row.touchpoint}/${row.tenureBand}`;
    const group = groups.get(key) ?? {
      document: row.document,
      touchpoint: row.touchpoint,
      tenureBand: row.tenureBand,
      rows: [],
      lastReceivedAt: '',
    };
    groups.set(key, group);
    const receivedAt = row.receivedAt.toISOString();
    if (receivedAt > group.lastReceivedAt) group.lastReceivedAt = receivedAt;
    group.rows.push({
      day: Number(row.visitDate.slice(8)),
      staffId: row.staffId ?? 0,
      indexMicro: row.indexMicro,
      items: row.items,
    });
  }
  return [...groups.values()];
}

/**
 * What the responses amended after `until` said at that time; those withdrawn since are left out.
 * Leans on response_history_replaced_index.
 */
export async function listEarlierContents(
  tx: Transaction,
  marketId: number,
  until: Date,
): Promise<EarlierContent[]> {
  const time = until.toISOString();
  const rows = await rowsOf<{ dealerId: number; staffId: number | null; content: HistoryContent }>(
    tx,
    sql`select distinct on (h.response_id) r.dealer_id as "dealerId", r.staff_id as "staffId", h.content
      from response_history h
      join responses r on r.market_id = h.market_id and r.id = h.response_id
      where h.market_id = ${marketId} and h.replaced_at > ${time}::timestamptz
        and (h.content->>'receivedAt')::timestamptz <= ${time}::timestamptz
        and r.withdrawn_at is null
      order by h.response_id, h.revision desc`,
  );
  return rows.map(({ content, ...of }) => ({
    ...of,
    ...content,
    items: Buffer.from(content.items, 'hex'),
    receivedAt: new Date(content.receivedAt),
  }));
}

/** The shape that `amend` keeps. */
interface HistoryContent extends Omit<DatedRow, 'items' | 'receivedAt' | 'staffId'> {
  readonly items: string;
  readonly receivedAt: string;
}

/** Takes a response out of all later results; its dealer-month, or `undefined` where there is none. */
export async function withdrawResponseRow(
  tx: Transaction,
  marketId: number,
  id: number,
  reason: string,
  at: Date,
): Promise<DealerMonth | undefined> {
  const [row] = await tx
    .update(responses)
    .set({ withdrawnAt: at, withdrawnReason: reason })
    .where(and(eq(responses.marketId, marketId), eq(responses.id, id), sql`withdrawn_at is null`))
    .returning({ dealerId: responses.dealerId, visitDate: responses.visitDate });
  return row && { dealerId: row.dealerId, month: `${row.visitDate.slice(0, 7)}-01` };
}
