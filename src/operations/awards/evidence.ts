import type { DealerEvidence, SurveySample } from '../../contracts/awards.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { epsilon } from '../../core/audits/scoring.ts';
import { clockState } from '../../core/care/complaint-clock.ts';
import { addMoments, type Moments, noMoments } from '../../core/indices/cells.ts';
import {
  addDays,
  civilDateOf,
  isInside,
  type Period,
  parsePeriod,
  startOfDay,
} from '../../core/periods.ts';
import { listVersions } from '../../db/documents.ts';
import {
  type FigureRow,
  listComplaints,
  listCountedAudits,
  listFigures,
} from '../../db/evidence.ts';
import { type DealerAt, listDealersAt, listStaff } from '../../db/network.ts';
import { personCodes } from '../../db/people.ts';
import { compiled } from '../directory.ts';
import { readSurveyCells } from '../indices/survey-cells.ts';
import type { Act } from '../operation.ts';

/** The last instant whose data count: the cut-off by the market's clock, or now if that lies before. */
export function evidenceUntil(programme: Programme, now: Date, timeZone: string): Date {
  const { to } = parsePeriod(programme.period);
  const cutOff = startOfDay(addDays(to, programme.cutOffDays), timeZone);
  return now < cutOff ? now : cutOff;
}

/** What else is gathered beside what every award needs. */
export interface EvidenceDetail {
  /** The answers behind the moments, for resampling. */
  readonly samples?: boolean;
  /** Who made each audit, under a name for this package only. */
  readonly auditors?: boolean;
}

/** Everything that a programme looks at, for every open dealer of the market, in the order of codes. */
export async function gatherEvidence(
  act: Act,
  programme: Programme,
  detail: EvidenceDetail = {},
): Promise<{ readonly evidence: DealerEvidence[]; readonly dealers: DealerAt[] }> {
  const { tx, market } = act;
  const period = parsePeriod(programme.period);
  const until = evidenceUntil(programme, act.now, market.timeZone);
  const dealers = (await listDealersAt(tx, market.id, addDays(period.to, -1))).filter(
    (dealer) =>
      (dealer.closedOn === null || dealer.closedOn > period.from) &&
      (dealer.openedOn === null || dealer.openedOn < period.to),
  );
  const visits = await countedAudits(act, programme.checklists.visits, period, until);
  const assessments = await countedAudits(
    act,
    programme.checklists.brandStandards ? [programme.checklists.brandStandards] : [],
    period,
    until,
  );
  const dated = { period, until };
  const afterSales = await surveyMoments(act, programme, 'afterSales', dated);
  const sales = await surveyMoments(act, programme, 'sales', dated);
  const samples = detail.samples ? await surveySamples(act, programme, dated) : undefined;
  const names =
    detail.auditors || programme.severityCorrection
      ? await auditorNames(
          act,
          visits.map(({ row }) => row.auditorId),
        )
      : undefined;
  const figures = await listFigures(tx, market.id, period.from, period.to, until);
  const complaints = await complaintCounts(act, programme, period, until, dealers);

  const houses = dealers.map((dealer): DealerEvidence => {
    const own = figures.filter((figure) => figure.dealerId === dealer.id);
    const assessment = assessments
      .filter(({ row }) => row.dealerId === dealer.id && row.score.status === 'ok')
      .at(-1);
    const integrity = own.filter((figure) => figure.measure === 'integrity-cases');
    return {
      dealer: dealer.code,
      audits: visits
        .filter(({ row }) => row.dealerId === dealer.id && row.score.status === 'ok')
        .map(({ row, version }) => ({
          id: row.id,
          revision: row.revision,
          date: row.visitDate,
          type: row.type as 'mystery' | 'announced',
          finalMicro: row.score.finalMicro ?? 0,
          coverage: row.score.coverage,
          knockedOut: row.score.finalMicro === 0 && (row.score.rawMicro ?? 0) > 0,
          ...(names
            ? {
                auditor: names.get(row.auditorId ?? ''),
                kind: `${version.checklist.id} ${row.type}`,
                rawMicro: row.score.rawMicro ?? 0,
              }
            : {}),
        })),
      ...(samples ? { samples: samples(dealer.id) } : {}),
      afterSales: store(afterSales.get(dealer.id)),
      sales: store(sales.get(dealer.id)),
      complaints: complaints.get(dealer.id) ?? { met: 0, breached: 0, pending: 0 },
      figures: combineFigures(own),
      brandStandards: assessment
        ? {
            auditId: assessment.row.id,
            revision: assessment.row.revision,
            below: areasBelow(assessment),
          }
        : null,
      fiveStar: dealer.fiveStar,
      integrityCases: integrity.reduce((sum, figure) => sum + Number(figure.value), 0),
    };
  });
  const evidence =
    programme.unit === 'service-advisor'
      ? await advisorsOf(act, programme, { ...dated, dealers, houses, samples })
      : houses;
  return { evidence, dealers };
}

