import { z } from 'zod';
import { type AuditSubmission, auditReceipt, auditSubmission } from '../../contracts/audits.ts';
import type { Fault } from '../../contracts/primitives.ts';
import { answersRefused, auditConflict, notFound } from '../../contracts/problems.ts';
import { checkAnswers } from '../../core/audits/answers.ts';
import { scoreAudit, storeScore } from '../../core/audits/scoring.ts';
import { canonicalSha256 } from '../../core/canonical.ts';
import { addDays, civilDateOf } from '../../core/periods.ts';
import { findAssignment, type OfferedAssignment } from '../../db/assignments.ts';
import { AuditStored, getAudit, insertAudit } from '../../db/audits.ts';
import { ownedFiles } from '../../db/evidence-files.ts';
import { type DealerRow, getDealer } from '../../db/network.ts';
import { checklistVersion } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';
import { toReceipt } from './shapes.ts';

/**
 * Takes a filled checklist. Sending the same audit again gives the same receipt; the same id with
 * another content is refused. The score is computed here, from the pinned checklist version.
 * @see house.md, section 4
 */
export const submitAudit = defineOperation({
  name: 'audits.submit',
  summary: 'Submit a filled checklist under an id made by the sender',
  input: auditSubmission.extend({
    market: z.string(),
    id: z
      .uuid()
      .describe(
        'Houses see it later: it must not tell the day. Take a UUIDv7 of the month, or a UUIDv4.',
      ),
  }),
  output: auditReceipt.extend({ repeated: z.boolean() }),
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  journaled: true,
  logged: ['id', 'dealer', 'visitDate'],
  refuses: [notFound, auditConflict, answersRefused],
  async act(act, { market: _, id, ...submission }) {
    const { tx, market, actor, now } = act;
    const [dealer, assignment, version] = await Promise.all([
      getDealer(tx, market.id, submission.dealer, act.own),
      submission.assignmentId === undefined
        ? undefined
        : findAssignment(tx, market.id, submission.assignmentId, act.own),
      checklistVersion(act.context, tx, submission.checklist.id, submission.checklist.version),
    ]);
    const faults = [
      ...assignmentFaults(act, submission, dealer, assignment, version.row),
      ...timeFaults(submission, dealer.timeZone ?? market.timeZone, now),
      ...checkAnswers(version, submission.answers),
      ...(await evidenceFaults(act, submission)),
    ];
    if (faults.length > 0) {
      const repeated = await storedReceipt(act, id, submission, true);
      if (repeated) return repeated;
      throw answersRefused({ errors: faults.slice(0, 500) });
    }
    const score = storeScore(scoreAudit(version, submission.answers));
    const { answers, startedAt, finishedAt, checkIn, noInterestDeclaredAt } = submission;
    const { answersSha256, submissionSha256 } = hashesOf(submission);
    act.send(
      insertAudit(
        tx,
        {
          marketId: market.id,
          id,
          dealerId: dealer.id,
          auditorId: actor.personId,
          assignmentId: submission.assignmentId ?? null,
          document: version.row.number,
          type: submission.type,
          touchpoint: submission.touchpoint ?? version.checklist.touchpoint ?? null,
          visitDate: submission.visitDate,
          state: 'submitted',
          revision: 1,
          submissionSha256,
          answersSha256,
          meta: { startedAt, finishedAt, checkIn: checkIn ?? null, noInterestDeclaredAt },
          submittedAt: now,
          finalMicro: score.finalMicro,
          score,
        },
        answers,
      ),
    );
    return {
      id,
      revision: 1,
      answersSha256,
      receivedAt: now.toISOString(),
      state: 'submitted' as const,
      repeated: false,
    };
  },
  async recover(error, preparation, { market: _, id, ...submission }) {
    if (!(error instanceof AuditStored)) throw error;
    const receipt = await preparation.inMarket((act) => storedReceipt(act, id, submission, true));
    if (receipt) return receipt;
    throw answersRefused({
      errors: [
        {
          pointer: '/assignmentId',
          code: 'closed',
          detail: 'this assignment has its audit already',
        },
      ],
    });
  },
});

/** Hashes of the answers, and of the submission with the answers' hash in their place. */
function hashesOf({ answers, ...rest }: AuditSubmission) {
  const answersSha256 = canonicalSha256(answers);
  return { answersSha256, submissionSha256: canonicalSha256({ ...rest, answersSha256 }) };
}

const openStates = ['offered', 'accepted', 'started'];

