import type { Answers } from '../../../contracts/audits.ts';
import { importColumns } from '../../../contracts/imports.ts';
import { stateConflict } from '../../../contracts/problems.ts';
import { checkAnswers } from '../../../core/audits/answers.ts';
import { scoreAudit, storeScore } from '../../../core/audits/scoring.ts';
import { canonicalSha256 } from '../../../core/canonical.ts';
import {
  appendRevision,
  findAuditHeads,
  insertAudits,
  isReleased,
  moveAudit,
} from '../../../db/audits.ts';
import { dealerIds } from '../../../db/network.ts';
import { ensurePeople } from '../../../db/people.ts';
import { type Importer, type OpenImporter, unknownDealer } from '../importer.ts';
import { answerColumns, answersOf, checklistOf } from './answers.ts';
import { createDealers, uuidOf } from './network.ts';

interface Resolved {
  readonly id: string;
  readonly dealer: string;
  readonly auditor: string | undefined;
  readonly type: string;
  readonly touchpoint: string | null;
  readonly visitDate: string;
  readonly state: string;
  readonly answers: Answers;
}

/** Audits done elsewhere, by code; a second import of a code with other answers is a new revision. */
export const openAudits: OpenImporter = async (act, options) => {
  const { tx, market, actor, now } = act;
  const version = await checklistOf(act, options);
  const items = [...version.items.values()];
  const dealers = await dealerIds(tx, market.id);
  const create = options.mapping?.createMissing ?? false;
  const importer: Importer<Resolved> = {
    columns: [...importColumns.audits, ...answerColumns(version.checklist)],
    key: (row) => String(row['code']),
    resolve(row) {
      const dealer = String(row['dealer']);
      if (!create && !dealers.has(dealer)) return [unknownDealer('dealer', dealer)];
      const answers = answersOf(items, row);
      const faults = checkAnswers(version, answers).filter(
        (fault) => fault.code !== 'reason' && fault.code !== 'evidence',
      );
      if (faults.length > 0) {
        return faults.map((fault) => ({
          column: fault.pointer.split('/')[2] ?? '',
          code: fault.code,
          detail: fault.detail,
        }));
      }
      return {
        id: uuidOf(market.code, 'audit', String(row['code'])),
        dealer,
        auditor: row['auditor'] as string | undefined,
        type: (row['type'] as string | undefined) ?? 'mystery',
        touchpoint:
          (row['touchpoint'] as string | undefined) ?? version.checklist.touchpoint ?? null,
        visitDate: String(row['visit_date']),
        state: (row['state'] as string | undefined) ?? 'approved',
        answers,
      };
    },
    async store(rows) {
      if (create) await createDealers(tx, market.id, dealers, rows);
      const codes = [...new Set(rows.flatMap((row) => (row.auditor ? [row.auditor] : [])))];
      const people = await ensurePeople(
        tx,
        codes.map((code) => ({ id: uuidOf('person', code), code, name: code })),
      );
      const heads = await findAuditHeads(
        tx,
        market.id,
        rows.map((row) => row.id),
      );
      const prepared = rows.map((row) => {
        const score = storeScore(scoreAudit(version, row.answers));
        const auditorId = row.auditor ? (people.get(row.auditor) ?? null) : null;
        const dealerId = dealers.get(row.dealer)!;
        return { ...row, dealerId, score, auditorId, answersSha256: canonicalSha256(row.answers) };
      });
      const fresh = prepared.filter((row) => !heads.has(row.id));
      const changed = prepared.filter((row) => {
        const head = heads.get(row.id);
        return (
          head && (head.answersSha256 !== row.answersSha256 || head.visitDate !== row.visitDate)
        );
      });
      const revisionOf = (row: (typeof prepared)[number], revision: number, state: string) => ({
        marketId: market.id,
        auditId: row.id,
        revision,
        dealerId: row.dealerId,
        auditorId: row.auditorId,
        answers: row.answers,
        answersSha256: row.answersSha256,
        score: row.score,
        madeBy: actor.personId,
        reason: revision === 1 ? 'imported' : 'imported again',
        madeAt: now,
        released: isReleased(state),
      });
      await insertAudits(
        tx,
        fresh.map((row) => ({
          marketId: market.id,
          id: row.id,
          dealerId: row.dealerId,
          auditorId: row.auditorId,
          assignmentId: null,
          document: version.row.number,
          type: row.type,
          touchpoint: row.touchpoint,
          visitDate: row.visitDate,
          state: row.state,
          revision: 1,
          submissionSha256: row.answersSha256,
          answersSha256: row.answersSha256,
          meta: { imported: true },
          submittedAt: now,
          releasedAt: row.state === 'released' ? now : null,
          decidedBy: row.state === 'submitted' ? null : actor.personId,
          finalMicro: row.score.finalMicro,
          score: row.score,
        })),
        fresh.map((row) => revisionOf(row, 1, row.state)),
      );
      for (const row of changed) {
        const { revision, state, dealerId, document } = heads.get(row.id)!;
        const isSame = dealerId === row.dealerId && document === version.row.number;
        const isOpen = state === 'submitted' || state === 'approved' || state === 'released';
        const moved =
          isSame &&
          isOpen &&
          (await moveAudit(
            tx,
            market.id,
            row.id,
            [state],
            {
              revision: revision + 1,
              visitDate: row.visitDate,
              answersSha256: row.answersSha256,
              finalMicro: row.score.finalMicro,
              score: row.score,
            },
            {},
          ));
        if (!moved) {
          throw stateConflict(
            {
              what: `audit of ${row.visitDate}`,
              state,
              allowed: ['submitted', 'approved', 'released'],
            },
            'an import cannot move an audit to another house or checklist version, nor change one that is appealed, decided or withdrawn',
          );
        }
        await appendRevision(tx, revisionOf(row, revision + 1, state));
      }
      return fresh.length + changed.length;
    },
  };
  return importer as Importer<never>;
};
