import { z } from 'zod';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { standards } from '../../contracts/standards.ts';
import { type DriverReport, driverReport } from '../../contracts/surveys.ts';
import {
  driversOf,
  factorPredictors,
  pathDriversOf,
  withoutGroups,
} from '../../core/indices/drivers.ts';
import { fewestRespondents, figureOfSample } from '../../core/indices/indices.ts';
import { meanOfItems, percentOf, type SurveyTable } from '../../core/indices/survey-table.ts';
import { type Period, parsePeriod } from '../../core/periods.ts';
import { sampleOf } from '../../core/statistics/moments.ts';
import { listVersions } from '../../db/documents.ts';
import { listCountedAudits } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import { getProgramme } from '../directory.ts';
import { type Act, defineComputed } from '../operation.ts';
import { questionnaireOf, readSurveyTable, surveyQuery } from './table.ts';

/** A house of the network: what its audits gave on each standard, and what its customers said. */
interface HouseMeans {
  readonly market: string;
  readonly standards: readonly number[];
  readonly index: number;
}

/**
 * Where effort pays: how much each factor and question goes with recommendation, how much each
 * standard of the audits goes with the index over all houses, and where a house stands.
 * @see methods.md, 2.2
 */
export const reportDrivers = defineComputed({
  name: 'surveys.drivers',
  summary: 'What goes with satisfaction, with intervals, and where a house stands on it',
  input: surveyQuery.extend({
    paths: z
      .union([z.boolean(), z.stringbool()])
      .default(false)
      .describe('Fit a path model of the factors too.'),
  }),
  output: driverReport,
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound, inputRefused],
  async prepare(preparation, query) {
    const period = parsePeriod(query.period);
    const read = await preparation.inMarket(async (act) => {
      const checklist = await questionnaireOf(act, query);
      const table = await readSurveyTable(act, checklist, period);
      const isKnown = table.rows.some(({ dealer }) => dealer === query.dealer);
      if (query.dealer !== undefined && !isKnown) {
        await readSurveyTable(act, checklist, period, query.dealer);
      }
      return { market: act.market.code, checklist, table };
    });
    const houses = (
      await preparation.overNetwork((act) =>
        readHouses(act, query.programme, read.checklist, period),
      )
    ).flat();
    // A standard that most houses are not scored on would leave too few of them.
    const used = standards.filter(
      (_, k) =>
        2 * houses.filter((house) => !Number.isNaN(house.standards[k]!)).length >= houses.length,
    );
    const complete = houses.filter(({ standards: own }) =>
      used.every((standard) => !Number.isNaN(own[standards.indexOf(standard)]!)),
    );
    const groups = complete.map(({ market }) => market);
    const columns = used.map((standard) =>
      withoutGroups(
        complete.map((house) => house.standards[standards.indexOf(standard)]!),
        groups,
      ),
    );
    return {
      market: read.market,
      checklist: read.checklist,
      dealer: query.dealer ?? null,
      period,
      outcome: 'recommendation',
      ...surveyDrivers(read.table, query.paths),
      standards: driversOf({
        ids: used,
        rows: complete.map((_, i) => columns.map((column) => column[i]!)),
        outcome: withoutGroups(
          complete.map(({ index }) => index),
          groups,
        ),
      }),
      performance: performanceOf(read.table, query.dealer),
    };
  },
});

function surveyDrivers(table: SurveyTable, withPaths: boolean) {
  const told = table.rows.filter(({ recommendation }) => recommendation !== null);
  // A question that most were not asked (another version) would leave too few complete rows.
  const asked = table.items.flatMap((_, i) =>
    2 * told.filter(({ values }) => values[i] !== null).length >= told.length ? [i] : [],
  );
  const complete = told.filter(({ values }) => asked.every((i) => values[i] !== null));
  const block = (factor: string) =>
    Object.fromEntries(
      table.items.flatMap((item, i) =>
        item.factor === factor && asked.includes(i)
          ? [[item.id, complete.map(({ values }) => values[i]!)]]
          : [],
      ),
    );
  return {
    factors: driversOf(factorPredictors(table)),
    items: driversOf({
      ids: asked.map((i) => table.items[i]!.id),
      rows: complete.map(({ values }) => asked.map((i) => values[i]!)),
      outcome: complete.map(({ recommendation }) => recommendation!),
    }),
    paths: withPaths
      ? pathDriversOf(
          Object.fromEntries(table.factors.map(({ id }) => [id, block(id)])),
          complete.map(({ recommendation }) => recommendation!),
          scaleOf(table),
        )
      : null,
  };
}

/** The scale of all questions; `null` where they differ. */
function scaleOf({ items }: SurveyTable) {
  const [first] = items;
  const isOne = first && items.every(({ min, max }) => min === first.min && max === first.max);
  return isOne ? { min: first.min, max: first.max } : null;
}

function performanceOf(table: SurveyTable, dealer?: string): DriverReport['performance'] {
  const figureOf = (values: readonly (number | null)[]) =>
    figureOfSample(sampleOf(values.filter((value) => value !== null)));
  const row = (id: string, kind: 'factor' | 'item', of: (at: number) => number | null) => {
    const all = table.rows.map((_, at) => of(at));
    const own = table.rows.flatMap((each, at) => (each.dealer === dealer ? [all[at]!] : []));
    return {
      id,
      kind,
      house: dealer === undefined ? null : figureOf(own),
      market: figureOf(all),
    };
  };
  return [
    ...table.factors.map(({ id }) =>
      row(id, 'factor', (at) => meanOfItems(table, table.rows[at]!, (item) => item.factor === id)),
    ),
    ...table.items.map((item, i) =>
      row(item.id, 'item', (at) => {
        const value = table.rows[at]!.values[i]!;
        return value === null ? null : percentOf(item, value);
      }),
    ),
  ];
}

/** Houses of one market with audits and enough answers; only means leave the market. */
async function readHouses(
  act: Act,
  programmeId: string,
  checklist: string,
  period: Period,
): Promise<HouseMeans[]> {
  const { programme } = await getProgramme(act.tx, programmeId);
  const versions = (
    await Promise.all(
      programme.checklists.visits.map((id) => listVersions(act.tx, 'checklist', id)),
    )
  ).flat();
  const audits = await listCountedAudits(act.tx, act.market.id, {
    documents: versions.map(({ number }) => number),
    ...period,
  });
  const table = await readSurveyTable(act, checklist, period);
  const codes = new Map(
    (await listDealersAt(act.tx, act.market.id, period.from)).map((d) => [d.code, d.id]),
  );
  const answers = Map.groupBy(table.rows, ({ dealer }) => dealer);
  const counted = audits.filter(
    ({ score, type }) =>
      score.status === 'ok' && programme.auditTypeWeights[type as 'mystery' | 'announced'] > 0,
  );
  const byHouse = Map.groupBy(counted, ({ dealerId }) => dealerId);
  return [...answers].flatMap(([code, rows]) => {
    const own = byHouse.get(codes.get(code) ?? 0) ?? [];
    const index = sampleOf(rows.flatMap((row) => (row.index === null ? [] : [row.index])));
    if (own.length === 0 || index.n < fewestRespondents) return [];
    return [
      {
        market: act.market.code,
        index: index.mean,
        standards: standards.map((standard) => {
          const scores = own.flatMap(({ score }) => score.parts[standard] ?? []);
          return scores.length === 0 ? Number.NaN : sampleOf(scores).mean / 1e6;
        }),
      },
    ];
  });
}
