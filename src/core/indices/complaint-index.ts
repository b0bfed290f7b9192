import {
  type BetaPrior,
  priorOf,
  type ShareCount,
  shrinkShare,
} from '../statistics/beta-binomial.ts';
import type { Estimate } from './indices.ts';

/** A dealer's due complaints by what was reached; each share has its own denominator. */
export interface ComplaintShares {
  readonly answeredInTime: ShareCount;
  readonly solvedInTime: ShareCount;
  readonly accepted: ShareCount;
  readonly withoutRecurrence: ShareCount;
}

/** Weights of the shares (methods.md, section 3). */
const weights = {
  answeredInTime: 40,
  solvedInTime: 20,
  accepted: 20,
  withoutRecurrence: 20,
} as const;
type Share = keyof typeof weights;
const shares = Object.keys(weights) as Share[];

/**
 * Complaint-handling index per dealer: 100 Σ v p / Σ v over the shares that have cases in the
 * market, each drawn toward the market by a beta-binomial prior; SE = 100 √Σ v² var / Σ v.
 *
 * @returns in the order given; `null` values for dealers without any due case
 * @see methods.md, section 3
 */
export function complaintIndices(dealers: readonly ComplaintShares[]): Estimate[] {
  const priors = new Map<Share, BetaPrior>();
  for (const share of shares) {
    const prior = priorOf(dealers.map((dealer) => dealer[share]));
    if (prior) priors.set(share, prior);
  }
  return dealers.map((dealer) => {
    const n = dealer.answeredInTime.n;
    if (n === 0) return { n, value: null, se: null };
    let sum = 0;
    let variance = 0;
    let total = 0;
    for (const [share, prior] of priors) {
      const drawn = shrinkShare(dealer[share], prior);
      sum += weights[share] * drawn.value;
      variance += weights[share] ** 2 * drawn.variance;
      total += weights[share];
    }
    return { n, value: (100 * sum) / total, se: (100 * Math.sqrt(variance)) / total };
  });
}
