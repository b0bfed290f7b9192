import type { DocumentSummary } from '../../contracts/checklists.ts';
import { documentRefused } from '../../contracts/problems.ts';
import { readChecklist } from '../../core/documents/checklists.ts';
import { readProgramme } from '../../core/documents/programmes.ts';
import type { DocumentRow, DocumentType } from '../../db/documents.ts';

/** What is stored of a document read from YAML. */
export interface ReadResult {
  readonly id: string;
  readonly version: string;
  readonly kind: string;
  readonly title: { en: string };
  readonly canonical: string;
  readonly sha256: string;
}

/**
 * Reads a checklist or programme; the one place where a document enters.
 * @throws document-refused with all faults
 */
export function readAny(type: DocumentType, source: string, file?: string): ReadResult {
  const read = type === 'checklist' ? readChecklist(source) : readProgramme(source);
  if (!read.ok) throw documentRefused({ file, errors: [...read.faults] });
  const { content, canonical, sha256 } = read;
  return {
    id: content.id,
    version: content.version,
    kind: 'kind' in content ? content.kind : 'programme',
    title: content.title,
    canonical,
    sha256,
  };
}

export function toSummary(row: DocumentRow): DocumentSummary {
  return {
    type: row.type as DocumentType,
    id: row.id,
    version: row.version,
    kind: row.kind,
    title: row.title,
    state: row.state as DocumentSummary['state'],
    sha256: row.sha256,
    createdBy: row.createdBy,
    publishedBy: row.publishedBy,
    publishedAt: row.publishedAt?.toISOString() ?? null,
  };
}
