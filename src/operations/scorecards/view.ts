import type { Programme } from '../../contracts/programmes.ts';
import type { ScorecardView } from '../../contracts/scorecards.ts';
import { standards } from '../../contracts/standards.ts';
import { standings } from '../../core/awards/award.ts';
import { parseMoments } from '../../core/awards/award-metrics.ts';
import { factorPredictors, importancesOf } from '../../core/indices/drivers.ts';
import {
  fewestRespondents,
  figureOfSample,
  pooledSpread,
  type Spread,
  surveyEstimate,
  toFigure,
} from '../../core/indices/indices.ts';
import { halfYearsTo, seriesOf, versionChanges } from '../../core/indices/series.ts';
import { meanOfItems, type SurveyTable } from '../../core/indices/survey-table.ts';
import { type Period, parsePeriod } from '../../core/periods.ts';
import {
  compareWithinMarket,
  fewestPeers,
  figureOf,
  strongestAndWeakest,
} from '../../core/scorecard.ts';
import { sampleOf } from '../../core/statistics/moments.ts';
import { readBrand } from '../../db/brand.ts';
import { listVersions } from '../../db/documents.ts';
import type { DealerAt } from '../../db/network.ts';
import { listRevisionsOf } from '../../db/scorecards.ts';
import { readWaivers } from '../awards/assemble.ts';
import { evidenceUntil, gatherEvidence } from '../awards/evidence.ts';
import { compiled, getProgramme } from '../directory.ts';
import { readSeriesAudits } from '../indices/series-audits.ts';
import type { Act } from '../operation.ts';
import { readSurveyTable } from '../surveys/table.ts';

/** Half-years in the trend. */
const trendLength = 4;

/**
 * The scorecards of a market's dealers for a programme's period, as the evidence stands. Everything
 * of the market is read once; each view holds its own dealer's data and anonymous comparisons.
 */
export async function buildViews(
  act: Act,
  programmeId: string,
  only?: readonly string[],
): Promise<{ readonly dealer: DealerAt; readonly view: ScorecardView }[]> {
  const { tx, market } = act;
  const { row: document, programme } = await getProgramme(tx, programmeId);
  const period = parsePeriod(programme.period);
  const until = evidenceUntil(programme, act.now, market.timeZone);
  // A card is about a house, whoever the programme ranks.
  const { evidence, dealers } = await gatherEvidence(act, { ...programme, unit: 'dealer' });
  const award = standings({
    format: 'omotenashi-award-package/1',
    programme: JSON.parse(document.content) as Record<string, unknown>,
    programmeSha256: document.sha256,
    market: market.code,
    asOf: until.toISOString(),
    pools: { audits: null, afterSales: null, complaints: null },
    waivers: await readWaivers(act, document, new Map(dealers.map((each) => [each.id, each.code]))),
    excluded: [],
    dealers: evidence,
  });
  const halves = halfYearsTo(period.to, trendLength);
  const span = { from: halves[0]!.from, to: period.to };
  const read = await readSeriesAudits(act, programme, span, until);
  const { versions, weights } = read;
  const codes = new Map(dealers.map((dealer) => [dealer.id, dealer.code]));
  // Houses that were closed before the period have no card.
  const audits = read.rows.filter((row) => row.score.status === 'ok' && codes.has(row.dealerId));
  const inPeriod = audits.filter((row) => row.visitDate >= period.from);
  const series = seriesOf(read.toSeries(audits), halves, weights);
  const pooled = pooledSpread(evidence.map((each) => parseMoments(each.afterSales)));
  const compare = compareWithinMarket(read.toSeries(inPeriod), weights);
  const { name: brand } = await readBrand(tx);
  const byNumber = new Map(versions.map((version) => [version.number, version]));
  const wanted = dealers.filter((dealer) => only === undefined || only.includes(dealer.code));
  const revisions = await listRevisionsOf(
    tx,
    market.id,
    inPeriod
      .filter((row) => wanted.some((dealer) => dealer.id === row.dealerId))
      .map((row) => row.id),
  );
  const answersOf = new Map(
    revisions.map((row) => [`${row.auditId}/${row.revision}`, row.answers]),
  );
  const driversOfHouse = await readDrivers(act, programme, period, until);
  const trendsOf = (dealer: string) => {
    const known = series.filter(({ overall }) => overall.has(dealer));
    return {
      trend: known.map(({ period: { code }, overall }) => ({
        period: code,
        figure: figureOf(overall.get(dealer)),
      })),
      standardTrends: standards.map((standard) => ({
        standard,
        points: known.map((point) => ({
          period: point.period.code,
          figure: figureOf(point.standards.get(standard)?.get(dealer)),
        })),
      })),
      versionChanges: versionChanges(known),
    };
  };
  return wanted.map((dealer) => {
    const own = inPeriod.filter((row) => row.dealerId === dealer.id);
    const facts = evidence.find((each) => each.dealer === dealer.code)!;
    const result = award.dealers.find((each) => each.dealer === dealer.code)!;
    const used = [...new Set(own.map((row) => row.document))].map(
      (number) => byNumber.get(number)!,
    );
    const view: ScorecardView = {
      format: 'omotenashi-scorecard/1',
      brand,
      market: { code: market.code, name: market.names['en'] ?? market.code },
      dealer: { code: dealer.code, name: dealer.name, town: dealer.town },
      period: { code: programme.period, ...period },
      releasedAt: act.now.toISOString(),
      versions: used.map(({ id, version, sha256 }) => ({ id, version, sha256 })),
      ...compare(dealer.code),
      afterSales: surveyFigure(facts.afterSales, pooled),
      complaintsInTime: {
        met: facts.complaints.met,
        due: facts.complaints.met + facts.complaints.breached,
      },
      ...trendsOf(dealer.code),
      ...strongestAndWeakest(
        own.map((row) => ({
          checklist: compiled(act.context, byNumber.get(row.document)!),
          answers: answersOf.get(`${row.id}/${row.revision}`) ?? {},
        })),
      ),
      ...(driversOfHouse ? { drivers: driversOfHouse(dealer.code) } : {}),
      gates: gatesOf(programme, result.gates),
    };
    return { dealer, view };
  });
}

