import type { Programme } from '../../contracts/programmes.ts';
import type { ComplaintShares } from '../../core/complaint-index.ts';
import { addDays, civilDateOf, isInside, type Period } from '../../core/periods.ts';
import { clockState } from '../../core/workdays.ts';
import { type ComplaintRow, listComplaints } from '../../db/evidence.ts';
import type { DealerAt } from '../../db/network.ts';
import type { Act } from '../operation.ts';

/** Days within which the same cause at the same house counts as come back (model.md, "Complaints"). */
const recurrenceDays = 90;

/** What each dealer's complaints of a period reached, as of now. */
export async function readComplaintShares(
  act: Act,
  programme: Programme,
  period: Period,
  dealers: readonly DealerAt[],
): Promise<Map<number, ComplaintShares>> {
  const { market, now } = act;
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
      const clock = (end: (row: ComplaintRow) => Date | null, days: number | undefined) => {
        const states =
          days === undefined
            ? []
            : own.map((row) =>
                clockState(row.receivedAt, end(row), now, days, market.calendar, zone),
              );
        const met = states.filter((state) => state === 'met').length;
        return { successes: met, n: met + states.filter((state) => state === 'breached').length };
      };
      const solved = own.filter((row) => row.accepted !== null);
      const caused = own.filter((row) => row.cause !== null);
      return [
        dealer.id,
        {
          answeredInTime: clock((row) => row.answeredAt, programme.complaints.answerDays),
          // A reopened case: its first end counts as breached (methods.md, section 7).
          solvedInTime: clock(
            (row) => (row.reopenedAt ? null : row.solvedAt),
            programme.complaints.solutionDays,
          ),
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
  const until = row.receivedAt.getTime() + recurrenceDays * 86_400_000;
  return all.some(
    (other) =>
      other.cause === row.cause &&
      other.receivedAt > row.receivedAt &&
      other.receivedAt.getTime() <= until,
  );
}
