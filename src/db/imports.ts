import { type SQL, sql } from 'drizzle-orm';
import { jsonRows, rowsOf, type Transaction } from './database.ts';

/** Bulk upserts: a chunk of rows travels as one JSON parameter and is stored by one statement. */

/** Counts rows that were inserted or changed: unchanged ones are left untouched. */
async function count(tx: Transaction, statement: SQL): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    tx,
    sql`with stored as (${statement} returning 1) select count(*)::int as n from stored`,
  );
  return row!.n;
}

export interface DealerImport {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly time_zone: string | null;
  readonly opened_on: string | null;
  readonly closed_on: string | null;
}

export function upsertDealers(tx: Transaction, marketId: number, rows: readonly DealerImport[]) {
  return count(
    tx,
    sql`insert into dealers as d (market_id, code, name, town, time_zone, opened_on, closed_on)
      select ${marketId}, code, name, town, time_zone, opened_on, closed_on
      from jsonb_to_recordset(${jsonRows(rows)}) as r(code text, name text, town text, time_zone text, opened_on date, closed_on date)
      on conflict (market_id, code) do update set name = excluded.name, town = excluded.town,
        time_zone = excluded.time_zone, opened_on = excluded.opened_on, closed_on = excluded.closed_on
      where (d.name, d.town, d.time_zone, d.opened_on, d.closed_on)
        is distinct from (excluded.name, excluded.town, excluded.time_zone, excluded.opened_on, excluded.closed_on)`,
  );
}

export interface AttributeImport {
  readonly dealer: string;
  readonly valid_from: string;
  readonly region: string | null;
  readonly site_type: string | null;
  readonly size_band: string | null;
  readonly group_code: string | null;
  readonly five_star: boolean | null;
}

export function upsertAttributes(
  tx: Transaction,
  marketId: number,
  rows: readonly AttributeImport[],
) {
  return count(
    tx,
    sql`insert into dealer_attributes as a (market_id, dealer_id, valid_from, region, site_type, size_band, group_code, five_star)
      select ${marketId}, d.id, r.valid_from, r.region, r.site_type, r.size_band, r.group_code, r.five_star
      from jsonb_to_recordset(${jsonRows(rows)}) as r(dealer text, valid_from date, region text, site_type text, size_band text, group_code text, five_star boolean)
      join dealers d on d.market_id = ${marketId} and d.code = r.dealer
      on conflict (market_id, dealer_id, valid_from) do update set region = excluded.region,
        site_type = excluded.site_type, size_band = excluded.size_band,
        group_code = excluded.group_code, five_star = excluded.five_star
      where (a.region, a.site_type, a.size_band, a.group_code, a.five_star)
        is distinct from (excluded.region, excluded.site_type, excluded.size_band, excluded.group_code, excluded.five_star)`,
  );
}

export function ensureGroups(tx: Transaction, codes: readonly string[]): Promise<unknown> {
  return tx.execute(
    sql`insert into groups (code, name) select value, value from jsonb_array_elements_text(${jsonRows(codes)}) on conflict do nothing`,
  );
}

export interface StaffImport {
  readonly dealer_id: number;
  readonly code: string;
  readonly role: string;
  readonly name: string | null;
}

export async function upsertStaff(tx: Transaction, marketId: number, rows: readonly StaffImport[]) {
  const stored = await count(
    tx,
    sql`insert into staff_members as s (market_id, dealer_id, code, role)
      select ${marketId}, dealer_id, code, role
      from jsonb_to_recordset(${jsonRows(rows)}) as r(dealer_id int, code text, role text)
      on conflict (market_id, dealer_id, code) do update set role = excluded.role
      where s.role is distinct from excluded.role`,
  );
  const named = rows.filter((row) => row.name !== null);
  if (named.length > 0) {
    await tx.execute(sql`
      insert into staff_names (market_id, staff_id, dealer_id, name)
      select ${marketId}, s.id, s.dealer_id, r.name
      from jsonb_to_recordset(${jsonRows(named)}) as r(dealer_id int, code text, name text)
      join staff_members s on s.market_id = ${marketId} and s.dealer_id = r.dealer_id and s.code = r.code
      on conflict (market_id, staff_id) do update set name = excluded.name`);
  }
  return stored;
}

