import { z } from 'zod';
import { drawStandardTrends } from '../../../reports/standard-trends.ts';
import { countedStates } from '../../contracts/audits.ts';
import { onScreen } from '../../contracts/charts.ts';
import type { IndexChange } from '../../contracts/indices.ts';
import { type Need, type Overview, overview } from '../../contracts/overview.ts';
import { notFound } from '../../contracts/problems.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { standings } from '../../core/awards/award.ts';
import { careRow, combineCare } from '../../core/care/complaint-report.ts';
import { indexChanges } from '../../core/indices/index-change.ts';
import { toFigure } from '../../core/indices/indices.ts';
import { halfYearsTo, overHouses, seriesOf, versionChanges } from '../../core/indices/series.ts';
import { civilDateOf, type Period, parsePeriod, previousPeriod } from '../../core/periods.ts';
import { countAppeals } from '../../db/appeals.ts';
import { countAssignments } from '../../db/assignments.ts';
import { countAudits } from '../../db/audits.ts';
import { listDecisionRows } from '../../db/decisions.ts';
import type { CountedAuditRow } from '../../db/evidence.ts';
import { drawForScreen } from '../../render/chart.ts';
import { assemblePackage } from '../awards/assemble.ts';
import { readRegister } from '../complaints/register.ts';
import { readCare } from '../complaints/report.ts';
import { getProgramme } from '../directory.ts';
import { onCommonGround } from '../indices/ground.ts';
import { readSeriesAudits } from '../indices/series-audits.ts';
import { type Act, defineComputed, defineOperation, type Preparation } from '../operation.ts';

const query = { market: z.string(), programme: z.string().default('european-award') };
/** Half-years in the small multiples. */
const shownPeriods = 4;
/** Below this chance of mere noise a change of the share in time is called one. */
const claimed = 0.05;

/** A market at a glance, in one answer. */
export const showOverview = defineOperation({
  name: 'overview.get',
  summary: 'A market at a glance: five figures with their changes, the standards, what waits',
  input: z.strictObject(query),
  output: overview,
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  prepare: readFigures,
  async act(act, input, prepared) {
    // What waits changes with every audit that comes in; figures only with evidence.
    const figures = prepared as Figures;
    return { ...figures, ...(await readWork(act, input.programme, figures)) };
  },
});

/** The standards over time as SVG, from the same figures. */
export const drawOverview = defineComputed({
  name: 'overview.chart',
  summary: 'The standards of a market over time as SVG',
  input: z.strictObject({
    ...query,
    ...onScreen,
  }),
  output: z.strictObject({ svg: z.string() }),
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  async prepare(preparation, input) {
    const figures = await readFigures(preparation, input);
    const chart = drawStandardTrends(
      figures.standards,
      figures.versionChanges,
      input.language,
      input.columns,
    );
    return drawForScreen(chart, input);
  },
});

type Figures = Omit<Overview, 'audits' | 'appeals' | 'needs'>;

async function readFigures(
  preparation: Preparation,
  input: { readonly programme: string },
): Promise<Figures> {
  const assembled = await assemblePackage(preparation, input);
  const { dealers } = standings(assembled.package);
  const { programme, row } = assembled;
  const period = parsePeriod(programme.period);
  const before = previousPeriod(period);
  return preparation.inMarket(async (act) => {
    const care = careRow(
      'all',
      combineCare((await readCare(act, programme, period)).map((each) => each.care)),
    );
    const running = (await readRegister(act, programme, period)).filter(
      ({ answer }) => answer.isRunning,
    );
    return {
      market: act.market.code,
      programme: { id: row.id, version: row.version },
      period: { code: programme.period, ...period },
      before,
      qualified: {
        n: dealers.filter(({ status }) => status === 'ranked').length,
        of: dealers.length,
      },
      complaints: {
        over: running.filter(({ answer }) => answer.state === 'breached').length,
        running: running.length,
        inTime: care.answeredInTime,
        change: inPoints(care.change),
      },
      ...(await readIndices(act, programme, period, before)),
    };
  });
}

async function readIndices(act: Act, programme: Programme, period: Period, before: Period) {
  const halves = halfYearsTo(period.to, shownPeriods);
  const first = [before.from, halves[0]!.from].sort()[0]!;
  const { rows, toSeries, weights } = await readSeriesAudits(act, programme, {
    from: first,
    to: period.to,
  });
  const inPeriods = rows.filter(({ visitDate }) => visitDate >= before.from);
  const ground = await onCommonGround(act, inPeriods, [before, period]);
  const estimate = (of: readonly CountedAuditRow[], within: Period) => {
    const [point] = seriesOf(toSeries(of), [{ code: '', ...within }], weights);
    return overHouses(point!.overall);
  };
  const [change] = indexChanges([
    { before: estimate(ground.rows, before), after: estimate(ground.rows, period) },
  ]);
  const series = seriesOf(toSeries(rows), halves, weights).filter(
    ({ overall }) => overall.size > 0,
  );
  return {
    index: {
      figure: toFigure(estimate(rows, period), 1),
      change: change!,
      items: ground.items,
    },
    versionChanges: versionChanges(series),
    standards: [...(series[0]?.standards.keys() ?? [])].map((standard) => ({
      standard,
      points: series.map((point) => ({
        period: point.period.code,
        figure: toFigure(overHouses(point.standards.get(standard)!), 1),
      })),
    })),
  };
}

/** A change of a share as one in points, called up or down where it is more than noise. */
function inPoints(change: ReturnType<typeof careRow>['change']): IndexChange | null {
  if (!change || change.p === null) return null;
  const { difference, low, high, p } = change;
  const direction = p > claimed ? 'unclear' : difference > 0 ? 'up' : 'down';
  return { difference: 100 * difference, low: 100 * low, high: 100 * high, p, direction };
}

/** What waits for somebody, as of this moment. */
async function readWork(
  { tx, market, now }: Act,
  programmeId: string,
  { period, complaints }: Figures,
): Promise<Pick<Overview, 'audits' | 'appeals' | 'needs'>> {
  const { row } = await getProgramme(tx, programmeId);
  const ofPeriod = await countAudits(tx, market.id, period);
  const sum = (states: readonly string[]) =>
    states.reduce((total, state) => total + (ofPeriod.get(state) ?? 0), 0);
  const ever = await countAudits(tx, market.id);
  const open = await countAppeals(tx, market.id, 'open');
  const ordered = await countAssignments(tx, market.id, period);
  const decision = (await listDecisionRows(tx, market.id)).find(
    ({ document, state }) => document === row.number && state !== 'withdrawn',
  );
  const isOver = civilDateOf(now, market.timeZone) >= period.to;
  const step = { frozen: 'propose', proposed: 'confirm', confirmed: 'publish' } as const;
  const next: Need | undefined = decision
    ? step[decision.state as keyof typeof step]
    : isOver
      ? 'freeze'
      : undefined;
  const waiting: [Need, number][] = [
    ['complaints', complaints.over],
    ['appeals', open],
    ['review', (ever.get('submitted') ?? 0) + (ever.get('under-review') ?? 0)],
    ['release', ever.get('approved') ?? 0],
    ...(next ? [[next, 1] as [Need, number]] : []),
  ];
  const withdrawn = ofPeriod.get('withdrawn') ?? 0;
  return {
    audits: {
      approved: sum(countedStates),
      planned: sum([...ofPeriod.keys()]) - withdrawn + ordered,
    },
    appeals: { open },
    needs: waiting.flatMap(([what, n]) => (n > 0 ? [{ what, n }] : [])),
  };
}
