import { z } from 'zod';
import { answer, appeal, appealRow, auditScore } from '../../contracts/audits.ts';
import { type AwardPackage, awardEffect } from '../../contracts/awards.ts';
import { itemId, sha256 } from '../../contracts/primitives.ts';
import {
  answersRefused,
  inputRefused,
  notFound,
  secondPersonNeeded,
  stateConflict,
} from '../../contracts/problems.ts';
import { checkAnswers } from '../../core/audits/answers.ts';
import { scoreAudit, storeScore } from '../../core/audits/scoring.ts';
import { amendPackage, effectOn } from '../../core/awards/amendment.ts';
import { addDays, civilDateOf } from '../../core/periods.ts';
import {
  type AppealRecord,
  decideAppealRow,
  getAppeal,
  insertAppeal,
  listAppeals,
} from '../../db/appeals.ts';
import { type AuditRecord, getAudit, listRevisions, moveAudit } from '../../db/audits.ts';
import { dealerCodes, getDealerById } from '../../db/network.ts';
import { assemblePackage } from '../awards/assemble.ts';
import { compiledByNumber } from '../directory.ts';
import { type Act, defineComputed, defineOperation } from '../operation.ts';
import { revise, revisionMakers } from './revise.ts';
import { answersFor } from './shapes.ts';

const statement = z.string().trim().min(1).max(4_000);

/** A dealer appeals single items of a released audit, inside the market's window. */
export const fileAppeal = defineOperation({
  name: 'appeals.file',
  summary: 'Appeal single items of a released audit',
  input: z.strictObject({
    market: z.string(),
    id: z.uuid().describe("The appeal's id, made by the sender."),
    auditId: z.uuid(),
    items: z
      .array(z.strictObject({ itemId, statement, evidence: z.array(sha256).max(20).default([]) }))
      .min(1)
      .max(200),
  }),
  output: appeal,
  scope: 'market',
  writes: true,
  logged: ['id', 'auditId'],
  refuses: [notFound, stateConflict, inputRefused],
  async act(act, { id, auditId, items }) {
    const { tx, market, actor, now } = act;
    const audit = await getAudit(tx, market.id, auditId, act.own);
    const dealer = await getDealerById(tx, market.id, audit.dealerId);
    const lastDay = lastDayOfAppeal(act, audit, dealer);
    if (civilDateOf(now, dealer.timeZone ?? market.timeZone) > lastDay) {
      throw stateConflict({ what: 'appeal window', state: `closed after ${lastDay}`, allowed: [] });
    }
    const { items: known } = await compiledByNumber(act.context, tx, audit.document);
    const unknown = items.filter((item) => !known.has(item.itemId));
    if (unknown.length > 0) {
      throw inputRefused({
        errors: unknown.map((item) => ({
          pointer: '/items',
          code: 'unknown',
          detail: `this checklist version has no item ${item.itemId}`,
        })),
      });
    }
    const moved = await moveAudit(
      tx,
      market.id,
      auditId,
      ['released'],
      { state: 'appealed' },
      act.own,
    );
    if (!moved) throw stateConflict({ what: 'audit', state: audit.state, allowed: ['released'] });
    const record = {
      marketId: market.id,
      id,
      auditId,
      dealerId: audit.dealerId,
      state: 'open',
      items,
      filedBy: actor.personId,
      filedAt: now,
    };
    await insertAppeal(tx, record);
    return describe(act, { ...record, reason: null, decidedBy: null, decidedAt: null }, moved);
  },
});

/** The last day on which an audit can be appealed, by the clock of its house. */
export function lastDayOfAppeal(
  { market, now }: Act,
  { releasedAt }: Pick<AuditRecord, 'releasedAt'>,
  { timeZone }: { readonly timeZone: string | null },
): string {
  return addDays(civilDateOf(releasedAt ?? now, timeZone ?? market.timeZone), market.appealDays);
}

export const listAppealRows = defineOperation({
  name: 'appeals.list',
  summary: 'Appeals that the reader may see, the newest first',
  input: z.strictObject({
    market: z.string(),
    state: appeal.shape.state.optional(),
    auditId: z.uuid().optional(),
  }),
  output: z.strictObject({ items: z.array(appealRow) }),
  scope: 'market',
  writes: false,
  async act({ tx, market, own }, { state, auditId }) {
    const rows = await listAppeals(tx, market.id, { state, auditId }, own);
    const codes = await dealerCodes(
      tx,
      market.id,
      rows.map(({ dealerId }) => dealerId),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        auditId: row.auditId,
        dealer: codes.get(row.dealerId)!,
        state: row.state as 'open' | 'confirmed' | 'amended',
        filedAt: row.filedAt.toISOString(),
        decidedAt: row.decidedAt?.toISOString() ?? null,
        items: row.items.length,
      })),
    };
  },
});

export const getAppealById = defineOperation({
  name: 'appeals.get',
  summary: 'One appeal with original and appealed values side by side',
  input: z.strictObject({ market: z.string(), id: z.uuid() }),
  output: appeal,
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act(act, { id }) {
    const record = await getAppeal(act.tx, act.market.id, id, act.own);
    return describe(act, record, await getAudit(act.tx, act.market.id, record.auditId, act.own));
  },
});

