import { z } from 'zod';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { whatIf, whatIfReport } from '../../contracts/what-if.ts';
import { awardWhatIf, changePackage } from '../../core/awards/what-if.ts';
import { defineOperation } from '../operation.ts';
import { assemblePackage } from './assemble.ts';

/** A ranking under other weights, bounds and exclusions beside today's; stores nothing. */
export const tryAward = defineOperation({
  name: 'awards.what-if',
  summary: 'A ranking under other weights, gates and exclusions; stores nothing',
  input: whatIf.extend({
    market: z.string(),
    programme: z.string().default('european-award'),
    version: z.string().optional(),
  }),
  output: whatIfReport,
  roles: ['network-manager', 'market-manager'],
  scope: 'market',
  writes: false,
  refuses: [notFound, inputRefused],
  async prepare(preparation, { programme, version, ...change }) {
    const { package: frozen } = await assemblePackage(preparation, { programme, version });
    const tried = changePackage(frozen, change);
    if ('faults' in tried) throw inputRefused({ errors: tried.faults });
    return awardWhatIf(frozen, tried.changed);
  },
  act: async (_, __, prepared) => prepared as z.output<typeof whatIfReport>,
});
