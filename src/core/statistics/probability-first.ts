import { epsilon } from '../audits/scoring.ts';
import { openStream } from '../random.ts';
import { normalCdf } from './normal.ts';

/** How firmly a unit leads: chance of being first, of being among the first three, expected rank. */
export interface RankChances {
  readonly first: number;
  readonly topThree: number;
  readonly expectedRank: number;
}

/** Up to this number of units the chances are integrated; above, they are drawn. */
const integrated = 64;
const draws = 10_000;
const points = 1601;
const reach = 8;

/**
 * Chances of ranks of independent normal estimates, by integrating over the value of each unit on a
 * 1,601-point trapezoid of ±8 standard errors. Units with a standard error of 0 count as exact.
 *
 * @param estimates point estimates, any scale, higher is better
 * @param errors    their standard errors, >= 0
 * Above 64 units the chances come from 10,000 seeded draws instead.
 *
 * @param seed of those draws
 * @returns in the order given; one unit: first 1, expected rank 1; exact ties share the chance
 * @see methods.md, section 4
 */
export function rankChances(
  estimates: readonly number[],
  errors: readonly number[],
  seed = 0,
): RankChances[] {
  if (estimates.length > integrated) return drawChances(estimates, errors, seed);
  return estimates.map((estimate, j) => {
    const error = errors[j]!;
    if (error > 0) return integrate(estimates, errors, j);
    return atPoint(estimates, errors, j, estimate);
  });
}

function drawChances(
  estimates: readonly number[],
  errors: readonly number[],
  seed: number,
): RankChances[] {
  const p = estimates.length;
  const values = new Float64Array(p * draws);
  for (let j = 0; j < p; j++) {
    const stream = openStream(seed, j);
    for (let r = 0; r < draws; r++)
      values[r * p + j] = estimates[j]! + errors[j]! * stream.normal();
  }
  const first = new Float64Array(p);
  const topThree = new Float64Array(p);
  const rankSum = new Float64Array(p);
  for (let r = 0; r < draws; r++) {
    const row = values.subarray(r * p, (r + 1) * p);
    const order = Uint32Array.from({ length: p }, (_, j) => j).sort((a, b) => row[b]! - row[a]!);
    let equal = 1;
    while (equal < p && row[order[0]!]! - row[order[equal]!]! <= epsilon) equal += 1;
    for (let place = 0; place < equal; place++) first[order[place]!]! += 1 / equal;
    for (let place = 0; place < p; place++) {
      if (place < 3) topThree[order[place]!]! += 1;
      rankSum[order[place]!]! += place + 1;
    }
  }
  return estimates.map((_, j) => ({
    first: first[j]! / draws,
    topThree: topThree[j]! / draws,
    expectedRank: rankSum[j]! / draws,
  }));
}

function integrate(
  estimates: readonly number[],
  errors: readonly number[],
  j: number,
): RankChances {
  let first = 0;
  let topThree = 0;
  let expectedRank = 0;
  let mass = 0;
  const step = (2 * reach) / (points - 1);
  for (let i = 0; i < points; i++) {
    const z = -reach + i * step;
    const weight = Math.exp((-z * z) / 2) * (i === 0 || i === points - 1 ? 0.5 : 1);
    if (weight < 1e-16) continue;
    const at = atPoint(estimates, errors, j, estimates[j]! + errors[j]! * z);
    first += weight * at.first;
    topThree += weight * at.topThree;
    expectedRank += weight * at.expectedRank;
    mass += weight;
  }
  return { first: first / mass, topThree: topThree / mass, expectedRank: expectedRank / mass };
}

/** Chances given that unit j has the value x: the number of better units is Poisson-binomial. */
function atPoint(
  estimates: readonly number[],
  errors: readonly number[],
  j: number,
  x: number,
): RankChances {
  let none = 1;
  let one = 0;
  let two = 0;
  let better = 0;
  let exactTies = 0;
  for (let k = 0; k < estimates.length; k++) {
    if (k === j) continue;
    const above = chanceAbove(estimates[k]!, errors[k]!, x);
    if (above === 0.5 && errors[k] === 0) exactTies += 1;
    const below = 1 - above;
    two = two * below + one * above;
    one = one * below + none * above;
    none *= below;
    better += above;
  }
  // Exact ties share a place equally; halving each pair gives 2^-ties, the fair share is 1/(ties+1).
  const fair = exactTies > 0 ? 2 ** exactTies / (exactTies + 1) : 1;
  return {
    first: none * fair,
    topThree: Math.min(1, none + one + two),
    expectedRank: 1 + better,
  };
}

function chanceAbove(estimate: number, error: number, x: number): number {
  if (error > 0) return normalCdf((estimate - x) / error);
  if (Math.abs(estimate - x) <= epsilon) return 0.5;
  return estimate > x ? 1 : 0;
}
