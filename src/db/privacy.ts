import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { isOneOf, rowsOf, type Transaction } from './database.ts';
import { accounts, identities, links, passkeys, sessions } from './schema/accounts.ts';
import {
  complaintCustomers,
  complaints,
  dealers,
  staffMembers,
  staffNames,
} from './schema/network.ts';
import { grants, legalHolds, markets, people, tokens } from './schema/people.ts';
import { responseComments, responses } from './schema/responses.ts';

/** A hold that stands over a subject. */
export async function findHold(
  tx: Transaction,
  marketId: number | null,
  kind: string,
  subject: string,
) {
  const [row] = await tx
    .select()
    .from(legalHolds)
    .where(
      and(
        marketId === null ? isNull(legalHolds.marketId) : eq(legalHolds.marketId, marketId),
        eq(legalHolds.kind, kind),
        eq(legalHolds.subject, subject),
        isNull(legalHolds.liftedAt),
      ),
    );
  return row;
}

export function insertHold(tx: Transaction, row: typeof legalHolds.$inferInsert): Promise<unknown> {
  return tx.insert(legalHolds).values(row);
}

/** Lifts a hold; `false` where none stands. */
export async function liftHold(
  tx: Transaction,
  marketId: number | null,
  id: string,
  by: string,
  now: Date,
): Promise<boolean> {
  const lifted = await tx
    .update(legalHolds)
    .set({ liftedBy: by, liftedAt: now })
    .where(
      and(
        marketId === null ? isNull(legalHolds.marketId) : eq(legalHolds.marketId, marketId),
        eq(legalHolds.id, id),
        isNull(legalHolds.liftedAt),
      ),
    )
    .returning({ id: legalHolds.id });
  return lifted.length > 0;
}

/** Holds that stand in a market, by kind and subject. */
export async function heldSubjects(tx: Transaction, marketId: number): Promise<Set<string>> {
  const rows = await tx
    .select({ kind: legalHolds.kind, subject: legalHolds.subject })
    .from(legalHolds)
    .where(and(eq(legalHolds.marketId, marketId), isNull(legalHolds.liftedAt)));
  return new Set(rows.map(({ kind, subject }) => `${kind} ${subject}`));
}

/** A staff member with the name that is kept, if any. */
export async function findStaff(tx: Transaction, marketId: number, dealer: string, staff: string) {
  const [row] = await tx
    .select({
      id: staffMembers.id,
      dealer: dealers.code,
      code: staffMembers.code,
      role: staffMembers.role,
      name: staffNames.name,
      keptSince: staffNames.keptSince,
    })
    .from(staffMembers)
    .innerJoin(
      dealers,
      and(eq(dealers.marketId, staffMembers.marketId), eq(dealers.id, staffMembers.dealerId)),
    )
    .leftJoin(
      staffNames,
      and(eq(staffNames.marketId, staffMembers.marketId), eq(staffNames.staffId, staffMembers.id)),
    )
    .where(
      and(
        eq(staffMembers.marketId, marketId),
        eq(dealers.code, dealer),
        eq(staffMembers.code, staff),
      ),
    );
  return row;
}

export function removeStaffNames(
  tx: Transaction,
  marketId: number,
  ids: readonly number[],
): Promise<unknown> {
  return tx
    .delete(staffNames)
    .where(and(eq(staffNames.marketId, marketId), isOneOf(staffNames.staffId, ids, 'bigint')));
}

/** A complaint with the customer's name, if it is kept. */
export async function findComplaintCustomer(tx: Transaction, marketId: number, code: string) {
  const [row] = await tx
    .select({
      id: complaints.id,
      code: complaints.code,
      category: complaints.category,
      receivedAt: complaints.receivedAt,
      name: complaintCustomers.name,
    })
    .from(complaints)
    .leftJoin(
      complaintCustomers,
      and(
        eq(complaintCustomers.marketId, complaints.marketId),
        eq(complaintCustomers.complaintId, complaints.id),
      ),
    )
    .where(and(eq(complaints.marketId, marketId), eq(complaints.code, code)));
  return row;
}

export function removeComplaintCustomers(
  tx: Transaction,
  marketId: number,
  ids: readonly string[],
): Promise<unknown> {
  return tx
    .delete(complaintCustomers)
    .where(
      and(eq(complaintCustomers.marketId, marketId), isOneOf(complaintCustomers.complaintId, ids)),
    );
}

