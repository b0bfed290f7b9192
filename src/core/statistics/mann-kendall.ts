import { quantileOf } from './bootstrap.ts';
import { normalQuantile, twoSided } from './distributions.ts';
import { kendallTau } from './ranks.ts';

/** Whether a series rises or falls, without assuming a straight line. */
export interface Trend {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  readonly varianceOfS: number;
  readonly z: number;
  readonly p: number;
  readonly tau: number | null;
  /** Sen's slope: the median change from one period to the next. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mann and Kendall's test of a trend, corrected for ties and continuity, with Sen's slope and its
 * limits.
 *
 * @param series one value a period, in order, evenly spaced; `null` = no value in that period
 * @returns `null` with fewer than three values, or where all are equal
 * @see Mann 1945; Kendall 1975; Sen 1968; methods.md, 3
 */
export function mannKendall(series: readonly (number | null)[], level = 0.95): Trend | null {
  const points = series.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  const n = points.length;
  if (n < 3) return null;
  let s = 0;
  const slopes: number[] = [];
  for (let j = 1; j < n; j++) {
    for (let i = 0; i < j; i++) {
      const rise = points[j]!.value - points[i]!.value;
      s += Math.sign(rise);
      slopes.push(rise / (points[j]!.at - points[i]!.at));
    }
  }
  const groups = new Map<number, number>();
  for (const { value } of points) groups.set(value, (groups.get(value) ?? 0) + 1);
  const term = (t: number) => t * (t - 1) * (2 * t + 5);
  const tied = [...groups.values()].reduce((sum, t) => sum + term(t), 0);
  const varianceOfS = (term(n) - tied) / 18;
  if (!(varianceOfS > 0)) return null;
  const z = s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(varianceOfS);
  slopes.sort((a, b) => a - b);
  const reach = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(varianceOfS);
  const count = slopes.length;
  return {
    s,
    varianceOfS,
    z,
    p: twoSided(z),
    tau: kendallTau(
      points.map(({ at }) => at),
      points.map(({ value }) => value),
    ),
    slope: quantileOf(slopes, 0.5),
    low: atRank(slopes, (count - reach) / 2),
    high: atRank(slopes, (count + reach) / 2 + 1),
  };
}

/** Value at a rank that may be a fraction, 1 = the smallest; held within the ends. */
function atRank(sorted: readonly number[], rank: number): number {
  const at = Math.min(sorted.length, Math.max(1, rank)) - 1;
  const below = Math.floor(at);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low + (at - below) * (high - low);
}
