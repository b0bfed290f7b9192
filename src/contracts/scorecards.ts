import { z } from 'zod';
import { standard } from './checklists.ts';
import { figure, standardTrend } from './indices.ts';
import { instantText, sha256, texts } from './primitives.ts';

/** A dealer's results of a period as they were released: every drawing of them comes from this. */
export const scorecardView = z.strictObject({
  format: z.literal('omotenashi-scorecard/1'),
  brand: z.string(),
  market: z.strictObject({ code: z.string(), name: z.string() }),
  dealer: z.strictObject({ code: z.string(), name: z.string(), town: z.string() }),
  period: z.strictObject({ code: z.string(), from: z.string(), to: z.string() }),
  releasedAt: instantText,
  versions: z.array(z.strictObject({ id: z.string(), version: z.string(), sha256 })),
  omotenashi: figure,
  afterSales: figure,
  complaintsInTime: z.strictObject({ met: z.int(), due: z.int() }),
  position: z
    .strictObject({ rank: z.int(), rankLow: z.int(), rankHigh: z.int(), of: z.int() })
    .nullable()
    .describe('Among the market’s houses by the omotenashi index; only where five are ranked.'),
  standards: z.array(
    z.strictObject({
      standard,
      figure,
      market: z.number().nullable(),
      best: z.number().nullable(),
    }),
  ),
  trend: z.array(z.strictObject({ period: z.string(), figure })),
  standardTrends: z
    .array(standardTrend)
    .optional()
    .describe('The standards over the same periods; cards of before have none.'),
  versionChanges: z
    .array(z.string())
    .optional()
    .describe('Periods whose audits used other checklist versions than those before.'),
  peers: z.array(z.strictObject({ value: z.number(), own: z.boolean() })).describe('Anonymous.'),
  strongest: z.array(z.strictObject({ item: z.string(), question: texts, percent: z.number() })),
  weakest: z.array(z.strictObject({ item: z.string(), question: texts, percent: z.number() })),
  drivers: z
    .array(
      z.strictObject({
        factor: z.string(),
        title: texts,
        importance: z.number().describe('Share of what explains recommendation in the market.'),
        house: figure,
        market: figure
          .nullable()
          .describe('null where fewer than five houses have enough answers to hide one of them.'),
      }),
    )
    .optional()
    .describe('The factors of the questionnaire that recommendation goes with most.'),
  gates: z.array(
    z.strictObject({ title: texts, result: z.enum(['pass', 'fail', 'open', 'waived']) }),
  ),
});
export type ScorecardView = z.infer<typeof scorecardView>;

/** A scorecard as the API names it. */
export const scorecardSummary = z.strictObject({
  id: z.uuid(),
  dealer: z.string(),
  period: z.string(),
  viewSha256: sha256,
  releasedAt: instantText,
});
export type ScorecardSummary = z.infer<typeof scorecardSummary>;