/** What a customer answered about a visit, in their own words and by number. */
export async function findResponses(
  tx: Transaction,
  marketId: number,
  dealer: string,
  reference: string,
) {
  const found = await tx
    .select({
      id: responses.id,
      visitDate: responses.visitDate,
      device: responses.device,
      recommendation: responses.recommendation,
    })
    .from(responses)
    .innerJoin(
      dealers,
      and(eq(dealers.marketId, responses.marketId), eq(dealers.id, responses.dealerId)),
    )
    .where(
      and(
        eq(responses.marketId, marketId),
        eq(dealers.code, dealer),
        eq(responses.reference, reference),
      ),
    );
  if (found.length === 0) return [];
  const comments = await tx
    .select()
    .from(responseComments)
    .where(
      and(
        eq(responseComments.marketId, marketId),
        inArray(
          responseComments.responseId,
          found.map(({ id }) => id),
        ),
      ),
    );
  return found.map((each) => ({
    ...each,
    comments: comments
      .filter((one) => one.responseId === each.id)
      .map(({ itemId, comment }) => ({ item: itemId, comment })),
  }));
}

/** Takes a customer's words and the code of their device away; what they scored stays. */
export async function removeComments(
  tx: Transaction,
  marketId: number,
  ids: readonly number[],
): Promise<void> {
  await tx
    .delete(responseComments)
    .where(
      and(
        eq(responseComments.marketId, marketId),
        isOneOf(responseComments.responseId, ids, 'bigint'),
      ),
    );
  await tx
    .update(responses)
    .set({ device: null })
    .where(and(eq(responses.marketId, marketId), isOneOf(responses.id, ids, 'bigint')));
}

/** Staff names that no survey after a day names, by house and code. */
export function staleStaffNames(tx: Transaction, marketId: number, before: string) {
  return rowsOf<{ id: number; subject: string }>(
    tx,
    sql`select n.staff_id as id, d.code || '/' || m.code as subject from staff_names n
      join staff_members m on m.market_id = n.market_id and m.id = n.staff_id
      join dealers d on d.market_id = m.market_id and d.id = m.dealer_id
      where n.market_id = ${marketId} and n.kept_since < ${before}::date
        and not exists (select 1 from responses r where r.market_id = ${marketId} and r.staff_id = n.staff_id and r.visit_date >= ${before}::date)`,
  );
}

/** Customers of complaints received before a day. */
export function staleComplaintCustomers(tx: Transaction, marketId: number, before: string) {
  return tx
    .select({ id: complaints.id, subject: complaints.code })
    .from(complaintCustomers)
    .innerJoin(
      complaints,
      and(
        eq(complaints.marketId, complaintCustomers.marketId),
        eq(complaints.id, complaintCustomers.complaintId),
      ),
    )
    .where(
      and(eq(complaintCustomers.marketId, marketId), lt(complaints.receivedAt, new Date(before))),
    );
}

/** Responses with words of customers about visits before a day. */
export function staleComments(tx: Transaction, marketId: number, before: string) {
  return rowsOf<{ id: number; subject: string }>(
    tx,
    sql`select distinct r.id::float8 as id, d.code || '/' || coalesce(r.reference, '') as subject from response_comments c
      join responses r on r.market_id = c.market_id and r.id = c.response_id
      join dealers d on d.market_id = r.market_id and d.id = r.dealer_id
      where c.market_id = ${marketId} and r.visit_date < ${before}::date`,
  );
}

/**
 * Takes a person out: name, address, ways to sign in, roles. Their id stays, so that every record,
 * audit and decision that names it stands.
 */
export async function anonymise(tx: Transaction, personId: string, code: string): Promise<void> {
  for (const table of [accounts, passkeys, sessions, links, identities, tokens, grants]) {
    await tx.delete(table).where(eq(table.personId, personId));
  }
  await tx
    .update(people)
    .set({ code, name: 'erased', homeMarketId: null, homeDealerId: null })
    .where(eq(people.id, personId));
}

export function writePrivacy(
  tx: Transaction,
  marketId: number,
  privacy: typeof markets.$inferSelect.privacy,
): Promise<unknown> {
  return tx.update(markets).set({ privacy }).where(eq(markets.id, marketId));
}
