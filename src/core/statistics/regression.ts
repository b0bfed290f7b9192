import { twoSidedStudent } from './distributions.ts';
import { sampleOf, sumOf } from './moments.ts';
import { invertPositiveDefinite } from './positive-definite.ts';

/** Correlations among predictors, and of each with the outcome. */
export interface Correlations {
  /** Row-major, size × size. */
  readonly among: Float64Array;
  readonly withOutcome: Float64Array;
  readonly size: number;
}

/**
 * Pearson correlations of complete columns.
 * @param columns predictors, each of one length
 * @returns `null` where a column or the outcome does not vary
 */
export function correlationsOf(
  columns: readonly (readonly number[])[],
  outcome: readonly number[],
): Correlations | null {
  const size = columns.length;
  const standard = [...columns, outcome].map(standardise);
  if (size === 0 || standard.some((column) => column === null)) return null;
  const scaled = standard as readonly number[][];
  const n = outcome.length;
  const product = (a: number, b: number) => {
    let sum = 0;
    const [x, y] = [scaled[a]!, scaled[b]!];
    for (let i = 0; i < n; i++) sum += x[i]! * y[i]!;
    return sum / (n - 1);
  };
  const among = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const r = i === j ? 1 : product(i, j);
      among[i * size + j] = r;
      among[j * size + i] = r;
    }
  }
  return { among, withOutcome: Float64Array.from(columns, (_, i) => product(i, size)), size };
}

/** Values less their mean, over their spread (n - 1); `null` where they do not vary. */
export function standardise(values: readonly number[]): number[] | null {
  const { mean, variance } = sampleOf(values);
  if (variance === null || !(variance > 0)) return null;
  const sd = Math.sqrt(variance);
  return values.map((value) => (value - mean) / sd);
}

/** Variance inflation above which predictors depend on each other but for rounding. */
const mostInflation = 1e10;

/**
 * Least squares on standardised variables.
 * @returns `null` where predictors depend on each other exactly
 * @see methods.md, 2.2
 */
export function standardisedRegression({
  among,
  withOutcome,
  size,
}: Correlations): { readonly betas: number[]; readonly r2: number } | null {
  let inverse: Float64Array;
  try {
    ({ inverse } = invertPositiveDefinite(among, size));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  for (let i = 0; i < size; i++) if (inverse[i * size + i]! > mostInflation) return null;
  const betas = Array.from(withOutcome, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += inverse[i * size + j]! * withOutcome[j]!;
    return sum;
  });
  return { betas, r2: betas.reduce((sum, beta, i) => sum + beta * withOutcome[i]!, 0) };
}

/** A straight line through a series. */
export interface Line {
  /** Change of y for one of x. */
  readonly slope: number;
  readonly se: number | null;
  readonly p: number | null;
}

/**
 * Straight line through points by least squares, with the error of its slope.
 *
 * @returns `null` with fewer than two different x; no error below three points
 * @see methods.md, 3
 */
export function lineThrough(x: readonly number[], y: readonly number[]): Line | null {
  const [mx, my] = [sampleOf(x).mean, sampleOf(y).mean];
  const sxx = sumOf(x.map((each) => (each - mx) ** 2));
  if (!(sxx > 0)) return null;
  const slope = sumOf(x.map((each, i) => (each - mx) * (y[i]! - my))) / sxx;
  const freedom = x.length - 2;
  if (freedom < 1) return { slope, se: null, p: null };
  const rest = sumOf(x.map((each, i) => (y[i]! - my - slope * (each - mx)) ** 2));
  const se = Math.sqrt(rest / freedom / sxx);
  return { slope, se, p: se > 0 ? twoSidedStudent(slope / se, freedom) : null };
}
