/** Exponentially weighted moving average of a series, with its limits at each point. */
export interface Ewma {
  readonly values: readonly number[];
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  /** Indices outside the limits. */
  readonly signals: readonly number[];
}

/**
 * EWMA chart: e_t = λ·x_t + (1 - λ)·e_{t-1}, from the target, with limits that widen to their
 * asymptote.
 *
 * @param lambda weight of the newest value, 0 to 1
 * @param reach  half-width of the limits in standard deviations
 * @param limits `widening` with the number of values, or at their asymptote from the start
 * @see NIST/SEMATECH e-Handbook, 6.3.2.4; methods.md, 5.3
 */
export function ewma(
  series: readonly number[],
  target: number,
  sd: number,
  lambda = 0.2,
  reach = 2.7,
  limits: 'widening' | 'asymptotic' = 'widening',
): Ewma {
  let previous = target;
  const values = series.map((x) => {
    previous = lambda * x + (1 - lambda) * previous;
    return previous;
  });
  const width = series.map((_, t) => {
    const grown = limits === 'widening' ? 1 - (1 - lambda) ** (2 * (t + 1)) : 1;
    return reach * sd * Math.sqrt((lambda / (2 - lambda)) * grown);
  });
  const upper = width.map((each) => target + each);
  const lower = width.map((each) => target - each);
  const signals = values.flatMap((value, t) => (value > upper[t]! || value < lower[t]! ? [t] : []));
  return { values, upper, lower, signals };
}

/** Tabular CUSUM: sums of what lies beyond the allowance k on either side of the target. */
export function cusum(
  series: readonly number[],
  target: number,
  allowance: number,
  limit: number,
): { readonly high: number[]; readonly low: number[]; readonly firstSignal: number | null } {
  const high: number[] = [];
  const low: number[] = [];
  for (const [t, x] of series.entries()) {
    high.push(Math.max(0, (high[t - 1] ?? 0) + x - target - allowance));
    low.push(Math.max(0, (low[t - 1] ?? 0) + target - allowance - x));
  }
  const first = series.findIndex((_, t) => high[t]! > limit || low[t]! > limit);
  return { high, low, firstSignal: first < 0 ? null : first };
}
