import { openStream } from '../random.ts';
import { normalCdf, normalQuantile } from './distributions.ts';
import type { Interval } from './mean-interval.ts';
import { sampleOf, sumOf } from './moments.ts';

/** A statistic of a resample; `null` where it is not defined on it. */
export type Statistic = (indices: Int32Array) => number | null;

/** What resampling says about a statistic. */
export interface Bootstrap {
  readonly se: number;
  readonly percentile: Interval;
  /** Corrected for bias and acceleration; `null` where the jackknife does not vary. */
  readonly bca: Interval | null;
  /** Replicates on which the statistic was not defined, out of the draws. */
  readonly undefined: number;
}

export interface BootstrapOptions {
  readonly draws?: number;
  readonly level?: number;
  readonly seed: number;
}

/** Replicates that must be defined before anything is said. */
const fewest = 0.9;

/**
 * Bootstrap of a statistic over n independent rows: standard error, percentile interval, and the
 * interval corrected for bias and acceleration (BCa). Each replicate draws from a stream of its own.
 *
 * @param n         rows; below 2 gives `null`
 * @param statistic of the rows at the indices given, n of them
 * @returns `null` where more than a tenth of the replicates leave the statistic undefined
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 14; methods.md, 2.3
 */
export function bootstrap(
  n: number,
  statistic: Statistic,
  { draws = 2000, level = 0.95, seed }: BootstrapOptions,
): Bootstrap | null {
  const observed = n < 2 ? null : statistic(Int32Array.from({ length: n }, (_, i) => i));
  if (observed === null) return null;
  const replicates: number[] = [];
  const indices = new Int32Array(n);
  for (let draw = 0; draw < draws; draw++) {
    const random = openStream(seed, draw);
    for (let i = 0; i < n; i++) indices[i] = random.below(n);
    const value = statistic(indices);
    if (value !== null) replicates.push(value);
  }
  if (replicates.length < fewest * draws) return null;
  replicates.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return {
    se: Math.sqrt(sampleOf(replicates).variance ?? 0),
    percentile: {
      low: quantileOf(replicates, tail),
      high: quantileOf(replicates, 1 - tail),
    },
    bca: bcaInterval(replicates, observed, jackknife(n, statistic)?.acceleration ?? null, tail),
    undefined: draws - replicates.length,
  };
}

/**
 * Jackknife: the statistic without each row in turn.
 * @returns `null` where a row cannot be left out
 * @see Efron & Tibshirani 1993, 11.5 and 14.15
 */
export function jackknife(
  n: number,
  statistic: Statistic,
): { readonly se: number; readonly acceleration: number | null } | null {
  const without: number[] = [];
  for (let left = 0; left < n; left++) {
    const value = statistic(Int32Array.from({ length: n - 1 }, (_, i) => (i < left ? i : i + 1)));
    if (value === null) return null;
    without.push(value);
  }
  const { mean } = sampleOf(without);
  const squares = sumOf(without.map((value) => (mean - value) ** 2));
  const cubes = sumOf(without.map((value) => (mean - value) ** 3));
  return {
    se: Math.sqrt((squares * (n - 1)) / n),
    acceleration: squares > 0 ? cubes / (6 * squares ** 1.5) : null,
  };
}

function bcaInterval(
  sorted: readonly number[],
  observed: number,
  acceleration: number | null,
  tail: number,
): Interval | null {
  if (acceleration === null) return null;
  const below = sorted.filter((value) => value < observed).length;
  const equal = sorted.filter((value) => value === observed).length;
  const share = (below + equal / 2) / sorted.length;
  if (!(share > 0 && share < 1)) return null;
  const bias = normalQuantile(share);
  const at = (p: number) => {
    const z = bias + normalQuantile(p);
    return quantileOf(sorted, normalCdf(bias + z / (1 - acceleration * z)));
  };
  return { low: at(tail), high: at(1 - tail) };
}

/** Quantile of sorted values, linear between order statistics (type 7 of Hyndman & Fan 1996). */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}
