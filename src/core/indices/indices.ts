import type { IndexFigure } from '../../contracts/indices.ts';
import { normalQuantile } from '../statistics/distributions.ts';
import { meanInterval } from '../statistics/mean-interval.ts';
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

/**
 * Mean of respondents' indices from exact sums; with one respondent the spread is the pooled one.
 * @see methods.md, 2.1 and 2.3
 */
export function surveyEstimate(moments: Moments, pooledVariance: number | null = null): Estimate {
  const { mean, variance } = meanAndVariance(moments);
  const own = variance !== null && variance > 0 ? variance : pooledVariance;
  const spread = own ?? variance;
  return {
    n: moments.n,
    value: mean,
    se: spread === null || moments.n === 0 ? null : Math.sqrt(spread / moments.n),
    ...(moments.n > 1 && spread === variance ? { df: moments.n - 1 } : {}),
  };
}

/**
 * Estimate of a market, region, group …: the mean of its houses weighted by service volume, as seen
 * in the number of their observations; SE = √Σv²SE² / Σv.
 * @see methods.md, section 3
 */
export function combineEstimates(
  parts: readonly { readonly estimate: Estimate; readonly volume: number }[],
): Estimate {
  let volume = 0;
  let sum = 0;
  let variance = 0;
  let n = 0;
  let known = true;
  for (const part of parts) {
    const { value, se } = part.estimate;
    if (value === null || part.volume <= 0) continue;
    n += part.estimate.n;
    volume += part.volume;
    sum += part.volume * value;
    if (se === null) known = false;
    else variance += (part.volume * se) ** 2;
  }
  if (volume === 0) return { n: 0, value: null, se: null };
  return { n, value: sum / volume, se: known ? Math.sqrt(variance) / volume : null };
}

/** Pooled variance inside units from their exact sums; `null` where no unit has two observations. */
export function pooledVariance(units: readonly Moments[]): number | null {
  let squares = 0;
  let freedom = 0;
  for (const unit of units) {
    const { variance } = meanAndVariance(unit);
    if (variance === null) continue;
    squares += (unit.n - 1) * variance;
    freedom += unit.n - 1;
  }
  return freedom > 0 ? squares / freedom : null;
}
