import { z } from 'zod';
import { type AuditState, answers, auditReceipt, auditStates } from '../../contracts/audits.ts';
import {
  answersRefused,
  notFound,
  secondPersonNeeded,
  stateConflict,
} from '../../contracts/problems.ts';
import { type AuditRecord, getAudit, moveAudit, showRevisions } from '../../db/audits.ts';
import { removeDraft } from '../../db/drafts.ts';
import { type Act, defineOperation } from '../operation.ts';
import { revise, revisionMakers } from './revise.ts';
import { toReceipt } from './shapes.ts';

/**
 * The steps of a review: taken up, approved or returned, released, withdrawn; and the auditor's
 * correction of a returned audit. Each moves the audit only from the states that allow it.
 */
const one = { market: z.string(), id: z.uuid() };
const reason = z.string().trim().min(1).max(4_000);
const shared = {
  output: auditReceipt,
  scope: 'market',
  writes: true,
  refuses: [notFound, stateConflict],
} as const;

export const takeAuditUp = defineOperation({
  ...shared,
  name: 'audits.take-up',
  summary: 'Start the review of a submitted audit',
  input: z.strictObject(one),
  logged: ['id'],
  act: (act, { id }) => move(act, id, ['submitted'], { state: 'under-review' }),
});

export const approveAudit = defineOperation({
  ...shared,
  name: 'audits.approve',
  summary: 'Approve an audit; it counts from here on',
  input: z.strictObject(one),
  logged: ['id'],
  refuses: [notFound, stateConflict, secondPersonNeeded],
  async act(act, { id }) {
    const audit = await getAudit(act.tx, act.market.id, id, act.own);
    const makers = await revisionMakers(act, id);
    if (audit.auditorId === act.actor.personId || makers.has(act.actor.personId)) {
      throw secondPersonNeeded({ what: 'audit' });
    }
    return move(act, id, ['submitted', 'under-review'], {
      state: 'approved',
      decidedBy: act.actor.personId,
    });
  },
});

export const returnAudit = defineOperation({
  ...shared,
  name: 'audits.return',
  summary: 'Send an audit back to its auditor with a remark per item',
  input: z.strictObject({ ...one, remarks: z.record(z.string(), reason) }),
  logged: ['id'],
  act: (act, { id, remarks }) =>
    move(act, id, ['submitted', 'under-review'], { state: 'returned', remarks }),
});

export const correctAudit = defineOperation({
  ...shared,
  name: 'audits.correct',
  summary: 'Answer a return with corrected answers; a new revision beside the old',
  input: z.strictObject({ ...one, answers, reason: reason.default('corrected after return') }),
  logged: ['id'],
  refuses: [notFound, stateConflict, answersRefused],
  async act(act, input) {
    const audit = await getAudit(act.tx, act.market.id, input.id, act.own);
    if (audit.auditorId !== act.actor.personId)
      throw notFound({ what: 'returned audit', id: input.id });
    act.send(removeDraft(act.tx, act.market.id, act.actor.personId, input.id));
    return revise(act, input.id, {
      answers: input.answers,
      reason: input.reason,
      from: ['returned'],
      change: { state: 'submitted' },
    });
  },
});

export const releaseAudit = defineOperation({
  ...shared,
  name: 'audits.release',
  summary: 'Release an approved audit to the dealer',
  input: z.strictObject(one),
  logged: ['id'],
  async act(act, { id }) {
    const receipt = await move(act, id, ['approved'], { state: 'released', releasedAt: act.now });
    await showRevisions(act.tx, act.market.id, id, receipt.revision);
    return receipt;
  },
});

export const withdrawAudit = defineOperation({
  ...shared,
  name: 'audits.withdraw',
  summary: 'Withdraw an audit with a reason: it stays on record and enters no later result',
  input: z.strictObject({ ...one, reason }),
  logged: ['id', 'reason'],
  async act(act, { id }) {
    const from = auditStates.filter((state) => state !== 'withdrawn');
    const receipt = await move(act, id, from, { state: 'withdrawn' });
    await showRevisions(act.tx, act.market.id, id, undefined);
    return receipt;
  },
});

export const amendAudit = defineOperation({
  ...shared,
  name: 'audits.amend',
  summary: 'Amend an audit: a new revision beside the old, with who, when and why',
  input: z.strictObject({ ...one, answers, reason }),
  logged: ['id', 'reason'],
  refuses: [notFound, stateConflict, answersRefused],
  act: (act, input) =>
    revise(act, input.id, {
      answers: input.answers,
      reason: input.reason,
      from: ['approved', 'released', 'confirmed', 'amended'],
      change: {},
    }),
});

async function move(
  act: Act,
  id: string,
  from: readonly AuditState[],
  change: Partial<AuditRecord>,
) {
  const moved = await moveAudit(act.tx, act.market.id, id, from, change, act.own);
  if (moved) return toReceipt(moved);
  const audit = await getAudit(act.tx, act.market.id, id, act.own);
  throw stateConflict({ what: 'audit', state: audit.state, allowed: [...from] });
}
