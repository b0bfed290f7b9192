import { z } from 'zod';
import { auditorReport } from '../../contracts/auditors.ts';
import { notFound } from '../../contracts/problems.ts';
import { agreementOf } from '../../core/auditors/double-visits.ts';
import { checklistReliability } from '../../core/auditors/reliability.ts';
import { addDays, parsePeriod } from '../../core/periods.ts';
import { listVersions } from '../../db/documents.ts';
import { listAnswers, listCountedAudits } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import { personCodes } from '../../db/people.ts';
import { assemblePackage } from '../awards/assemble.ts';
import { evidenceUntil } from '../awards/evidence.ts';
import { compiled, getProgramme } from '../directory.ts';
import { type Act, defineComputed } from '../operation.ts';

/**
 * Auditors of a market beside each other: how lenient, how steady, how far they agree, and what
 * correcting for it would do to the houses' ranks and to the award. It changes no stored figure.
 * @see methods.md, section 5
 */
export const reportAuditors = defineComputed({
  name: 'auditors.report',
  summary: 'Severity, drift and agreement of auditors, and the effect of correcting for it',
  input: z.strictObject({
    market: z.string(),
    programme: z.string().default('european-award'),
    version: z.string().optional(),
    withinDays: z.coerce.number().int().min(0).max(92).default(14),
  }),
  output: auditorReport,
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  async prepare(preparation, input) {
    const { programme, package: frozen } = await assemblePackage(preparation, input, {
      auditors: true,
    });
    const visits = await preparation.inMarket((act) => readVisits(act, input));
    const { compute } = preparation.context;
    // A version holds compiled conditions, which cannot travel to a thread.
    const plain = visits.map(({ version: _, answers: __, parts: ___, ...visit }) => visit);
    const severity = await compute.run('auditorSeverity', plain);
    const [raw, adjusted] = await Promise.all([
      compute.run('evaluateAward', frozen, 'never'),
      severity.components ? compute.run('evaluateAward', frozen, 'always') : null,
    ]);
    return {
      market: frozen.market,
      programme: programme.id,
      period: programme.period,
      ...severity,
      award: {
        raw: raw.first,
        adjusted: adjusted?.first ?? null,
      },
      agreement: agreementOf(visits, input.withinDays),
      checklists: checklistReliability(visits),
    };
  },
});

/** The visits that the programme counts, with who made them and what they answered. */
async function readVisits(act: Act, input: { programme: string; version?: string | undefined }) {
  const { tx, market } = act;
  const { programme } = await getProgramme(tx, input.programme, input.version);
  const period = parsePeriod(programme.period);
  const versions = (
    await Promise.all(programme.checklists.visits.map((id) => listVersions(tx, 'checklist', id)))
  ).flat();
  const rows = await listCountedAudits(tx, market.id, {
    documents: versions.map((version) => version.number),
    from: period.from,
    to: period.to,
    submittedUntil: evidenceUntil(programme, act.now, market.timeZone),
  });
  const counted = rows.filter((row) => row.auditorId !== null && row.score.status === 'ok');
  const dealers = new Map(
    (await listDealersAt(tx, market.id, addDays(period.to, -1))).map((d) => [d.id, d]),
  );
  const people = await personCodes(
    tx,
    counted.map((row) => row.auditorId!),
  );
  const answers = await listAnswers(
    tx,
    market.id,
    counted.map((row) => row.id),
  );
  const byNumber = new Map(versions.map((version) => [version.number, version]));
  return counted.map((row) => ({
    id: row.id,
    dealer: dealers.get(row.dealerId)?.code ?? String(row.dealerId),
    groups: {
      region: dealers.get(row.dealerId)?.region ?? null,
      owner: dealers.get(row.dealerId)?.groupCode ?? null,
    },
    auditor: people.get(row.auditorId!) ?? row.auditorId!,
    date: row.visitDate,
    kind: `${byNumber.get(row.document)!.id} ${row.type}`,
    score: (row.score.rawMicro ?? 0) / 1e6,
    parts: Object.fromEntries(
      Object.entries(row.score.parts).map(([part, micro]) => [
        part,
        micro === null ? null : micro / 1e6,
      ]),
    ),
    answers: answers.get(row.id) ?? {},
    version: compiled(act.context, byNumber.get(row.document)!),
  }));
}
