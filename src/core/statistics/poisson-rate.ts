import { chiSquareQuantile } from './distributions.ts';
import type { Interval } from './mean-interval.ts';

/**
 * Rate of rare events over an exposure, with Garwood's exact limits.
 *
 * @param events   whole number, >= 0
 * @param exposure in the unit of the rate (thousands of visits …), > 0; else `null`
 * @see Garwood 1936; methods.md, 7
 * @example poissonRate(7, 2.35) // value 2.979, 1.198 to 6.137
 */
export function poissonRate(
  events: number,
  exposure: number,
  level = 0.95,
): ({ readonly value: number } & Interval) | null {
  if (!Number.isInteger(events) || events < 0) throw new RangeError(`${events} is no count`);
  if (!(exposure > 0)) return null;
  const tail = (1 - level) / 2;
  return {
    value: events / exposure,
    low: events === 0 ? 0 : chiSquareQuantile(tail, 2 * events) / 2 / exposure,
    high: chiSquareQuantile(1 - tail, 2 * events + 2) / 2 / exposure,
  };
}
