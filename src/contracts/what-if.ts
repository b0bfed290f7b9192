import { z } from 'zod';
import { awardResult } from './awards.ts';
import { slug } from './primitives.ts';

const bound = z.number().finite().nullable();

/** What a manager changes to see what would come of it. */
export const whatIf = z.strictObject({
  weights: z
    .record(slug, z.number().finite().min(0).max(10_000))
    .default({})
    .describe('Of components of the composite, by id.'),
  gates: z
    .record(slug, z.strictObject({ min: bound.optional(), max: bound.optional() }))
    .default({})
    .describe('Bounds of gates by id; null takes a bound away.'),
  excluded: z
    .array(z.strictObject({ dealer: z.string(), reason: z.string().default('what if') }))
    .max(100)
    .default([]),
});
export type WhatIf = z.infer<typeof whatIf>;

const standing = z.strictObject({ status: z.string(), rank: z.int().nullable() });

export const whatIfMoves = z.strictObject({
  firstNow: z.array(z.string()),
  first: z.array(z.string()).describe('Who would be first.'),
  changes: z.array(z.strictObject({ dealer: z.string(), now: standing, would: standing })),
});
export type WhatIfMoves = z.infer<typeof whatIfMoves>;

export const whatIfReport = whatIfMoves.extend({
  result: awardResult.describe('As it would be.'),
});
export type WhatIfReport = z.infer<typeof whatIfReport>;

/** The same over the network: ranks without their uncertainty. */
export const networkWhatIfReport = z.strictObject({
  markets: z.array(whatIfMoves.extend({ market: z.string() })),
});
export type NetworkWhatIfReport = z.infer<typeof networkWhatIfReport>;