/** So many factors are shown, those that recommendation goes with most. */
const shownDrivers = 3;

/** What recommendation goes with in the market, and where each house stands on it. */
async function readDrivers(act: Act, programme: Programme, period: Period, until: Date) {
  const { afterSales } = programme.checklists;
  if (afterSales === undefined) return undefined;
  const table = await readSurveyTable(act, afterSales, period, undefined, until);
  const predictors = factorPredictors(table);
  const found = importancesOf(predictors);
  if (!found) return undefined;
  const newest = (await listVersions(act.tx, 'checklist', afterSales)).at(-1)!;
  const { sections } = compiled(act.context, newest).checklist;
  const most = predictors.ids
    .map((factor, i) => ({ factor, importance: found.shares[i]! }))
    .sort((a, b) => b.importance - a.importance)
    .slice(0, shownDrivers);
  const byHouse = Map.groupBy(table.rows, ({ dealer }) => dealer);
  const scores = most.map(({ factor }) => {
    const of = (rows: SurveyTable['rows']) =>
      sampleOf(
        rows.flatMap((row) => meanOfItems(table, row, (item) => item.factor === factor) ?? []),
      );
    const houses = new Map([...byHouse].map(([dealer, rows]) => [dealer, of(rows)]));
    const shown = [...houses.values()].filter(({ n }) => n >= fewestRespondents).length;
    // Of few houses a mean of all gives the others away to any of them.
    return { houses, market: shown >= fewestPeers ? figureOfSample(of(table.rows)) : null };
  });
  const none = sampleOf([]);
  return (dealer: string): NonNullable<ScorecardView['drivers']> =>
    most.map(({ factor, importance }, i) => ({
      factor,
      title: sections.find(({ id }) => id === factor)!.title,
      importance,
      house: figureOfSample(scores[i]!.houses.get(dealer) ?? none),
      market: scores[i]!.market,
    }));
}

function surveyFigure(stored: Parameters<typeof parseMoments>[0], pooled: Spread | null) {
  return toFigure(surveyEstimate(parseMoments(stored), pooled), fewestRespondents);
}

function gatesOf(
  programme: Programme,
  results: readonly {
    readonly gate: string;
    readonly result: 'pass' | 'fail' | 'open' | 'waived';
  }[],
) {
  return programme.gates.map((gate) => ({
    title: gate.title,
    result: results.find((each) => each.gate === gate.id)?.result ?? ('open' as const),
  }));
}
