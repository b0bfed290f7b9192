import type { Interval } from './mean-interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * Wilson's score interval of a proportion, as shares 0 to 1.
 *
 * @param successes 0 to n
 * @param n         trials; 0 gives `null`
 * @see Wilson 1927; Newcombe 1998, method 3; methods.md, 2.3
 * @example wilsonInterval(81, 263) // { low: 0.2553, high: 0.3662 }
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval | null {
  if (successes < 0 || successes > n) throw new RangeError(`${successes} of ${n} is no proportion`);
  if (n === 0) return null;
  const z = normalQuantile(1 - (1 - level) / 2);
  const z2 = z * z;
  const p = successes / n;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
