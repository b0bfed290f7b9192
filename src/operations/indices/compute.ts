import {
  type IndexFigure,
  type IndexRow,
  indexQuery,
  indexReport,
} from '../../contracts/indices.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { combineEstimates, fewestRespondents, toFigure } from '../../core/indices/indices.ts';
import { displayIndex, type IndexScale } from '../../core/indices/responses.ts';
import { addDays, parsePeriod } from '../../core/periods.ts';
import { listDealersAt } from '../../db/network.ts';
import { defineOperation } from '../operation.ts';
import { addPlaces, addShrunk } from './league.ts';
import { addMixed, type Strata } from './mix.ts';
import { isSurvey, type Row, readRows } from './rows.ts';

/**
 * An index by dealer, region, staff member …, with n, interval and "too few"; ranked on request.
 * @see methods.md, section 3
 */
export const computeIndex = defineOperation({
  name: 'indices.compute',
  summary: 'An index for any period, by market, region, dealer, staff member …',
  input: indexQuery,
  output: indexReport,
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
    const differences = addShrunk(shown, rows);
    if (query.mix) addMixed(shown, strataOf(rows));
    if (query.rank) addPlaces(shown, rows, query.ties);
    const all = combineEstimates(
      rows.map((row) => ({ estimate: row.estimate, volume: row.estimate.n })),
    );
    return {
      market: act.market.code,
      index: query.index,
      by: query.by,
      ...period,
      rows: shown.map((row) => rescale(row, query.scale)),
      all: rescaleFigure(toFigure(all, minimum), query.scale),
      scale: query.scale,
      differences,
    };
  },
});

function strataOf(rows: readonly Row[]): Strata {
  const first = rows[0];
  if (first && !first.strata) {
    throw inputRefused({
      errors: [
        {
          pointer: '/mix',
          code: 'mix',
          detail: 'only an index of customers’ answers has a mix of customers',
        },
      ],
    });
  }
  return new Map(rows.map((row) => [row.key, row.strata!]));
}

function rescaleFigure(figure: IndexFigure, scale: IndexScale): IndexFigure {
  if ('tooFew' in figure) return figure;
  const shown = (value: number | null) => (value === null ? null : displayIndex(value, scale));
  return {
    ...figure,
    value: displayIndex(figure.value, scale),
    low: shown(figure.low),
    high: shown(figure.high),
  };
}

/** Everything of a row that stands on the scale of the index; an error is a distance, not a place. */
function rescale(row: IndexRow, scale: IndexScale): IndexRow {
  if (scale === 'hundred') return row;
  const at = (value: number) => displayIndex(value, scale);
  const unit = at(1) - at(0);
  const { shrunk, mixed, place } = row;
  return {
    ...row,
    figure: rescaleFigure(row.figure, scale),
    ...(shrunk ? { shrunk: { ...shrunk, value: at(shrunk.value), se: unit * shrunk.se } } : {}),
    ...(mixed
      ? {
          mixed: {
            ...mixed,
            value: at(mixed.value),
            low: mixed.low === null ? null : at(mixed.low),
            high: mixed.high === null ? null : at(mixed.high),
          },
        }
      : {}),
    ...(place
      ? {
          place: {
            ...place,
            compareLow: at(place.compareLow),
            compareHigh: at(place.compareHigh),
          },
        }
      : {}),
  };
}
