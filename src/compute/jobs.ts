import { auditorSeverity } from '../core/auditors/auditors.ts';
import { evaluateAward } from '../core/awards/award.ts';
import { awardFirmness } from '../core/awards/firmness.ts';
import { resampleDraws } from '../core/awards/resampling.ts';
import { awardWhatIf } from '../core/awards/what-if.ts';
import { drawRanks } from '../core/statistics/rank-draws.ts';

/**
 * What may run beside the service's own thread: functions of the core that take long, by name. Inputs and
 * results are plain data, so that they can travel.
 */
export const jobs = {
  auditorSeverity,
  evaluateAward,
  awardFirmness,
  awardWhatIf,
  resampleDraws,
  drawRanks,
};

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
