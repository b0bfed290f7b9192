import { z } from 'zod';
import { awardResult, decision, type decisionState } from '../../contracts/awards.ts';
import { civilDate } from '../../contracts/primitives.ts';
import {
  inputRefused,
  notFound,
  secondPersonNeeded,
  stateConflict,
} from '../../contracts/problems.ts';
import { programme as programmeShape } from '../../contracts/programmes.ts';
import { canonicalResult, parseResult } from '../../core/awards/award.ts';
import { canonicalJson, sha256Hex } from '../../core/canonical.ts';
import { civilDateOf } from '../../core/periods.ts';
import { textOfStatement } from '../../core/trust/statements.ts';
import {
  appendStep,
  type DecisionRow,
  getDecisionRow,
  insertDecision,
  listDecisionRows,
  listSteps,
  moveDecisionRow,
} from '../../db/decisions.ts';
import { getDocumentByNumber } from '../../db/documents.ts';
import { findHead } from '../../db/events.ts';
import { type Act, defineOperation } from '../operation.ts';
import { type Assembled, assemblePackage } from './assemble.ts';
import { issueCertificates, voidCertificates } from './certificates.ts';
import { computeFrozen } from './compute.ts';
import { describe } from './describe.ts';

const one = { market: z.string(), id: z.uuid() };
const reason = z.string().trim().min(1).max(4_000);
const shared = {
  output: decision,
  scope: 'market',
  writes: true,
} as const;

/** Freezes the evidence of a market's award: from here on nothing that comes in changes it. */
export const freezeDecision = defineOperation({
  ...shared,
  name: 'decisions.freeze',
  summary: "Freeze the evidence of a market's award",
  input: z.strictObject({
    ...one,
    programme: z.string().default('european-award'),
    version: z.string().optional(),
    excluded: z
      .array(z.strictObject({ dealer: z.string(), reason }))
      .max(100)
      .default([]),
  }),
  logged: ['id', 'programme', 'version'],
  refuses: [notFound, stateConflict, inputRefused],
  async prepare(preparation, input) {
    const assembled = await assemblePackage(preparation, input, { samples: true });
    const known = new Set(
      assembled.package.dealers.flatMap(({ dealer, house }) => [dealer, house ?? dealer]),
    );
    const unknown = input.excluded.filter((each) => !known.has(each.dealer));
    if (unknown.length > 0) {
      throw inputRefused({
        errors: unknown.map(({ dealer }) => ({
          pointer: '/excluded',
          code: 'unknown',
          detail: `there is no dealer "${dealer}"`,
        })),
      });
    }
    const result = await computeFrozen(preparation.context.compute, assembled.package);
    return { ...assembled, result: canonicalResult(result) };
  },
  async act(act, { id }, prepared) {
    const assembled = prepared as Assembled & { result: ReturnType<typeof canonicalResult> };
    const { tx, market, now } = act;
    const others = await listDecisionRows(tx, market.id);
    const open = others.find(
      (row) =>
        row.programme === assembled.row.id &&
        row.period === assembled.programme.period &&
        row.state !== 'withdrawn',
    );
    if (open) {
      throw stateConflict(
        { what: `decision ${open.id}`, state: open.state, allowed: ['withdrawn'] },
        'this market has a decision under this programme already',
      );
    }
    const text = canonicalJson(assembled.package);
    await insertDecision(tx, {
      marketId: market.id,
      id,
      document: assembled.row.number,
      programme: assembled.row.id,
      period: assembled.programme.period,
      state: 'frozen',
      package: text,
      packageSha256: sha256Hex(text),
      result: assembled.result.text,
      resultSha256: assembled.result.sha256,
      frozenAt: now,
    });
    const row = await getDecisionRow(tx, market.id, id);
    await step(act, row, 'frozen', [], null);
    return describe(act, row);
  },
});

/**
 * Proposes a winner, or none. Naming one of several at rank 1, another than rank 1, or nobody where
 * somebody is first, needs a written reason; several only where the programme shares its award.
 */
export const proposeDecision = defineOperation({
  ...shared,
  name: 'decisions.propose',
  summary: 'Propose the winner of a frozen award, or no award',
  input: z.strictObject({
    ...one,
    winners: z.array(z.string()).max(100),
    reason: reason.optional(),
    embargoUntil: civilDate.optional(),
  }),
  logged: ['id', 'winners'],
  refuses: [notFound, stateConflict, inputRefused],
  async act(act, input) {
    const row = await getDecisionRow(act.tx, act.market.id, input.id);
    const faults = proposalFaults(row, input.winners, input.reason);
    if (faults.length > 0) throw inputRefused({ errors: faults });
    return move(act, input.id, 'proposed', ['frozen', 'proposed'], {
      winners: input.winners,
      reason: input.reason ?? null,
      embargoUntil: input.embargoUntil ?? null,
    });
  },
});

