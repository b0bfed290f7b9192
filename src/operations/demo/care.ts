import { addDays } from '../../core/periods.ts';
import type { RandomStream } from '../../core/random.ts';
import { type DemoDealer, type DemoRow, dateIn } from './evidence.ts';

const concerns = ['brakes', 'engine', 'electrics', 'air-conditioning', 'suspension', 'gearbox'];

/** Workshop jobs of a house's year: better ones fix at once and ask after three to five days. */
export function repairRows(dealer: DemoDealer, random: RandomStream): DemoRow[] {
  const count = { small: 30, medium: 45, large: 60 }[dealer.size];
  return Array.from({ length: count }, (_, n): DemoRow => {
    const opened = dateIn(random.uniform() < 0.5 ? 1 : 2, random);
    const closed = addDays(opened, random.below(3));
    const isAsked = random.uniform() < 0.8 + 0.06 * dealer.quality;
    const isInTime = random.uniform() < 0.8 + 0.06 * dealer.quality;
    return {
      code: `J-${dealer.code}-${n + 1}`,
      dealer: dealer.code,
      // Few cars, so that some come back with the same concern.
      vehicle: `${dealer.code}-${random.below(count)}`,
      kind: random.uniform() < 0.7 ? 'repair' : 'maintenance',
      concern: concerns[random.below(concerns.length)]!,
      opened,
      closed,
      contacted: isAsked
        ? addDays(closed, isInTime ? 3 + random.below(3) : 6 + random.below(6))
        : null,
      contact_refused: random.uniform() < 0.04,
    };
  });
}

/** Some large houses, where nobody looks, help their customers to answer. */
const helped = { every: 50, house: 38, answers: 14 } as const;

/**
 * Adds when and on which device customers answered. In a few houses a run of the best possible
 * answers comes from one device within an hour, for the signs to find.
 */
export function withTraces(
  dealer: DemoDealer,
  rows: readonly DemoRow[],
  random: RandomStream,
): DemoRow[] {
  const isHelped = dealer.index % helped.every === helped.house && dealer.size === 'large';
  const day = '2025-09-26';
  return rows.map((row, n) => {
    const isOwn = isHelped && n < helped.answers;
    const answered = isOwn ? day : addDays(String(row['visit_date']), 1 + random.below(6));
    const two = (x: number) => String(x).padStart(2, '0');
    const hour = isOwn ? 17 : 8 + random.below(12);
    const traced = {
      ...row,
      answered_at: `${answered}T${two(hour)}:${two(random.below(60))}:00Z`,
      device: `${dealer.code}-device-${isOwn ? 'desk' : n}`,
    };
    if (!isOwn) return traced;
    const best = Object.entries(row).flatMap(([name, value]) =>
      typeof value === 'number' && name !== 'customer_years' ? [[name, 10]] : [],
    );
    return {
      ...traced,
      visit_date: addDays(day, -1 - random.below(3)),
      ...Object.fromEntries(best),
    };
  });
}
