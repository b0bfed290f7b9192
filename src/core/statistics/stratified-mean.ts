import type { Sample } from './moments.ts';

/** One stratum: how large it is in the population, and what was seen of it. */
export interface Stratum extends Sample {
  /** Size or share in the population, any unit, >= 0. */
  readonly size: number;
}

/** A mean weighted to the mix of the population. */
export interface StratifiedMean {
  readonly mean: number;
  /** `null` where no stratum has two values. */
  readonly se: number | null;
  /** Strata without a value were left out, and the others carry their share. */
  readonly isPartial: boolean;
}

/**
 * Mean over strata weighted by their sizes: Σ W ȳ, SE = √Σ W² s²/n (1 - n/N). A stratum with one
 * value borrows the spread pooled over the others; one without any is dropped.
 *
 * @param isOfFinitePopulation whether sizes are counts of a finite population of which the sample is a part
 * @returns `null` where no stratum with a size has a value
 * @throws RangeError for a negative size
 * @see Cochran 1977, ch. 5; methods.md, 2.3
 */
export function stratifiedMean(
  strata: readonly Stratum[],
  isOfFinitePopulation = false,
): StratifiedMean | null {
  if (strata.some(({ size }) => !(size >= 0))) throw new RangeError('a stratum has no size');
  const sized = strata.filter(({ size }) => size > 0);
  const used = sized.filter(({ n }) => n > 0);
  const total = used.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) return null;
  const pooled = pooledVariance(used);
  let variance: number | null = 0;
  for (const { size, n, variance: own } of used) {
    const spread = own ?? pooled;
    if (spread === null) variance = null;
    if (variance === null) break;
    const correction = isOfFinitePopulation ? Math.max(0, 1 - n / size) : 1;
    variance += (((size / total) ** 2 * spread!) / n) * correction;
  }
  return {
    mean: used.reduce((sum, { size, mean }) => sum + (size / total) * mean, 0),
    se: variance === null ? null : Math.sqrt(variance),
    isPartial: used.length < sized.length,
  };
}

function pooledVariance(strata: readonly Stratum[]): number | null {
  const varied = strata.filter(({ variance }) => variance !== null);
  const freedom = varied.reduce((sum, { n }) => sum + n - 1, 0);
  if (freedom === 0) return null;
  return varied.reduce((sum, { n, variance }) => sum + (n - 1) * variance!, 0) / freedom;
}

/**
 * How many equally weighted values a weighted sample is worth: (Σw)²/Σw².
 * @see Kish 1965
 * @returns 0 without weights
 */
export function effectiveSize(weights: readonly number[]): number {
  const sum = weights.reduce((total, each) => total + each, 0);
  const squares = weights.reduce((total, each) => total + each * each, 0);
  return squares > 0 ? (sum * sum) / squares : 0;
}
