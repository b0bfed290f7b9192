import type { IndexChange } from '../../contracts/indices.ts';
import { benjaminiHochberg, holm } from '../statistics/multiple-tests.ts';
import { compareMeans, type Mean } from '../statistics/welch.ts';
import type { Estimate } from './indices.ts';

/** A unit's estimates in two periods. */
export interface TwoPeriods {
  readonly before: Estimate | undefined;
  readonly after: Estimate | undefined;
}

/** Share of false claims among the changes that are called up or down (methods.md, 3). */
const falseDiscovery = 0.05;

/**
 * Changes between two periods, each with its own test (Welch's, on the estimates' standard errors),
 * called up or down only where that holds after Benjamini and Hochberg over all units shown, or after
 * Holm, where not one false claim is wanted.
 *
 * @returns one entry a unit, in the order given; `null` where either period has no value or no error
 * @see methods.md, 3
 */
export function indexChanges(
  units: readonly TwoPeriods[],
  adjust: 'benjamini-hochberg' | 'holm' = 'benjamini-hochberg',
): (IndexChange | null)[] {
  const tests = units.map(({ before, after }) => {
    const [from, to] = [meanOf(before), meanOf(after)];
    return from && to ? compareMeans(to, from) : null;
  });
  const tested = tests.filter((test) => test !== null);
  const p = tested.map((test) => test.p);
  const adjusted = adjust === 'holm' ? holm(p) : benjaminiHochberg(p);
  let next = 0;
  return tests.map((test) => {
    if (!test) return null;
    const own = adjusted[next++]!;
    const isClear = own <= falseDiscovery;
    const { difference, low, high } = test;
    const direction = !isClear ? 'unclear' : difference > 0 ? 'up' : 'down';
    return { difference, low, high, p: own, direction };
  });
}

function meanOf(estimate: Estimate | undefined): Mean | null {
  if (!estimate || estimate.value === null || estimate.se === null) return null;
  return { value: estimate.value, se: estimate.se, freedom: estimate.df ?? Infinity };
}
