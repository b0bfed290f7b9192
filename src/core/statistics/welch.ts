import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { normalCdf, normalQuantile } from './normal.ts';

/** Moments of a sample: `variance` has the denominator n - 1. */
export interface Sample {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | null;
}

/** A difference with its test. */
export interface Difference {
  readonly difference: number;
  readonly se: number;
  readonly t: number;
  readonly freedom: number;
  /** Two-sided. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Welch's test of two means with unequal variances, and the interval of their difference.
 *
 * @param level of the interval, 0 to 1
 * @returns `null` where either sample has fewer than two values, or nothing varies
 * @see Welch 1947; methods.md, 3
 */
export function welch(one: Sample, other: Sample, level = 0.95): Difference | null {
  if (one.n < 2 || other.n < 2 || one.variance === null || other.variance === null) return null;
  const mean = ({ n, mean: value, variance }: Sample): Mean => ({
    ...{ value, se: Math.sqrt(variance! / n), freedom: n - 1 },
  });
  return compareMeans(mean(one), mean(other), level);
}

/** An estimate with its standard error; infinite freedom = a normal one. */
export interface Mean {
  readonly value: number;
  readonly se: number;
  readonly freedom: number;
}

/** The same for estimates whose errors are known already, by Satterthwaite's degrees of freedom. */
export function compareMeans(one: Mean, other: Mean, level = 0.95): Difference | null {
  const [a, b] = [one.se ** 2, other.se ** 2];
  if (!(a + b > 0)) return null;
  const freedom = (a + b) ** 2 / (a ** 2 / one.freedom + b ** 2 / other.freedom);
  return testOf(one.value - other.value, Math.sqrt(a + b), freedom, level);
}

/** Student's test of one mean against 0. @returns `null` as above */
export function againstZero(sample: Sample, level = 0.95): Difference | null {
  if (sample.n < 2 || sample.variance === null || !(sample.variance > 0)) return null;
  return testOf(sample.mean, Math.sqrt(sample.variance / sample.n), sample.n - 1, level);
}

function testOf(difference: number, se: number, freedom: number, level: number): Difference {
  const t = difference / se;
  const tail = 1 - (1 - level) / 2;
  const isNormal = !Number.isFinite(freedom);
  const reach = (isNormal ? normalQuantile(tail) : tQuantile(tail, freedom)) * se;
  return {
    difference,
    se,
    t,
    freedom,
    p: 2 * (isNormal ? normalCdf(-Math.abs(t)) : tCdf(-Math.abs(t), freedom)),
    low: difference - reach,
    high: difference + reach,
  };
}

/** Mean and variance (n - 1) of values, in two passes. */
export function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const mean = n === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / n;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { n, mean, variance: n < 2 ? null : squares / (n - 1) };
}
