import type { Programme } from '../../contracts/programmes.ts';
import { clockState } from '../../core/care/complaint-clock.ts';
import type { ComplaintShares } from '../../core/indices/complaint-index.ts';
import { addDays, civilDateOf, isInside, type Period } from '../../core/periods.ts';
import { type ComplaintRow, listComplaints } from '../../db/evidence.ts';
import type { DealerAt } from '../../db/network.ts';
import type { Act } from '../operation.ts';

/** Days within which the same cause at the same house counts as come back (model.md, "Complaints"). */
const recurrenceDays = 90;
const recurrenceMs = recurrenceDays * 86_400_000;

/** What each dealer's complaints of a period reached, as of now. */
export async function readComplaintShares(
  act: Act,
  programme: Programme,
  period: Period,
  dealers: readonly DealerAt[],
): Promise<Map<number, ComplaintShares>> {
  const { market, now } = act;
  const { dayZero } = programme.complaints;
  const rows = await listComplaints(
    act.tx,
    market.id,
    new Date(`${addDays(period.from, -1)}T00:00:00Z`),
    new Date(`${addDays(period.to, recurrenceDays + 1)}T00:00:00Z`),
  );
  return new Map(
    dealers.map((dealer) => {
      const zone = dealer.timeZone ?? market.timeZone;
      const all = rows.filter((row) => row.dealerId === dealer.id);
      const own = all.filter((row) => isInside(civilDateOf(row.receivedAt, zone), period));
      const clock = (
        end: (row: ComplaintRow) => Date | null,
        days: number | undefined,
        cases: readonly ComplaintRow[] = own,
      ) => {
        const states =
          days === undefined
            ? []
            : cases.map((row) =>
                clockState(row.receivedAt, end(row), now, days, market.calendar, zone, dayZero),
              );
        const met = states.filter((state) => state === 'met').length;
        return { successes: met, n: met + states.filter((state) => state === 'breached').length };
      };
      // A reopened case: its first end counts as breached (methods.md, section 7).
      const reopened = own.filter((row) => row.reopenedAt !== null && row.reopenedAt <= now);
      const first = clock(
        (row) => row.solvedAt,
        programme.complaints.solutionDays,
        own.filter((row) => !reopened.includes(row)),
      );
      const solved = own.filter(
        (row) => row.accepted !== null && row.solvedAt !== null && row.solvedAt <= now,
      );
      const caused = own.filter(
        (row) => row.cause !== null && (comesBack(row, all) || isPast(row, now)),
      );
      return [
        dealer.id,
        {
          answeredInTime: clock((row) => row.answeredAt, programme.complaints.answerDays),
          solvedInTime:
            programme.complaints.solutionDays === undefined
              ? first
              : { ...first, n: first.n + reopened.length },
          accepted: { successes: solved.filter((row) => row.accepted).length, n: solved.length },
          withoutRecurrence: {
            successes: caused.filter((row) => !comesBack(row, all)).length,
            n: caused.length,
          },
        },
      ] as const;
    }),
  );
}

function comesBack(row: ComplaintRow, all: readonly ComplaintRow[]): boolean {
  const until = row.receivedAt.getTime() + recurrenceMs;
  return all.some(
    (other) =>
      other.cause === row.cause &&
      other.receivedAt.getTime() <= until &&
      (other.receivedAt > row.receivedAt ||
        (other.receivedAt.getTime() === row.receivedAt.getTime() && other.code > row.code)),
  );
}

/** Whether the time in which a case can come back is over; before, nobody can say that it did not. */
function isPast(row: ComplaintRow, now: Date): boolean {
  return row.receivedAt.getTime() + recurrenceMs <= now.getTime();
}
