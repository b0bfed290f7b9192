import { Temporal } from 'temporal-polyfill';
import { addDays, civilDateOf } from './periods.ts';

/** A market's working days: ISO weekdays (1 = Monday) off, holidays, and make-up working days. */
export interface WorkCalendar {
  readonly weekend: readonly number[];
  readonly holidays: readonly string[];
  readonly extraWorkingDays: readonly string[];
}

/** Extra working day, or neither weekend nor holiday. @see methods.md, section 7 */
export function isWorkingDay(date: string, calendar: WorkCalendar): boolean {
  if (calendar.extraWorkingDays.includes(date)) return true;
  if (calendar.holidays.includes(date)) return false;
  return !calendar.weekend.includes(Temporal.PlainDate.from(date).dayOfWeek);
}

/**
 * The n-th working day after a civil date; the day itself is day 0.
 * @throws RangeError where a calendar has no working day in ten years
 */
export function nthWorkingDay(received: string, n: number, calendar: WorkCalendar): string {
  let date = received;
  let left = n;
  for (let guard = 0; guard < 3660; guard++) {
    date = addDays(date, 1);
    if (isWorkingDay(date, calendar)) left -= 1;
    if (left === 0) return date;
  }
  throw new RangeError('this calendar has no working days');
}

/** State of one clock of a complaint. */
export type ClockState = 'met' | 'breached' | 'pending';

/**
 * Where a complaint's clock stands: the deadline is the end of the n-th working day after receipt,
 * in the dealer's time zone. An open case is pending until that day has passed.
 *
 * @param end when the clock was stopped, if it was
 * @see methods.md, section 7
 */
export function clockState(
  received: Date,
  end: Date | null,
  asOf: Date,
  days: number,
  calendar: WorkCalendar,
  timeZone: string,
): ClockState {
  const deadline = nthWorkingDay(civilDateOf(received, timeZone), days, calendar);
  const ended = end && end <= asOf ? civilDateOf(end, timeZone) : undefined;
  if (ended !== undefined) return ended <= deadline ? 'met' : 'breached';
  return civilDateOf(asOf, timeZone) > deadline ? 'breached' : 'pending';
}
