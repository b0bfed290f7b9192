import { and, asc, count, eq, getTableColumns, gte, inArray, lt, type SQL } from 'drizzle-orm';
import type { Own } from '../core/access.ts';
import type { Transaction } from './database.ts';
import { assignments } from './schema/audits.ts';
import { documents } from './schema/people.ts';

export type AssignmentRecord = typeof assignments.$inferSelect;

/** How many visits are ordered and not made yet whose window ends inside the dates. */
export async function countAssignments(
  tx: Transaction,
  marketId: number,
  period: { readonly from: string; readonly to: string },
): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(assignments)
    .where(
      and(
        eq(assignments.marketId, marketId),
        inArray(assignments.state, ['offered', 'accepted', 'started']),
        gte(assignments.windowTo, period.from),
        lt(assignments.windowTo, period.to),
      ),
    );
  return row!.n;
}

function ownAssignments({ auditorId }: Own): SQL | undefined {
  return auditorId === undefined ? undefined : eq(assignments.auditorId, auditorId);
}

/** An assignment with the id of the checklist that it asks for. */
export type OfferedAssignment = AssignmentRecord & { readonly checklistId: string };

export async function findAssignment(
  tx: Transaction,
  marketId: number,
  id: string,
  own: Own,
): Promise<OfferedAssignment | undefined> {
  const [row] = await tx
    .select({ ...getTableColumns(assignments), checklistId: documents.id })
    .from(assignments)
    .innerJoin(documents, eq(documents.number, assignments.document))
    .where(and(eq(assignments.marketId, marketId), eq(assignments.id, id), ownAssignments(own)));
  return row;
}

export function insertAssignment(
  tx: Transaction,
  row: typeof assignments.$inferInsert,
): Promise<unknown> {
  return tx.insert(assignments).values(row);
}

export async function moveAssignment(
  tx: Transaction,
  marketId: number,
  id: string,
  from: readonly string[],
  state: string,
  own: Own,
): Promise<AssignmentRecord | undefined> {
  const [row] = await tx
    .update(assignments)
    .set({ state })
    .where(
      and(
        eq(assignments.marketId, marketId),
        eq(assignments.id, id),
        inArray(assignments.state, [...from]),
        ownAssignments(own),
      ),
    )
    .returning();
  return row;
}

export function listAssignments(
  tx: Transaction,
  marketId: number,
  own: Own,
): Promise<AssignmentRecord[]> {
  return tx
    .select()
    .from(assignments)
    .where(and(eq(assignments.marketId, marketId), ownAssignments(own)))
    .orderBy(asc(assignments.windowTo), asc(assignments.id))
    .limit(500);
}
