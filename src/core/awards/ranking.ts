import { epsilon } from '../audits/scoring.ts';
import { rankChances } from '../statistics/rank-chances.ts';
import { rankConfidenceSets, tiedGroups } from '../statistics/rank-confidence-sets.ts';

/** A unit to be ranked. */
export interface RankedUnit {
  readonly estimate: number;
  readonly se: number;
  /** Values of the tie-breaks in their order, higher is better; `null` counts as lowest. */
  readonly tieBreaks: readonly (number | null)[];
}

export interface RankedPlace {
  readonly index: number;
  readonly rank: number;
  readonly rankLow: number;
  readonly rankHigh: number;
  readonly couldBeFirst: boolean;
  readonly probabilityFirst: number;
  readonly probabilityTopThree: number;
  readonly expectedRank: number;
  readonly tiedGroup: number;
}

/**
 * Ranks units by estimate, then by the tie-breaks; units equal in all share a rank. With each rank
 * come its 90 % marginal interval, whether the unit could be first (90 % simultaneous set), the
 * chances of being first and among three, and the group of units that are statistically tied.
 *
 * @param seed of the draws behind the intervals
 * @returns places, best first
 * @see methods.md, section 4
 */
export function rankUnits(units: readonly RankedUnit[], seed: number): RankedPlace[] {
  const places = rankOrder(units);
  const order = places.map(({ index }) => index);
  const estimates = units.map((unit) => unit.estimate);
  const errors = units.map((unit) => unit.se);
  const chances = rankChances(estimates, errors, seed);
  const sets = rankConfidenceSets(estimates, errors, { seed });
  const groups = tiedGroups(order, sets.separated);
  return places.map(({ index, rank }, position) => {
    const marginal = sets.marginal[index]!;
    return {
      index,
      rank,
      rankLow: Math.min(marginal.low, rank),
      rankHigh: Math.max(marginal.high, rank),
      couldBeFirst: sets.simultaneous[index]!.low <= 1,
      probabilityFirst: chances[index]!.first,
      probabilityTopThree: chances[index]!.topThree,
      expectedRank: chances[index]!.expectedRank,
      tiedGroup: groups[position]!,
    };
  });
}

/** Units best first with their ranks, by estimate and then by the tie-breaks; no uncertainty. */
export function rankOrder(
  units: readonly RankedUnit[],
): { readonly index: number; readonly rank: number }[] {
  const order = units
    .map((_, index) => index)
    .sort((a, b) => compare(units[a]!, units[b]!) || a - b);
  let rank = 1;
  return order.map((index, position) => {
    const above = order[position - 1];
    if (above !== undefined && compare(units[above]!, units[index]!) !== 0) rank = position + 1;
    return { index, rank };
  });
}

/** Below 0 where a comes first. */
function compare(a: RankedUnit, b: RankedUnit): number {
  const difference = b.estimate - a.estimate;
  if (Math.abs(difference) > epsilon) return difference;
  for (const [index, mine] of a.tieBreaks.entries()) {
    const theirs = b.tieBreaks[index] ?? null;
    const step = (theirs ?? -Infinity) - (mine ?? -Infinity);
    if (Math.abs(step) > epsilon) return step;
  }
  return 0;
}
