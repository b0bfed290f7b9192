import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { notFound } from '../contracts/problems.ts';
import type { Transaction } from './database.ts';
import { documents } from './schema/people.ts';

export type DocumentRow = typeof documents.$inferSelect;
export type DocumentType = 'checklist' | 'programme';

/** A version; without one, the newest that is published. */
export async function findDocument(
  tx: Transaction,
  type: DocumentType,
  id: string,
  version?: string,
): Promise<DocumentRow | undefined> {
  const [row] = await tx
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.type, type),
        eq(documents.id, id),
        version === undefined ? eq(documents.state, 'published') : eq(documents.version, version),
      ),
    )
    .orderBy(desc(sql`string_to_array(version, '.')::int[]`))
    .limit(1);
  return row;
}

/** @throws not-found */
export async function getDocumentByNumber(tx: Transaction, number: number): Promise<DocumentRow> {
  const [row] = await tx.select().from(documents).where(eq(documents.number, number));
  if (!row) throw notFound({ what: 'document', id: String(number) });
  return row;
}

/** All versions of a document that were ever published, oldest first. */
export function listVersions(
  tx: Transaction,
  type: DocumentType,
  id: string,
): Promise<DocumentRow[]> {
  return tx
    .select()
    .from(documents)
    .where(and(eq(documents.type, type), eq(documents.id, id), ne(documents.state, 'draft')))
    .orderBy(asc(sql`string_to_array(version, '.')::int[]`));
}

export function listDocuments(tx: Transaction, type: DocumentType): Promise<DocumentRow[]> {
  return tx
    .select()
    .from(documents)
    .where(eq(documents.type, type))
    .orderBy(asc(documents.id), asc(sql`string_to_array(version, '.')::int[]`));
}

export async function insertDocument(
  tx: Transaction,
  row: typeof documents.$inferInsert,
): Promise<DocumentRow> {
  const [made] = await tx.insert(documents).values(row).returning();
  return made!;
}

/** Replaces the content of a draft; a published version never changes. */
export async function replaceDraft(
  tx: Transaction,
  number: number,
  row: Pick<DocumentRow, 'content' | 'sha256' | 'title' | 'kind' | 'createdBy'>,
): Promise<DocumentRow | undefined> {
  const [made] = await tx
    .update(documents)
    .set(row)
    .where(and(eq(documents.number, number), eq(documents.state, 'draft')))
    .returning();
  return made;
}

/** Moves a version from one state to the next, only if it is still in the first. */
export async function moveDocument(
  tx: Transaction,
  number: number,
  from: DocumentRow['state'],
  change: Partial<Pick<DocumentRow, 'state' | 'publishedBy' | 'publishedAt' | 'retiredAt'>>,
): Promise<DocumentRow | undefined> {
  const [made] = await tx
    .update(documents)
    .set(change)
    .where(and(eq(documents.number, number), eq(documents.state, from)))
    .returning();
  return made;
}
