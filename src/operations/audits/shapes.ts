import type { Answers, AuditReceipt, AuditRow } from '../../contracts/audits.ts';
import type { Own } from '../../core/access.ts';
import type { CompiledChecklist } from '../../core/audits/answers.ts';
import type { AuditRecord } from '../../db/audits.ts';
import type { DocumentRow } from '../../db/documents.ts';
import type { Act } from '../operation.ts';

export function toReceipt(row: AuditRecord): AuditReceipt {
  return {
    id: row.id,
    revision: row.revision,
    answersSha256: row.answersSha256,
    receivedAt: row.submittedAt.toISOString(),
    state: row.state as AuditReceipt['state'],
  };
}

/** An audit as its reader may see it: a dealer never learns who the auditor was, nor the exact time. */
export function toAuditRow(
  act: Act,
  row: AuditRecord,
  dealer: string,
  document: DocumentRow,
  auditor: string | null,
): AuditRow {
  const forDealer = act.own.dealerId !== undefined;
  return {
    id: row.id,
    market: act.market.code,
    dealer,
    auditor: forDealer ? null : auditor,
    assignmentId: forDealer ? null : row.assignmentId,
    checklist: { id: document.id, version: document.version, sha256: document.sha256 },
    type: row.type as AuditRow['type'],
    touchpoint: row.touchpoint as AuditRow['touchpoint'],
    visitDate: forDealer ? `${row.visitDate.slice(0, 7)}-01` : row.visitDate,
    state: row.state as AuditRow['state'],
    revision: row.revision,
    submittedAt: forDealer
      ? `${row.visitDate.slice(0, 7)}-01T00:00:00Z`
      : row.submittedAt.toISOString(),
    score: row.score,
  };
}

/**
 * Answers as their reader may see them: an item that asks for a day and time (when did they call
 * back?) would tell a dealer when the visit was, so its value stays with the market.
 */
export function answersFor(own: Own, { items }: CompiledChecklist, answers: Answers): Answers {
  if (own.dealerId === undefined) return answers;
  return Object.fromEntries(
    Object.entries(answers).map(([id, { value, ...rest }]) => [
      id,
      value === undefined || items.get(id)?.type === 'date-time' ? rest : { ...rest, value },
    ]),
  );
}
