import { sampleOf } from './moments.ts';

/**
 * Cronbach's alpha: how far the items of a factor measure one thing, k/(k-1) (1 - Σ var / var of the
 * sum). Below .70 the factor is read with care.
 *
 * @param rows respondents × items, complete
 * @returns `null` with fewer than two items or rows, or where the sums do not vary
 * @see Cronbach 1951; methods.md, 2.2
 */
export function cronbachAlpha(rows: readonly (readonly number[])[]): number | null {
  const k = rows[0]?.length ?? 0;
  if (k < 2 || rows.length < 2) return null;
  const items = Array.from({ length: k }, (_, i) => sampleOf(rows.map((row) => row[i]!)).variance!);
  const total = sampleOf(rows.map((row) => row.reduce((sum, each) => sum + each, 0))).variance!;
  if (!(total > 0)) return null;
  return (k / (k - 1)) * (1 - items.reduce((sum, each) => sum + each, 0) / total);
}
