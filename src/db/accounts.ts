import { createHash } from 'node:crypto';
import { and, desc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { LinkPurpose } from '../contracts/accounts.ts';
import { rowsOf, type Transaction } from './database.ts';
import {
  accounts,
  attempts,
  challenges,
  identities,
  links,
  passkeys,
  sessions,
} from './schema/accounts.ts';
import { people, tokens } from './schema/people.ts';

export type AccountRecord = typeof accounts.$inferSelect;
export type PasskeyRecord = typeof passkeys.$inferSelect;

/** SHA-256 of a secret that a person carries (token, session, link): all that is stored of it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

const accountAndPerson = (tx: Transaction) =>
  tx
    .select({ account: accounts, person: { id: people.id, code: people.code, name: people.name } })
    .from(people)
    .leftJoin(accounts, eq(accounts.personId, people.id));

/** The account with an address, and its person. */
export async function findAccount(tx: Transaction, email: string) {
  const [row] = await accountAndPerson(tx).where(eq(accounts.email, email));
  return row?.account ? { ...row, account: row.account } : undefined;
}

/** A person with the account that they may have. */
export async function findPersonAccount(tx: Transaction, personId: string) {
  const [row] = await accountAndPerson(tx).where(eq(people.id, personId));
  return row;
}

export function insertAccount(
  tx: Transaction,
  row: typeof accounts.$inferInsert,
): Promise<unknown> {
  return tx.insert(accounts).values(row);
}

export function changeAccount(
  tx: Transaction,
  personId: string,
  change: Partial<typeof accounts.$inferInsert>,
): Promise<unknown> {
  return tx.update(accounts).set(change).where(eq(accounts.personId, personId));
}

/** Uses a code's time step; `false` where it, or a later one, was used already. */
export async function useTotpStep(
  tx: Transaction,
  personId: string,
  step: number,
): Promise<boolean> {
  const changed = await tx
    .update(accounts)
    .set({ totpStep: step })
    .where(
      and(
        eq(accounts.personId, personId),
        or(isNull(accounts.totpStep), lt(accounts.totpStep, step)),
      ),
    )
    .returning({ personId: accounts.personId });
  return changed.length > 0;
}

/** Counts a try in the current hour and says how many there were with it. */
export async function countAttempt(tx: Transaction, key: string, now: Date): Promise<number> {
  const anHourAgo = new Date(now.getTime() - 3_600_000);
  const [row] = await tx
    .insert(attempts)
    .values({ key, count: 1, since: now })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        count: sql`case when ${attempts.since} < ${anHourAgo.toISOString()}::timestamptz then 1 else ${attempts.count} + 1 end`,
        since: sql`case when ${attempts.since} < ${anHourAgo.toISOString()}::timestamptz then ${now.toISOString()}::timestamptz else ${attempts.since} end`,
      },
    })
    .returning({ count: attempts.count });
  return row!.count;
}

export function forgetAttempts(tx: Transaction, key: string): Promise<unknown> {
  return tx.delete(attempts).where(eq(attempts.key, key));
}

export function insertChallenge(
  tx: Transaction,
  row: typeof challenges.$inferInsert,
): Promise<unknown> {
  return tx.insert(challenges).values(row);
}

/** A challenge that has not expired; reading leaves it there. */
export async function findChallenge(tx: Transaction, id: string, kind: string, now: Date) {
  const [row] = await tx
    .select()
    .from(challenges)
    .where(and(eq(challenges.id, id), eq(challenges.kind, kind), gt(challenges.expiresAt, now)));
  return row;
}

/** Takes a challenge, once. */
export async function takeChallenge(tx: Transaction, id: string, kind: string, now: Date) {
  const [row] = await tx
    .delete(challenges)
    .where(and(eq(challenges.id, id), eq(challenges.kind, kind), gt(challenges.expiresAt, now)))
    .returning();
  return row;
}

/** Ends what a person has under way at the door. */
export function dropChallenges(tx: Transaction, personId: string): Promise<unknown> {
  return tx.delete(challenges).where(eq(challenges.personId, personId));
}

/** Removes what has run out: challenges, and tries of hours gone by. */
export async function sweepSignIns(tx: Transaction, now: Date): Promise<void> {
  await tx.delete(challenges).where(lt(challenges.expiresAt, now));
  await tx.delete(attempts).where(lt(attempts.since, new Date(now.getTime() - 7_200_000)));
}

export function insertSession(
  tx: Transaction,
  row: typeof sessions.$inferInsert,
): Promise<unknown> {
  return tx.insert(sessions).values(row);
}

/** Whether this device was signed in to this account before. */
export async function knowsDevice(
  tx: Transaction,
  personId: string,
  deviceSha256: string,
): Promise<boolean> {
  const rows = await tx
    .select({ personId: sessions.personId })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), eq(sessions.deviceSha256, deviceSha256)))
    .limit(1);
  return rows.length > 0;
}

