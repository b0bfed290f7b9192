import { z } from 'zod';
import { civilDate, periodCode } from './primitives.ts';

const share = z.number().min(0).max(1);

/** One auditor beside the others of a market. Points are those of an audit score, 0 to 100. */
export const auditorRow = z.strictObject({
  auditor: z.string(),
  audits: z.int(),
  dealers: z.int(),
  mean: z.number(),
  leniency: z
    .number()
    .nullable()
    .describe('Points given above (+) or below (-) what the houses deserve, shrunk.'),
  leniencySd: z.number().nullable(),
  discrepancy: z.number().nullable().describe('Mean distance from what the houses deserve.'),
  p: z.number().nullable().describe('Against 0, two-sided, adjusted over all auditors.'),
  sdRatio: z.number().nullable().describe('Own spread of distances over that of all.'),
  driftSince: civilDate.nullable().describe('First visit outside the limits of a moving average.'),
  flags: z.array(z.enum(['discrepant', 'drift'])).describe('They open a review, no more.'),
});
export type AuditorRow = z.infer<typeof auditorRow>;

export const adjustedDealer = z.strictObject({
  dealer: z.string(),
  audits: z.int(),
  raw: z.number(),
  adjusted: z.number().nullable(),
  rankRaw: z.int(),
  rankAdjusted: z.int().nullable(),
});

export const agreementRow = z.strictObject({
  what: z.string().describe('An item, a standard or section, or "total".'),
  kind: z.enum(['item', 'part', 'total']),
  alpha: z.number().nullable().describe("Krippendorff's alpha; null where all agree on one value."),
  ac1: z.number().nullable().describe("Gwet's AC1, for yes/no items."),
  kappa: z.number().nullable().describe("Fleiss's kappa, for yes/no items."),
  observed: z.number().nullable().describe('Share of agreeing pairs, for yes/no items.'),
  visits: z.int().describe('Groups of visits compared.'),
});

export const auditorReport = z.strictObject({
  market: z.string(),
  programme: z.string(),
  period: periodCode,
  audits: z.int(),
  components: z
    .strictObject({
      mean: z.number(),
      dealers: z.number(),
      auditors: z.number(),
      rest: z.number(),
      shares: z.strictObject({ dealers: share, auditors: share, rest: share }),
    })
    .nullable()
    .describe('Variances of an audit score by dealer, auditor and the rest (REML).'),
  groups: z
    .array(z.strictObject({ dealers: z.array(z.string()), auditors: z.array(z.string()) }))
    .describe('Parts of the market that no auditor joins: they cannot be compared for severity.'),
  correction: z.strictObject({
    allowed: z.boolean(),
    reasons: z.array(z.string()).describe('Why the award must not be corrected for severity.'),
  }),
  auditors: z.array(auditorRow),
  dealers: z.array(adjustedDealer),
  award: z
    .strictObject({ raw: z.array(z.string()), adjusted: z.array(z.string()).nullable() })
    .describe('Who stands first, on raw and on corrected scores.'),
  agreement: z.strictObject({
    withinDays: z.int(),
    rows: z.array(agreementRow),
    icc: z
      .strictObject({ single: z.number(), low: z.number(), high: z.number(), pairs: z.int() })
      .nullable()
      .describe('ICC(1,1) of total scores over pairs of visits.'),
  }),
});
export type AuditorReport = z.infer<typeof auditorReport>;