/** One unit a service advisor: their own customers' answers, and all else of their house. */
async function advisorsOf(
  act: Act,
  programme: Programme,
  of: {
    readonly period: Period;
    readonly until: Date;
    readonly dealers: readonly DealerAt[];
    readonly houses: readonly DealerEvidence[];
    readonly samples: Samples | undefined;
  },
): Promise<DealerEvidence[]> {
  const moments = await surveyMoments(act, programme, 'afterSales', of, 'staff');
  const staff = await listStaff(act.tx, act.market.id);
  return of.dealers.flatMap((dealer, index) =>
    staff
      .filter((member) => member.dealerId === dealer.id && member.role === 'service-advisor')
      .map((member) => ({
        ...of.houses[index]!,
        dealer: `${dealer.code}/${member.code}`,
        house: dealer.code,
        afterSales: store(moments.get(member.id)),
        ...(of.samples ? { samples: of.samples(dealer.id, member.id) } : {}),
      })),
  );
}

async function countedAudits(act: Act, checklists: readonly string[], period: Period, until: Date) {
  const versions = (
    await Promise.all(checklists.map((id) => listVersions(act.tx, 'checklist', id)))
  ).flat();
  const rows = await listCountedAudits(act.tx, act.market.id, {
    documents: versions.map((version) => version.number),
    from: period.from,
    to: period.to,
    submittedUntil: until,
  });
  const byNumber = new Map(versions.map((version) => [version.number, version]));
  return rows.map((row) => ({ row, version: compiled(act.context, byNumber.get(row.document)!) }));
}

function areasBelow({ row, version }: Awaited<ReturnType<typeof countedAudits>>[number]): string[] {
  return version.checklist.sections
    .filter((section) => {
      const percent = row.score.parts[section.id];
      if (section.weight === 0) return false;
      const mark = section.passMark ?? version.checklist.scoring.passMark;
      return percent === null || percent === undefined || percent / 1e6 < mark - epsilon;
    })
    .map((section) => section.id);
}

/** The programme's own weights of the after-sales factors in a market; `undefined` = the questionnaire's. */
export function factorWeightsIn(programme: Programme, market: string) {
  const weights = programme.factorWeights;
  return weights && (weights.markets[market] ?? weights.default);
}

/** Moments of the questionnaire's index by dealer id, or at the level of staff by staff id. */
async function surveyMoments(
  act: Act,
  programme: Programme,
  which: Survey,
  dated: Dated,
  level: 'whole' | 'staff' = 'whole',
): Promise<Map<number, Moments>> {
  const query = surveyQuery(act, programme, which, dated);
  if (!query) return new Map();
  const cells = await readSurveyCells(act, { ...query, level });
  const byUnit = new Map<number, Moments>();
  for (const { dealerId, staffId, cell } of cells) {
    const unit = level === 'staff' ? staffId : dealerId;
    byUnit.set(unit, addMoments(byUnit.get(unit) ?? noMoments, cell.index));
  }
  return byUnit;
}

type Survey = 'afterSales' | 'sales';
interface Dated {
  readonly period: Period;
  readonly until: Date;
}

function surveyQuery(act: Act, programme: Programme, which: Survey, { period, until }: Dated) {
  const checklist = programme.checklists[which];
  if (checklist === undefined) return undefined;
  const weights = which === 'afterSales' ? factorWeightsIn(programme, act.market.code) : undefined;
  return { checklist, period, receivedUntil: until, factorWeights: weights };
}

/** The sample of a house, or of one of its advisors. */
type Samples = (dealerId: number, staffId?: number) => NonNullable<DealerEvidence['samples']>;

