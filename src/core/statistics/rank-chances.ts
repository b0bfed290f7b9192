import { epsilon } from '../audits/scoring.ts';
import { normalCdf, normalQuantile } from './distributions.ts';
import { drawRanks, wholePlace } from './rank-draws.ts';

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

/** Chance that one independent normal estimate is truly above another; ties of exact values: a half. */
export function chanceBetter(
  one: { readonly estimate: number; readonly se: number },
  other: { readonly estimate: number; readonly se: number },
): number {
  return chanceAbove(one.estimate - other.estimate, Math.hypot(one.se, other.se), 0);
}

/**
 * The chance of every rank, for one unit among independent normal estimates: the same integral over
 * the Poisson-binomial number of better units.
 *
 * @param own index of the unit
 * @returns chances of rank 1, 2, … p, summing to 1
 * @see methods.md, section 4
 */
export function rankDistribution(
  estimates: readonly number[],
  errors: readonly number[],
  own: number,
): number[] {
  const p = estimates.length;
  const sum = new Float64Array(p);
  const better = new Float64Array(p);
  let mass = 0;
  for (const { z, weight } of errors[own]! > 0 ? nodes() : [{ z: 0, weight: 1 }]) {
    const x = estimates[own]! + errors[own]! * z;
    better.fill(0);
    better[0] = 1;
    let counted = 0;
    for (let k = 0; k < p; k++) {
      if (k === own) continue;
      const above = chanceAbove(estimates[k]!, errors[k]!, x);
      counted += 1;
      for (let m = counted; m > 0; m--) {
        better[m] = better[m]! * (1 - above) + better[m - 1]! * above;
      }
      better[0]! *= 1 - above;
    }
    mass += weight;
    for (let m = 0; m < p; m++) sum[m]! += weight * better[m]!;
  }
  return Array.from(sum, (each) => each / mass);
}

/**
 * Half-width of intervals, in standard errors, at which two of them just touch where the two units
 * differ at about the level: z over the mean of (sᵢ + sⱼ)/√(sᵢ² + sⱼ²).
 *
 * @param errors of the units, at least two above 0; else the plain z
 * @see Goldstein & Spiegelhalter 1996, JRSS-A 159:385-443; methods.md, section 4
 */
export function comparisonReach(errors: readonly number[], level = 0.95): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < errors.length; i++) {
    for (let j = 0; j < i; j++) {
      const apart = Math.hypot(errors[i]!, errors[j]!);
      if (!(apart > 0)) continue;
      sum += (errors[i]! + errors[j]!) / apart;
      pairs += 1;
    }
  }
  const z = normalQuantile(1 - (1 - level) / 2);
  return pairs > 0 ? z / (sum / pairs) : z;
}

/** Points of the integral over a standard normal value, with their weights. */
function* nodes(): Generator<{ readonly z: number; readonly weight: number }> {
  const step = (2 * reach) / (points - 1);
  for (let i = 0; i < points; i++) {
    const z = -reach + i * step;
    const weight = Math.exp((-z * z) / 2) * (i === 0 || i === points - 1 ? 0.5 : 1);
    if (weight >= 1e-16) yield { z, weight };
  }
}

function drawChances(
  estimates: readonly number[],
  errors: readonly number[],
  seed: number,
): RankChances[] {
  const tally = drawRanks(estimates, errors, { seed, from: 0, to: draws });
  return estimates.map((_, j) => ({
    first: tally.first[j]! / wholePlace / draws,
    topThree: tally.topThree[j]! / draws,
    expectedRank: tally.rankSum[j]! / draws,
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
  for (const { z, weight } of nodes()) {
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
