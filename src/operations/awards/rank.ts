import { z } from 'zod';
import { drawRanking } from '../../../reports/ranking.ts';
import { awardResult } from '../../contracts/awards.ts';
import { onScreen } from '../../contracts/charts.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { leadersOf } from '../../core/awards/award.ts';
import { networkMarket, networkPoolsOf } from '../../core/awards/award-metrics.ts';
import { listDecisionRows } from '../../db/decisions.ts';
import { listDealers } from '../../db/network.ts';
import { drawForScreen } from '../../render/chart.ts';
import { getProgramme } from '../directory.ts';
import { type Act, defineComputed } from '../operation.ts';
import { assembleNetwork, assemblePackage } from './assemble.ts';
import { evidenceUntil } from './evidence.ts';

const ranked = {
  market: z.string(),
  programme: z.string().default('european-award'),
  version: z.string().optional(),
};

/** The ranking of a market as the evidence stands now: gates, composite, rank, interval, P(first). */
export const rankMarket = defineComputed({
  name: 'awards.rank',
  summary: 'Gates and ranking of a market under a programme; stores nothing',
  input: z.strictObject(ranked),
  output: awardResult,
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  async prepare(preparation, input) {
    const { package: frozen } = await assemblePackage(preparation, input);
    return preparation.context.compute.run('evaluateAward', frozen);
  },
});

/** The same as a chart, for the page and for paper. */
export const drawMarketRanking = defineComputed({
  name: 'awards.rank-chart',
  summary: 'The ranking of a market as SVG',
  input: z.strictObject({ ...ranked, ...onScreen }),
  output: z.strictObject({ svg: z.string() }),
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  async prepare(preparation, input) {
    const { package: frozen } = await assemblePackage(preparation, input);
    const result = await preparation.context.compute.run('evaluateAward', frozen);
    const names = await preparation.inMarket(async ({ tx, market, own }) => {
      const houses = await listDealers(tx, market.id, { limit: 100_000, own });
      return new Map(houses.map(({ code, name }) => [code, name]));
    });
    const nameOf = (unit: string) => names.get(unit) ?? '';
    const chart = drawRanking(result, nameOf, input.language, input.columns);
    return drawForScreen(chart, input);
  },
});

/**
 * The network list as it would be: the houses named by the markets' decisions (or leading them, as
 * long as a market has none), ordered by one composite for all, uncorrected between markets.
 */
export const rankNetwork = defineComputed({
  name: 'awards.rank-network',
  summary: 'The network list as the evidence stands now',
  input: z.strictObject({
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: awardResult.extend({ list: z.array(z.string()), undecided: z.array(z.string()) }),
  scope: 'network',
  writes: false,
  remembered: true,
  refuses: [notFound, inputRefused],
  async prepare(preparation, input) {
    const { row, programme } = await preparation.inMarket((act) =>
      getProgramme(act.tx, input.programme, input.version),
    );
    if (!programme.network) {
      throw inputRefused({
        errors: [
          { pointer: '/programme', code: 'network', detail: 'this programme has no network list' },
        ],
      });
    }
    const packages = await assembleNetwork(preparation, input);
    const decided = new Map(
      await preparation.inEachMarket(
        async (act) => [act.market.code, await decidedWinners(act, row.number)] as const,
      ),
    );
    const named = packages.map((frozen) => {
      // Without a decision all that share the lead stand for their market: nobody is picked by name.
      const leaders = decided.get(frozen.market) ?? leadersOf(frozen);
      const inNetwork = (dealer: string) => `${frozen.market}/${dealer}`;
      return {
        dealers: frozen.dealers
          .filter((each) => leaders.includes(each.dealer))
          .map((each) => ({
            ...each,
            dealer: inNetwork(each.dealer),
            ...(each.house === undefined ? {} : { house: inNetwork(each.house) }),
          })),
        waivers: frozen.waivers.map((each) => ({ ...each, dealer: inNetwork(each.dealer) })),
      };
    });
    const result = await preparation.context.compute.run(
      'evaluateAward',
      {
        format: 'omotenashi-award-package/1',
        programme: JSON.parse(row.content) as Record<string, unknown>,
        programmeSha256: row.sha256,
        market: networkMarket,
        asOf: evidenceUntil(programme, preparation.now, 'UTC').toISOString(),
        pools: packages[0]?.pools ?? networkPoolsOf([]),
        excluded: [],
        waivers: named.flatMap((each) => each.waivers),
        dealers: named.flatMap((each) => each.dealers),
      },
      // Between markets nobody shares an auditor: scores stay as given.
      'never',
    );
    return {
      ...result,
      list: result.dealers
        .filter((dealer) => dealer.status === 'ranked')
        .slice(0, programme.network.awards)
        .map((dealer) => dealer.dealer),
      undecided: [...decided].flatMap(([market, winners]) =>
        winners === undefined ? [market] : [],
      ),
    };
  },
});

/** Winners of a market's confirmed or published decision; `undefined` where there is none. */
async function decidedWinners(act: Act, document: number) {
  const rows = await listDecisionRows(act.tx, act.market.id);
  return rows.find(
    (row) => row.document === document && (row.state === 'confirmed' || row.state === 'published'),
  )?.winners;
}
