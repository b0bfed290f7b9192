import { z } from 'zod';
import { indexQuery, trendReport } from '../../contracts/indices.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { fewestRespondents, toFigure } from '../../core/indices/indices.ts';
import { trendsOf } from '../../core/indices/trend.ts';
import { addDays, parsePeriod, periodsBefore } from '../../core/periods.ts';
import { listDealersAt } from '../../db/network.ts';
import { defineOperation } from '../operation.ts';
import { isSurvey, readRows } from './rows.ts';

/**
 * An index over several periods of one length, with a trend for each row.
 * @see methods.md, section 3
 */
export const trendIndex = defineOperation({
  name: 'indices.trend',
  summary: 'An index over several periods, with a test of its trend',
  input: indexQuery.omit({ rank: true, ties: true, scale: true, mix: true }).extend({
    periods: z.coerce
      .number()
      .int()
      .min(3)
      .max(36)
      .default(12)
      .describe('How many, the named one last: months, quarters, half-years or years.'),
  }),
  output: trendReport,
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async act(act, { periods: count, ...query }) {
    const codes = periodsBefore(query.period, count);
    if (!codes) {
      throw inputRefused({
        errors: [
          {
            pointer: '/period',
            code: 'period',
            detail: 'a trend needs a year, half-year, quarter or month, not two dates',
          },
        ],
      });
    }
    const minimum = isSurvey(query.index) ? fewestRespondents : 1;
    const periods = codes.map(parsePeriod);
    const series: Map<string, { name: string; estimate: Parameters<typeof toFigure>[0] }>[] = [];
    for (const [i, period] of periods.entries()) {
      const dealers = await listDealersAt(act.tx, act.market.id, addDays(period.to, -1));
      const asked = { ...query, period: codes[i]!, rank: false };
      const rows = await readRows({ act, query: asked, period, dealers });
      series.push(new Map(rows.map((row) => [row.key, row])));
    }
    const keys = [...new Set(series.flatMap((rows) => [...rows.keys()]))].sort((a, b) =>
      a < b ? -1 : 1,
    );
    const figures = keys.map((key) =>
      series.map((rows) => {
        const row = rows.get(key);
        return row ? toFigure(row.estimate, minimum) : null;
      }),
    );
    const trends = trendsOf(
      figures.map((row) => row.map((each) => (each && 'value' in each ? each.value : null))),
    );
    return {
      market: act.market.code,
      index: query.index,
      by: query.by,
      periods,
      rows: keys.map((key, i) => ({
        key,
        name: series.findLast((rows) => rows.has(key))!.get(key)!.name,
        figures: figures[i]!,
        trend: trends[i]!,
      })),
    };
  },
});
