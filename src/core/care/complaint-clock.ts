import { Temporal } from 'temporal-polyfill';
import { addDays, civilDateOf } from '../periods.ts';

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

/**
 * Working days after one civil date, up to and including another; 0 where that is not later.
 * @example workingDaysBetween('2024-05-11', '2024-05-11', china) // 0
 */
export function workingDaysBetween(from: string, to: string, calendar: WorkCalendar): number {
  let count = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar)) count += 1;
  }
  return count;
}

/** Which day is day 0: that of receipt, or where it is no working day the next one. */
export type DayZero = 'receipt' | 'working-day';

/** The day from which a clock counts. */
export function dayZero(received: string, rule: DayZero, calendar: WorkCalendar): string {
  return rule === 'receipt' || isWorkingDay(received, calendar)
    ? received
    : nthWorkingDay(received, 1, calendar);
}

/** State of one clock of a complaint. */
export type ClockState = 'met' | 'breached' | 'pending';

/** A clock read on civil dates of the dealer's time zone. */
export interface Clock {
  /** Last day on which the end is in time. */
  readonly deadline: string;
  readonly state: ClockState;
  /** Working days after the day of receipt, up to the end; `null` while it runs. */
  readonly elapsed: number | null;
}

/**
 * A clock that runs for some working days after the day of receipt (day 0). An open case is pending
 * until its last day has passed.
 *
 * @param received,end,asOf civil dates
 * @see methods.md, section 7
 * @example readClock('2024-09-13', '2024-09-14', '2024-09-30', 2, china).elapsed // 1: a make-up Saturday
 */
export function readClock(
  received: string,
  end: string | null,
  asOf: string,
  days: number,
  calendar: WorkCalendar,
  rule: DayZero = 'receipt',
): Clock {
  const start = dayZero(received, rule, calendar);
  const deadline = nthWorkingDay(start, days, calendar);
  if (end === null || end > asOf) {
    return { deadline, state: asOf > deadline ? 'breached' : 'pending', elapsed: null };
  }
  const elapsed = workingDaysBetween(start, end, calendar);
  return { deadline, state: end <= deadline ? 'met' : 'breached', elapsed };
}

/**
 * The same for instants: where a complaint's clock stands in the dealer's time zone.
 * @param end when the clock was stopped, if it was
 */
export function clockState(
  received: Date,
  end: Date | null,
  asOf: Date,
  days: number,
  calendar: WorkCalendar,
  timeZone: string,
  rule: DayZero = 'receipt',
): ClockState {
  const at = (instant: Date) => civilDateOf(instant, timeZone);
  const ended = end && end <= asOf ? at(end) : null;
  return readClock(at(received), ended, at(asOf), days, calendar, rule).state;
}