/** The receipt given before, if this very content is stored. @throws audit-conflict for another one */
async function storedReceipt(
  act: Act,
  id: string,
  submission: AuditSubmission,
  mayBeAbsent: boolean,
) {
  const sentSha256 = hashesOf(submission).submissionSha256;
  const stored = await getAudit(act.tx, act.market.id, id, act.own).catch((error: unknown) => {
    if (mayBeAbsent) return undefined;
    throw error;
  });
  if (!stored) return undefined;
  if (stored.submissionSha256 !== sentSha256) {
    throw auditConflict({ auditId: id, storedSha256: stored.submissionSha256, sentSha256 });
  }
  return { ...toReceipt(stored), repeated: true };
}

function assignmentFaults(
  { grant, actor }: Act,
  submission: AuditSubmission,
  dealer: DealerRow,
  assignment: OfferedAssignment | undefined,
  version: {
    readonly kind: string;
    readonly sha256: string;
    readonly state: string;
    readonly retiredAt: Date | null;
  },
): Fault[] {
  const faults: Fault[] = [];
  const add = (pointer: string, code: string, detail: string) =>
    faults.push({ pointer, code, detail });
  const sent = submission.checklist.sha256;
  if (sent !== undefined && sent !== version.sha256) {
    add('/checklist/sha256', 'other-content', `this version has the SHA-256 ${version.sha256}`);
  }
  if (version.kind === 'survey') add('/checklist/id', 'kind', 'a survey is filled by customers');
  if (version.state === 'draft')
    add('/checklist/version', 'draft', 'this version is not published');
  if (submission.assignmentId === undefined) {
    if (grant.role === 'auditor')
      add('/assignmentId', 'missing', 'an auditor submits under an assignment');
    if (version.state === 'retired')
      add('/checklist/version', 'retired', 'this version is retired');
    return faults;
  }
  if (!assignment || (grant.role === 'auditor' && assignment.auditorId !== actor.personId)) {
    add('/assignmentId', 'unknown', 'there is no such assignment of yours');
    return faults;
  }
  if (assignment.checklistId !== submission.checklist.id) {
    add('/checklist/id', 'other-checklist', `the assignment asks for ${assignment.checklistId}`);
  }
  if (assignment.dealerId !== dealer.id)
    add('/dealer', 'other-dealer', 'the assignment names another dealer');
  if (!openStates.includes(assignment.state)) {
    add('/assignmentId', 'closed', `this assignment is ${assignment.state}`);
  }
  if (version.retiredAt && version.retiredAt < assignment.sentAt) {
    add('/checklist/version', 'retired', 'this version was retired before the assignment was sent');
  }
  return faults;
}

function timeFaults(submission: AuditSubmission, timeZone: string, now: Date): Fault[] {
  const faults: Fault[] = [];
  const add = (pointer: string, detail: string) => faults.push({ pointer, code: 'time', detail });
  const started = Date.parse(submission.startedAt);
  if (Date.parse(submission.finishedAt) < started)
    add('/finishedAt', 'finished before it was started');
  if (Date.parse(submission.noInterestDeclaredAt) > started) {
    add('/noInterestDeclaredAt', 'the declaration comes before the first answer');
  }
  // A day of grace, since a phone's clock may be wrong. Most visits lie well before today anywhere.
  const { visitDate } = submission;
  const isRecent = visitDate >= now.toISOString().slice(0, 10);
  if (isRecent && visitDate > addDays(civilDateOf(now, timeZone), 1)) {
    add('/visitDate', 'the visit lies in the future');
  }
  return faults;
}

async function evidenceFaults(
  { tx, market, actor }: Act,
  submission: AuditSubmission,
): Promise<Fault[]> {
  const named = Object.entries(submission.answers).flatMap(([id, answer]) => [
    ...(answer.evidence ?? []).map((hash) => [`/answers/${id}/evidence`, hash] as const),
    ...(Array.isArray(answer.value) ? answer.value : [])
      .filter((value) => /^[0-9a-f]{64}$/.test(value))
      .map((hash) => [`/answers/${id}/value`, hash] as const),
  ]);
  if (named.length === 0) return [];
  const owned = await ownedFiles(
    tx,
    market.id,
    actor.personId,
    named.map(([, hash]) => hash),
  );
  return named
    .filter(([, hash]) => !owned.has(hash))
    .map(([pointer, hash]) => ({
      pointer,
      code: 'evidence',
      detail: `the file ${hash.slice(0, 12)}… was not uploaded`,
    }));
}
