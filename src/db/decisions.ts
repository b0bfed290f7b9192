import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Transaction } from './database.ts';
import {
  certificates,
  decisionSteps,
  decisions,
  pastDecisions,
  waivers,
} from './schema/decisions.ts';

export type DecisionRow = typeof decisions.$inferSelect;

/** @throws not-found */
export async function getDecisionRow(
  tx: Transaction,
  marketId: number,
  id: string,
): Promise<DecisionRow> {
  const [row] = await tx
    .select()
    .from(decisions)
    .where(and(eq(decisions.marketId, marketId), eq(decisions.id, id)));
  if (!row) throw notFound({ what: 'decision', id });
  return row;
}

export function listDecisionRows(tx: Transaction, marketId: number): Promise<DecisionRow[]> {
  return tx
    .select()
    .from(decisions)
    .where(eq(decisions.marketId, marketId))
    .orderBy(desc(decisions.frozenAt));
}

export function insertDecision(
  tx: Transaction,
  row: typeof decisions.$inferInsert,
): Promise<unknown> {
  return tx.insert(decisions).values(row);
}

/** Moves a decision on only where it still is in one of the given states: of two at once, one wins. */
export async function moveDecisionRow(
  tx: Transaction,
  marketId: number,
  id: string,
  from: readonly string[],
  change: Partial<typeof decisions.$inferInsert>,
): Promise<DecisionRow | undefined> {
  const [row] = await tx
    .update(decisions)
    .set(change)
    .where(
      and(
        eq(decisions.marketId, marketId),
        eq(decisions.id, id),
        inArray(decisions.state, [...from]),
      ),
    )
    .returning();
  return row;
}

export function appendStep(
  tx: Transaction,
  row: typeof decisionSteps.$inferInsert,
): Promise<unknown> {
  return tx.insert(decisionSteps).values(row);
}

export function listSteps(tx: Transaction, marketId: number, decisionId: string) {
  return tx
    .select()
    .from(decisionSteps)
    .where(and(eq(decisionSteps.marketId, marketId), eq(decisionSteps.decisionId, decisionId)))
    .orderBy(asc(decisionSteps.number));
}

export function listWaivers(tx: Transaction, marketId: number, document: number) {
  return tx
    .select()
    .from(waivers)
    .where(and(eq(waivers.marketId, marketId), eq(waivers.document, document)))
    .orderBy(asc(waivers.dealerId), asc(waivers.gate));
}

export function insertWaiver(tx: Transaction, row: typeof waivers.$inferInsert): Promise<unknown> {
  return tx.insert(waivers).values(row);
}

export function listPastDecisions(tx: Transaction, marketId: number) {
  return tx
    .select()
    .from(pastDecisions)
    .where(eq(pastDecisions.marketId, marketId))
    .orderBy(asc(pastDecisions.period));
}

export async function insertCertificates(
  tx: Transaction,
  rows: readonly (typeof certificates.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(certificates).values([...rows]);
}

export function withdrawCertificates(
  tx: Transaction,
  marketId: number,
  decisionId: string,
  now: Date,
): Promise<unknown> {
  return tx
    .update(certificates)
    .set({ withdrawnAt: now })
    .where(and(eq(certificates.marketId, marketId), eq(certificates.decisionId, decisionId)));
}

/** A certificate by its code; anybody may ask. */
export async function findCertificate(tx: Transaction, code: string) {
  const [row] = await tx.select().from(certificates).where(eq(certificates.code, code));
  return row;
}

/** Codes of a decision's certificates. */
export function listCertificates(tx: Transaction, marketId: number, decisionId: string) {
  return tx
    .select({ code: certificates.code, dealer: certificates.dealerCode })
    .from(certificates)
    .where(and(eq(certificates.marketId, marketId), eq(certificates.decisionId, decisionId)))
    .orderBy(asc(certificates.dealerCode));
}
