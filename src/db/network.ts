import { and, asc, eq, gt, lte, type SQL, sql } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Own } from '../core/access.ts';
import { isOneOf, rowsOf, type Transaction } from './database.ts';
import { dealerAttributes, dealers, staffMembers, staffNames } from './schema/network.ts';

export type DealerRow = typeof dealers.$inferSelect;

/** A dealer with what it is at a date. */
export interface DealerAt extends DealerRow {
  readonly region: string | null;
  readonly siteType: string | null;
  readonly sizeBand: string | null;
  readonly groupCode: string | null;
  readonly fiveStar: boolean | null;
}

/** A dealer's own house; no condition for others. */
function ownHouse({ dealerId }: Own): SQL | undefined {
  return dealerId === undefined ? undefined : eq(dealers.id, dealerId);
}

/** @throws not-found */
export async function getDealer(
  tx: Transaction,
  marketId: number,
  code: string,
  own: Own,
): Promise<DealerRow> {
  const [row] = await tx
    .select()
    .from(dealers)
    .where(and(eq(dealers.marketId, marketId), eq(dealers.code, code), ownHouse(own)));
  if (!row) throw notFound({ what: 'dealer', id: code });
  return row;
}

export async function getDealerById(
  tx: Transaction,
  marketId: number,
  id: number,
): Promise<DealerRow> {
  const [row] = await tx
    .select()
    .from(dealers)
    .where(and(eq(dealers.marketId, marketId), eq(dealers.id, id)));
  if (!row) throw notFound({ what: 'dealer', id: String(id) });
  return row;
}

export function listDealers(
  tx: Transaction,
  marketId: number,
  page: { readonly after?: string | undefined; readonly limit: number; readonly own: Own },
): Promise<DealerRow[]> {
  return tx
    .select()
    .from(dealers)
    .where(
      and(
        eq(dealers.marketId, marketId),
        page.after === undefined ? undefined : gt(dealers.code, page.after),
        ownHouse(page.own),
      ),
    )
    .orderBy(asc(dealers.code))
    .limit(page.limit);
}

/** All dealers of a market with the attributes that hold at a date (the last day of a period). */
export async function listDealersAt(
  tx: Transaction,
  marketId: number,
  date: string,
): Promise<DealerAt[]> {
  const [rows, attributes] = await Promise.all([
    tx.select().from(dealers).where(eq(dealers.marketId, marketId)).orderBy(asc(dealers.code)),
    tx
      .select()
      .from(dealerAttributes)
      .where(and(eq(dealerAttributes.marketId, marketId), lte(dealerAttributes.validFrom, date)))
      .orderBy(asc(dealerAttributes.validFrom)),
  ]);
  const latest = new Map(attributes.map((row) => [row.dealerId, row]));
  return rows.map((dealer) => {
    const at = latest.get(dealer.id);
    return {
      ...dealer,
      region: at?.region ?? null,
      siteType: at?.siteType ?? null,
      sizeBand: at?.sizeBand ?? null,
      groupCode: at?.groupCode ?? null,
      fiveStar: at?.fiveStar ?? null,
    };
  });
}

export async function listStaff(tx: Transaction, marketId: number) {
  return tx
    .select({
      id: staffMembers.id,
      dealerId: staffMembers.dealerId,
      code: staffMembers.code,
      role: staffMembers.role,
      name: staffNames.name,
    })
    .from(staffMembers)
    .leftJoin(
      staffNames,
      and(eq(staffNames.marketId, staffMembers.marketId), eq(staffNames.staffId, staffMembers.id)),
    )
    .where(eq(staffMembers.marketId, marketId))
    .orderBy(asc(staffMembers.dealerId), asc(staffMembers.code));
}

/** Dealer ids by code, for imports. */
export async function dealerIds(tx: Transaction, marketId: number): Promise<Map<string, number>> {
  const rows = await rowsOf<{ code: string; id: number }>(
    tx,
    sql`select code, id from dealers where market_id = ${marketId}`,
  );
  return new Map(rows.map((row) => [row.code, row.id]));
}

/** Codes of these dealers by their ids, in one question. */
export async function dealerCodes(
  tx: Transaction,
  marketId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: dealers.id, code: dealers.code })
    .from(dealers)
    .where(and(eq(dealers.marketId, marketId), isOneOf(dealers.id, ids, 'bigint')));
  return new Map(rows.map(({ id, code }) => [id, code]));
}

/**
 * A dealer's id for an act on the network: an administrator has no market of their own, so the
 * look-up enters the one that is named and leaves it again (trust.md B4).
 * @throws not-found
 */
export async function getDealerIdIn(
  tx: Transaction,
  marketId: number,
  code: string,
): Promise<number> {
  await tx.execute(sql`select set_config('app.market', ${String(marketId)}, true)`);
  const { id } = await getDealer(tx, marketId, code, {});
  await tx.execute(sql`select set_config('app.market', '0', true)`);
  return id;
}

/**
 * Codes of dealers in several markets for an act on the network, by market and id as `1 23`: each market
 * is entered and left again (trust.md B4).
 */
export async function dealerCodesIn(
  tx: Transaction,
  places: readonly { readonly marketId?: number; readonly dealerId?: number }[],
): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  const houses = places.filter(({ dealerId }) => dealerId !== undefined);
  for (const [marketId, own] of Map.groupBy(houses, (place) => place.marketId!)) {
    await tx.execute(sql`select set_config('app.market', ${String(marketId)}, true)`);
    const found = await dealerCodes(
      tx,
      marketId,
      own.map(({ dealerId }) => dealerId!),
    );
    for (const [id, code] of found) codes.set(`${marketId} ${id}`, code);
  }
  if (houses.length > 0) await tx.execute(sql`select set_config('app.market', '0', true)`);
  return codes;
}

/** The code of a dealer by id, entering the market, and the house where a person has more than one, and leaving the market. @throws not-found */
export async function getDealerCodeIn(
  tx: Transaction,
  marketId: number,
  dealerId: number,
): Promise<string> {
  await tx.execute(
    sql`select set_config('app.market', ${String(marketId)}, true), set_config('app.dealer', ${String(dealerId)}, true)`,
  );
  const { code } = await getDealerById(tx, marketId, dealerId);
  await tx.execute(sql`select set_config('app.market', '0', true)`);
  return code;
}
