import { chiSquareCdf } from './distributions.ts';
import type { Shrunk } from './shrinkage.ts';

/** An estimate whose standard error is known. */
export interface Known {
  readonly value: number;
  /** > 0. */
  readonly se: number;
}

/** How the variance between units is found. */
export type BetweenMethod =
  | 'restricted-likelihood'
  | 'likelihood'
  | 'der-simonian-laird'
  | 'paule-mandel';

/** Units around a common mean. */
export interface CommonMean {
  /** Mean weighted by 1/(τ² + se²). */
  readonly mean: number;
  readonly se: number;
  /** τ²: variance between the true values, >= 0. */
  readonly between: number;
  /** Cochran's Q and its p-value: whether the units differ at all. */
  readonly q: number;
  readonly p: number;
}

const mostSteps = 500;

/**
 * Common mean of units with known standard errors, and the variance between them.
 *
 * @returns `null` with fewer than two units
 * @throws RangeError for a standard error that is not above 0
 * @see DerSimonian & Laird 1986; Paule & Mandel 1982; methods.md, 2.4
 */
export function commonMean(
  units: readonly Known[],
  method: BetweenMethod = 'restricted-likelihood',
): CommonMean | null {
  if (units.some(({ se }) => !(se > 0))) throw new RangeError('a standard error is not above 0');
  if (units.length < 2) return null;
  const fixed = weighted(units, 0);
  const between = {
    'der-simonian-laird': derSimonianLaird,
    'paule-mandel': pauleMandel,
    'restricted-likelihood': (list: readonly Known[]) => likelihood(list, true),
    likelihood: (list: readonly Known[]) => likelihood(list, false),
  }[method](units);
  const { mean, sum } = weighted(units, between);
  return {
    mean,
    se: 1 / Math.sqrt(sum),
    between,
    q: fixed.q,
    p: 1 - chiSquareCdf(fixed.q, units.length - 1),
  };
}

/** Draws an estimate toward a common mean by its reliability τ²/(τ² + se²). */
export function shrinkKnown(
  { value, se }: Known,
  { mean, between }: Pick<CommonMean, 'mean' | 'between'>,
): Shrunk {
  const reliability = between / (between + se ** 2);
  return {
    value: mean + reliability * (value - mean),
    reliability,
    se: Math.sqrt(between * (1 - reliability)),
  };
}

/**
 * Estimates drawn toward their common mean: with one standard error for all by James and Stein's rule,
 * which is exact there, else by the variance between them under restricted likelihood.
 *
 * @returns `null` with fewer than four units
 */
export function shrinkAll(
  units: readonly Known[],
): { readonly shrunk: Shrunk[]; readonly between: number; readonly p: number } | null {
  const found = units.length < 4 ? null : commonMean(units);
  if (!found) return null;
  const { se } = units[0]!;
  const isEven = units.every((unit) => Math.abs(unit.se - se) <= 1e-12 * se);
  const drawn = isEven
    ? jamesStein(
        units.map(({ value }) => value),
        se ** 2,
      )!
    : null;
  const shrunk = drawn
    ? drawn.values.map((value) => ({
        value,
        reliability: drawn.factor,
        se: se * Math.sqrt(drawn.factor),
      }))
    : units.map((unit) => shrinkKnown(unit, found));
  return { shrunk, between: found.between, p: found.p };
}

/**
 * James and Stein's estimates of many means with one known variance: all are drawn toward their mean
 * by the same factor 1 - (k - 3) s²/Σ(y - ȳ)², never below 0.
 *
 * @returns `null` with fewer than four values
 * @see Efron & Morris 1977, Sci. Am. 236(5):119-127
 */
export function jamesStein(
  values: readonly number[],
  variance: number,
): { readonly factor: number; readonly values: number[] } | null {
  const k = values.length;
  if (k < 4) return null;
  const mean = values.reduce((sum, each) => sum + each, 0) / k;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const factor = squares > 0 ? Math.max(0, 1 - ((k - 3) * variance) / squares) : 0;
  return { factor, values: values.map((value) => mean + factor * (value - mean)) };
}

function weighted(units: readonly Known[], between: number) {
  let sum = 0;
  let sum2 = 0;
  let total = 0;
  for (const { value, se } of units) {
    const w = 1 / (between + se ** 2);
    sum += w;
    sum2 += w * w;
    total += w * value;
  }
  const mean = total / sum;
  let q = 0;
  for (const { value, se } of units) q += (value - mean) ** 2 / (between + se ** 2);
  return { mean, sum, sum2, q };
}

function derSimonianLaird(units: readonly Known[]): number {
  const { q, sum, sum2 } = weighted(units, 0);
  return Math.max(0, (q - (units.length - 1)) / (sum - sum2 / sum));
}

/** τ² at which Q equals its degrees of freedom; Q falls with τ², so halving finds it. */
function pauleMandel(units: readonly Known[]): number {
  const freedom = units.length - 1;
  const excess = (between: number) => weighted(units, between).q - freedom;
  return fallingRoot(excess, units);
}

/** τ² at which the (restricted) likelihood has its peak; its slope crosses 0 from above. */
function likelihood(units: readonly Known[], isRestricted: boolean): number {
  const slope = (between: number) => {
    const { mean, sum, sum2 } = weighted(units, between);
    let squares = 0;
    for (const { value, se } of units) squares += ((value - mean) / (between + se ** 2)) ** 2;
    return squares - sum + (isRestricted ? sum2 / sum : 0);
  };
  return fallingRoot(slope, units);
}

function fallingRoot(falling: (between: number) => number, units: readonly Known[]): number {
  if (falling(0) <= 0) return 0;
  const values = units.map(({ value }) => value);
  let [low, high] = [0, Math.max(1e-12, (Math.max(...values) - Math.min(...values)) ** 2)];
  while (falling(high) > 0) high *= 2;
  for (let step = 0; step < mostSteps && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
