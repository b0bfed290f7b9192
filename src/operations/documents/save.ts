import { z } from 'zod';
import { documentSummary } from '../../contracts/checklists.ts';
import { documentConflict, documentRefused } from '../../contracts/problems.ts';
import { findDocument, insertDocument, replaceDraft } from '../../db/documents.ts';
import { defineOperation } from '../operation.ts';
import { readAny, toSummary } from './shapes.ts';

/**
 * Stores a checklist or programme as a draft. The same content again changes nothing; another
 * content under a version that is no draft any more is refused with both hashes.
 */
export const saveDocument = defineOperation({
  name: 'documents.save',
  summary: 'Store a checklist or programme version as a draft',
  input: z.strictObject({
    type: z.enum(['checklist', 'programme']),
    source: z.string().max(2_000_000).describe('The YAML (or JSON) text.'),
    file: z.string().max(500).optional().describe('Name of the file, for messages.'),
  }),
  output: documentSummary,
  scope: 'network',
  writes: true,
  logged: ['type', 'file'],
  refuses: [documentRefused, documentConflict],
  async act({ tx, actor }, { type, source, file }) {
    const read = readAny(type, source, file);
    const stored = await findDocument(tx, type, read.id, read.version);
    if (stored?.sha256 === read.sha256) return toSummary(stored);
    const fields = {
      kind: read.kind,
      title: read.title,
      content: read.canonical,
      sha256: read.sha256,
      createdBy: actor.code,
    };
    if (!stored) {
      return toSummary(
        await insertDocument(tx, { type, id: read.id, version: read.version, ...fields }),
      );
    }
    const replaced = await replaceDraft(tx, stored.number, fields);
    if (!replaced) {
      throw documentConflict({
        id: read.id,
        version: read.version,
        storedSha256: stored.sha256,
        sentSha256: read.sha256,
      });
    }
    return toSummary(replaced);
  },
});
