import type { IndexFigure } from '../../contracts/indices.ts';
import { normalQuantile } from '../statistics/distributions.ts';
import { meanInterval } from '../statistics/mean-interval.ts';
import type { Sample } from '../statistics/moments.ts';
import { type Moments, meanAndVariance } from './cells.ts';

/** Below this number of respondents nothing but n is shown (privacy; methods.md, 2.4). */
export const fewestRespondents = 5;

/** An estimate before it is shown: `se` is `null` where nothing is known about its spread. */
export interface Estimate {
  readonly n: number;
  readonly value: number | null;
  readonly se: number | null;
  /** Degrees of freedom of the interval; absent = a normal interval. */
  readonly df?: number | undefined;
}

/**
 * What people see of an estimate: value with interval, or "too few". One rule for every index.
 * @param minimum below it nothing but n is shown
 * @see methods.md, 2.4 and section 8
 */
export function toFigure(estimate: Estimate, minimum: number): IndexFigure {
  const { n, value, se, df } = estimate;
  if (value === null || n < minimum) return { tooFew: { n, minimum } };
  if (se === null) return { value, n, low: null, high: null };
  const half = df === undefined ? normalQuantile(0.975) * se : 0;
  const { low, high } =
    df === undefined ? { low: value - half, high: value + half } : meanInterval(value, se, df);
  return { value, n, low: Math.max(0, low), high: Math.min(100, high) };
}

/** What people see of the mean of respondents' scores. */
export function figureOfSample({ n, mean, variance }: Sample): IndexFigure {
  const se = variance === null ? null : Math.sqrt(variance / n);
  const estimate = { n, value: n > 0 ? mean : null, se, ...(n > 1 ? { df: n - 1 } : {}) };
  return toFigure(estimate, fewestRespondents);
}

/** A variance with what it rests on. */
export interface Spread {
  readonly variance: number;
  /** Degrees of freedom. */
  readonly freedom: number;
}

/** From so many observations a unit speaks for its own spread. */
const ownSpreadFrom = 30;
/** Below so many degrees of freedom a pooled variance is no surer than a unit's own. */
const fewestPooled = 10;

/**
 * The spread that a unit's interval rests on: its own from 30 observations, below that the one pooled over
 * the units beside it. Of few skewed scores the own spread is often too small just where the mean is off,
 * and Student's interval then covers 88 to 92 of a hundred instead of 95 (see the bench's coverage).
 *
 * @returns `null` where nothing is known about the spread
 * @see docs/decisions/0008-pooled-spread.md; methods.md, 2.3
 */
export function spreadOf(
  own: { readonly n: number; readonly variance: number | null },
  pooled: Spread | null,
): Spread | null {
  const { n, variance } = own;
  const mine =
    variance !== null && variance > 0 && n > 1 ? { variance, freedom: n - 1 } : undefined;
  if (mine && (n >= ownSpreadFrom || !pooled || pooled.freedom < fewestPooled)) return mine;
  if (pooled && pooled.variance > 0) return pooled;
  return mine ?? (variance === null ? null : { variance, freedom: Math.max(1, n - 1) });
}

/**
 * Mean of respondents' indices from exact sums.
 * @see methods.md, 2.1 and 2.3
 */
export function surveyEstimate(moments: Moments, pooled: Spread | null = null): Estimate {
  const { n } = moments;
  const { mean, variance } = meanAndVariance(moments);
  const spread = n === 0 ? null : spreadOf({ n, variance }, pooled);
  return {
    n,
    value: mean,
    se: spread && Math.sqrt(spread.variance / n),
    ...(spread ? { df: spread.freedom } : {}),
  };
}

/**
 * Estimate of a market, region, group …: the mean of its houses weighted by service volume, as seen
 * in the number of their observations; SE = √Σv²SE² / Σv, with Satterthwaite's degrees of freedom.
 * @see methods.md, section 3
 */
export function combineEstimates(
  parts: readonly { readonly estimate: Estimate; readonly volume: number }[],
): Estimate {
  let volume = 0;
  let sum = 0;
  let variance = 0;
  let fourth = 0;
  let n = 0;
  let known = true;
  for (const part of parts) {
    const { value, se } = part.estimate;
    if (value === null || part.volume <= 0) continue;
    n += part.estimate.n;
    volume += part.volume;
    sum += part.volume * value;
    if (se === null) {
      known = false;
      continue;
    }
    const own = (part.volume * se) ** 2;
    variance += own;
    fourth += own ** 2 / (part.estimate.df ?? Number.POSITIVE_INFINITY);
  }
  if (volume === 0) return { n: 0, value: null, se: null };
  return {
    n,
    value: sum / volume,
    se: known ? Math.sqrt(variance) / volume : null,
    // Satterthwaite's degrees of freedom; with none lost the interval is a normal one.
    ...(fourth > 0 ? { df: variance ** 2 / fourth } : {}),
  };
}

/** Variance pooled inside units from their exact sums; `null` where no unit has two observations. */
export function pooledSpread(units: readonly Moments[]): Spread | null {
  let squares = 0;
  let freedom = 0;
  for (const unit of units) {
    const { variance } = meanAndVariance(unit);
    if (variance === null) continue;
    squares += (unit.n - 1) * variance;
    freedom += unit.n - 1;
  }
  return freedom > 0 ? { variance: squares / freedom, freedom } : null;
}
