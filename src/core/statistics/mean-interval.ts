import { studentQuantile } from './distributions.ts';

/** An interval on the scale of the value it belongs to. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Student interval of a mean from its standard error.
 *
 * @param mean     on any scale
 * @param se       standard error of the mean, >= 0
 * @param df       degrees of freedom, > 0
 * @param level    coverage, default .95
 * @throws RangeError for a negative standard error or df <= 0: the caller's mistake
 * @see methods.md, 2.3
 * @example meanInterval(10, 1, 9) // { low: 7.737843, high: 12.262157 }
 */
export function meanInterval(mean: number, se: number, df: number, level = 0.95): Interval {
  if (!(se >= 0) || !(df > 0)) throw new RangeError(`se ${se} and df ${df} must be positive`);
  const half = studentQuantile(1 - (1 - level) / 2, df) * se;
  return { low: mean - half, high: mean + half };
}
