import { z } from 'zod';
import { firmnessReport } from '../../contracts/firmness.ts';
import { notFound } from '../../contracts/problems.ts';
import { listAuditors } from '../../db/evidence.ts';
import { defineComputed } from '../operation.ts';
import { assemblePackage } from './assemble.ts';

/** How firm the winner of a market is, before anything is frozen; stores nothing. */
export const reportFirmness = defineComputed({
  name: 'awards.firmness',
  summary: 'How firm the winner is: other weights, without an auditor, without the last visit',
  input: z.strictObject({
    market: z.string(),
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: firmnessReport,
  scope: 'market',
  writes: false,
  remembered: true,
  refuses: [notFound],
  async prepare(preparation, input) {
    const { package: frozen } = await assemblePackage(preparation, input);
    const ids = frozen.dealers.flatMap((dealer) => dealer.audits.map((audit) => audit.id));
    const auditorOf = await preparation.inMarket((act) =>
      listAuditors(act.tx, act.market.id, [...new Set(ids)]),
    );
    return preparation.context.compute.run('awardFirmness', frozen, auditorOf);
  },
});
