/**
 * Benjamini and Hochberg's adjusted p-values: rejecting those up to q keeps the expected share of
 * false rejections at q.
 *
 * @param p two-sided p-values, 0 to 1, in any order
 * @returns adjusted values in the same order
 * @example benjaminiHochberg([0.01, 0.04]) // [0.02, 0.04]
 * @see Benjamini & Hochberg 1995, JRSS-B 57:289-300
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length);
  let least = 1;
  for (const [place, index] of order.entries()) {
    least = Math.min(least, (p[index]! * p.length) / (p.length - place));
    adjusted[index] = least;
  }
  return adjusted;
}

/** Holm's adjusted p-values: the chance of any false rejection stays at the level. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(p.length);
  let most = 0;
  for (const [place, index] of order.entries()) {
    most = Math.max(most, Math.min(1, p[index]! * (p.length - place)));
    adjusted[index] = most;
  }
  return adjusted;
}