/** The answers themselves, each as its index in millionths, by house and advisor. */
async function surveySamples(act: Act, programme: Programme, dated: Dated): Promise<Samples> {
  const read = async (which: Survey) => {
    const values = new Map<string, number[]>();
    const query = surveyQuery(act, programme, which, dated);
    if (!query) return values;
    await readSurveyCells(act, {
      ...query,
      level: 'whole',
      collect(dealerId, { staffId, indexMicro }) {
        if (indexMicro === null) return;
        const key = `${dealerId}/${staffId}`;
        const own = values.get(key) ?? [];
        values.set(key, own);
        own.push(indexMicro);
      },
    });
    for (const own of values.values()) own.sort((a, b) => a - b);
    return values;
  };
  const byHouse = (values: ReadonlyMap<string, number[]>) =>
    Map.groupBy(values, ([key]) => Number(key.split('/')[0]));
  const found = {
    afterSales: byHouse(await read('afterSales')),
    sales: byHouse(await read('sales')),
  };
  const codes = new Map((await listStaff(act.tx, act.market.id)).map((s) => [s.id, s.code]));
  return (dealerId, staffId) => {
    const sample = (which: Survey): SurveySample => {
      const own = found[which].get(dealerId) ?? [];
      const id = (key: string) => Number(key.split('/')[1]);
      if (staffId !== undefined && which === 'afterSales') {
        // An advisor is ranked: each customer stands alone.
        const others = own.flatMap(([key, values]) => (id(key) === staffId ? values : []));
        return { byAdvisor: [], others };
      }
      const named = own.filter(([key]) => id(key) !== 0);
      named.sort(([a], [b]) => compareText(codes.get(id(a)) ?? '', codes.get(id(b)) ?? ''));
      return {
        byAdvisor: named.map(([, values]) => values),
        others: own.flatMap(([key, values]) => (id(key) === 0 ? values : [])),
      };
    };
    return { afterSales: sample('afterSales'), sales: sample('sales') };
  };
}

/** Auditors under names that mean something inside one package only, in the order of their codes. */
async function auditorNames(act: Act, ids: readonly (string | null)[]) {
  const people = await personCodes(
    act.tx,
    [...new Set(ids)].filter((id) => id !== null),
  );
  const sorted = [...people].sort(([, a], [, b]) => compareText(a, b));
  return new Map(sorted.map(([id], i) => [id, `auditor-${i + 1}`]));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function store(moments: Moments = noMoments) {
  return { n: moments.n, sum: String(moments.sum), sumSquares: String(moments.sumSquares) };
}

async function complaintCounts(
  act: Act,
  programme: Programme,
  period: Period,
  until: Date,
  dealers: readonly DealerAt[],
) {
  const { market } = act;
  const zones = new Map(dealers.map((dealer) => [dealer.id, dealer.timeZone ?? market.timeZone]));
  // A day of margin on both sides; each case is then placed by its own house's civil date.
  const rows = await listComplaints(
    act.tx,
    market.id,
    new Date(`${addDays(period.from, -1)}T00:00:00Z`),
    new Date(`${addDays(period.to, 1)}T00:00:00Z`),
  );
  const counts = new Map<number, { met: number; breached: number; pending: number }>();
  for (const row of rows) {
    const zone = zones.get(row.dealerId) ?? market.timeZone;
    if (!isInside(civilDateOf(row.receivedAt, zone), period)) continue;
    const state = clockState(
      row.receivedAt,
      row.answeredAt,
      until,
      programme.complaints.answerDays,
      market.calendar,
      zone,
      programme.complaints.dayZero,
    );
    const count = counts.get(row.dealerId) ?? { met: 0, breached: 0, pending: 0 };
    count[state] += 1;
    counts.set(row.dealerId, count);
  }
  return counts;
}

/**
 * Counts and amounts of several periods add up, but not one inside a longer one's period; of ratios
 * and percentages that of the latest end counts, the longest if several end then. Amounts in
 * different currencies are never added: the latest one counts.
 *
 * @param rows in the order of their ends
 */
function combineFigures(rows: readonly FigureRow[]): DealerEvidence['figures'] {
  const combined: DealerEvidence['figures'] = {};
  for (const [measure, own] of Map.groupBy(rows, (row) => row.measure)) {
    const outer = own.filter((row) => !own.some((other) => other !== row && isWithin(row, other)));
    const latest = outer.at(-1)!;
    const isSum = latest.kind === 'count' || latest.kind === 'amount';
    const counted = isSum ? outer.filter((row) => row.currency === latest.currency) : [latest];
    const targets = counted.map((row) => row.target);
    combined[measure] = {
      value: counted.reduce((sum, row) => sum + Number(row.value), 0),
      target: targets.includes(null)
        ? null
        : targets.reduce((sum, target) => sum + Number(target), 0),
    };
  }
  return combined;
}

function isWithin(inner: FigureRow, outer: FigureRow): boolean {
  return inner.periodFrom >= outer.periodFrom && inner.periodTo <= outer.periodTo;
}
