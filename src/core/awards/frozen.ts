import type { AwardPackage, AwardResult } from '../../contracts/awards.ts';
import { evaluateAward } from './award.ts';
import { resampleAward } from './resampling.ts';

/**
 * The result that a frozen package stands for: the award, and where the package holds the answers
 * themselves the resampling beside it. Freezing and verifying both come here, so that they agree.
 */
export function evaluateFrozen(frozen: AwardPackage): AwardResult {
  const result = evaluateAward(frozen);
  return hasSamples(frozen) ? { ...result, resampling: resampleAward(frozen) } : result;
}

/** Whether a package holds the answers themselves. */
export function hasSamples(frozen: AwardPackage): boolean {
  return frozen.dealers.some(({ samples }) => samples !== undefined);
}
