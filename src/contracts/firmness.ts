import { z } from 'zod';

const shareRow = z.strictObject({ dealer: z.string(), share: z.number().min(0).max(1) });
const variant = z.strictObject({
  without: z.string().describe('The auditor, dealer or component left out.'),
  first: z.array(z.string()),
  changes: z.boolean(),
});

/** How firm the winner of a market is; nothing of it changes a stored figure. */
export const firmnessReport = z.strictObject({
  market: z.string(),
  programme: z.string(),
  version: z.string(),
  first: z.array(z.string()),
  probabilityFirst: z.number().nullable().describe('Of the first, together.'),
  marginToSecond: z
    .strictObject({ points: z.number(), standardErrors: z.number().nullable() })
    .nullable(),
  weights: z.strictObject({
    staysFirst: z.number().nullable().describe('Share of weights near the nominal ones.'),
    near: z.array(shareRow).describe('Who is first under weights near the nominal ones.'),
    any: z.array(shareRow).describe('Who is first under any weights.'),
    leaveOut: z.array(variant).describe('Without one component each.'),
  }),
  withoutAuditor: z.array(variant),
  withoutLastVisit: z.array(variant).describe('Without the last visit to one leader each.'),
  nextVisit: z
    .array(z.strictObject({ dealer: z.string(), gain: z.number() }))
    .describe('How much one more visit is expected to add to the chance of naming the best.'),
});
export type FirmnessReport = z.infer<typeof firmnessReport>;
