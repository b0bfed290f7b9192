import { z } from 'zod';
import { awardResult } from '../../contracts/awards.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { evaluateAward } from '../../core/awards/award.ts';
import { networkMarket, networkPoolsOf } from '../../core/awards/award-metrics.ts';
import { listDecisionRows } from '../../db/decisions.ts';
import { getProgramme } from '../directory.ts';
import { defineOperation } from '../operation.ts';
import { type Assembled, assemblePackage, readWaivers } from './assemble.ts';
import { evidenceUntil, gatherEvidence } from './evidence.ts';

/** The ranking of a market as the evidence stands now: gates, composite, rank, interval, P(first). */
export const rankMarket = defineOperation({
  name: 'awards.rank',
  summary: 'Gates and ranking of a market under a programme; stores nothing',
  input: z.strictObject({
    market: z.string(),
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: awardResult,
  roles: ['network-manager', 'market-manager'],
  scope: 'market',
  writes: false,
  refuses: [notFound],
  prepare: (preparation, input) => assemblePackage(preparation, input),
  act: async (_, __, prepared) => evaluateAward((prepared as Assembled).package),
});

/**
 * The network list as it would be: the houses named by the markets' decisions (or leading them, as
 * long as a market has none), ordered by one composite for all, uncorrected between markets.
 */
export const rankNetwork = defineOperation({
  name: 'awards.rank-network',
  summary: 'The network list as the evidence stands now',
  input: z.strictObject({
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: awardResult.extend({ list: z.array(z.string()), undecided: z.array(z.string()) }),
  roles: ['network-manager'],
  scope: 'network',
  writes: false,
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
    const markets = await preparation.inEachMarket(async (act) => {
      const { evidence, dealers } = await gatherEvidence(act, programme);
      return {
        market: act.market.code,
        evidence,
        waivers: await readWaivers(act, row, new Map(dealers.map((each) => [each.id, each.code]))),
        decided: await decidedWinners(act, row.number),
      };
    });
    const pools = networkPoolsOf(markets.flatMap(({ evidence }) => evidence));
    const base = {
      format: 'omotenashi-award-package/1' as const,
      programme: JSON.parse(row.content) as Record<string, unknown>,
      programmeSha256: row.sha256,
      asOf: evidenceUntil(programme, preparation.now, 'UTC').toISOString(),
      pools,
      excluded: [],
    };
    const named = markets.map(({ market, evidence, waivers, decided }) => {
      // Without a decision all that share the lead stand for their market: nobody is picked by name.
      const leaders =
        decided ?? evaluateAward({ ...base, market, waivers, dealers: evidence }).first;
      const inNetwork = (dealer: string) => `${market}/${dealer}`;
      return {
        dealers: evidence
          .filter((each) => leaders.includes(each.dealer))
          .map((each) => ({ ...each, dealer: inNetwork(each.dealer) })),
        waivers: waivers.map((each) => ({ ...each, dealer: inNetwork(each.dealer) })),
      };
    });
    const result = evaluateAward({
      ...base,
      market: networkMarket,
      waivers: named.flatMap((each) => each.waivers),
      dealers: named.flatMap((each) => each.dealers),
    });
    return {
      ...result,
      list: result.dealers
        .filter((dealer) => dealer.status === 'ranked')
        .slice(0, programme.network.awards)
        .map((dealer) => dealer.dealer),
      undecided: markets.filter(({ decided }) => decided === undefined).map(({ market }) => market),
    };
  },
  act: async (_, __, prepared) => prepared as never,
});

/** Winners of a market's confirmed or published decision; `undefined` where there is none. */
async function decidedWinners(act: Parameters<typeof gatherEvidence>[0], document: number) {
  const rows = await listDecisionRows(act.tx, act.market.id);
  return rows.find(
    (row) => row.document === document && (row.state === 'confirmed' || row.state === 'published'),
  )?.winners;
}