/** Sessions of a person that are still open, the latest first. */
export function listSessions(tx: Transaction, personId: string, now: Date) {
  return tx
    .select()
    .from(sessions)
    .where(
      and(eq(sessions.personId, personId), isNull(sessions.endedAt), gt(sessions.expiresAt, now)),
    )
    .orderBy(desc(sessions.seenAt));
}

export function touchSession(tx: Transaction, sha256: string, now: Date): Promise<unknown> {
  return tx.update(sessions).set({ seenAt: now }).where(eq(sessions.sha256, sha256));
}

/** Ends sessions of a person: one by its id (the start of its hash), or all but one. */
export async function endSessions(
  tx: Transaction,
  personId: string,
  which: { readonly id: string } | { readonly allBut: string | undefined },
  now: Date,
): Promise<number> {
  const chosen =
    'id' in which
      ? sql`left(${sessions.sha256}, 16) = ${which.id}`
      : which.allBut === undefined
        ? undefined
        : ne(sessions.sha256, which.allBut);
  const ended = await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.personId, personId), isNull(sessions.endedAt), chosen))
    .returning({ sha256: sessions.sha256 });
  return ended.length;
}

export function listPasskeys(tx: Transaction, personId: string): Promise<PasskeyRecord[]> {
  return tx
    .select()
    .from(passkeys)
    .where(eq(passkeys.personId, personId))
    .orderBy(passkeys.createdAt);
}

export async function findPasskey(tx: Transaction, id: string): Promise<PasskeyRecord | undefined> {
  const [row] = await tx.select().from(passkeys).where(eq(passkeys.id, id));
  return row;
}

export function insertPasskey(
  tx: Transaction,
  row: typeof passkeys.$inferInsert,
): Promise<unknown> {
  return tx.insert(passkeys).values(row);
}

export function usePasskey(
  tx: Transaction,
  id: string,
  counter: number,
  now: Date,
): Promise<unknown> {
  return tx.update(passkeys).set({ counter, usedAt: now }).where(eq(passkeys.id, id));
}

export async function removePasskeys(
  tx: Transaction,
  personId: string,
  id?: string,
): Promise<number> {
  const removed = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.personId, personId), id === undefined ? undefined : eq(passkeys.id, id)))
    .returning({ id: passkeys.id });
  return removed.length;
}

export function insertLink(
  tx: Transaction,
  row: typeof links.$inferInsert & { readonly purpose: LinkPurpose },
): Promise<unknown> {
  return tx.insert(links).values(row);
}

const isOpen = (sha256: string, now: Date) =>
  and(eq(links.sha256, sha256), isNull(links.usedAt), gt(links.expiresAt, now));

export async function findLink(tx: Transaction, sha256: string, now: Date) {
  const [row] = await tx.select().from(links).where(isOpen(sha256, now));
  return row;
}

/** Ends what would let somebody in without the present password: open links, sign-ins under way. */
export async function closeDoors(tx: Transaction, personId: string, now: Date): Promise<void> {
  await dropChallenges(tx, personId);
  await tx
    .update(links)
    .set({ usedAt: now })
    .where(and(eq(links.personId, personId), isNull(links.usedAt)));
}

/** Uses a link; with it every other open link of the person is spent. */
export async function useLink(tx: Transaction, sha256: string, now: Date) {
  const [row] = await tx.update(links).set({ usedAt: now }).where(isOpen(sha256, now)).returning();
  if (row?.personId) await closeDoors(tx, row.personId, now);
  return row;
}

/** Who an identity of a sign-in provider is here. */
export async function findIdentity(tx: Transaction, issuer: string, subject: string) {
  const [row] = await tx
    .select()
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return row;
}

export function insertIdentity(
  tx: Transaction,
  row: typeof identities.$inferInsert,
): Promise<unknown> {
  return tx.insert(identities).values(row).onConflictDoNothing();
}

/** Whether anybody has an account that can sign in. */
export async function hasAnyAccount(tx: Transaction): Promise<boolean> {
  const rows = await rowsOf(tx, sql`select 1 from accounts limit 1`);
  return rows.length > 0;
}

/** Tokens of a person that are neither revoked nor expired. */
export function listTokens(tx: Transaction, personId: string, now: Date) {
  return tx
    .select()
    .from(tokens)
    .where(
      and(
        eq(tokens.personId, personId),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
      ),
    )
    .orderBy(desc(tokens.createdAt));
}

/** Revokes tokens of a person: one by its id (the start of its hash), or all. */
export async function revokeTokens(
  tx: Transaction,
  personId: string,
  id: string | undefined,
  now: Date,
): Promise<number> {
  const revoked = await tx
    .update(tokens)
    .set({ revokedAt: now })
    .where(
      and(
        eq(tokens.personId, personId),
        isNull(tokens.revokedAt),
        id === undefined ? undefined : sql`left(${tokens.sha256}, 16) = ${id}`,
      ),
    )
    .returning({ sha256: tokens.sha256 });
  return revoked.length;
}
