import { z } from 'zod';
import {
  type Answers,
  type Audit,
  audit,
  auditRow,
  auditState,
  countedStates,
  type Visit,
} from '../../contracts/audits.ts';
import { civilDate } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import type { CompiledChecklist } from '../../core/audits/answers.ts';
import { pointsLost } from '../../core/audits/points-lost.ts';
import { reviewSigns } from '../../core/audits/review-signs.ts';
import { toMicro } from '../../core/audits/scoring.ts';
import { civilDateOf, monthOf } from '../../core/periods.ts';
import { type AuditRecord, getAudit, listAudits, listRevisions } from '../../db/audits.ts';
import { dealerCodes, getDealer, getDealerById } from '../../db/network.ts';
import { personCodes } from '../../db/people.ts';
import { compiledByNumber } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';
import { lastDayOfAppeal } from './appeal.ts';
import { answersFor, toAuditRow } from './shapes.ts';

export const getAuditById = defineOperation({
  name: 'audits.get',
  summary: 'One audit with its present answers',
  input: z.strictObject({ market: z.string(), id: z.uuid() }),
  output: audit,
  scope: 'market',
  writes: false,
  refuses: [notFound],
  act: async (act, { id }) => (await readAudit(act, id)).audit,
});

/** An audit as its reader may see it, with its house and its checklist version. */
export async function readAudit(act: Act, id: string) {
  const record = await getAudit(act.tx, act.market.id, id, act.own);
  const [row] = await describe(act, [record]);
  const revisions = await listRevisions(act.tx, act.market.id, id, act.own);
  const present = revisions.find((revision) => revision.revision === record.revision);
  const version = await compiledByNumber(act.context, act.tx, record.document);
  const given = present?.answers ?? {};
  const answers = answersFor(act.own, version, given);
  const dealer = await getDealerById(act.tx, act.market.id, record.dealerId);
  const timeZone = dealer.timeZone ?? act.market.timeZone;
  const lastDay = lastDayOfAppeal(act, record, dealer);
  const canAppeal = record.state === 'released' && civilDateOf(act.now, timeZone) <= lastDay;
  const lostMicro = act.own.auditorId === undefined ? lossesOf(version, given) : {};
  const shared = { ...row!, answers, lostMicro, appealUntil: canAppeal ? lastDay : null };
  const found = (told: Pick<Audit, 'remarks' | 'visit' | 'signs'>) => ({
    audit: { ...shared, ...told },
    dealer,
    timeZone,
    checklist: version.checklist,
  });
  // Remarks and times would tell a dealer who came, and when.
  if (act.own.dealerId !== undefined) return found({ remarks: {}, visit: null, signs: [] });
  const visit = visitOf(record.meta);
  const { remarks } = record;
  if (act.own.auditorId !== undefined) return found({ remarks, visit, signs: [] });
  const others = await otherScores(act, record);
  const answered = Object.keys(answers).length;
  const signs = reviewSigns({ ...record, visit, timeZone, answered, others });
  return found({ remarks, visit, signs });
}

export const listAuditPage = defineOperation({
  name: 'audits.list',
  summary: 'A page of audits, oldest first',
  input: z.strictObject({
    market: z.string(),
    state: auditState.optional(),
    dealer: z.string().optional(),
    from: civilDate.optional(),
    to: civilDate.optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.strictObject({ items: z.array(auditRow), next: z.uuid().nullable() }),
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act(act, { state, dealer, from, to, cursor, limit }) {
    const { tx, market } = act;
    const dealerId =
      dealer === undefined ? undefined : (await getDealer(tx, market.id, dealer, act.own)).id;
    const found = await listAudits(tx, market.id, {
      states: state && [state],
      dealerId,
      // A dealer does not learn the day of a visit, not by asking for it either.
      from: act.own.dealerId === undefined ? from : from && monthOf(from),
      to: act.own.dealerId === undefined ? to : to && monthOf(to),
      after: cursor,
      limit: limit + 1,
      own: act.own,
    });
    const page = found.slice(0, limit);
    return {
      items: await describe(act, page),
      next: found.length > limit ? page.at(-1)!.id : null,
    };
  },
});

const lossesOf = (version: CompiledChecklist, answers: Answers) =>
  Object.fromEntries([...pointsLost(version, answers)].map(([id, lost]) => [id, toMicro(lost)]));

/** The times that came with an audit; what was imported may have none. */
function visitOf(meta: Readonly<Record<string, unknown>>): Visit {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const checkIn = meta['checkIn'] as { readonly at?: unknown } | null | undefined;
  return {
    startedAt: text(meta['startedAt']),
    finishedAt: text(meta['finishedAt']),
    checkInAt: text(checkIn?.at),
    noInterestDeclaredAt: text(meta['noInterestDeclaredAt']),
  };
}

/** Scores of the house's other counted audits by the same version: what is usual there. */
async function otherScores({ tx, market, own }: Act, { id, dealerId, document }: AuditRecord) {
  const found = await listAudits(tx, market.id, {
    states: countedStates,
    dealerId,
    limit: 500,
    own,
  });
  return found
    .filter((other) => other.id !== id && other.document === document)
    .flatMap(({ finalMicro }) => (finalMicro === null ? [] : [finalMicro]));
}

async function describe(act: Act, records: readonly AuditRecord[]) {
  const people = await personCodes(
    act.tx,
    records.flatMap((record) => (record.auditorId ? [record.auditorId] : [])),
  );
  const dealers = await dealerCodes(
    act.tx,
    act.market.id,
    records.map(({ dealerId }) => dealerId),
  );
  const rows = [];
  for (const record of records) {
    const { row } = await compiledByNumber(act.context, act.tx, record.document);
    const code = dealers.get(record.dealerId)!;
    rows.push(toAuditRow(act, record, code, row, people.get(record.auditorId ?? '') ?? null));
  }
  return rows;
}
