import { describe, expect, test } from 'vitest';
import {
  clockState,
  dayZero,
  isWorkingDay,
  nthWorkingDay,
  readClock,
  workingDaysBetween,
} from '../../../src/core/care/complaint-clock.ts';
import { fixShare, fixStates } from '../../../src/core/care/first-time-fix.ts';
import { followUpShare, followUpState } from '../../../src/core/care/follow-up.ts';
import { addDays } from '../../../src/core/periods.ts';
import { poissonRate } from '../../../src/core/statistics/poisson-rate.ts';
import { proportionInterval } from '../../../src/core/statistics/proportion.ts';
import { medianDuration } from '../../../src/core/statistics/survival.ts';
import { reference } from '../../support/reference.ts';

const calendarOf = (id: string) => {
  const { weekend, holidays, extraWorkdays } = (
    reference(id).inputs as {
      calendar: { weekend: number[]; holidays: string[]; extraWorkdays: string[] };
    }
  ).calendar;
  return { weekend, holidays, extraWorkingDays: extraWorkdays };
};

describe.each(['complaints-calendar-cn2024', 'complaints-calendar-sa2024'])('%s', (id) => {
  const { names, value, expectAllRead } = reference(id);
  const calendar = calendarOf(id);
  test.each(names.filter((name) => name.startsWith('deadline')))('%s', (name) => {
    const [, received, days, rule] = /^deadline\((\S+), (\d+) working days, (\w+)/.exec(name)!;
    const start = dayZero(received!, rule === 'strict' ? 'receipt' : 'working-day', calendar);
    expect(nthWorkingDay(start, Number(days), calendar)).toBe(value(name));
  });
  test('working days between two dates, and in the year', () => {
    for (const name of names.filter((each) => each.startsWith('workingDaysBetween'))) {
      const [, from, to] = /\((\S+), (\S+)\]/.exec(name)!;
      expect(workingDaysBetween(from!, to!, calendar), name).toBe(value(name));
    }
    let count = 0;
    for (let day = '2024-01-01'; day < '2025-01-01'; day = addDays(day, 1))
      if (isWorkingDay(day, calendar)) count += 1;
    expect(count).toBe(value(names.find((name) => name.startsWith('workingDaysIn2024'))!));
    expectAllRead();
  });
});

describe('clocks, follow-up, first-time fix, rates', () => {
  const { inputs, check, expectAllRead } = reference('complaints-kpi');
  const given = inputs as {
    asOf: string;
    slaWorkingDays: number;
    complaints: { id: string; received: string; resolved: string | null }[];
    followUps: { id: string; service: string; contact: string | null; optOut: boolean }[];
    repairOrders: { id: string; vin: string; concern: string; closed: string }[];
    laterVisits: { vin: string; concern: string; opened: string }[];
  };
  test('clocks', () => {
    const calendar = calendarOf('complaints-calendar-cn2024');
    const clocks = given.complaints.map(({ id, received, resolved }) => {
      const clock = readClock(received, resolved, given.asOf, given.slaWorkingDays, calendar);
      return { id, deadline: clock.deadline, status: clock.state, elapsed: clock.elapsed };
    });
    check('sla.perComplaint', clocks);
    const count = (state: string) => clocks.filter(({ status }) => status === state).length;
    const [met, breached] = [count('met'), count('breached')];
    check('sla.met,breached,pending', [met, breached, count('pending')]);
    check('sla.rate', met / (met + breached));
    const { low, high } = proportionInterval(met, met + breached)!;
    check('sla.wilson95', [low, high]);
    check('sla.rate when nothing is due', proportionInterval(0, 0));
  });
  test('follow-up', () => {
    const states = given.followUps.map(({ service, contact, optOut }) =>
      followUpState({ service, contact, isRefused: optOut }, given.asOf),
    );
    check(
      'followUp.status',
      Object.fromEntries(given.followUps.map(({ id }, i) => [id, states[i]])),
    );
    const { successes, n } = followUpShare(states);
    check('followUp.eligible', n);
    check('followUp.rate', successes / n);
  });
  test('first-time fix', () => {
    const repairs = [
      ...given.repairOrders.map(({ vin, concern, closed }) => ({
        ...{ vehicle: vin, concern, opened: closed, closed },
      })),
      ...given.laterVisits.map(({ vin, concern, opened }) => ({
        ...{ vehicle: vin, concern, opened, closed: null },
      })),
    ];
    const states = fixStates(repairs, given.asOf).slice(0, given.repairOrders.length);
    check('ftf.status', Object.fromEntries(given.repairOrders.map(({ id }, i) => [id, states[i]])));
    const { successes, n } = fixShare(states);
    check('ftf.rate', successes / n);
  });
  test('complaints for a thousand visits', () => {
    const rate = poissonRate(7, 2.35)!;
    check('complaintsPer1000(7 in 2350 visits)', rate.value);
    check('complaintsPer1000.garwood95(7 in 2350)', [rate.low, rate.high]);
    const none = poissonRate(0, 0.4)!;
    check('complaintsPer1000.garwood95(0 in 400)', [none.low, none.high]);
    expect(poissonRate(3, 0)).toBeNull();
    expect(() => poissonRate(-1, 1)).toThrow(RangeError);
    expectAllRead();
  });
});

test('a clock is met until the end of the local day, and pending until then', () => {
  const calendar = { weekend: [6, 7], holidays: [], extraWorkingDays: [] };
  const received = new Date('2026-03-05T10:00:00Z');
  const state = (end: string | null, asOf: string) =>
    clockState(received, end ? new Date(end) : null, new Date(asOf), 2, calendar, 'Asia/Tokyo');
  // Thursday 5 March + 2 working days = Monday 9 March, Tokyo time.
  expect(state('2026-03-09T14:59:00Z', '2026-04-01T00:00:00Z')).toBe('met');
  expect(state('2026-03-09T15:01:00Z', '2026-04-01T00:00:00Z')).toBe('breached');
  expect(state(null, '2026-03-09T14:59:00Z')).toBe('pending');
  expect(state(null, '2026-03-09T15:01:00Z')).toBe('breached');
});

test('the median time counts open cases as not over yet', () => {
  const over = (time: number) => ({ time, isOver: true });
  const open = (time: number) => ({ time, isOver: false });
  expect(medianDuration([over(1), over(2), over(3), over(4)])).toBe(2);
  expect(medianDuration([over(1), open(2), over(3), open(9)])).toBe(3);
  expect(medianDuration([over(1), open(9), open(9)])).toBeNull();
  expect(medianDuration([])).toBeNull();
});
