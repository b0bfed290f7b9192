import { Temporal } from 'temporal-polyfill';

/** A period [from, to) in civil dates. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * The civil dates of a period code.
 * @throws RangeError for a code of another form or an empty range
 * @see model.md, "Time"
 * @example parsePeriod('2026-H2') // { from: '2026-07-01', to: '2027-01-01' }
 */
export function parsePeriod(code: string): Period {
  if (code.includes('/')) {
    const [from = '', to = ''] = code.split('/');
    if (Temporal.PlainDate.compare(from, to) >= 0) throw new RangeError(`${code} is empty`);
    return { from, to };
  }
  const [year, part] = code.split('-') as [string, string | undefined];
  const start = (month: number) => Temporal.PlainDate.from({ year: Number(year), month, day: 1 });
  const span = (from: Temporal.PlainDate, months: number) => ({
    from: from.toString(),
    to: from.add({ months }).toString(),
  });
  if (!/^\d{4}$/.test(year)) throw new RangeError(`${code} is no period`);
  if (part === undefined) return span(start(1), 12);
  if (/^H[12]$/.test(part)) return span(start(part === 'H1' ? 1 : 7), 6);
  if (/^Q[1-4]$/.test(part)) return span(start(3 * Number(part[1]) - 2), 3);
  if (/^(0[1-9]|1[0-2])$/.test(part)) return span(start(Number(part)), 1);
  throw new RangeError(`${code} is no period`);
}

/** Whether a civil date lies in a period. */
export function isInside(date: string, period: Period): boolean {
  return date >= period.from && date < period.to;
}

/** The civil date of an instant in a time zone. */
export function civilDateOf(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The civil date n days later (or earlier). @example addDays('2026-02-27', 2) // '2026-03-01' */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from one civil date to another. @example daysBetween('2026-01-01', '2026-01-31') // 30 */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/** First day of a civil date's month. @example monthOf('2026-03-17') // '2026-03-01' */
export function monthOf(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

/** First day of the next month. @example nextMonth('2026-12-01') // '2027-01-01' */
export function nextMonth(month: string): string {
  return Temporal.PlainDate.from(month).add({ months: 1 }).toString();
}

/** The months (first days) that a period covers wholly, and those that it cuts. */
export function splitMonths(period: Period): { whole: string[]; cut: string[] } {
  const whole: string[] = [];
  const cut: string[] = [];
  for (let month = monthOf(period.from); month < period.to; month = nextMonth(month)) {
    const covered = month >= period.from && nextMonth(month) <= period.to;
    (covered ? whole : cut).push(month);
  }
  return { whole, cut };
}

/**
 * Codes of periods of one length, the given one last.
 * @returns `null` for a period of two dates, which has no length of a kind
 * @example periodsBefore('2026-Q1', 3) // ['2025-Q3', '2025-Q4', '2026-Q1']
 */
export function periodsBefore(code: string, count: number): string[] | null {
  const [, year, kind = '', number] = /^(\d{4})(?:-([HQ]?)(\d+))?$/.exec(code) ?? [];
  if (year === undefined) return null;
  const inYear = number === undefined ? 1 : { H: 2, Q: 4, '': 12 }[kind]!;
  const last = Number(year) * inYear + Number(number ?? 1) - 1;
  return Array.from({ length: count }, (_, i) => {
    const at = last - count + 1 + i;
    const part = (at % inYear) + 1;
    const own = String(Math.floor(at / inYear)).padStart(4, '0');
    if (number === undefined) return own;
    return `${own}-${kind === '' ? String(part).padStart(2, '0') : `${kind}${part}`}`;
  });
}

/** The equally long period just before. @example previousPeriod({ from: '2026-07-01', to: '2027-01-01' }) */
export function previousPeriod(period: Period): Period {
  const from = Temporal.PlainDate.from(period.from);
  const to = Temporal.PlainDate.from(period.to);
  const months = from.until(to, { largestUnit: 'months' });
  const earlier =
    months.days === 0 ? from.subtract({ months: months.months }) : from.subtract(months);
  return { from: earlier.toString(), to: period.from };
}

/** The instant at which a civil date begins in a time zone. */
export function startOfDay(date: string, timeZone: string): Date {
  const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime(timeZone);
  return new Date(epochMilliseconds);
}
