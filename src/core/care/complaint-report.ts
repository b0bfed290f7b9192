import type { ComplaintReport, Rate } from '../../contracts/complaints.ts';
import { poissonRate } from '../statistics/poisson-rate.ts';
import { compareProportions, proportionInterval } from '../statistics/proportion.ts';
import { type Duration, medianDuration } from '../statistics/survival.ts';
import type { ClockState } from './complaint-clock.ts';
import { type FixState, fixShare } from './first-time-fix.ts';
import { type FollowUpState, followUpShare } from './follow-up.ts';

/** What happened at one house in a period. */
export interface CareEvidence {
  readonly answers: readonly ClockState[];
  /** `null` where the programme sets no number of days. */
  readonly solutions: readonly ClockState[] | null;
  /** Answers in the equally long period before. */
  readonly earlierAnswers: readonly ClockState[];
  readonly durations: readonly Duration[];
  readonly followUps: readonly FollowUpState[];
  readonly fixes: readonly (FixState | null)[];
  readonly jobs: number;
  readonly byTheCar: number;
}

type Row = ComplaintReport['rows'][number];

/**
 * A house's complaints and aftercare: shares with Wilson's interval, the rate with Garwood's, the median
 * time with open cases, and the change against the period before.
 * @see methods.md, section 7
 */
export function careRow(dealer: string, evidence: CareEvidence): Row {
  const { answers, solutions, earlierAnswers, durations, jobs } = evidence;
  const now = clockShare(answers);
  const change = compareProportions(now, clockShare(earlierAnswers));
  return {
    dealer,
    complaints: answers.length,
    pending: answers.filter((state) => state === 'pending').length,
    answeredInTime: rateOf(now),
    solvedInTime: solutions && rateOf(clockShare(solutions)),
    followedUp: rateOf(followUpShare(evidence.followUps)),
    fixedFirstTime: rateOf(fixShare(evidence.fixes)),
    perThousandJobs: poissonRate(answers.length, jobs / 1000),
    medianDaysToSolve: medianDuration(durations),
    byTheCar: evidence.byTheCar,
    change: change && {
      ...{ difference: change.difference, low: change.low, high: change.high, p: change.p },
    },
  };
}

/** All houses together. */
export function combineCare(parts: readonly CareEvidence[]): CareEvidence {
  const total = (of: (part: CareEvidence) => number) =>
    parts.reduce((sum, part) => sum + of(part), 0);
  return {
    answers: parts.flatMap(({ answers }) => answers),
    solutions: parts.some(({ solutions }) => solutions)
      ? parts.flatMap(({ solutions }) => solutions ?? [])
      : null,
    earlierAnswers: parts.flatMap(({ earlierAnswers }) => earlierAnswers),
    durations: parts.flatMap(({ durations }) => durations),
    followUps: parts.flatMap(({ followUps }) => followUps),
    fixes: parts.flatMap(({ fixes }) => fixes),
    jobs: total(({ jobs }) => jobs),
    byTheCar: total(({ byTheCar }) => byTheCar),
  };
}

function clockShare(states: readonly ClockState[]) {
  const due = states.filter((state) => state !== 'pending');
  return { successes: due.filter((state) => state === 'met').length, n: due.length };
}

function rateOf({ successes, n }: { readonly successes: number; readonly n: number }): Rate {
  const interval = proportionInterval(successes, n);
  return {
    ...{ successes, n },
    share: n === 0 ? null : successes / n,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}