/** Staff ids by `dealer id/code`. */
export async function staffIds(tx: Transaction, marketId: number): Promise<Map<string, number>> {
  const rows = await rowsOf<{ key: string; id: number }>(
    tx,
    sql`select dealer_id || '/' || code as key, id from staff_members where market_id = ${marketId}`,
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

export interface FigureImport {
  readonly dealer_id: number;
  readonly measure: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly kind: string;
  readonly value: number;
  readonly target: number | null;
  readonly currency: string | null;
  readonly supplied_by: string;
}

export function upsertFigures(
  tx: Transaction,
  marketId: number,
  rows: readonly FigureImport[],
  receivedAt: Date,
) {
  return count(
    tx,
    sql`insert into figures as f (market_id, dealer_id, measure, period_from, period_to, kind, value, target, currency, supplied_by, received_at)
      select ${marketId}, dealer_id, measure, period_from, period_to, kind, round(value, 6), round(target, 6), currency, supplied_by, ${receivedAt.toISOString()}::timestamptz
      from jsonb_to_recordset(${jsonRows(rows)}) as r(dealer_id int, measure text, period_from date, period_to date, kind text, value numeric, target numeric, currency text, supplied_by text)
      on conflict (market_id, dealer_id, measure, period_from, period_to) do update set kind = excluded.kind,
        value = excluded.value, target = excluded.target, currency = excluded.currency, supplied_by = excluded.supplied_by, received_at = excluded.received_at
      where (f.kind, f.value, f.target, f.currency, f.supplied_by)
        is distinct from (excluded.kind, excluded.value, excluded.target, excluded.currency, excluded.supplied_by)`,
  );
}

export interface ComplaintImport {
  readonly id: string;
  readonly code: string;
  readonly dealer_id: number;
  readonly concerned_dealer_id: number;
  readonly touchpoint: string;
  readonly category: string;
  readonly channel: string;
  readonly escalated: boolean;
  readonly severity: string;
  readonly received_at: string;
  readonly acknowledged_at: string | null;
  readonly answered_at: string | null;
  readonly solved_at: string | null;
  readonly closed_at: string | null;
  readonly reopened_at: string | null;
  readonly outcome: string | null;
  readonly accepted: boolean | null;
  readonly cause: string | null;
  readonly customer: string | null;
}

export async function upsertComplaints(
  tx: Transaction,
  marketId: number,
  rows: readonly ComplaintImport[],
) {
  const fields = sql`dealer_id, concerned_dealer_id, touchpoint, category, channel, escalated, severity, received_at, acknowledged_at, answered_at, solved_at, closed_at, reopened_at, outcome, accepted, cause`;
  const stored = await count(
    tx,
    sql`insert into complaints as c (market_id, id, code, ${fields})
      select ${marketId}, id, code, ${fields}
      from jsonb_to_recordset(${jsonRows(rows)}) as r(id uuid, code text, dealer_id int, concerned_dealer_id int, touchpoint text, category text, channel text, escalated boolean, severity text, received_at timestamptz, acknowledged_at timestamptz, answered_at timestamptz, solved_at timestamptz, closed_at timestamptz, reopened_at timestamptz, outcome text, accepted boolean, cause text)
      on conflict (market_id, code) do update set (${fields}) = (select ${sql.raw(
        'excluded.dealer_id, excluded.concerned_dealer_id, excluded.touchpoint, excluded.category, excluded.channel, excluded.escalated, excluded.severity, excluded.received_at, excluded.acknowledged_at, excluded.answered_at, excluded.solved_at, excluded.closed_at, excluded.reopened_at, excluded.outcome, excluded.accepted, excluded.cause',
      )})
      where (c.dealer_id, c.concerned_dealer_id, c.touchpoint, c.category, c.channel, c.escalated, c.severity, c.received_at, c.acknowledged_at, c.answered_at, c.solved_at, c.closed_at, c.reopened_at, c.outcome, c.accepted, c.cause)
        is distinct from (excluded.dealer_id, excluded.concerned_dealer_id, excluded.touchpoint, excluded.category, excluded.channel, excluded.escalated, excluded.severity, excluded.received_at, excluded.acknowledged_at, excluded.answered_at, excluded.solved_at, excluded.closed_at, excluded.reopened_at, excluded.outcome, excluded.accepted, excluded.cause)`,
  );
  const named = rows.filter((row) => row.customer !== null);
  if (named.length > 0) {
    await tx.execute(sql`
      insert into complaint_customers (market_id, complaint_id, dealer_id, name)
      select ${marketId}, c.id, c.dealer_id, r.customer
      from jsonb_to_recordset(${jsonRows(named)}) as r(code text, customer text)
      join complaints c on c.market_id = ${marketId} and c.code = r.code
      on conflict (market_id, complaint_id) do update set name = excluded.name`);
  }
  return stored;
}

export interface RepairImport {
  readonly id: string;
  readonly code: string;
  readonly dealer_id: number;
  readonly vehicle: string;
  readonly kind: string;
  readonly concern: string;
  readonly opened_on: string;
  readonly closed_on: string | null;
  readonly contacted_on: string | null;
  readonly contact_refused: boolean;
}

export function upsertRepairs(tx: Transaction, marketId: number, rows: readonly RepairImport[]) {
  return count(
    tx,
    sql`insert into repairs as o (market_id, id, code, dealer_id, vehicle, kind, concern, opened_on, closed_on, contacted_on, contact_refused)
      select ${marketId}, id, code, dealer_id, vehicle, kind, concern, opened_on, closed_on, contacted_on, contact_refused
      from jsonb_to_recordset(${jsonRows(rows)}) as r(id uuid, code text, dealer_id int, vehicle text, kind text, concern text, opened_on date, closed_on date, contacted_on date, contact_refused boolean)
      on conflict (market_id, code) do update set dealer_id = excluded.dealer_id, vehicle = excluded.vehicle, kind = excluded.kind, concern = excluded.concern,
        opened_on = excluded.opened_on, closed_on = excluded.closed_on, contacted_on = excluded.contacted_on, contact_refused = excluded.contact_refused
      where (o.dealer_id, o.vehicle, o.kind, o.concern, o.opened_on, o.closed_on, o.contacted_on, o.contact_refused)
        is distinct from (excluded.dealer_id, excluded.vehicle, excluded.kind, excluded.concern, excluded.opened_on, excluded.closed_on, excluded.contacted_on, excluded.contact_refused)`,
  );
}

export function upsertPastDecisions(
  tx: Transaction,
  marketId: number,
  rows: readonly { programme: string; period: string; dealer_id: number; award: string }[],
) {
  return count(
    tx,
    sql`insert into past_decisions as p (market_id, programme, period, dealer_id, award)
      select ${marketId}, programme, period, dealer_id, award
      from jsonb_to_recordset(${jsonRows(rows)}) as r(programme text, period text, dealer_id int, award text)
      on conflict (market_id, programme, period, dealer_id) do update set award = excluded.award
      where p.award is distinct from excluded.award`,
  );
}
