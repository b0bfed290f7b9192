import { type IndexRow, indexQuery, indexReport } from '../../contracts/indices.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { combineEstimates, fewestRespondents, toFigure } from '../../core/indices/indices.ts';
import { addDays, parsePeriod } from '../../core/periods.ts';
import { listDealersAt } from '../../db/network.ts';
import { defineOperation } from '../operation.ts';
import { addPlaces, addShrunk } from './league.ts';
import { isSurvey, readRows } from './rows.ts';

/**
 * An index by dealer, region, staff member …, with n, interval and "too few"; ranked on request.
 * @see methods.md, section 3
 */
export const computeIndex = defineOperation({
  name: 'indices.compute',
  summary: 'An index for any period, by market, region, dealer, staff member …',
  input: indexQuery,
  output: indexReport,
  roles: ['network-manager', 'market-manager'],
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async act(act, query) {
    const period = parsePeriod(query.period);
    const dealers = await listDealersAt(act.tx, act.market.id, addDays(period.to, -1));
    const source = { act, query, period, dealers };
    const rows = await readRows(source);
    const minimum = isSurvey(query.index) ? fewestRespondents : 1;
    const shown = rows.map(
      (row): IndexRow => ({
        key: row.key,
        name: row.name,
        figure: toFigure(row.estimate, minimum),
      }),
    );
    if (isSurvey(query.index) && (query.by === 'dealer' || query.by === 'staff')) {
      addShrunk(shown, rows);
    }
    if (query.rank) addPlaces(shown, rows);
    const all = combineEstimates(
      rows.map((row) => ({ estimate: row.estimate, volume: row.estimate.n })),
    );
    return {
      market: act.market.code,
      index: query.index,
      by: query.by,
      ...period,
      rows: shown,
      all: toFigure(all, minimum),
    };
  },
});
