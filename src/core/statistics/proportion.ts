import { betaCdf, betaQuantile, normalQuantile, twoSided } from './distributions.ts';
import type { Interval } from './mean-interval.ts';

/**
 * How the interval of a proportion is formed. Wilson's is the default; the plain Wald interval is not
 * offered, since 0 of 20 would have no width.
 */
export type ProportionMethod = 'wilson' | 'wilson-corrected' | 'exact' | 'mid-p' | 'jeffreys';

/**
 * Interval of a proportion, as shares 0 to 1.
 *
 * @param successes 0 to n
 * @param n         trials; 0 gives `null`
 * @param method    Wilson's score interval, the same with a continuity correction, Clopper and
 *                  Pearson's exact one, its mid-p form, or Jeffreys' equal-tailed one
 * @throws RangeError where the successes are not among the trials: the caller's mistake
 * @see Newcombe 1998, Stat. Med. 17:857-872, methods 3, 4, 5 and 6; methods.md, 2.3
 * @example proportionInterval(81, 263) // { low: 0.2553, high: 0.3662 }
 */
export function proportionInterval(
  successes: number,
  n: number,
  level = 0.95,
  method: ProportionMethod = 'wilson',
): Interval | null {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`${successes} of ${n} is no proportion`);
  }
  if (n === 0) return null;
  const tail = (1 - level) / 2;
  switch (method) {
    case 'wilson':
      return wilson(successes, n, normalQuantile(1 - tail));
    case 'wilson-corrected':
      return corrected(successes, n, normalQuantile(1 - tail));
    case 'exact':
      return {
        low: successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
        high: successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
      };
    case 'mid-p':
      return {
        low: successes === 0 ? 0 : root((p) => midTail(successes, n, p) - tail),
        high: successes === n ? 1 : 1 - root((q) => midTail(n - successes, n, q) - tail),
      };
    case 'jeffreys':
      return {
        low: successes === 0 ? 0 : betaQuantile(tail, successes + 0.5, n - successes + 0.5),
        high: successes === n ? 1 : betaQuantile(1 - tail, successes + 0.5, n - successes + 0.5),
      };
  }
}

function wilson(successes: number, n: number, z: number): Interval {
  const p = successes / n;
  const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

function corrected(successes: number, n: number, z: number): Interval {
  const limit = (x: number) => {
    const p = x / n;
    const inner = Math.sqrt(z ** 2 - 2 - 1 / n + 4 * p * (n * (1 - p) + 1));
    return Math.max(0, (2 * x + z ** 2 - 1 - z * inner) / (2 * (n + z ** 2)));
  };
  return {
    low: successes === 0 ? 0 : limit(successes),
    high: successes === n ? 1 : 1 - limit(n - successes),
  };
}

/** P(X > x) + P(X = x)/2 of a binomial variable; rises with p. */
function midTail(x: number, n: number, p: number): number {
  const atLeast = (k: number) => (k <= 0 ? 1 : k > n ? 0 : betaCdf(p, k, n - k + 1));
  return (atLeast(x) + atLeast(x + 1)) / 2;
}

/** Where a rising function crosses 0 on [0, 1], by halving until nothing is left to halve. */
function root(rising: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A difference of two proportions, first less second. */
export interface ProportionDifference extends Interval {
  readonly difference: number;
  /** Of the pooled test; `null` where both are 0 or both are 1. */
  readonly z: number | null;
  readonly p: number | null;
}

/**
 * Difference of two independent proportions: Newcombe's interval from Wilson's limits (method 10), or
 * Agresti and Caffo's, and the pooled test.
 *
 * @returns `null` where either has no trials
 * @see Newcombe 1998, Stat. Med. 17:873-890; Agresti & Caffo 2000, Am. Stat. 54:280-288; methods.md, 3
 * @example compareProportions({ successes: 45, n: 110 }, { successes: 30, n: 100 }) // -0.0206 to 0.2328
 */
export function compareProportions(
  one: { readonly successes: number; readonly n: number },
  other: { readonly successes: number; readonly n: number },
  level = 0.95,
  method: 'newcombe' | 'agresti-caffo' = 'newcombe',
): ProportionDifference | null {
  const [a, b] = [
    proportionInterval(one.successes, one.n, level),
    proportionInterval(other.successes, other.n, level),
  ];
  if (!a || !b) return null;
  const [p, q] = [one.successes / one.n, other.successes / other.n];
  const difference = p - q;
  return { difference, ...limits(), ...pooled() };

  function limits(): Interval {
    if (method === 'newcombe') {
      return {
        low: difference - Math.hypot(p - a!.low, b!.high - q),
        high: difference + Math.hypot(a!.high - p, q - b!.low),
      };
    }
    const [m, n] = [one.n + 2, other.n + 2];
    const [s, t] = [(one.successes + 1) / m, (other.successes + 1) / n];
    const half =
      normalQuantile(1 - (1 - level) / 2) * Math.sqrt((s * (1 - s)) / m + (t * (1 - t)) / n);
    return { low: s - t - half, high: s - t + half };
  }

  function pooled(): { z: number | null; p: number | null } {
    const share = (one.successes + other.successes) / (one.n + other.n);
    const se = Math.sqrt(share * (1 - share) * (1 / one.n + 1 / other.n));
    if (!(se > 0)) return { z: null, p: null };
    const z = difference / se;
    return { z, p: twoSided(z) };
  }
}
