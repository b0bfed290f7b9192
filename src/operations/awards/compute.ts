import type { Compute } from '../../compute/pool.ts';
import type { AwardPackage, AwardResult } from '../../contracts/awards.ts';
import { hasSamples } from '../../core/awards/frozen.ts';
import { resamplingDraws, summariseDraws } from '../../core/awards/resampling.ts';

/** `evaluateFrozen` beside the service's own thread, its draws shared among the threads. */
export async function computeFrozen(compute: Compute, frozen: AwardPackage): Promise<AwardResult> {
  const parts = Math.max(1, compute.threads);
  const at = (part: number) => Math.round((part * resamplingDraws) / parts);
  const [result, ...tallies] = await Promise.all([
    compute.run('evaluateAward', frozen),
    ...(hasSamples(frozen)
      ? Array.from({ length: parts }, (_, part) =>
          compute.run('resampleDraws', frozen, at(part), at(part + 1)),
        )
      : []),
  ]);
  return tallies.length === 0 ? result : { ...result, resampling: summariseDraws(frozen, tallies) };
}
