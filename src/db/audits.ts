import { and, asc, count, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Own } from '../core/access.ts';
import { isOneOf, rowsOf, type Transaction } from './database.ts';
import { auditRevisions, audits } from './schema/audits.ts';

export type AuditRecord = typeof audits.$inferSelect;
export type RevisionRecord = typeof auditRevisions.$inferSelect;

/** States in which a dealer sees an audit of their house. */
const releasedStates = ['released', 'appealed', 'confirmed', 'amended'] as const;

/** Whether a dealer sees an audit of their house in this state. */
export function isReleased(state: string): boolean {
  return (releasedStates as readonly string[]).includes(state);
}

/** The audits that somebody bound to a house or to their own work may see; no condition for others. */
function ownAudits(own: Own): SQL | undefined {
  if (own.dealerId !== undefined) {
    return and(eq(audits.dealerId, own.dealerId), inArray(audits.state, [...releasedStates]));
  }
  return own.auditorId === undefined ? undefined : eq(audits.auditorId, own.auditorId);
}

export async function findAudit(
  tx: Transaction,
  marketId: number,
  id: string,
  own: Own,
): Promise<AuditRecord | undefined> {
  const [row] = await tx
    .select()
    .from(audits)
    .where(and(eq(audits.marketId, marketId), eq(audits.id, id), ownAudits(own)));
  return row;
}

/** @throws not-found */
export async function getAudit(
  tx: Transaction,
  marketId: number,
  id: string,
  own: Own,
): Promise<AuditRecord> {
  const row = await findAudit(tx, marketId, id, own);
  if (!row) throw notFound({ what: 'audit', id });
  return row;
}

export interface AuditFilter {
  readonly states?: readonly string[] | undefined;
  readonly dealerId?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly own: Own;
}

/** A page of audits in the order of their ids (UUIDv7 of their months). */
export function listAudits(
  tx: Transaction,
  marketId: number,
  filter: AuditFilter,
): Promise<AuditRecord[]> {
  const conditions: (SQL | undefined)[] = [
    eq(audits.marketId, marketId),
    filter.states && inArray(audits.state, [...filter.states]),
    filter.dealerId === undefined ? undefined : eq(audits.dealerId, filter.dealerId),
    filter.from === undefined ? undefined : gte(audits.visitDate, filter.from),
    filter.to === undefined ? undefined : lt(audits.visitDate, filter.to),
    filter.after === undefined ? undefined : gt(audits.id, filter.after),
    ownAudits(filter.own),
  ];
  return tx
    .select()
    .from(audits)
    .where(and(...conditions))
    .orderBy(asc(audits.id))
    .limit(filter.limit);
}

