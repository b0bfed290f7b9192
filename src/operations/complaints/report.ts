import { z } from 'zod';
import { complaintReport } from '../../contracts/complaints.ts';
import { periodCode } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { clockState, readClock } from '../../core/care/complaint-clock.ts';
import { type CareEvidence, careRow, combineCare } from '../../core/care/complaint-report.ts';
import { fixStates } from '../../core/care/first-time-fix.ts';
import { followUpState } from '../../core/care/follow-up.ts';
import {
  addDays,
  civilDateOf,
  daysBetween,
  isInside,
  type Period,
  parsePeriod,
  previousPeriod,
} from '../../core/periods.ts';
import { listComplaints, listRepairs } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import { getProgramme } from '../directory.ts';
import { type Act, defineOperation } from '../operation.ts';

/** Days after its closing in which a repair can come back. */
const repeatDays = 31;

/**
 * Complaints and aftercare of a market's houses: answers and solutions in time, follow-up, repairs that
 * held, complaints for a thousand jobs, time to a solution.
 * @see methods.md, section 7
 */
export const reportComplaints = defineOperation({
  name: 'complaints.report',
  summary: 'Answers and solutions in time, follow-up, first-time fix, complaint rate, by house',
  input: z.strictObject({
    market: z.string(),
    period: periodCode,
    programme: z.string().default('european-award'),
  }),
  output: complaintReport,
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act(act, query) {
    const { programme } = await getProgramme(act.tx, query.programme);
    const period = parsePeriod(query.period);
    const evidence = await readCare(act, programme, period);
    return {
      market: act.market.code,
      ...period,
      asOf: civilDateOf(act.now, act.market.timeZone),
      rows: evidence.map(({ dealer, care }) => careRow(dealer, care)),
      all: careRow('all', combineCare(evidence.map(({ care }) => care))),
    };
  },
});

/** What happened at each house of a market in a period. */
export async function readCare(
  act: Act,
  { complaints: rules }: Programme,
  period: Period,
): Promise<{ dealer: string; care: CareEvidence }[]> {
  const { tx, market, now } = act;
  const before = previousPeriod(period);
  const houses = await listDealersAt(tx, market.id, addDays(period.to, -1));
  const cases = await listComplaints(
    tx,
    market.id,
    new Date(`${addDays(before.from, -1)}T00:00:00Z`),
    new Date(`${addDays(period.to, 1)}T00:00:00Z`),
  );
  const repairs = await listRepairs(tx, market.id, {
    from: period.from,
    to: addDays(period.to, repeatDays),
  });
  const today = civilDateOf(now, market.timeZone);
  const held = fixStates(
    repairs.map((row) => ({ ...row, opened: row.openedOn, closed: row.closedOn })),
    today,
  );
  const casesOf = Map.groupBy(cases, ({ dealerId }) => dealerId);
  const jobsOf = Map.groupBy(
    repairs.map((row, i) => ({ ...row, held: held[i]! })),
    ({ dealerId }) => dealerId,
  );
  return houses.map((house) => {
    const zone = house.timeZone ?? market.timeZone;
    const day = (instant: Date) => civilDateOf(instant, zone);
    const own = casesOf.get(house.id) ?? [];
    const inside = own.filter(({ receivedAt }) => isInside(day(receivedAt), period));
    const earlier = own.filter(({ receivedAt }) => isInside(day(receivedAt), before));
    const clock = (received: Date, end: Date | null, days: number) =>
      clockState(received, end, now, days, market.calendar, zone, rules.dayZero);
    const answer = ({ receivedAt, answeredAt }: (typeof own)[number]) =>
      clock(receivedAt, answeredAt, rules.answerDays);
    const { solutionDays } = rules;
    const jobs = (jobsOf.get(house.id) ?? []).flatMap((row) =>
      row.closedOn !== null && isInside(row.closedOn, period)
        ? [{ ...row, closed: row.closedOn }]
        : [],
    );
    return {
      dealer: house.code,
      care: {
        answers: inside.map(answer),
        earlierAnswers: earlier.map(answer),
        solutions:
          solutionDays === undefined
            ? null
            : inside.map(({ receivedAt, solvedAt, reopenedAt }) => {
                // A reopened case: its first end counts as breached.
                if (reopenedAt !== null && reopenedAt <= now) return 'breached' as const;
                return readClock(
                  day(receivedAt),
                  solvedAt && day(solvedAt),
                  day(now),
                  solutionDays,
                  market.calendar,
                  rules.dayZero,
                ).state;
              }),
        durations: inside.map(({ receivedAt, solvedAt }) => {
          const isOver = solvedAt !== null && solvedAt <= now;
          return { time: daysBetween(day(receivedAt), day(isOver ? solvedAt : now)), isOver };
        }),
        followUps: jobs.map(({ closed, contactedOn, contactRefused }) =>
          followUpState(
            { service: closed, contact: contactedOn, isRefused: contactRefused },
            today,
          ),
        ),
        fixes: jobs.filter(({ kind }) => kind === 'repair').map((job) => job.held),
        jobs: jobs.length,
        byTheCar: inside.filter(({ category }) => category === 'product-quality').length,
      },
    };
  });
}
