import { z } from 'zod';
import { complaintRow } from '../../contracts/complaints.ts';
import { periodCode } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { readClock } from '../../core/care/complaint-clock.ts';
import { addDays, civilDateOf, isInside, parsePeriod } from '../../core/periods.ts';
import { listComplaints } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import { getProgramme } from '../directory.ts';
import { defineOperation } from '../operation.ts';

/** Rows of one answer; a period with more is asked for in parts. */
const most = 2_000;

/** A market's complaints with their clocks. Nothing of a customer stands here. */
export const listComplaintRows = defineOperation({
  name: 'complaints.list',
  summary: 'Complaints of a period with their clocks, the most urgent first',
  input: z.strictObject({
    market: z.string(),
    period: periodCode,
    programme: z.string().default('european-award'),
  }),
  output: z.strictObject({ items: z.array(complaintRow), more: z.int() }),
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act({ tx, market, now }, query) {
    const { programme } = await getProgramme(tx, query.programme);
    const { answerDays, solutionDays, dayZero } = programme.complaints;
    const period = parsePeriod(query.period);
    const houses = await listDealersAt(tx, market.id, addDays(period.to, -1));
    const houseOf = new Map(houses.map((house) => [house.id, house]));
    // A day more at both ends: the day of receipt is that of the house's own clock.
    const cases = await listComplaints(
      tx,
      market.id,
      new Date(`${addDays(period.from, -1)}T00:00:00Z`),
      new Date(`${addDays(period.to, 1)}T00:00:00Z`),
    );
    const rows = cases.flatMap((each) => {
      const house = houseOf.get(each.dealerId)!;
      const day = (instant: Date) => civilDateOf(instant, house.timeZone ?? market.timeZone);
      const received = day(each.receivedAt);
      if (!isInside(received, period)) return [];
      const clock = (end: Date | null, days: number) => {
        const { deadline, state } = readClock(
          received,
          end && day(end),
          day(now),
          days,
          market.calendar,
          dayZero,
        );
        return { deadline, state, isRunning: end === null || end > now };
      };
      const concerned = houseOf.get(each.concernedDealerId)!;
      return [
        {
          code: each.code,
          dealer: house.code,
          concerned: concerned === house ? null : concerned.code,
          touchpoint: each.touchpoint,
          category: each.category,
          channel: each.channel,
          severity: each.severity,
          escalated: each.escalated,
          received,
          answer: clock(each.answeredAt, answerDays),
          solution: solutionDays === undefined ? null : clock(each.solvedAt, solutionDays),
          closed: each.closedAt !== null && each.closedAt <= now,
          outcome: each.outcome,
        },
      ];
    });
    // What still runs comes first, by its last day; then the newest.
    const sorted = rows.sort(
      (a, b) =>
        Number(b.answer.isRunning) - Number(a.answer.isRunning) ||
        (a.answer.isRunning
          ? a.answer.deadline.localeCompare(b.answer.deadline)
          : b.received.localeCompare(a.received)) ||
        a.code.localeCompare(b.code),
    );
    return { items: sorted.slice(0, most), more: Math.max(0, sorted.length - most) };
  },
});
