import type { RandomStream } from '../random.ts';
import { openStream } from '../random.ts';
import { ranksOf } from './ranks.ts';

/** What other weights would do to each unit. */
export interface Acceptability {
  /** Share of the weights under which the unit is first, ties shared among them. */
  readonly first: number;
  readonly topThree: number;
  readonly expectedRank: number;
  /** Mean of the weights under which the unit is first; `null` where there are none. */
  readonly centralWeights: readonly number[] | null;
}

/** Which weights are tried: any at all, or near the nominal ones. */
export type WeightPrior =
  | { readonly kind: 'any' }
  | { readonly kind: 'near'; readonly nominal: readonly number[]; readonly concentration: number };

/**
 * Stochastic weight analysis: ranks of units under weights drawn uniformly from the simplex, or from
 * a Dirichlet distribution around the nominal weights.
 *
 * @param points units × criteria, higher is better, finite
 * @param seed   of the draws
 * @returns one entry a unit, in the order given
 * @see Lahdelma, Hokkanen & Salminen 1998, EJOR 106:137-143; methods.md, 4
 */
export function weightAcceptability(
  points: readonly (readonly number[])[],
  prior: WeightPrior,
  seed: number,
  draws = 10_000,
): Acceptability[] {
  const criteria = points[0]?.length ?? 0;
  const random = openStream(seed, 1);
  const tally = points.map(() => ({
    first: 0,
    topThree: 0,
    ranks: 0,
    weights: new Array<number>(criteria).fill(0),
  }));
  for (let draw = 0; draw < draws; draw++) {
    const weights = drawWeights(random, prior, criteria);
    const values = points.map((row) => row.reduce((sum, x, k) => sum + x * weights[k]!, 0));
    const ranks = ranksOf(values);
    const leaders = ranks.filter((rank) => rank === 1).length;
    for (const [unit, rank] of ranks.entries()) {
      const own = tally[unit]!;
      own.ranks += rank;
      if (rank <= 3) own.topThree++;
      if (rank > 1) continue;
      own.first += 1 / leaders;
      for (let k = 0; k < criteria; k++) own.weights[k]! += weights[k]! / leaders;
    }
  }
  return tally.map((own) => ({
    first: own.first / draws,
    topThree: own.topThree / draws,
    expectedRank: own.ranks / draws,
    centralWeights: own.first > 0 ? own.weights.map((sum) => sum / own.first) : null,
  }));
}

function drawWeights(random: RandomStream, prior: WeightPrior, criteria: number): number[] {
  const shapes =
    prior.kind === 'any'
      ? new Array<number>(criteria).fill(1)
      : prior.nominal.map((weight) => weight * prior.concentration);
  const parts = shapes.map((shape) => gamma(random, shape));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}

/** A gamma variate of scale 1; a shape of 0 gives 0. @see Marsaglia & Tsang 2000 */
function gamma(random: RandomStream, shape: number): number {
  if (!Number.isFinite(shape) || shape < 0) throw new RangeError(`no weight: ${shape}`);
  if (shape === 0) return 0;
  if (shape === 1) return -Math.log(random.uniform());
  if (shape < 1) return gamma(random, shape + 1) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
