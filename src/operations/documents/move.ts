import { z } from 'zod';
import { documentSummary } from '../../contracts/checklists.ts';
import { notFound, secondPersonNeeded, stateConflict } from '../../contracts/problems.ts';
import type { Transaction } from '../../db/database.ts';
import {
  type DocumentRow,
  type DocumentType,
  findDocument,
  moveDocument,
} from '../../db/documents.ts';
import { defineOperation } from '../operation.ts';
import { toSummary } from './shapes.ts';

const which = z.strictObject({
  type: z.enum(['checklist', 'programme']),
  id: z.string(),
  version: z.string(),
});

/** Publishes a draft: from here on it never changes. Takes another person than the one who made it. */
export const publishDocument = defineOperation({
  name: 'documents.publish',
  summary: 'Publish a draft; takes a second person',
  input: which,
  output: documentSummary,
  scope: 'network',
  writes: true,
  logged: ['type', 'id', 'version'],
  refuses: [notFound, stateConflict, secondPersonNeeded],
  async act({ tx, actor, now }, { type, id, version }) {
    const row = await getVersion(tx, type, id, version);
    if (row.createdBy === actor.code) throw secondPersonNeeded({ what: `${id} ${version}` });
    return step(tx, row, 'draft', {
      state: 'published',
      publishedBy: actor.code,
      publishedAt: now,
    });
  },
});

/** Retires a published version: no new audits under it; the old ones keep it for ever. */
export const retireDocument = defineOperation({
  name: 'documents.retire',
  summary: 'Retire a published version',
  input: which,
  output: documentSummary,
  scope: 'network',
  writes: true,
  logged: ['type', 'id', 'version'],
  refuses: [notFound, stateConflict],
  async act({ tx, now }, { type, id, version }) {
    const row = await getVersion(tx, type, id, version);
    return step(tx, row, 'published', { state: 'retired', retiredAt: now });
  },
});

async function getVersion(tx: Transaction, type: DocumentType, id: string, version: string) {
  const row = await findDocument(tx, type, id, version);
  if (!row) throw notFound({ what: type, id: `${id} ${version}` });
  return row;
}

async function step(
  tx: Transaction,
  row: DocumentRow,
  from: DocumentRow['state'],
  change: Parameters<typeof moveDocument>[3],
) {
  const moved = await moveDocument(tx, row.number, from, change);
  if (!moved)
    throw stateConflict({ what: `${row.id} ${row.version}`, state: row.state, allowed: [from] });
  return toSummary(moved);
}
