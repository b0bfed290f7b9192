import { z } from 'zod';
import { changeReport, indexQuery } from '../../contracts/indices.ts';
import { periodCode } from '../../contracts/primitives.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { indexChanges } from '../../core/indices/index-change.ts';
import { fewestRespondents, toFigure } from '../../core/indices/indices.ts';
import { addDays, isInside, parsePeriod } from '../../core/periods.ts';
import { listDealersAt } from '../../db/network.ts';
import { defineOperation } from '../operation.ts';
import { onCommonGround } from './ground.ts';
import { isAudit, isSurvey, readAudits, readRows } from './rows.ts';

/**
 * An index in two periods: what went up or down by more than noise, over all rows that are shown.
 * @see methods.md, section 3
 */
export const compareIndex = defineOperation({
  name: 'indices.compare',
  summary: 'The change of an index between two periods, with a test of each row',
  input: indexQuery.omit({ rank: true, ties: true, scale: true, mix: true }).extend({
    against: periodCode.describe('The earlier period.'),
    adjust: z
      .enum(['benjamini-hochberg', 'holm'])
      .default('benjamini-hochberg')
      .describe('Few false among the claims made, or hardly any false claim at all.'),
  }),
  output: changeReport,
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async act(act, { against, adjust, ...query }) {
    const [earlier, later] = [parsePeriod(against), parsePeriod(query.period)];
    if (earlier.to > later.from) {
      throw inputRefused({
        errors: [
          {
            pointer: '/against',
            code: 'overlap',
            detail: 'a period that ends before the other one begins',
          },
        ],
      });
    }
    const minimum = isSurvey(query.index) ? fewestRespondents : 1;
    const asked = (code: string) => ({ ...query, period: code, rank: false });
    const ground = isAudit(query.index)
      ? await onCommonGround(
          act,
          [
            ...(await readAudits(act, asked(against), earlier)),
            ...(await readAudits(act, asked(query.period), later)),
          ],
          [earlier, later],
        )
      : null;
    const read = async (code: string) => {
      const period = parsePeriod(code);
      const dealers = await listDealersAt(act.tx, act.market.id, addDays(period.to, -1));
      const audits = ground?.rows.filter(({ visitDate }) => isInside(visitDate, period));
      const source = { act, query: asked(code), period, dealers, ...(audits ? { audits } : {}) };
      const rows = await readRows(source);
      return { period, rows: new Map(rows.map((row) => [row.key, row])) };
    };
    const before = await read(against);
    const after = await read(query.period);
    const keys = [...new Set([...before.rows.keys(), ...after.rows.keys()])].sort((a, b) =>
      a < b ? -1 : 1,
    );
    const units = keys.map((key) => {
      const enough = (side: typeof before) => {
        const estimate = side.rows.get(key)?.estimate;
        return estimate && estimate.n >= minimum ? estimate : undefined;
      };
      return { before: enough(before), after: enough(after) };
    });
    const changes = indexChanges(units, adjust);
    const shown = (side: typeof before, key: string) => {
      const row = side.rows.get(key);
      return row ? toFigure(row.estimate, minimum) : null;
    };
    return {
      market: act.market.code,
      index: query.index,
      by: query.by,
      items: ground?.items ?? null,
      before: before.period,
      after: after.period,
      rows: keys.map((key, i) => ({
        key,
        name: (after.rows.get(key) ?? before.rows.get(key))!.name,
        before: shown(before, key),
        after: shown(after, key),
        change: changes[i]!,
      })),
    };
  },
});
