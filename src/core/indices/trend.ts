import type { TrendReport } from '../../contracts/indices.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { benjaminiHochberg } from '../statistics/multiple-tests.ts';
import { lineThrough } from '../statistics/regression.ts';

type Trend = TrendReport['rows'][number]['trend'];

/** From so many periods a trend is tested; from three a line is described. */
const testedFrom = 8;
const describedFrom = 3;
const falseDiscovery = 0.05;

/**
 * Trends of several series of one kind. From eight values on: Mann and Kendall's test with Sen's
 * slope, called up or down only where that holds over all rows; from three to seven a straight line,
 * which describes and claims nothing; below, none.
 *
 * @param series by row, one value a period, `null` where there is none
 * @see methods.md, 3
 */
export function trendsOf(series: readonly (readonly (number | null)[])[]): Trend[] {
  const tests = series.map((values) => {
    const n = values.filter((value) => value !== null).length;
    return n >= testedFrom ? mannKendall(values) : null;
  });
  const adjusted = benjaminiHochberg(tests.flatMap((test) => (test ? [test.p] : [])));
  let next = 0;
  return series.map((values, i): Trend => {
    const test = tests[i];
    if (test) {
      const p = adjusted[next++]!;
      const isClear = p <= falseDiscovery;
      return {
        kind: 'tested',
        slope: test.slope,
        low: test.low,
        high: test.high,
        p,
        direction: !isClear ? 'unclear' : test.s > 0 ? 'up' : 'down',
      };
    }
    const points = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
    if (points.length < describedFrom || points.length >= testedFrom) return null;
    const line = lineThrough(
      points.map(({ at }) => at),
      points.map(({ value }) => value),
    )!;
    return { kind: 'described', slope: line.slope, se: line.se };
  });
}
