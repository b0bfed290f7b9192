import { epsilon } from '../audits/scoring.ts';

/**
 * Standard competition ranks ("1224"): 1 + the number of strictly better units. Values within 1e-9
 * are equal. Higher is better.
 *
 * @param values finite; the result keeps their order
 * @see methods.md, section 4
 * @example competitionRanks([80, 90, 80, 70]) // [2, 1, 2, 4]
 */
export function competitionRanks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[b]! - values[a]!);
  const ranks = new Array<number>(values.length);
  let rank = 1;
  for (const [position, index] of order.entries()) {
    const above = position > 0 ? values[order[position - 1]!]! : Number.POSITIVE_INFINITY;
    if (above - values[index]! > epsilon) rank = position + 1;
    ranks[index] = rank;
  }
  return ranks;
}