/** How many audits a market has in each state, where asked only of visits inside the dates. */
export async function countAudits(
  tx: Transaction,
  marketId: number,
  period?: { readonly from: string; readonly to: string },
): Promise<Map<string, number>> {
  const rows = await tx
    .select({ state: audits.state, n: count() })
    .from(audits)
    .where(
      and(
        eq(audits.marketId, marketId),
        period && gte(audits.visitDate, period.from),
        period && lt(audits.visitDate, period.to),
      ),
    )
    .groupBy(audits.state);
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** Ends an act whose audit is stored already; nothing was changed. */
export class AuditStored extends Error {}

/**
 * Stores an audit with its first revision, finishes its assignment and forgets its draft, in one
 * statement.
 * @throws AuditStored where the id is taken already
 */
export async function insertAudit(
  tx: Transaction,
  row: typeof audits.$inferInsert,
  answers: RevisionRecord['answers'],
): Promise<void> {
  const made = await rowsOf(
    tx,
    sql`with made as (
        insert into audits (market_id, id, dealer_id, auditor_id, assignment_id, document, type, touchpoint, visit_date, state, revision, submission_sha256, answers_sha256, meta, submitted_at, final_micro, score)
        values (${row.marketId}, ${row.id}, ${row.dealerId}, ${row.auditorId}, ${row.assignmentId}, ${row.document}, ${row.type}, ${row.touchpoint}, ${row.visitDate}, ${row.state}, 1, ${row.submissionSha256}, ${row.answersSha256}, ${JSON.stringify(row.meta)}::jsonb, ${row.submittedAt.toISOString()}::timestamptz, ${row.finalMicro}, ${JSON.stringify(row.score)}::jsonb)
        on conflict do nothing returning market_id, id, dealer_id, auditor_id, answers_sha256, score, submitted_at, assignment_id),
      revision as (
        insert into audit_revisions (market_id, audit_id, revision, dealer_id, auditor_id, answers, answers_sha256, score, made_by, reason, made_at)
        select market_id, id, 1, dealer_id, auditor_id, ${JSON.stringify(answers)}::jsonb, answers_sha256, score, auditor_id, 'submitted', submitted_at from made),
      forgotten as (
        delete from drafts d using made where d.market_id = ${row.marketId} and d.auditor_id = made.auditor_id and d.id = made.id),
      finished as (
        update assignments a set state = 'done' from made where a.market_id = ${row.marketId} and a.id = made.assignment_id)
      select 1 from made`,
  );
  if (made.length === 0) throw new AuditStored();
}

/** Changes an audit only where it is still in one of the given states. */
export async function moveAudit(
  tx: Transaction,
  marketId: number,
  id: string,
  from: readonly string[],
  change: Partial<typeof audits.$inferInsert>,
  own: Own,
): Promise<AuditRecord | undefined> {
  const [row] = await tx
    .update(audits)
    .set(change)
    .where(
      and(
        eq(audits.marketId, marketId),
        eq(audits.id, id),
        inArray(audits.state, [...from]),
        ownAudits(own),
      ),
    )
    .returning();
  return row;
}

/** Shows a revision of an audit to its dealer, or, without one, hides all of them. */
export function showRevisions(
  tx: Transaction,
  marketId: number,
  auditId: string,
  revision: number | undefined,
): Promise<unknown> {
  return tx
    .update(auditRevisions)
    .set({ released: revision !== undefined })
    .where(
      and(
        eq(auditRevisions.marketId, marketId),
        eq(auditRevisions.auditId, auditId),
        revision === undefined ? undefined : eq(auditRevisions.revision, revision),
      ),
    );
}

export function appendRevision(
  tx: Transaction,
  row: typeof auditRevisions.$inferInsert,
): Promise<unknown> {
  return tx.insert(auditRevisions).values(row);
}

export function listRevisions(
  tx: Transaction,
  marketId: number,
  auditId: string,
  { dealerId }: Own,
): Promise<RevisionRecord[]> {
  return tx
    .select()
    .from(auditRevisions)
    .where(
      and(
        eq(auditRevisions.marketId, marketId),
        eq(auditRevisions.auditId, auditId),
        dealerId === undefined ? undefined : eq(auditRevisions.released, true),
      ),
    )
    .orderBy(asc(auditRevisions.revision));
}

/** What is stored under these ids, in short. */
export async function findAuditHeads(
  tx: Transaction,
  marketId: number,
  ids: readonly string[],
): Promise<
  Map<
    string,
    Pick<
      AuditRecord,
      'id' | 'revision' | 'state' | 'answersSha256' | 'visitDate' | 'dealerId' | 'document'
    >
  >
> {
  const rows = await tx
    .select({
      id: audits.id,
      revision: audits.revision,
      state: audits.state,
      answersSha256: audits.answersSha256,
      visitDate: audits.visitDate,
      dealerId: audits.dealerId,
      document: audits.document,
    })
    .from(audits)
    .where(and(eq(audits.marketId, marketId), isOneOf(audits.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** A statement takes at most 65,535 parameters; a row here has about twenty. */
const rowsPerStatement = 1_000;

/** Stores many audits with their first revisions. */
export async function insertAudits(
  tx: Transaction,
  rows: readonly (typeof audits.$inferInsert)[],
  revisions: readonly (typeof auditRevisions.$inferInsert)[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await tx.insert(audits).values(rows.slice(start, start + rowsPerStatement));
    await tx.insert(auditRevisions).values(revisions.slice(start, start + rowsPerStatement));
  }
}
