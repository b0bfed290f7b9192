import { addDays } from '../periods.ts';

/** A repair job. */
export interface Repair {
  /** The same car has the same code; never a name or a plate. */
  readonly vehicle: string;
  /** What was complained of; the same words for the same cause. */
  readonly concern: string;
  /** Civil date on which the job was opened. */
  readonly opened: string;
  /** Civil date on which it was closed; `null` = still open. */
  readonly closed: string | null;
}

export type FixState = 'fixed' | 'repeat' | 'censored';

/** Days in which a repair must hold. */
const window = 30;

/**
 * Whether each repair held: the same car was not back with the same concern within 30 days of
 * closing, at any house of the market. A job closed less than 30 days ago cannot be judged yet.
 *
 * @param repairs all of the market, in any order
 * @param asOf    civil date of today
 * @returns in the order given; `null` for jobs that are still open
 * @see methods.md, section 7
 */
export function fixStates(repairs: readonly Repair[], asOf: string): (FixState | null)[] {
  const keyOf = ({ vehicle, concern }: Repair) => `${vehicle}\n${concern}`;
  const openings = new Map<string, string[]>();
  for (const repair of repairs) {
    const key = keyOf(repair);
    openings.set(key, [...(openings.get(key) ?? []), repair.opened]);
  }
  return repairs.map((repair) => {
    const { closed } = repair;
    if (closed === null || closed > asOf) return null;
    const until = addDays(closed, window);
    const isBack = openings
      .get(keyOf(repair))!
      .some((opened) => opened > closed && opened <= until && opened <= asOf);
    if (until > asOf) return 'censored';
    return isBack ? 'repeat' : 'fixed';
  });
}

/** Repairs that held out of those that can be judged. */
export function fixShare(states: readonly (FixState | null)[]): {
  readonly successes: number;
  readonly n: number;
} {
  const judged = states.filter((state) => state === 'fixed' || state === 'repeat');
  return { successes: judged.filter((state) => state === 'fixed').length, n: judged.length };
}
