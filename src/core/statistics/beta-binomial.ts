import { betaQuantile, logGamma } from './distributions.ts';
import type { Interval } from './mean-interval.ts';
import { sampleOf } from './moments.ts';

/** Prior of a share: beta with these parameters, both > 0. */
export interface BetaPrior {
  readonly alpha: number;
  readonly beta: number;
}

export interface ShareCount {
  readonly successes: number;
  readonly n: number;
}

/** Above this the units cannot be told apart, and all of them share one rate. */
const largest = 1e6;

/**
 * Prior of the units' shares by marginal maximum likelihood: Newton steps on the logarithms of the
 * parameters, from a moment start.
 *
 * @returns `null` where no unit has a trial or all trials ended alike: a share then has no spread
 * @see Tarone 1982; methods.md, 2.4
 */
export function fitBetaBinomial(units: readonly ShareCount[]): BetaPrior | null {
  const used = units.filter((unit) => unit.n > 0);
  const trials = used.reduce((sum, unit) => sum + unit.n, 0);
  const successes = used.reduce((sum, unit) => sum + unit.successes, 0);
  if (successes === 0 || successes === trials) return null;
  let [a, b] = startOf(used, successes / trials);
  let best = logLikelihood(used, { alpha: a, beta: b });
  for (let round = 0; round < 200; round++) {
    const step = newtonStep(used, a, b);
    let scale = 1;
    let next = best;
    let [na, nb] = [a, b];
    while (scale > 1e-12) {
      na = Math.exp(Math.log(a) + scale * step[0]);
      nb = Math.exp(Math.log(b) + scale * step[1]);
      next = logLikelihood(used, { alpha: na, beta: nb });
      if (next >= best) break;
      scale /= 2;
    }
    const moved = Math.abs(Math.log(na / a)) + Math.abs(Math.log(nb / b));
    if (!(next >= best)) break;
    [a, b, best] = [na, nb, next];
    if (a + b > largest) {
      const share = successes / trials;
      return { alpha: largest * share, beta: largest * (1 - share) };
    }
    if (moved < 1e-12) break;
  }
  return { alpha: a, beta: b };
}

/** Houses with cases from which a prior of their own is fitted (methods.md, 2.4). */
const ownPriorFrom = 5;

/**
 * The prior to draw shares toward: fitted over the units; with fewer than five, or where all trials
 * ended alike, the network's; without one, as weak as two trials around the pooled share.
 *
 * @returns `null` where no unit has a trial
 */
export function priorOf(
  units: readonly ShareCount[],
  network: BetaPrior | null = null,
): BetaPrior | null {
  const used = units.filter((unit) => unit.n > 0);
  const trials = used.reduce((sum, unit) => sum + unit.n, 0);
  const successes = used.reduce((sum, unit) => sum + unit.successes, 0);
  const own = used.length >= ownPriorFrom ? fitBetaBinomial(used) : null;
  if (own ?? network) return own ?? network;
  if (trials === 0) return null;
  // Half a trial of each kind keeps the share inside (0, 1).
  const share = (successes + 0.5) / (trials + 1);
  return { alpha: 2 * share, beta: 2 * (1 - share) };
}

/**
 * A unit's share drawn toward the prior: mean, variance and interval of its beta posterior.
 * @example shrinkShare({ successes: 4, n: 14 }, { alpha: 2.3048, beta: 14.0797 }).value // 0.2075
 */
export function shrinkShare(unit: ShareCount, prior: BetaPrior) {
  const alpha = unit.successes + prior.alpha;
  const beta = unit.n - unit.successes + prior.beta;
  const sum = alpha + beta;
  return {
    value: alpha / sum,
    variance: (alpha * beta) / (sum * sum * (sum + 1)),
    interval: (level = 0.95): Interval => ({
      low: betaQuantile((1 - level) / 2, alpha, beta),
      high: betaQuantile(1 - (1 - level) / 2, alpha, beta),
    }),
  };
}

/**
 * The beta distribution that has the mean and the variance (n - 1) of the units' plain shares.
 *
 * @returns `null` where the shares do not vary, or vary more than a beta distribution can
 * @see Gelman et al., Bayesian Data Analysis, 5.1
 */
export function momentPrior(units: readonly ShareCount[]): BetaPrior | null {
  const shares = units.filter(({ n }) => n > 0).map(({ successes, n }) => successes / n);
  const { mean, variance } = sampleOf(shares);
  if (variance === null || !(variance > 0)) return null;
  const size = (mean * (1 - mean)) / variance - 1;
  return size > 0 ? { alpha: mean * size, beta: (1 - mean) * size } : null;
}

/** Where Newton's steps begin: the moments, within reason. */
function startOf(units: readonly ShareCount[], share: number): [number, number] {
  const moments = momentPrior(units);
  const size = Math.min(1000, Math.max(1, moments ? moments.alpha + moments.beta : 1000));
  return [share * size, (1 - share) * size];
}

/** Log of the marginal likelihood without the binomial coefficients. */
export function logLikelihood(units: readonly ShareCount[], { alpha, beta }: BetaPrior): number {
  return units.reduce(
    (sum, { successes, n }) =>
      sum +
      logRising(alpha, successes) +
      logRising(beta, n - successes) -
      logRising(alpha + beta, n),
    0,
  );
}

/** Log of a(a + 1)…(a + k - 1): summed while that is short, since differences of log gamma lose digits. */
function logRising(a: number, k: number): number {
  if (k > 1000) return logGamma(a + k) - logGamma(a);
  let sum = 0;
  for (let i = 0; i < k; i++) sum += Math.log(a + i);
  return sum;
}

/** Newton step in (log a, log b); falls back to the gradient where the surface is not concave. */
function newtonStep(units: readonly ShareCount[], a: number, b: number): [number, number] {
  let ga = 0;
  let gb = 0;
  let haa = 0;
  let hbb = 0;
  let hab = 0;
  for (const { successes, n } of units) {
    for (let i = 0; i < successes; i++) {
      ga += 1 / (a + i);
      haa -= 1 / (a + i) ** 2;
    }
    for (let i = 0; i < n - successes; i++) {
      gb += 1 / (b + i);
      hbb -= 1 / (b + i) ** 2;
    }
    for (let i = 0; i < n; i++) {
      const c = 1 / (a + b + i);
      ga -= c;
      gb -= c;
      haa += c * c;
      hbb += c * c;
      hab += c * c;
    }
  }
  const [g1, g2] = [a * ga, b * gb];
  const [h11, h22, h12] = [a * a * haa + g1, b * b * hbb + g2, a * b * hab];
  const det = h11 * h22 - h12 * h12;
  const clip = (x: number) => Math.max(-2, Math.min(2, x));
  if (!(det > 0) || h11 >= 0) return [clip(g1), clip(g2)];
  return [clip((h12 * g2 - h22 * g1) / det), clip((h12 * g1 - h11 * g2) / det)];
}
