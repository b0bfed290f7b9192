import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../context.ts';
import { documentConflict } from '../contracts/problems.ts';
import type { DocumentType } from '../db/documents.ts';
import { findDocument, insertDocument } from '../db/documents.ts';
import { readAny } from './documents/shapes.ts';

/** Where the shipped checklists and programmes lie. */
export const shippedFolder = fileURLToPath(new URL('../../checklists', import.meta.url));

/** Every shipped document, with its file. */
export function listShippedFiles(folder = shippedFolder): { type: DocumentType; file: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      type: file.startsWith('programmes') ? ('programme' as const) : ('checklist' as const),
      file: path.join(folder, file),
    }));
}

/**
 * Stores the shipped documents as published by the release itself. One that is stored already with
 * the same content is left alone; with another content the start is refused, with both hashes.
 * @throws document-refused, document-conflict
 */
export async function loadShipped(context: Context): Promise<void> {
  const documents = listShippedFiles().map(({ type, file }) => ({
    type,
    ...readAny(type, readFileSync(file, 'utf8'), path.relative(shippedFolder, file)),
  }));
  await context.database.transaction({ role: 'service', marketId: 0 }, async (tx) => {
    for (const { type, id, version, kind, title, canonical, sha256 } of documents) {
      const stored = await findDocument(tx, type, id, version);
      if (stored && stored.sha256 !== sha256) {
        throw documentConflict({ id, version, storedSha256: stored.sha256, sentSha256: sha256 });
      }
      if (stored) continue;
      await insertDocument(tx, {
        type,
        id,
        version,
        kind,
        title,
        state: 'published',
        content: canonical,
        sha256,
        createdBy: 'release',
        publishedBy: 'release',
        publishedAt: new Date(0),
      });
    }
  });
}
