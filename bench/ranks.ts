import { openCompute } from '../src/compute/pool.ts';
import type { AwardPackage } from '../src/contracts/awards.ts';
import { type RankedUnit, rankUnits } from '../src/core/awards/ranking.ts';
import { changePackage, movesOf } from '../src/core/awards/what-if.ts';
import { openStream } from '../src/core/random.ts';
import { addTallies, drawRanks, type RankTally } from '../src/core/statistics/rank-draws.ts';
import { type Line, median, spread } from './table.ts';

const houses = 3000;
const draws = 10_000;
const rounds = 3;

function network(size: number) {
  const random = openStream(11, size);
  return {
    estimates: Array.from({ length: size }, () => 80 + 6 * random.normal()),
    errors: Array.from({ length: size }, () => 1 + random.uniform()),
  };
}

/** The same draws, sorted by the engine's own sort: what the distribution of ranks costs without ours. */
function drawNatively(estimates: readonly number[], errors: readonly number[]): Uint32Array {
  const p = estimates.length;
  const values = new Float64Array(p);
  const order = new Uint32Array(p);
  const places = new Uint32Array(p * p);
  for (let draw = 0; draw < draws; draw++) {
    const random = openStream(1, draw);
    for (let j = 0; j < p; j++) {
      values[j] = estimates[j]! + errors[j]! * random.normal();
      order[j] = j;
    }
    order.sort((a, b) => values[b]! - values[a]!);
    for (let place = 0; place < p; place++) places[order[place]! * p + place]! += 1;
  }
  return places;
}

/** P11 and the rest of ranking at size: kernels, threads, markets, what-if. */
export async function benchRanks(): Promise<Line[]> {
  const { estimates, errors } = network(houses);
  const [ours, native]: number[][] = [[], []];
  let whole: RankTally | undefined;
  for (let round = 0; round < rounds; round++) {
    let at = performance.now();
    whole = drawRanks(estimates, errors, { seed: 1, from: 0, to: draws, places: true });
    ours!.push(performance.now() - at);
    at = performance.now();
    drawNatively(estimates, errors);
    native!.push(performance.now() - at);
  }
  const faster = median(native!) / median(ours!);
  const threads: number[] = [];
  let isSame = true;
  for (const count of [1, 2]) {
    const compute = openCompute(count);
    const at = performance.now();
    const parts = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        compute.run('drawRanks', estimates, errors, {
          seed: 1,
          from: (i * draws) / count,
          to: ((i + 1) * draws) / count,
          places: true,
        }),
      ),
    );
    const tally = addTallies(parts);
    threads.push(performance.now() - at);
    isSame &&= sameTally(tally, whole!);
    await compute.close();
  }
  return [
    {
      goal: 'P11',
      what: 'distribution of ranks, 3,000 houses × 10,000 draws, one thread, ms',
      ours: spread(ours!),
      limit: `${spread(native!)} native sort`,
      ratio: `${faster.toFixed(2)}× faster`,
      wanted: '≥ 1.8×',
      met: faster >= 1.8,
    },
    {
      goal: 'P11',
      what: 'the same in 1 and 2 worker threads, ms; equal to the last count',
      ours: threads.map((each) => each.toFixed(0)).join(', '),
      limit: '',
      ratio: isSame ? 'identical' : 'differ',
      wanted: 'identical',
      met: isSame,
    },
    market(houses, 1),
    market(300, 3),
    whatIf(),
  ];
}

function sameTally(a: RankTally, b: RankTally): boolean {
  const lists = (tally: RankTally) => [tally.first, tally.topThree, tally.rankSum, tally.places];
  return lists(a).every((list, i) => list.every((value, at) => value === lists(b)[i]![at]));
}

