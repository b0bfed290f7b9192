import type { Answers, AuditState } from '../../contracts/audits.ts';
import { answersRefused, stateConflict } from '../../contracts/problems.ts';
import { checkAnswers } from '../../core/audits/answers.ts';
import { scoreAudit, storeScore } from '../../core/audits/scoring.ts';
import { canonicalSha256 } from '../../core/canonical.ts';
import {
  type AuditRecord,
  appendRevision,
  getAudit,
  isReleased,
  listRevisions,
  moveAudit,
} from '../../db/audits.ts';
import { compiledByNumber } from '../directory.ts';
import type { Act } from '../operation.ts';
import { toReceipt } from './shapes.ts';

export interface Revision {
  readonly answers: Answers;
  readonly reason: string;
  readonly from: readonly AuditState[];
  readonly change: Partial<AuditRecord>;
}

/**
 * Puts a new revision beside the old ones and makes it the present one. The checklist version stays
 * the one that the audit was given under.
 * @throws answers-refused, state-conflict
 */
export async function revise(act: Act, id: string, revision: Revision) {
  const { tx, market, actor, now } = act;
  const audit = await getAudit(tx, market.id, id, act.own);
  const version = await compiledByNumber(act.context, tx, audit.document);
  const faults = checkAnswers(version, revision.answers);
  if (faults.length > 0) throw answersRefused({ errors: faults.slice(0, 500) });
  const score = storeScore(scoreAudit(version, revision.answers));
  const answersSha256 = canonicalSha256(revision.answers);
  const moved = await moveAudit(
    tx,
    market.id,
    id,
    revision.from,
    {
      ...revision.change,
      revision: audit.revision + 1,
      answersSha256,
      finalMicro: score.finalMicro,
      score,
    },
    act.own,
  );
  if (!moved)
    throw stateConflict({ what: 'audit', state: audit.state, allowed: [...revision.from] });
  await appendRevision(tx, {
    marketId: market.id,
    auditId: id,
    revision: audit.revision + 1,
    dealerId: audit.dealerId,
    auditorId: audit.auditorId,
    answers: revision.answers,
    answersSha256,
    score,
    madeBy: actor.personId,
    reason: revision.reason,
    madeAt: now,
    released: isReleased(moved.state),
  });
  return toReceipt(moved);
}

/** Everybody who made a revision of an audit: none of them approves it or decides about it. */
export async function revisionMakers(act: Act, auditId: string): Promise<ReadonlySet<string>> {
  const revisions = await listRevisions(act.tx, act.market.id, auditId, {});
  return new Set(revisions.flatMap((revision) => (revision.madeBy ? [revision.madeBy] : [])));
}
