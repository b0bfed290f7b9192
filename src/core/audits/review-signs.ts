import type { ReviewSign, Visit } from '../../contracts/audits.ts';
import { civilDateOf } from '../periods.ts';

/** What a reviewer is told of an audit. */
export interface ReviewedAudit {
  readonly visitDate: string;
  readonly submittedAt: Date;
  readonly finalMicro: number | null;
  readonly visit: Visit;
  readonly timeZone: string;
  /** Number of answers. */
  readonly answered: number;
  /** Scores of the house's other counted visits by the same checklist version, in millionths. */
  readonly others: readonly number[];
}

/** Nobody reads a question and answers it in less. */
const secondsAnAnswer = 4;
/** Fewer other visits say nothing about what is usual for a house. */
const fewestOthers = 5;
/** Three robust standard deviations (1.4826 × the median absolute deviation), and five points. */
const farInDeviations = 3;
const farAtLeast = 5_000_000;

/**
 * What a reviewer should look at before approving: signs, not faults. They change no score.
 *
 * @returns in the order in which a reviewer would look; empty = nothing strange
 * @see Hampel (1974) for the rule by which a score counts as far from the others
 */
export function reviewSigns(audit: ReviewedAudit): ReviewSign[] {
  const { visit, visitDate, submittedAt, timeZone } = audit;
  const [declared, started, finished] = [
    visit.noInterestDeclaredAt,
    visit.startedAt,
    visit.finishedAt,
  ].map((text) => (text === null ? null : Date.parse(text)));
  const signs: ReviewSign[] = [];
  const add = (sign: ReviewSign['sign'], detail: string | null = null) =>
    signs.push({ sign, detail });
  if (declared === null) add('no-declaration');
  else if (started !== null && declared! > started!)
    add('declared-late', visit.noInterestDeclaredAt);
  if (started !== null && finished !== null) {
    if (started! > finished! || finished! > submittedAt.getTime()) add('times-out-of-order');
    const seconds = (finished! - started!) / 1000;
    if (seconds >= 0 && seconds < secondsAnAnswer * audit.answered) {
      add('fast', String(Math.round(seconds)));
    }
    if (civilDateOf(new Date(started!), timeZone) < visitDate) add('other-day', visit.startedAt);
  }
  if (isFar(audit)) add('far-from-others');
  return signs;
}

function isFar({ finalMicro, others }: ReviewedAudit): boolean {
  if (finalMicro === null || others.length < fewestOthers) return false;
  const centre = median(others);
  const spread = 1.4826 * median(others.map((other) => Math.abs(other - centre)));
  return Math.abs(finalMicro - centre) > Math.max(farInDeviations * spread, farAtLeast);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
