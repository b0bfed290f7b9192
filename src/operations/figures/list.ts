import { z } from 'zod';
import { figureRow } from '../../contracts/figures.ts';
import { periodCode } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { addDays, parsePeriod } from '../../core/periods.ts';
import { listFigures } from '../../db/evidence.ts';
import { listDealersAt } from '../../db/network.ts';
import { defineOperation } from '../operation.ts';

/** Sales, registrations, plans …: the figures of a market's houses whose own period lies in another. */
export const listFigureRows = defineOperation({
  name: 'figures.list',
  summary: 'Figures of houses inside a period, by house and measure',
  input: z.strictObject({ market: z.string(), period: periodCode, dealer: z.string().optional() }),
  output: z.strictObject({ items: z.array(figureRow) }),
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act({ tx, market, now }, query) {
    const period = parsePeriod(query.period);
    const houses = await listDealersAt(tx, market.id, addDays(period.to, -1));
    const codes = new Map(houses.map(({ id, code }) => [id, code]));
    const rows = await listFigures(tx, market.id, period.from, period.to, now);
    const items = rows.flatMap((row) => {
      const dealer = codes.get(row.dealerId);
      if (dealer === undefined || (query.dealer !== undefined && dealer !== query.dealer))
        return [];
      return [
        {
          dealer,
          measure: row.measure,
          from: row.periodFrom,
          to: row.periodTo,
          kind: row.kind,
          value: Number(row.value),
          target: row.target === null ? null : Number(row.target),
          currency: row.currency,
          suppliedBy: row.suppliedBy,
          receivedAt: row.receivedAt.toISOString(),
        },
      ];
    });
    return { items };
  },
});
