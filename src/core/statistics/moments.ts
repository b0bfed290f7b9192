/** Moments of a sample: `variance` has the denominator n - 1 and is `null` below two values. */
export interface Sample {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | null;
}

/**
 * Sum without loss: what each addition drops is kept and added at the end, so that a million rows
 * lose nothing and the order hardly matters.
 * @see Neumaier 1974
 * @example sumOf([1, 1e100, 1, -1e100]) // 2
 */
export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/**
 * Mean and variance in two passes; the second takes back what rounding left in the first.
 * @throws RangeError for a value that is not finite
 * @see NIST Statistical Reference Datasets; methods.md, notation
 * @example sampleOf([10000001, 10000003, 10000002]) // { n: 3, mean: 10000002, variance: 1 }
 */
export function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  if (n === 0) return { n, mean: 0, variance: null };
  const near = sumOf(values) / n;
  if (!Number.isFinite(near)) throw new RangeError('a value is not finite');
  const mean = near + sumOf(values.map((value) => value - near)) / n;
  if (n === 1) return { n, mean, variance: null };
  const distances = values.map((value) => value - mean);
  const squares = sumOf(distances.map((each) => each * each)) - sumOf(distances) ** 2 / n;
  return { n, mean, variance: squares / (n - 1) };
}

/**
 * How far a series repeats itself from one value to the next, -1 to 1.
 * @returns `null` where fewer than three values are given or nothing varies
 * @see NIST e-Handbook, 1.3.3.1
 */
export function autocorrelation(values: readonly number[]): number | null {
  const { n, mean, variance } = sampleOf(values);
  if (n < 3 || variance === null || !(variance > 0)) return null;
  const products = values.slice(1).map((value, i) => (value - mean) * (values[i]! - mean));
  return sumOf(products) / (variance * (n - 1));
}

/**
 * Shape of a distribution: skewness g1 and excess kurtosis g2 of the population form.
 * Of a component with |skewness| > 2 and kurtosis > 3.5 the OECD handbook asks for treatment.
 * @returns `null` where nothing varies
 */
export function shapeOf(
  values: readonly number[],
): { readonly skewness: number; readonly kurtosis: number } | null {
  const { n, mean, variance } = sampleOf(values);
  if (variance === null || !(variance > 0)) return null;
  const moment = (power: number) => sumOf(values.map((value) => (value - mean) ** power)) / n;
  const second = moment(2);
  return { skewness: moment(3) / second ** 1.5, kurtosis: moment(4) / second ** 2 - 3 };
}

/**
 * Mean without the highest and the lowest value, as a judged panel is counted.
 * @returns `null` with fewer than three values
 * @example trimmedMean([1, 5, 6, 7, 10]) // 6
 */
export function trimmedMean(values: readonly number[]): number | null {
  if (values.length < 3) return null;
  const inner = [...values].sort((a, b) => a - b).slice(1, -1);
  return sumOf(inner) / inner.length;
}
