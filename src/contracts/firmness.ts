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
    .strictObject({
      points: z.number(),
      standardErrors: z.number().nullable(),
      probabilityBetter: z.number().describe('That the first is truly better than the second.'),
    })
    .nullable(),
  places: z
    .array(z.strictObject({ dealer: z.string(), chances: z.array(z.number()) }))
    .describe('The chances of the first five places, of houses that could hold one.'),
  weights: z.strictObject({
    staysFirst: z.number().nullable().describe('Share of weights near the nominal ones.'),
    near: z.array(shareRow).describe('Who is first under weights near the nominal ones.'),
    any: z.array(shareRow).describe('Who is first under any weights.'),
    leaveOut: z.array(variant).describe('Without one component each.'),
  }),
  aggregation: z
    .array(
      z.strictObject({
        by: z.enum(['min-max', 'z-score', 'percent-rank', 'geometric', 'equal-weights']),
        first: z.array(z.string()),
        changes: z.boolean(),
        kendallTau: z.number().nullable().describe('Likeness of the order to that of the award.'),
        spearman: z.number().nullable(),
      }),
    )
    .describe('The award computed by other ways than fixed goalposts.'),
  shapes: z
    .array(
      z.strictObject({
        component: z.string(),
        skewness: z.number().nullable(),
        kurtosis: z.number().nullable(),
        isSkewed: z.boolean().describe('|skewness| > 2 and kurtosis > 3.5: to be treated.'),
      }),
    )
    .describe('Distribution of the components over the ranked houses.'),
  withoutAuditor: z.array(variant).describe('Without each of the hundred with most audits.'),
  withoutLastVisit: z.array(variant).describe('Without the last visit to one leader each.'),
  nextVisit: z
    .array(z.strictObject({ dealer: z.string(), gain: z.number() }))
    .describe('How much one more visit is expected to add to the chance of naming the best.'),
});
export type FirmnessReport = z.infer<typeof firmnessReport>;
