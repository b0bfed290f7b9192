import { studentQuantile, twoSidedStudent } from './distributions.ts';
import type { Sample } from './moments.ts';

/** A difference with its test. */
export interface Difference {
  readonly difference: number;
  readonly se: number;
  readonly t: number;
  readonly freedom: number;
  /** Two-sided. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Welch's test of two means with unequal variances, and the interval of their difference.
 *
 * @param level of the interval, 0 to 1
 * @returns `null` where either sample has fewer than two values, or nothing varies
 * @see Welch 1947; methods.md, 3
 */
export function welch(one: Sample, other: Sample, level = 0.95): Difference | null {
  if (one.n < 2 || other.n < 2 || one.variance === null || other.variance === null) return null;
  const mean = ({ n, mean: value, variance }: Sample): Mean => ({
    ...{ value, se: Math.sqrt(variance! / n), freedom: n - 1 },
  });
  return compareMeans(mean(one), mean(other), level);
}

/** An estimate with its standard error; infinite freedom = a normal one. */
export interface Mean {
  readonly value: number;
  readonly se: number;
  readonly freedom: number;
}

/** The same for estimates whose errors are known already, by Satterthwaite's degrees of freedom. */
export function compareMeans(one: Mean, other: Mean, level = 0.95): Difference | null {
  const [a, b] = [one.se ** 2, other.se ** 2];
  if (!(a + b > 0)) return null;
  const freedom = (a + b) ** 2 / (a ** 2 / one.freedom + b ** 2 / other.freedom);
  return testOf(one.value - other.value, Math.sqrt(a + b), freedom, level);
}

/** Student's test of one mean against 0. @returns `null` as above */
export function againstZero(sample: Sample, level = 0.95): Difference | null {
  if (sample.n < 2 || sample.variance === null || !(sample.variance > 0)) return null;
  return testOf(sample.mean, Math.sqrt(sample.variance / sample.n), sample.n - 1, level);
}

function testOf(difference: number, se: number, freedom: number, level: number): Difference {
  const t = difference / se;
  const tail = 1 - (1 - level) / 2;
  const reach = studentQuantile(tail, freedom) * se;
  return {
    difference,
    se,
    t,
    freedom,
    p: twoSidedStudent(t, freedom),
    low: difference - reach,
    high: difference + reach,
  };
}

/**
 * How large a difference of means is against the spread of single values: Cohen's d with the pooled
 * deviation, and Hedges's g, which takes out the bias of small samples.
 *
 * @returns `null` where either sample has fewer than two values, or nothing varies
 * @see Hedges 1981, J. Educ. Stat. 6:107-128
 */
export function effectSize(
  one: Sample,
  other: Sample,
): { readonly d: number; readonly g: number } | null {
  if (one.variance === null || other.variance === null) return null;
  const freedom = one.n + other.n - 2;
  const pooled = ((one.n - 1) * one.variance + (other.n - 1) * other.variance) / freedom;
  if (!(pooled > 0)) return null;
  const d = (one.mean - other.mean) / Math.sqrt(pooled);
  return { d, g: d * (1 - 3 / (4 * freedom - 1)) };
}
