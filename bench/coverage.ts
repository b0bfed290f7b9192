import { auditEstimate, auditIndex, auditUnit } from '../src/core/indices/audit-index.ts';
import { momentsOf } from '../src/core/indices/cells.ts';
import {
  combineEstimates,
  type Estimate,
  pooledSpread,
  surveyEstimate,
  toFigure,
} from '../src/core/indices/indices.ts';
import { openStream, type RandomStream } from '../src/core/random.ts';
import { netPromoter } from '../src/core/statistics/net-promoter.ts';
import { proportionInterval } from '../src/core/statistics/proportion.ts';
import { rankConfidenceSets } from '../src/core/statistics/rank-confidence-sets.ts';
import { varianceComponents } from '../src/core/statistics/shrinkage.ts';
import { compareMeans } from '../src/core/statistics/welch.ts';
import type { Line } from './table.ts';

/** Simulated networks a scenario; each is a market of ten houses at the programme's minimum evidence. */
const networks = 2000;
const houses = 10;
/** Of the shipped European award: fewest answers and visits of a house that is ranked. */
const minimum = { responses: 30, audits: 3 };
const rankDraws = 1000;

/** One score of a house of this quality, on 0 to 100, and the mean of such scores. */
interface Scenario {
  readonly name: string;
  readonly score: (random: RandomStream, quality: number) => number;
  readonly mean: (quality: number) => number;
}

const exponential = (random: RandomStream) => -Math.log(random.uniform());

const scenarios: readonly Scenario[] = [
  {
    name: 'normal scores',
    score: (random, quality) => quality + 8 * random.normal(),
    mean: (quality) => quality,
  },
  {
    // A gamma variate of shape 2 below the top: skewness -1.4.
    name: 'skewed scores',
    score: (random, quality) => quality + 14 - 7 * (exponential(random) + exponential(random)),
    mean: (quality) => quality,
  },
  {
    // A house's scores vary by 5 to 11 points, so that pooling is not quite right.
    name: 'unequal spreads',
    score: (random, quality) => quality + (5 + (Math.abs(quality * 7.3) % 6)) * random.normal(),
    mean: (quality) => quality,
  },
];

interface Count {
  inside: number;
  n: number;
}

/** How often 95 % intervals hold the truth, kind by kind; and 90 % sets of ranks. */
export function benchCoverage(): Line[] {
  return [...scenarios.flatMap(ofScores), ...ofShares(), ofRanks()];
}

function ofScores(scenario: Scenario, which: number): Line[] {
  const counts = new Map<string, Count>();
  const note = (kind: string, estimate: Estimate, truth: number) => {
    // As people see it: but 0 and 100 are no borders to these scores.
    const shown = toFigure(
      { ...estimate, value: (estimate.value ?? 0) / 2 + 25, se: (estimate.se ?? 0) / 2 },
      1,
    );
    if (!('value' in shown) || shown.low === null) throw new Error('no interval');
    add(counts, kind, shown.low <= truth / 2 + 25 && truth / 2 + 25 <= shown.high!);
  };
  for (let network = 0; network < networks; network++) {
    const random = openStream(20_260_101 + which, network);
    const qualities = Array.from({ length: houses }, () => 75 + 6 * random.normal());
    const truth = qualities.map(scenario.mean);
    const draw = (n: number) =>
      qualities.map((quality) => Array.from({ length: n }, () => scenario.score(random, quality)));
    const survey = () => {
      // Moments hold whole millionths of 0 to 100; shifted, so that nothing is cut off.
      const moments = draw(minimum.responses).map((own) =>
        momentsOf(own.map((x) => Math.round((x + 100) * 1e6))),
      );
      const pooled = pooledSpread(moments);
      return moments.map((own) => {
        const estimate = surveyEstimate(own, pooled);
        return { ...estimate, value: estimate.value! - 100 };
      });
    };
    const answers = survey();
    const visits = draw(minimum.audits).map((own) =>
      own.map((value) => ({ date: '2025-01-01', type: 'mystery' as const, value })),
    );
    const pool = varianceComponents(visits.map(auditUnit));
    const audits = visits.map((own) =>
      auditEstimate(auditIndex(own, { mystery: 1, announced: 1, asOf: '2025-12-31' })!, pool),
    );
    for (let house = 0; house < houses; house++) {
      note(`index of a house, ${minimum.responses} answers`, answers[house]!, truth[house]!);
      note(`index of a house, ${minimum.audits} visits`, audits[house]!, truth[house]!);
    }
    const all = truth.reduce((sum, each) => sum + each, 0) / houses;
    const market = (of: readonly Estimate[]) =>
      combineEstimates(of.map((estimate) => ({ estimate, volume: estimate.n })));
    note('index of a market, from answers', market(answers), all);
    note('index of a market, from visits', market(audits), all);
    const later = survey();
    const [before, after] = [answers[0]!, later[0]!].map(({ value, se, df }) => ({
      ...{ value: value!, se: se!, freedom: df! },
    }));
    const change = compareMeans(after!, before!)!;
    add(counts, 'change of a house between periods', change.low <= 0 && 0 <= change.high);
  }
  return [...counts].map(([kind, count]) => line(`${kind}; ${scenario.name}`, count, 0.93, 0.97));
}

