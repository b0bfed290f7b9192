import { z } from 'zod';
import { checklist, difference, documentSummary } from '../../contracts/checklists.ts';
import type { Role } from '../../contracts/people.ts';
import { notFound } from '../../contracts/problems.ts';
import { auditorCopy } from '../../core/documents/auditor-copy.ts';
import { comparableItems, compareChecklists } from '../../core/documents/comparison.ts';
import { parseCanonical } from '../../core/documents/documents.ts';
import { type DocumentRow, findDocument, listDocuments } from '../../db/documents.ts';
import { defineOperation } from '../operation.ts';
import { toSummary } from './shapes.ts';

const type = z.enum(['checklist', 'programme']);

const isManagement = (role: Role) => role !== 'auditor' && role !== 'dealer';

/** Auditors and dealers see checklists that were published; drafts and programmes are the management's. */
function maySee(role: Role, row: DocumentRow): boolean {
  return isManagement(role) || (row.state !== 'draft' && row.type === 'checklist');
}

export const listDocumentVersions = defineOperation({
  name: 'documents.list',
  summary: 'All versions of all checklists or programmes',
  input: z.strictObject({ type }),
  output: z.strictObject({ documents: z.array(documentSummary) }),
  scope: 'network',
  writes: false,
  async act({ tx, grant }, input) {
    const rows = await listDocuments(tx, input.type);
    return { documents: rows.filter((row) => maySee(grant.role, row)).map(toSummary) };
  },
});

/**
 * One version as an exact document. Auditors and dealers get the auditor's copy of a checklist:
 * without weights, points and criticality.
 */
export const getDocument = defineOperation({
  name: 'documents.get',
  summary: 'One version of a checklist or programme',
  input: z.strictObject({ type, id: z.string(), version: z.string() }),
  output: z.strictObject({
    summary: documentSummary,
    content: z.record(z.string(), z.unknown()),
    copy: z.enum(['full', 'auditor']),
  }),
  scope: 'network',
  writes: false,
  refuses: [notFound],
  async act({ tx, grant }, input) {
    const row = await findDocument(tx, input.type, input.id, input.version);
    if (!row || !maySee(grant.role, row)) {
      throw notFound({ what: input.type, id: `${input.id} ${input.version}` });
    }
    const summary = toSummary(row);
    if (isManagement(grant.role)) {
      return { summary, content: JSON.parse(row.content), copy: 'full' as const };
    }
    const content = auditorCopy(parseCanonical(row.content, checklist));
    return { summary, content, copy: 'auditor' as const };
  },
});

/** What changed between two versions of a checklist, and which items remain comparable. */
export const compareDocuments = defineOperation({
  name: 'documents.compare',
  summary: 'Compare two versions of a checklist',
  input: z.strictObject({ id: z.string(), from: z.string(), to: z.string() }),
  output: z.strictObject({
    differences: z.array(difference),
    comparable: z.array(z.string()),
    items: z.int(),
  }),
  scope: 'network',
  writes: false,
  refuses: [notFound],
  async act({ tx }, { id, from, to }) {
    const [before, after] = await Promise.all(
      [from, to].map(async (version) => {
        const row = await findDocument(tx, 'checklist', id, version);
        if (!row) throw notFound({ what: 'checklist', id: `${id} ${version}` });
        return parseCanonical(row.content, checklist);
      }),
    );
    return {
      differences: compareChecklists(before!, after!),
      comparable: comparableItems(before!, after!),
      items: after!.sections.reduce((sum, section) => sum + section.items.length, 0),
    };
  },
});
