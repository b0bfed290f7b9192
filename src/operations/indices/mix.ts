import type { IndexRow } from '../../contracts/indices.ts';
import { type Moments, meanAndVariance } from '../../core/indices/cells.ts';
import { fewestRespondents } from '../../core/indices/indices.ts';
import { normalQuantile } from '../../core/statistics/distributions.ts';
import { effectiveSize, stratifiedMean } from '../../core/statistics/stratified-mean.ts';

/** Moments of each kind of customer, by row. */
export type Strata = ReadonlyMap<string, ReadonlyMap<string, Moments>>;

/**
 * Each row as if it had the market's mix of customers: means by kind of customer, weighted by how many
 * of that kind the whole market has. Kinds that a row lacks are left out, and it says so.
 *
 * @param strata moments by row key and kind
 * @see methods.md, 2.3
 */
export function addMixed(shown: IndexRow[], strata: Strata): void {
  const sizes = new Map<string, number>();
  for (const kinds of strata.values()) {
    for (const [kind, { n }] of kinds) sizes.set(kind, (sizes.get(kind) ?? 0) + n);
  }
  // In one order whatever came in first, so that sums of fractions are the same.
  const kinds = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [i, row] of shown.entries()) {
    const own = strata.get(row.key);
    if (!own || 'tooFew' in row.figure) continue;
    const units = kinds.map(([kind, size]) => {
      const moments = own.get(kind);
      const { mean, variance } = moments
        ? meanAndVariance(moments)
        : { mean: null, variance: null };
      return { size, n: moments?.n ?? 0, mean: mean ?? 0, variance };
    });
    const found = stratifiedMean(units);
    if (!found || row.figure.n < fewestRespondents) continue;
    const half = found.se === null ? null : normalQuantile(0.975) * found.se;
    const weights = units.flatMap(({ size, n }) => new Array<number>(n).fill(n > 0 ? size / n : 0));
    shown[i] = {
      ...row,
      mixed: {
        value: found.mean,
        low: half === null ? null : Math.max(0, found.mean - half),
        high: half === null ? null : Math.min(100, found.mean + half),
        effectiveN: effectiveSize(weights),
        isPartial: found.isPartial,
      },
    };
  }
}
