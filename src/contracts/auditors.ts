import { z } from 'zod';
import { civilDate, periodCode, texts } from './primitives.ts';

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
  autocorrelation: z
    .number()
    .nullable()
    .describe('How far one distance goes with the next; the limits of drift assume none.'),
  driftSince: civilDate.nullable().describe('First visit outside the limits of a moving average.'),
  shiftSince: civilDate
    .nullable()
    .describe('First visit at which what adds up on one side passes five spreads (CUSUM).'),
  flags: z.array(z.enum(['discrepant', 'drift', 'shift'])).describe('They open a review, no more.'),
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
  title: texts.nullable().describe('What the checklist calls the item or section.'),
  kind: z.enum(['item', 'part', 'total']),
  alpha: z.number().nullable().describe("Krippendorff's alpha; null where all agree on one value."),
  ac1: z.number().nullable().describe("Gwet's AC1, for yes/no items."),
  kappa: z.number().nullable().describe("Fleiss's kappa, for yes/no items."),
  kappaP: z.number().nullable().describe('Against no agreement, over the first two of each group.'),
  observed: z.number().nullable().describe('Share of agreeing pairs, for yes/no items.'),
  visits: z.int().describe('Groups of visits compared.'),
});

export type AgreementRow = z.infer<typeof agreementRow>;

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
    colleagues: z
      .array(
        z.strictObject({
          auditor: z.string(),
          n: z.int(),
          mean: z.number().describe('Mean distance from all who visited the same house.'),
          sd: z.number().nullable(),
        }),
      )
      .describe('Each auditor beside those who visited the same houses.'),
    pairs: z
      .array(
        z.strictObject({
          auditors: z.tuple([z.string(), z.string()]),
          answers: z.int().describe('Yes/no answers that both gave.'),
          kappa: z.number().describe("Cohen's kappa."),
          se: z.number(),
        }),
      )
      .describe('Pairs of auditors on yes/no items, where both gave at least thirty answers.'),
    panels: z
      .array(
        z.strictObject({
          dealer: z.string(),
          visits: z.int(),
          mean: z.number(),
          trimmed: z.number().nullable().describe('Without the best and the worst.'),
        }),
      )
      .describe('Houses that five or more auditors visited within the days.'),
  }),
  partiality: z
    .array(
      z.strictObject({
        auditor: z.string(),
        group: z.string().describe('A region, or an owner of several houses.'),
        audits: z.int(),
        difference: z.number().describe('Points given above what all others of theirs got.'),
        p: z.number().describe('Adjusted over all auditors and groups of the kind.'),
        flag: z.boolean(),
      }),
    )
    .describe('Whether an auditor treats one group of houses better than the others.'),
  planning: z
    .strictObject({
      visits: z.array(
        z.strictObject({
          visits: z.int(),
          asGiven: z.number().nullable().describe('Reliability of the mean of so many visits.'),
          corrected: z.number().nullable().describe('The same freed of severity.'),
        }),
      ),
      neededFor80: z.int().nullable().describe('Visits whose mean reaches .8.'),
    })
    .nullable(),
  checklists: z
    .array(
      z.strictObject({
        checklist: z.string(),
        visits: z.int(),
        complete: z.int(),
        items: z.int(),
        relative: z
          .number()
          .nullable()
          .describe('Generalizability over items, for comparing visits.'),
        absolute: z.number().nullable().describe('The same for the score itself.'),
        alpha: z.number().nullable(),
        hardest: z.array(
          z.strictObject({
            item: z.string(),
            n: z.int(),
            meanShare: z.number(),
            itemRest: z.number().nullable().describe('Correlation with the rest of the visit.'),
          }),
        ),
      }),
    )
    .describe('Checklists as instruments.'),
});
export type AuditorReport = z.infer<typeof auditorReport>;
