import gammaln from '@stdlib/math-base-special-gammaln';
import betaCdfOf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantileOf from '@stdlib/stats-base-dists-beta-quantile';
import chiSquareCdfOf from '@stdlib/stats-base-dists-chisquare-cdf';
import chiSquareQuantileOf from '@stdlib/stats-base-dists-chisquare-quantile';
import fCdfOf from '@stdlib/stats-base-dists-f-cdf';
import fQuantileOf from '@stdlib/stats-base-dists-f-quantile';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import studentCdfOf from '@stdlib/stats-base-dists-t-cdf';
import studentQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/**
 * The distributions that the methods stand on: stdlib's, under one name each, so that whatever is
 * wrong with one of them is mended in one place. Checked against R to a relative 1e-10
 * (`num-distributions`); quantiles of beta and F to 1e-8.
 */

/**
 * Standard normal distribution function.
 * @example normalCdf(1.959963984540054) // 0.975
 */
export function normalCdf(x: number): number {
  return normalCdfOf(x, 0, 1);
}

/**
 * Standard normal quantile, p in (0, 1).
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  return normalQuantileOf(p, 0, 1);
}

/** Student's distribution function; `freedom` may be a fraction, or infinite = normal. */
export function studentCdf(t: number, freedom: number): number {
  return Number.isFinite(freedom) ? studentCdfOf(t, freedom) : normalCdf(t);
}

/** Student's quantile, p in (0, 1); `freedom` may be a fraction, or infinite = normal. */
export function studentQuantile(p: number, freedom: number): number {
  return Number.isFinite(freedom) ? studentQuantileOf(p, freedom) : normalQuantile(p);
}

/** Distribution function of beta(a, b), x in [0, 1]. */
export function betaCdf(x: number, a: number, b: number): number {
  return betaCdfOf(x, a, b);
}

/** Quantile of beta(a, b), p in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaQuantileOf(p, a, b);
}

/** Chi-square distribution function, x >= 0. */
export function chiSquareCdf(x: number, freedom: number): number {
  return chiSquareCdfOf(x, freedom);
}

/** Chi-square quantile, p in [0, 1]. */
export function chiSquareQuantile(p: number, freedom: number): number {
  return chiSquareQuantileOf(p, freedom);
}

/** Distribution function of F, x >= 0. */
export function fCdf(x: number, freedom1: number, freedom2: number): number {
  return fCdfOf(x, freedom1, freedom2);
}

/** Quantile of F, p in [0, 1]. */
export function fQuantile(p: number, freedom1: number, freedom2: number): number {
  return fQuantileOf(p, freedom1, freedom2);
}

/** Logarithm of the gamma function, x > 0. */
export function logGamma(x: number): number {
  return gammaln(x);
}

/** Two-sided p-value of a standard normal z. */
export function twoSided(z: number): number {
  return 2 * normalCdf(-Math.abs(z));
}

/** Two-sided p-value of Student's t. */
export function twoSidedStudent(t: number, freedom: number): number {
  return 2 * studentCdf(-Math.abs(t), freedom);
}
