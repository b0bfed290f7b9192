import { and, asc, eq, gt, isNull, or, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';
import type { Actor, ScopedGrant } from '../core/access.ts';
import { hashSecret } from './accounts.ts';
import { isOneOf, type Transaction } from './database.ts';
import { accounts, grantRequests, sessions } from './schema/accounts.ts';
import { grants, people, tokens } from './schema/people.ts';

/** The person behind a token that is neither revoked nor expired, within the token's own scope. */
export async function findActor(
  tx: Transaction,
  token: string,
  now: Date,
): Promise<Actor | undefined> {
  const [found] = await tx
    .select({ personId: tokens.personId, scope: tokens.scope, readsOnly: tokens.readsOnly })
    .from(tokens)
    .where(
      and(
        eq(tokens.sha256, hashSecret(token)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
      ),
    );
  const actor = found && (await readActor(tx, eq(people.id, found.personId)));
  if (!actor) return undefined;
  const { scope, readsOnly } = found;
  const grants = scope
    ? actor.grants.filter((grant) => scope.some((each) => isSameGrant(each, grant)))
    : actor.grants;
  return { ...actor, grants, readsOnly };
}

/** The person of a session that has neither ended nor lain idle too long. */
export async function findActorBySession(
  tx: Transaction,
  session: string,
  now: Date,
  idleSince = new Date(0),
): Promise<(Actor & { readonly session: string; readonly seenAt: Date }) | undefined> {
  const sha256 = hashSecret(session);
  const [found] = await tx
    .select({ personId: sessions.personId, seenAt: sessions.seenAt })
    .from(sessions)
    .where(
      and(
        eq(sessions.sha256, sha256),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, now),
        gt(sessions.seenAt, idleSince),
      ),
    );
  const actor = found && (await readActor(tx, eq(people.id, found.personId)));
  return actor && { ...actor, session: sha256, seenAt: found.seenAt };
}

/** Whether two grants are the same role in the same place. */
export function isSameGrant(one: ScopedGrant, other: ScopedGrant): boolean {
  return (
    one.role === other.role && one.marketId === other.marketId && one.dealerId === other.dealerId
  );
}

/** A person with their grants, by id. */
export function findActorById(tx: Transaction, id: string): Promise<Actor | undefined> {
  return readActor(tx, eq(people.id, id));
}

/** A person with their grants, by code. */
export function findActorByCode(tx: Transaction, code: string): Promise<Actor | undefined> {
  return readActor(tx, eq(people.code, code));
}

async function readActor(tx: Transaction, which: SQL): Promise<Actor | undefined> {
  const rows = await tx
    .select({ personId: people.id, code: people.code, grant: grants })
    .from(people)
    .leftJoin(grants, eq(grants.personId, people.id))
    .where(which);
  const [first] = rows;
  if (!first) return undefined;
  return {
    personId: first.personId,
    code: first.code,
    grants: rows.flatMap(({ grant }) => (grant ? [scopedGrant(grant)] : [])),
  };
}

function scopedGrant(row: typeof grants.$inferSelect): ScopedGrant {
  return {
    role: row.role as ScopedGrant['role'],
    ...(row.marketId === null ? {} : { marketId: row.marketId }),
    ...(row.dealerId === null ? {} : { dealerId: row.dealerId }),
    ...(row.principal ? { principal: true } : {}),
  };
}

export async function upsertPerson(
  tx: Transaction,
  person: { id: string; code: string; name: string },
): Promise<string> {
  const [row] = await tx
    .insert(people)
    .values(person)
    .onConflictDoUpdate({ target: people.code, set: { name: person.name } })
    .returning({ id: people.id });
  return row!.id;
}

export async function findPerson(tx: Transaction, code: string) {
  const [row] = await tx.select().from(people).where(eq(people.code, code));
  return row;
}

/** A new person. A code that is taken is refused by the database. */
export function insertPerson(tx: Transaction, row: typeof people.$inferInsert): Promise<unknown> {
  return tx.insert(people).values(row);
}

/** Gives a person a role; one that they have already stays. */
export function insertGrant(
  tx: Transaction,
  personId: string,
  { role, marketId, dealerId, principal }: ScopedGrant,
): Promise<unknown> {
  return tx
    .insert(grants)
    .values({
      id: uuidv7(),
      personId,
      role,
      marketId: marketId ?? null,
      dealerId: dealerId ?? null,
      principal: principal ?? false,
    })
    .onConflictDoNothing();
}

/** Takes a role away; `false` where there was none. */
export async function removeGrant(
  tx: Transaction,
  personId: string,
  { role, marketId, dealerId }: ScopedGrant,
): Promise<boolean> {
  const removed = await tx
    .delete(grants)
    .where(
      and(
        eq(grants.personId, personId),
        eq(grants.role, role),
        marketId === undefined ? isNull(grants.marketId) : eq(grants.marketId, marketId),
        dealerId === undefined ? isNull(grants.dealerId) : eq(grants.dealerId, dealerId),
      ),
    )
    .returning({ id: grants.id });
  return removed.length > 0;
}

/** People in the order of their codes, with addresses and grants. */
export async function listPeople(tx: Transaction, after: string | undefined, limit: number) {
  const page = await tx
    .select({ id: people.id, person: people.code, name: people.name, email: accounts.email })
    .from(people)
    .leftJoin(accounts, eq(accounts.personId, people.id))
    .where(after === undefined ? undefined : gt(people.code, after))
    .orderBy(asc(people.code))
    .limit(limit);
  const rows = await tx
    .select()
    .from(grants)
    .where(
      isOneOf(
        grants.personId,
        page.map(({ id }) => id),
      ),
    );
  const byPerson = Map.groupBy(rows, (row) => row.personId);
  return page.map(({ id, ...person }) => ({
    ...person,
    grants: (byPerson.get(id) ?? []).map(scopedGrant),
  }));
}

/** Who acts for a house. */
export async function listHousePeople(tx: Transaction, marketId: number, dealerId: number) {
  return tx
    .select({
      id: people.id,
      person: people.code,
      name: people.name,
      principal: grants.principal,
    })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .where(
      and(eq(grants.role, 'dealer'), eq(grants.marketId, marketId), eq(grants.dealerId, dealerId)),
    )
    .orderBy(asc(people.code));
}

export function insertGrantRequest(
  tx: Transaction,
  row: typeof grantRequests.$inferInsert,
): Promise<unknown> {
  return tx.insert(grantRequests).values(row);
}

export async function findGrantRequest(tx: Transaction, id: string) {
  const [row] = await tx.select().from(grantRequests).where(eq(grantRequests.id, id));
  return row;
}

/** Requests that nobody has decided, the oldest first. */
export function listGrantRequests(tx: Transaction) {
  const asker = alias(people, 'asker');
  return tx
    .select({
      id: grantRequests.id,
      person: people.code,
      grant: grantRequests.grant,
      askedBy: asker.code,
      askedAt: grantRequests.askedAt,
    })
    .from(grantRequests)
    .innerJoin(people, eq(people.id, grantRequests.personId))
    .innerJoin(asker, eq(asker.id, grantRequests.askedBy))
    .where(isNull(grantRequests.decidedBy))
    .orderBy(asc(grantRequests.askedAt))
    .limit(500);
}

/** Decides a request that nobody has decided; `false` where somebody was quicker. */
export async function decideGrantRequest(
  tx: Transaction,
  id: string,
  decision: Partial<typeof grantRequests.$inferInsert>,
): Promise<boolean> {
  const decided = await tx
    .update(grantRequests)
    .set(decision)
    .where(and(eq(grantRequests.id, id), isNull(grantRequests.decidedBy)))
    .returning({ id: grantRequests.id });
  return decided.length > 0;
}

export function insertToken(tx: Transaction, row: typeof tokens.$inferInsert): Promise<unknown> {
  return tx.insert(tokens).values(row);
}

/** Many people at once (auditors of an import), by code; existing ones stay. */
export async function ensurePeople(
  tx: Transaction,
  rows: readonly { id: string; code: string; name: string }[],
): Promise<Map<string, string>> {
  if (rows.length > 0) {
    await tx
      .insert(people)
      .values([...rows])
      .onConflictDoNothing({ target: people.code });
  }
  const found = await tx
    .select({ id: people.id, code: people.code })
    .from(people)
    .where(
      isOneOf(
        people.code,
        rows.map((row) => row.code),
        'text',
      ),
    );
  return new Map(found.map((row) => [row.code, row.id]));
}

/** Codes of people by id. */
export async function personCodes(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: people.id, code: people.code })
    .from(people)
    .where(isOneOf(people.id, ids));
  return new Map(rows.map((row) => [row.id, row.code]));
}