/** Confirms a proposal; takes another person than the one who made it. */
export const confirmDecision = defineOperation({
  ...shared,
  name: 'decisions.confirm',
  summary: 'Confirm a proposed award; takes a second person',
  input: z.strictObject(one),
  logged: ['id'],
  refuses: [notFound, stateConflict, secondPersonNeeded],
  async act(act, { id }) {
    const steps = await listSteps(act.tx, act.market.id, id);
    const proposer = steps.findLast((each) => each.step === 'proposed');
    if (proposer?.by === act.actor.personId) throw secondPersonNeeded({ what: 'decision' });
    return move(act, id, 'confirmed', ['proposed'], {});
  },
});

/** Publishes a confirmed award, not before its embargo date. */
export const publishDecision = defineOperation({
  ...shared,
  name: 'decisions.publish',
  summary: 'Publish a confirmed award, not before the embargo date',
  input: z.strictObject(one),
  logged: ['id'],
  refuses: [notFound, stateConflict],
  async act(act, { id }) {
    const row = await getDecisionRow(act.tx, act.market.id, id);
    const today = civilDateOf(act.now, act.market.timeZone);
    if (row.embargoUntil !== null && today < row.embargoUntil) {
      throw stateConflict(
        { what: 'embargo', state: `until ${row.embargoUntil}`, allowed: [] },
        `this award is under embargo until ${row.embargoUntil}`,
      );
    }
    return move(act, id, 'published', ['confirmed'], {});
  },
});

/** Withdraws a decision with a reason; it stays on record. */
export const withdrawDecision = defineOperation({
  ...shared,
  name: 'decisions.withdraw',
  summary: 'Withdraw a decision with a reason',
  input: z.strictObject({ ...one, reason }),
  logged: ['id', 'reason'],
  refuses: [notFound, stateConflict],
  act: (act, input) =>
    move(
      act,
      input.id,
      'withdrawn',
      ['frozen', 'proposed', 'confirmed', 'published'],
      {},
      input.reason,
    ),
});

function proposalFaults(row: DecisionRow, winners: readonly string[], why: string | undefined) {
  const result = awardResult.parse(parseResult(row.result));
  const { sharedAward, awards } = programmeShape.parse(JSON.parse(row.package).programme);
  const faults: { pointer: string; code: string; detail: string }[] = [];
  const add = (code: string, detail: string) => faults.push({ pointer: '/winners', code, detail });
  const ranked = new Set(
    result.dealers.flatMap((dealer) => (dealer.ranking ? [dealer.dealer] : [])),
  );
  for (const winner of winners) {
    if (!ranked.has(winner)) add('not-ranked', `${winner} is not ranked under this programme`);
  }
  if (
    winners.length > awards &&
    !(sharedAward && winners.every((winner) => result.first.includes(winner)))
  ) {
    add('too-many', `this programme names at most ${awards}`);
  }
  const rankOf = new Map(
    result.dealers.map((dealer) => [dealer.dealer, dealer.ranking?.rank ?? Infinity]),
  );
  const worstNamed = Math.max(0, ...winners.map((winner) => rankOf.get(winner) ?? Infinity));
  // Somebody unnamed who ranks before or beside the last one named.
  const passedOver = [...rankOf].some(
    ([dealer, rank]) => rank <= worstNamed && !winners.includes(dealer),
  );
  const departs = winners.length === 0 ? result.first.length > 0 : passedOver;
  if (departs && why === undefined) {
    faults.push({
      pointer: '/reason',
      code: 'missing',
      detail:
        'this departs from the ranking, or chooses among equals: the committee gives its reason',
    });
  }
  return faults;
}

async function move(
  act: Act,
  id: string,
  state: z.infer<typeof decisionState>,
  from: readonly string[],
  change: Partial<DecisionRow>,
  why: string | null = null,
) {
  const moved = await moveDecisionRow(act.tx, act.market.id, id, from, { ...change, state });
  if (!moved) {
    const row = await getDecisionRow(act.tx, act.market.id, id);
    throw stateConflict({ what: 'decision', state: row.state, allowed: [...from] });
  }
  const signed = await step(act, moved, state, moved.winners, why ?? moved.reason);
  if (state === 'published') await issueCertificates(act, moved, signed);
  if (state === 'withdrawn') await voidCertificates(act, id);
  return describe(act, moved);
}

/** Notes a step and signs it, with what it decides on, the step before and the head of the log. */
async function step(
  { tx, market, actor, now, context }: Act,
  row: DecisionRow,
  name: string,
  winners: string[],
  reason: string | null,
) {
  const before = (await listSteps(tx, market.id, row.id)).at(-1);
  const number = (before?.number ?? 0) + 1;
  const signed = context.keys.sign(
    textOfStatement({
      market: market.code,
      decision: row.id,
      programme: row.programme,
      version: (await getDocumentByNumber(tx, row.document)).version,
      period: row.period,
      packageSha256: row.packageSha256,
      resultSha256: row.resultSha256,
      number,
      step: name,
      by: actor.personId,
      at: now.toISOString(),
      winners,
      reason,
      previous: before?.statement ? sha256Hex(before.statement) : null,
      log: (await findHead(tx, market.id)) ?? null,
    }),
  );
  await appendStep(tx, {
    marketId: market.id,
    decisionId: row.id,
    number,
    step: name,
    by: actor.personId,
    at: now,
    winners,
    reason,
    ...signed,
  });
  return signed;
}
