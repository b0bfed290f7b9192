/** A weighted sample's moments: `variance` and `se` are `null` with fewer than two observations. */
export interface WeightedMean {
  readonly n: number;
  readonly mean: number;
  /** Kish's effective sample size. */
  readonly nEff: number;
  readonly variance: number | null;
  readonly se: number | null;
}

/**
 * Weighted mean with its standard error.
 * mean = Σwx/Σw; variance = Σw(x-mean)² / (Σw - Σw²/Σw); nEff = (Σw)²/Σw²; se = √(variance/nEff).
 *
 * @param values  any scale, finite
 * @param weights same length, >= 0; those of 0 do not count
 * @returns `null` where no observation has weight
 * @throws RangeError for a negative weight or a value that is not finite
 * @see methods.md, section 3
 * @example weightedMean([1, 3], [1, 1]) // { n: 2, mean: 2, nEff: 2, variance: 2, se: 1 }
 */
export function weightedMean(
  values: readonly number[],
  weights: readonly number[] = values.map(() => 1),
): WeightedMean | null {
  let n = 0;
  let sumW = 0;
  let sumW2 = 0;
  let sumWx = 0;
  for (const [index, x] of values.entries()) {
    const w = weights[index]!;
    if (!Number.isFinite(x) || !(w >= 0)) throw new RangeError(`value ${x} with weight ${w}`);
    if (w === 0) continue;
    n += 1;
    sumW += w;
    sumW2 += w * w;
    sumWx += w * x;
  }
  if (n === 0) return null;
  const mean = sumWx / sumW;
  const nEff = (sumW * sumW) / sumW2;
  if (n === 1) return { n, mean, nEff, variance: null, se: null };
  let squares = 0;
  for (const [index, x] of values.entries()) squares += weights[index]! * (x - mean) ** 2;
  const variance = squares / (sumW - sumW2 / sumW);
  return { n, mean, nEff, variance, se: Math.sqrt(variance / nEff) };
}
