import { sampleOf } from '../statistics/moments.ts';
import { ranksOf } from '../statistics/ranks.ts';

/** How values of one component are brought to one scale with the others, from the data themselves. */
export type Normalisation = 'min-max' | 'z-score' | 'percent-rank';

/**
 * Values of one component on a common scale: 0 to 1 between the least and the greatest, distances
 * from the mean in deviations (n - 1), or shares of units below. Where nothing varies all get 0.
 * These serve sensitivity analysis only: an award uses goalposts fixed beforehand, since here a unit
 * more or less moves the others.
 *
 * @param values finite, at least one
 * @see OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5; methods.md, 6
 * @example normalise([2, 4, 6], 'min-max') // [0, 0.5, 1]
 */
export function normalise(values: readonly number[], by: Normalisation): number[] {
  switch (by) {
    case 'min-max': {
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
    }
    case 'z-score': {
      const { mean, variance } = sampleOf(values);
      const sd = Math.sqrt(variance ?? 0);
      return values.map((value) => (sd > 0 ? (value - mean) / sd : 0));
    }
    case 'percent-rank': {
      const below = ranksOf(
        values.map((value) => -value),
        'fractional',
      );
      return below.map((rank) => (values.length > 1 ? (rank - 1) / (values.length - 1) : 0));
    }
  }
}

/**
 * Weighted geometric mean: a weakness cannot be bought off by a strength. Values below the floor
 * count as the floor, so that a 0 does not wipe out all else.
 *
 * @param floor > 0, on the scale of the values
 * @see UNDP, Human Development Report technical note 1
 * @example geometricMean([4, 9], [1, 1], 1) // 6
 */
export function geometricMean(
  values: readonly number[],
  weights: readonly number[],
  floor: number,
): number {
  const total = weights.reduce((sum, each) => sum + each, 0);
  const logs = values.reduce(
    (sum, value, i) => sum + (weights[i]! / total) * Math.log(Math.max(floor, value)),
    0,
  );
  return Math.exp(logs);
}
