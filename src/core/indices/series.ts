import { type Standard, standards } from '../../contracts/standards.ts';
import { addDays, isInside, type Period, parsePeriod, periodsBefore } from '../periods.ts';
import { dealerEstimates, type ScorecardAudit } from '../scorecard.ts';
import type { AuditWeights } from './audit-index.ts';
import { combineEstimates, type Estimate } from './indices.ts';

/** A period of a series, with its code. */
export interface CodedPeriod extends Period {
  readonly code: string;
}

/** Estimates of one period by house: of the whole index, and of each standard. */
export interface SeriesPoint {
  readonly period: CodedPeriod;
  /** The checklist versions that its audits were given under, in the order of their names. */
  readonly versions: readonly string[];
  readonly overall: ReadonlyMap<string, Estimate>;
  readonly standards: ReadonlyMap<Standard, ReadonlyMap<string, Estimate>>;
}

/** An audit of a series names its version, so that a change of it can be marked. */
export interface SeriesAudit extends ScorecardAudit {
  readonly version: string;
}

/** The last half-years before a date, oldest first. @example halfYearsTo('2026-01-01', 2) // 2025-H1, 2025-H2 */
export function halfYearsTo(end: string, count: number): CodedPeriod[] {
  const [year, month] = addDays(end, -1).split('-').map(Number) as [number, number];
  const code = `${year}-H${month <= 6 ? 1 : 2}`;
  return periodsBefore(code, count)!.map((each) => ({ code: each, ...parsePeriod(each) }));
}

/** The index and the seven standards over several periods, house by house. */
export function seriesOf(
  audits: readonly SeriesAudit[],
  periods: readonly CodedPeriod[],
  weights: AuditWeights,
): SeriesPoint[] {
  return periods.map((period) => {
    const inside = audits.filter(({ date }) => isInside(date, period));
    return {
      period,
      versions: [...new Set(inside.map(({ version }) => version))].sort(),
      overall: dealerEstimates(inside, weights, ({ finalMicro }) => finalMicro),
      standards: new Map(
        standards.map((standard) => [
          standard,
          dealerEstimates(inside, weights, ({ parts }) => parts[standard]),
        ]),
      ),
    };
  });
}

/** All houses as one, each by its number of audits. */
export function overHouses(estimates: ReadonlyMap<string, Estimate>): Estimate {
  return combineEstimates(
    [...estimates.values()].map((estimate) => ({ estimate, volume: estimate.n })),
  );
}

/** Periods whose audits were given under other versions than those of the period before. */
export function versionChanges(series: readonly SeriesPoint[]): string[] {
  return series
    .filter(
      ({ versions }, i) => i > 0 && versions.join('\n') !== series[i - 1]!.versions.join('\n'),
    )
    .map(({ period }) => period.code);
}