/** Shares of best answers, and recommendation, at the fewest answers. */
function ofShares(): Line[] {
  const counts = new Map<string, Count>();
  const n = minimum.responses;
  for (let network = 0; network < networks; network++) {
    const random = openStream(20_260_110, network);
    for (let house = 0; house < houses; house++) {
      const [p, d] = [0.2 + 0.4 * random.uniform(), 0.05 + 0.3 * random.uniform()];
      let [promoters, detractors] = [0, 0];
      for (let i = 0; i < n; i++) {
        const u = random.uniform();
        if (u < p) promoters += 1;
        else if (u < p + d) detractors += 1;
      }
      const share = proportionInterval(promoters, n)!;
      add(counts, 'share of best answers (Wilson)', share.low <= p && p <= share.high);
      const nps = netPromoter({ promoters, detractors, passives: n - promoters - detractors })!;
      const truth = 100 * (p - d);
      add(counts, 'net promoter score (adjusted Wald)', nps.low <= truth && truth <= nps.high);
    }
  }
  return [...counts].map(([kind, count]) => line(`${kind}, ${n} answers`, count, 0.93, 0.97));
}

/** Sets for ranks must hold at least their level; being sets of whole ranks they hold more. */
function ofRanks(): Line {
  const count: Count = { inside: 0, n: 0 };
  for (let network = 0; network < networks; network++) {
    const random = openStream(20_260_120, network);
    const truth = Array.from({ length: houses }, () => 75 + 4 * random.normal());
    const errors = truth.map(() => 1 + 2 * random.uniform());
    const estimates = truth.map((value, j) => value + errors[j]! * random.normal());
    const sets = rankConfidenceSets(estimates, errors, { seed: network, draws: rankDraws });
    for (const [j, { low, high }] of sets.marginal.entries()) {
      const rank = 1 + truth.filter((value) => value > truth[j]!).length;
      count.n += 1;
      if (low <= rank && rank <= high) count.inside += 1;
    }
  }
  return line('90 % sets for the rank of a house', count, 0.9, 1);
}

function add(counts: Map<string, Count>, kind: string, isInside: boolean): void {
  const count = counts.get(kind) ?? { inside: 0, n: 0 };
  counts.set(kind, count);
  count.n += 1;
  if (isInside) count.inside += 1;
}

function line(what: string, { inside, n }: Count, least: number, most: number): Line {
  const share = inside / n;
  return {
    goal: 'cover',
    what: `${what}: coverage over ${networks.toLocaleString('en')} networks`,
    ours: `${(100 * share).toFixed(1)} %`,
    limit: most === 1 ? '90 %' : '95 %',
    ratio: `${n.toLocaleString('en')} intervals`,
    wanted: most === 1 ? '≥ 90 %' : '93–97 %',
    met: share >= least && share <= most,
  };
}
