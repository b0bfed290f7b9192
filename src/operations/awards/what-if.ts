import { z } from 'zod';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { networkWhatIfReport, whatIf, whatIfReport } from '../../contracts/what-if.ts';
import { changePackage, movesOf } from '../../core/awards/what-if.ts';
import { defineComputed } from '../operation.ts';
import { assembleNetwork, assemblePackage } from './assemble.ts';

/** A ranking under other weights, bounds and exclusions beside today's; stores nothing. */
export const tryAward = defineComputed({
  name: 'awards.what-if',
  summary: 'A ranking under other weights, gates and exclusions; stores nothing',
  input: whatIf.extend({
    market: z.string(),
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: whatIfReport,
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async prepare(preparation, { programme, version, ...change }) {
    const { package: frozen } = await assemblePackage(preparation, { programme, version });
    const tried = changePackage(frozen, change);
    if ('faults' in tried) throw inputRefused({ errors: tried.faults });
    return preparation.context.compute.run('awardWhatIf', frozen, tried.changed);
  },
});

/** The same change in every market at once: who would be first, and who would move. */
export const tryNetwork = defineComputed({
  name: 'awards.what-if-network',
  summary: 'Who would be first in every market under other weights and gates; stores nothing',
  input: whatIf.omit({ excluded: true }).extend({
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: networkWhatIfReport,
  scope: 'network',
  writes: false,
  refuses: [notFound, inputRefused],
  async prepare(preparation, { programme, version, ...change }) {
    const packages = await assembleNetwork(preparation, { programme, version });
    return {
      markets: packages.map((frozen) => {
        const tried = changePackage(frozen, { ...change, excluded: [] });
        if ('faults' in tried) throw inputRefused({ errors: tried.faults });
        return { market: frozen.market, ...movesOf(frozen, tried.changed) };
      }),
    };
  },
});
