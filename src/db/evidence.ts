import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { type Answers, countedStates } from '../contracts/audits.ts';
import { isOneOf, type Transaction } from './database.ts';
import { auditRevisions, audits } from './schema/audits.ts';
import { complaints, figures, repairs } from './schema/network.ts';
import { people } from './schema/people.ts';

/** Audits that count as evidence: reviewed, of these checklist versions, inside the dates. */
export function listCountedAudits(
  tx: Transaction,
  marketId: number,
  filter: {
    readonly documents: readonly number[];
    readonly from: string;
    readonly to: string;
    readonly submittedUntil?: Date | undefined;
    readonly dealerId?: number | undefined;
  },
) {
  if (filter.documents.length === 0) return Promise.resolve([]);
  return tx
    .select({
      id: audits.id,
      dealerId: audits.dealerId,
      auditorId: audits.auditorId,
      document: audits.document,
      revision: audits.revision,
      type: audits.type,
      touchpoint: audits.touchpoint,
      visitDate: audits.visitDate,
      score: audits.score,
    })
    .from(audits)
    .where(
      and(
        eq(audits.marketId, marketId),
        filter.dealerId === undefined ? undefined : eq(audits.dealerId, filter.dealerId),
        inArray(audits.document, [...filter.documents]),
        inArray(audits.state, [...countedStates]),
        gte(audits.visitDate, filter.from),
        lt(audits.visitDate, filter.to),
        filter.submittedUntil === undefined
          ? undefined
          : lte(audits.submittedAt, filter.submittedUntil),
      ),
    )
    .orderBy(asc(audits.dealerId), asc(audits.visitDate), asc(audits.id));
}
export type CountedAuditRow = Awaited<ReturnType<typeof listCountedAudits>>[number];

/** Answers of audits, each of its present revision. */
export async function listAnswers(
  tx: Transaction,
  marketId: number,
  ids: readonly string[],
): Promise<Map<string, Answers>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: audits.id, answers: auditRevisions.answers })
    .from(audits)
    .innerJoin(
      auditRevisions,
      and(
        eq(auditRevisions.marketId, audits.marketId),
        eq(auditRevisions.auditId, audits.id),
        eq(auditRevisions.revision, audits.revision),
      ),
    )
    .where(and(eq(audits.marketId, marketId), isOneOf(audits.id, ids)));
  return new Map(rows.map((row) => [row.id, row.answers]));
}

/** Codes of the people who made audits; an audit without one is left out. */
export async function listAuditors(
  tx: Transaction,
  marketId: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: audits.id, code: people.code })
    .from(audits)
    .innerJoin(people, eq(people.id, audits.auditorId))
    .where(and(eq(audits.marketId, marketId), isOneOf(audits.id, ids)));
  return new Map(rows.map((row) => [row.id, row.code]));
}

/** Figures whose own period lies inside the dates and that came in until then, by their ends. */
export function listFigures(
  tx: Transaction,
  marketId: number,
  from: string,
  to: string,
  receivedUntil: Date,
) {
  return tx
    .select()
    .from(figures)
    .where(
      and(
        eq(figures.marketId, marketId),
        gte(figures.periodFrom, from),
        lte(figures.periodTo, to),
        lte(figures.receivedAt, receivedUntil),
      ),
    )
    .orderBy(
      asc(figures.dealerId),
      asc(figures.measure),
      asc(figures.periodTo),
      desc(figures.periodFrom),
    );
}
export type FigureRow = Awaited<ReturnType<typeof listFigures>>[number];

/** Complaints received inside the instants, owned by their selling dealer. */
export function listComplaints(tx: Transaction, marketId: number, from: Date, to: Date) {
  return tx
    .select()
    .from(complaints)
    .where(
      and(
        eq(complaints.marketId, marketId),
        sql`received_at >= ${from.toISOString()}::timestamptz`,
        sql`received_at < ${to.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(complaints.receivedAt), asc(complaints.code));
}
export type ComplaintRow = Awaited<ReturnType<typeof listComplaints>>[number];

/** Workshop jobs closed or opened inside the dates, and those still open. */
export function listRepairs(
  tx: Transaction,
  marketId: number,
  { from, to }: { readonly from: string; readonly to: string },
) {
  return tx
    .select()
    .from(repairs)
    .where(
      and(
        eq(repairs.marketId, marketId),
        lt(repairs.openedOn, to),
        or(isNull(repairs.closedOn), gte(repairs.closedOn, from)),
      ),
    )
    .orderBy(asc(repairs.openedOn), asc(repairs.code));
}
