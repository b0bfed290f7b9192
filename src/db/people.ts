import { createHash } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Actor, ScopedGrant } from '../core/access.ts';
import { isOneOf, type Transaction } from './database.ts';
import { grants, people, tokens } from './schema/people.ts';

/** SHA-256 of a bearer token: all that is stored of it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The person behind a token that is neither revoked nor expired. */
export function findActor(tx: Transaction, token: string, now: Date): Promise<Actor | undefined> {
  return readActor(
    tx,
    sql`${people.id} in (select person_id from tokens where sha256 = ${hashToken(token)}
      and revoked_at is null and (expires_at is null or expires_at > ${now.toISOString()}::timestamptz))`,
  );
}

/** A person with their grants, by code. */
export function findActorByCode(tx: Transaction, code: string): Promise<Actor | undefined> {
  return readActor(tx, eq(people.code, code));
}

async function readActor(tx: Transaction, which: SQL): Promise<Actor | undefined> {
  const rows = await tx
    .select({
      personId: people.id,
      code: people.code,
      role: grants.role,
      marketId: grants.marketId,
      dealerId: grants.dealerId,
    })
    .from(people)
    .leftJoin(grants, eq(grants.personId, people.id))
    .where(which);
  const [first] = rows;
  if (!first) return undefined;
  return {
    personId: first.personId,
    code: first.code,
    grants: rows.flatMap((row) =>
      row.role === null
        ? []
        : [
            {
              role: row.role as ScopedGrant['role'],
              marketId: row.marketId ?? undefined,
              dealerId: row.dealerId ?? undefined,
            },
          ],
    ),
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

export function insertGrant(tx: Transaction, row: typeof grants.$inferInsert): Promise<unknown> {
  return tx.insert(grants).values(row).onConflictDoNothing();
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