const proposal = {
  market: z.string(),
  id: z.uuid(),
  answers: z
    .record(itemId, answer)
    .describe('New answers of the appealed items; empty = confirmed.'),
};

/** What deciding an appeal in a certain way would do: to the score, and to the house; changes nothing. */
export const previewAppeal = defineComputed({
  name: 'appeals.preview',
  summary: 'The effect of a decision on score, index, gates and rank, before it is taken',
  input: z.strictObject({ ...proposal, programme: z.string().default('european-award') }),
  output: z.strictObject({
    before: auditScore,
    after: auditScore,
    award: awardEffect.nullable().describe('null where the programme does not rest on this audit.'),
  }),
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async prepare(preparation, { id, answers, programme }) {
    const { audit, dealer, after } = await preparation.inMarket(async (act) => {
      const record = await getAppeal(act.tx, act.market.id, id, act.own);
      const found = await getAudit(act.tx, act.market.id, record.auditId, act.own);
      const version = await compiledByNumber(act.context, act.tx, found.document);
      const proposed = { ...(await presentAnswers(act, found)), ...answers };
      const faults = checkAnswers(version, proposed);
      if (faults.length > 0) throw answersRefused({ errors: faults.slice(0, 500) });
      return {
        audit: found,
        dealer: (await getDealerById(act.tx, act.market.id, record.dealerId)).code,
        after: storeScore(scoreAudit(version, proposed)),
      };
    });
    const { package: frozen } = await assemblePackage(preparation, { programme });
    const amended = amendPackage(frozen, audit.id, after);
    const evaluate = async (of: AwardPackage) => ({
      frozen: of,
      result: await preparation.context.compute.run('evaluateAward', of),
    });
    return {
      before: audit.score,
      after,
      award: amended && effectOn(dealer, await evaluate(frozen), await evaluate(amended)),
    };
  },
});

/** Decides an appeal; takes another person than the one who approved the audit. */
export const decideAppeal = defineOperation({
  name: 'appeals.decide',
  summary: 'Confirm the audit, or amend the appealed items',
  input: z.strictObject({ ...proposal, reason: statement }),
  output: appeal,
  scope: 'market',
  writes: true,
  logged: ['id', 'reason'],
  refuses: [notFound, stateConflict, secondPersonNeeded, inputRefused, answersRefused],
  async act(act, { id, answers, reason }) {
    const { tx, market, actor, now } = act;
    const record = await getAppeal(tx, market.id, id, act.own);
    const audit = await getAudit(tx, market.id, record.auditId, act.own);
    const makers = await revisionMakers(act, audit.id);
    if (audit.decidedBy === actor.personId || makers.has(actor.personId)) {
      throw secondPersonNeeded({ what: 'appeal' });
    }
    const appealed = new Set(record.items.map((item) => item.itemId));
    const others = Object.keys(answers).filter((item) => !appealed.has(item));
    if (others.length > 0) {
      throw inputRefused({
        errors: others.map((item) => ({
          pointer: `/answers/${item}`,
          code: 'not-appealed',
          detail: 'this item was not appealed',
        })),
      });
    }
    const state = Object.keys(answers).length > 0 ? 'amended' : 'confirmed';
    const decided = await decideAppealRow(tx, market.id, id, {
      state,
      reason,
      decidedBy: actor.personId,
      decidedAt: now,
    });
    if (!decided) throw stateConflict({ what: 'appeal', state: record.state, allowed: ['open'] });
    if (state === 'amended') {
      await revise(act, audit.id, {
        answers: { ...(await presentAnswers(act, audit)), ...answers },
        reason: `appeal ${id}: ${reason}`,
        from: ['appealed'],
        change: { state },
      });
    } else {
      const kept = await moveAudit(tx, market.id, audit.id, ['appealed'], { state }, act.own);
      if (!kept) throw stateConflict({ what: 'audit', state: audit.state, allowed: ['appealed'] });
    }
    return describe(act, decided, await getAudit(tx, market.id, audit.id, act.own));
  },
});

async function presentAnswers(act: Act, audit: AuditRecord) {
  const revisions = await listRevisions(act.tx, act.market.id, audit.id, act.own);
  return revisions.find((revision) => revision.revision === audit.revision)?.answers ?? {};
}

async function describe(act: Act, record: AppealRecord, audit: AuditRecord) {
  const revisions = await listRevisions(act.tx, act.market.id, audit.id, act.own);
  // As it was released and appealed, whatever a correction before had changed.
  const original = revisions.findLast(
    (revision) => !revision.reason.startsWith(`appeal ${record.id}`),
  );
  const version = await compiledByNumber(act.context, act.tx, audit.document);
  const before = answersFor(act.own, version, original?.answers ?? {});
  const present = answersFor(act.own, version, revisions.at(-1)?.answers ?? {});
  const dealer = await getDealerById(act.tx, act.market.id, record.dealerId);
  return {
    id: record.id,
    auditId: record.auditId,
    dealer: dealer.code,
    state: record.state as 'open' | 'confirmed' | 'amended',
    filedAt: record.filedAt.toISOString(),
    items: record.items.map((item) => ({
      ...item,
      original: before[item.itemId] ?? null,
      appealed: record.state === 'amended' ? (present[item.itemId] ?? null) : null,
    })),
    reason: record.reason,
    decidedAt: record.decidedAt?.toISOString() ?? null,
  };
}