/** Ranks, rank intervals, chances and tied groups of one list. */
function market(size: number, repeats: number): Line {
  const { estimates, errors } = network(size);
  const units = estimates.map(
    (estimate, j): RankedUnit => ({ estimate, se: errors[j]!, tieBreaks: [] }),
  );
  const times = Array.from({ length: repeats }, () => {
    const at = performance.now();
    rankUnits(units, 1);
    return performance.now() - at;
  });
  return {
    goal: '',
    what: `ranks with intervals, chances (10,000 draws) and tied groups of ${size.toLocaleString('en')} houses, ms`,
    ours: spread(times),
    limit: '',
    ratio: '',
    wanted: 'printed',
    met: undefined,
  };
}

/** Thirty markets of ten houses under other weights and gates, from packages in memory. */
function whatIf(): Line {
  const packages = Array.from({ length: 30 }, (_, market) => packageOf(market));
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const at = performance.now();
    for (const frozen of packages) {
      const tried = changePackage(frozen, {
        weights: { visits: 10 + round },
        gates: { 'good-visits': { min: 70 } },
        excluded: [],
      });
      if ('faults' in tried) throw new Error(JSON.stringify(tried.faults));
      movesOf(frozen, tried.changed);
    }
    times.push(performance.now() - at);
  }
  return {
    goal: '',
    what: 'what-if of 30 markets of ten houses, before and after, ms',
    ours: spread(times, 1),
    limit: '50',
    ratio: (median(times) / 50).toFixed(2),
    wanted: '< 50',
    met: median(times) < 50,
  };
}

function packageOf(market: number): AwardPackage {
  const random = openStream(5, market);
  const title = { en: '?' };
  return {
    format: 'omotenashi-award-package/1',
    programme: {
      ...{ id: 'bench', version: '2025', languages: ['en'], title, period: '2025', seed: 1 },
      checklists: { visits: ['visit'] },
      minimumEvidence: { audits: 3, responses: 30, coverage: 0.7 },
      gates: [
        { id: 'good-visits', title, metric: 'omotenashi-index', min: 60 },
        { id: 'answers', title, metric: 'complaint-answers', min: 0.5 },
      ],
      composite: [
        { id: 'visits', title, metric: 'omotenashi-index', weight: 35, low: 60, high: 100 },
        { id: 'customers', title, metric: 'after-sales-index', weight: 35, low: 50, high: 100 },
        { id: 'complaints', title, metric: 'complaint-answers', weight: 15, low: 0.8, high: 1 },
      ],
      tieBreaks: ['after-sales-index'],
    },
    programmeSha256: '0'.repeat(64),
    market: `M${market}`,
    asOf: '2026-01-15T00:00:00.000Z',
    pools: { audits: null, afterSales: null, complaints: null },
    waivers: [],
    excluded: [],
    dealers: Array.from({ length: 10 }, (_, house) => {
      const quality = random.normal();
      const values = Array.from({ length: 200 }, () =>
        Math.round(1e6 * Math.min(100, Math.max(0, 80 + 5 * quality + 8 * random.normal()))),
      );
      const total = values.reduce((sum, x) => sum + BigInt(x), 0n);
      const squares = values.reduce((sum, x) => sum + BigInt(x) ** 2n, 0n);
      const none = { n: 0, sum: '0', sumSquares: '0' };
      return {
        dealer: `M${market}-${house}`,
        audits: Array.from({ length: 4 }, (__, visit) => ({
          id: `00000000-0000-4000-8000-${String(1000 * market + 10 * house + visit).padStart(12, '0')}`,
          revision: 1,
          date: `2025-0${2 + visit}-10`,
          type: 'mystery' as const,
          finalMicro: Math.round(1e6 * Math.min(100, 82 + 4 * quality + 5 * random.normal())),
          coverage: 1,
          knockedOut: false,
        })),
        afterSales: { n: values.length, sum: String(total), sumSquares: String(squares) },
        sales: none,
        complaints: { met: 5 + random.below(5), breached: random.below(3), pending: 0 },
        figures: {},
        brandStandards: null,
        fiveStar: true,
        integrityCases: 0,
      };
    }),
  };
}
