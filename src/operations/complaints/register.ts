import { z } from 'zod';
import { type ComplaintRow, complaintRow } from '../../contracts/complaints.ts';
import { periodCode } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { readClock } from '../../core/care/complaint-clock.ts';
import { addDays, civilDateOf, isInside, type Period, parsePeriod } from '../../core/periods.ts';
import { listComplaints } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import { getProgramme } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';

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
    dealer: z.string().optional(),
  }),
  output: z.strictObject({ items: z.array(complaintRow), more: z.int() }),
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act(act, query) {
    const { programme } = await getProgramme(act.tx, query.programme);
    const rows = (await readRegister(act, programme, parsePeriod(query.period))).filter(
      ({ dealer }) => query.dealer === undefined || dealer === query.dealer,
    );
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

/** The complaints of a period with their clocks, by the programme's rules, as of now. */
export async function readRegister(
  { tx, market, now }: Pick<Act, 'tx' | 'market' | 'now'>,
  programme: Programme,
  period: Period,
): Promise<ComplaintRow[]> {
  const { answerDays, solutionDays, dayZero } = programme.complaints;
  const houses = await listDealersAt(tx, market.id, addDays(period.to, -1));
  const houseOf = new Map(houses.map((house) => [house.id, house]));
  // A day more at both ends: the day of receipt is that of the house's own clock.
  const cases = await listComplaints(
    tx,
    market.id,
    new Date(`${addDays(period.from, -1)}T00:00:00Z`),
    new Date(`${addDays(period.to, 1)}T00:00:00Z`),
  );
  return cases.flatMap((each) => {
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
}
