import { twoSided } from './distributions.ts';

/** Agreement of two raters beyond chance. */
export interface CohenKappa {
  readonly kappa: number;
  readonly se: number;
}

/**
 * Cohen's kappa of two raters, weighted by how bad each disagreement is: 1 - Σ w O / Σ w E.
 *
 * @param table   counts, first rater's category × second rater's
 * @param weights disagreement of each pair of categories, 0 on the diagonal; default: all alike
 * @returns `null` of an empty table, or where chance alone gives no disagreement
 * @see Cohen 1960, 1968; Fleiss, Cohen & Everitt 1969 (standard error); methods.md, 5.1
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  weights: readonly (readonly number[])[] = table.map((row, i) =>
    row.map((_, j) => (i === j ? 0 : 1)),
  ),
): CohenKappa | null {
  const k = table.length;
  const n = table.flat().reduce((sum, each) => sum + each, 0);
  const worst = Math.max(...weights.flat());
  if (n === 0 || !(worst > 0)) return null;
  const share = (i: number, j: number) => table[i]![j]! / n;
  const range = Array.from({ length: k }, (_, i) => i);
  const rows = range.map((i) => range.reduce((sum, j) => sum + share(i, j), 0));
  const columns = range.map((j) => range.reduce((sum, i) => sum + share(i, j), 0));
  // As agreement, 1 on the diagonal and 0 for the worst: the standard error is stated in these.
  const agree = (i: number, j: number) => 1 - weights[i]![j]! / worst;
  const over = (of: (i: number, j: number) => number) =>
    range.reduce((sum, i) => range.reduce((inner, j) => inner + of(i, j), sum), 0);
  const observed = over((i, j) => agree(i, j) * share(i, j));
  const expected = over((i, j) => agree(i, j) * rows[i]! * columns[j]!);
  if (!(expected < 1)) return null;
  const ofRow = range.map((i) => range.reduce((sum, j) => sum + columns[j]! * agree(i, j), 0));
  const ofColumn = range.map((j) => range.reduce((sum, i) => sum + rows[i]! * agree(i, j), 0));
  const spread = over(
    (i, j) =>
      share(i, j) *
      (agree(i, j) * (1 - expected) - (ofRow[i]! + ofColumn[j]!) * (1 - observed)) ** 2,
  );
  const variance = spread - (observed * expected - 2 * expected + observed) ** 2;
  return {
    kappa: (observed - expected) / (1 - expected),
    se: Math.sqrt(Math.max(0, variance) / n) / (1 - expected) ** 2,
  };
}

/** Agreement of many raters on a nominal item. */
export interface FleissKappa {
  readonly kappa: number;
  /** Under no agreement, for the test against 0. */
  readonly se: number;
  readonly z: number;
  readonly p: number;
  /** Share of agreeing pairs, and what chance would give. */
  readonly observed: number;
  readonly expected: number;
  /** Kappa of each category against all others; `null` for one that is always or never used. */
  readonly categories: readonly (number | null)[];
}

/**
 * Fleiss's kappa for units that each got the same number of ratings.
 *
 * @param counts units × categories: how many raters chose each
 * @returns `null` with fewer than two ratings a unit, unequal numbers of ratings, or one category only
 * @see Fleiss 1971, Psychological Bulletin 76:378-382; Fleiss, Nee & Landis 1979; methods.md, 5.1
 */
export function fleissKappa(counts: readonly (readonly number[])[]): FleissKappa | null {
  const units = counts.length;
  const totals = counts.map((row) => row.reduce((sum, each) => sum + each, 0));
  const m = totals[0] ?? 0;
  if (m < 2 || totals.some((total) => total !== m)) return null;
  const observed =
    counts.flat().reduce((sum, each) => sum + each * (each - 1), 0) / (units * m * (m - 1));
  const shares = counts[0]!.map(
    (_, j) => counts.reduce((sum, row) => sum + row[j]!, 0) / (units * m),
  );
  const expected = shares.reduce((sum, share) => sum + share ** 2, 0);
  if (!(expected < 1)) return null;
  const mixed = shares.reduce((sum, share) => sum + share * (1 - share), 0);
  const skewed = shares.reduce((sum, share) => sum + share * (1 - share) * (1 - 2 * share), 0);
  const se =
    (Math.sqrt(2) / (mixed * Math.sqrt(units * m * (m - 1)))) * Math.sqrt(mixed ** 2 - skewed);
  const kappa = (observed - expected) / (1 - expected);
  return {
    ...{ kappa, se, z: kappa / se, p: twoSided(kappa / se), observed, expected },
    categories: shares.map((share, j) => {
      if (share === 0 || share === 1) return null;
      const apart = counts.reduce((sum, row) => sum + row[j]! * (m - row[j]!), 0);
      return 1 - apart / (units * m * (m - 1) * share * (1 - share));
    }),
  };
}
