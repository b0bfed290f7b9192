import { z } from 'zod';
import { figure } from './indices.ts';
import { signed } from './log.ts';
import { civilDate, instantText, micro, sha256 } from './primitives.ts';
import { metric } from './programmes.ts';

/** Exact moments of stored scores; sums are whole numbers as text, since they pass 2^53. */
export const storedMoments = z.strictObject({
  n: z.int().min(0),
  sum: z.string().regex(/^\d+$/),
  sumSquares: z.string().regex(/^\d+$/),
});

/** Respondents' indices in millionths, in ascending order: by advisor, and those that name none. */
export const surveySample = z.strictObject({
  byAdvisor: z.array(z.array(micro)),
  others: z.array(micro),
});
export type SurveySample = z.infer<typeof surveySample>;

/** Everything that an award rests on about one dealer or advisor, as it stood when it was frozen. */
export const dealerEvidence = z.strictObject({
  dealer: z.string(),
  house: z
    .string()
    .optional()
    .describe('Where service advisors are ranked: the dealer they belong to.'),
  audits: z.array(
    z.strictObject({
      id: z.uuid(),
      revision: z.int(),
      date: civilDate,
      type: z.enum(['mystery', 'announced']),
      finalMicro: micro,
      coverage: z.number(),
      knockedOut: z.boolean(),
      auditor: z
        .string()
        .optional()
        .describe('A name for this package only, where the programme corrects for severity.'),
      kind: z.string().optional().describe('Checklist and type; visits of one kind are compared.'),
      rawMicro: micro.optional().describe('Before caps and knock-outs.'),
    }),
  ),
  samples: z
    .strictObject({ afterSales: surveySample, sales: surveySample })
    .optional()
    .describe('The answers behind the moments, for resampling.'),
  afterSales: storedMoments,
  sales: storedMoments,
  complaints: z.strictObject({ met: z.int(), breached: z.int(), pending: z.int() }),
  figures: z.record(
    z.string(),
    z.strictObject({ value: z.number(), target: z.number().nullable() }),
  ),
  brandStandards: z
    .strictObject({ auditId: z.uuid(), revision: z.int(), below: z.array(z.string()) })
    .nullable(),
  fiveStar: z.boolean().nullable(),
  integrityCases: z.int(),
});
export type DealerEvidence = z.infer<typeof dealerEvidence>;

export const waiver = z.strictObject({
  dealer: z.string(),
  gate: z.string(),
  by: z.string(),
  reason: z.string(),
  paper: z.string(),
});

const components = z.strictObject({ within: z.number(), between: z.number(), centre: z.number() });

/** Variance components of the whole network, for markets with fewer than five houses. */
export const networkPools = z.strictObject({
  audits: components.nullable(),
  afterSales: components.nullable(),
  complaints: z.strictObject({ alpha: z.number(), beta: z.number() }).nullable(),
});
export type NetworkPools = z.infer<typeof networkPools>;

/** A frozen package: the inputs of an award, from which anybody can compute it again. */
export const awardPackage = z.strictObject({
  format: z.literal('omotenashi-award-package/1'),
  programme: z.record(z.string(), z.unknown()),
  programmeSha256: sha256,
  market: z.string(),
  asOf: instantText,
  pools: networkPools,
  waivers: z.array(waiver),
  excluded: z.array(z.strictObject({ dealer: z.string(), reason: z.string() })),
  dealers: z.array(dealerEvidence),
});
export type AwardPackage = z.infer<typeof awardPackage>;

export const gateResult = z.strictObject({
  gate: z.string(),
  metric: z.string(),
  result: z.enum(['pass', 'fail', 'open', 'waived']),
  value: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  atRisk: z.boolean().describe('The one-sided 90 % bound of the value lies on the other side.'),
  note: z.string().nullable(),
});
export type GateResult = z.infer<typeof gateResult>;

export const componentResult = z.strictObject({
  component: z.string(),
  metric: metric,
  value: z.number().nullable(),
  se: z.number(),
  points: z.number().nullable().describe('On 0 to 100 between the goalposts.'),
  weight: z.number(),
});

export const ranking = z.strictObject({
  composite: z.number(),
  se: z.number(),
  rank: z.int(),
  rankLow: z.int(),
  rankHigh: z.int(),
  couldBeFirst: z.boolean(),
  probabilityFirst: z.number(),
  probabilityTopThree: z.number(),
  expectedRank: z.number(),
  tiedGroup: z.int(),
});

export const dealerResult = z.strictObject({
  dealer: z.string(),
  status: z.enum(['ranked', 'disqualified', 'open', 'excluded']),
  reasons: z.array(z.string()).describe('Why the dealer has no rank; empty for the ranked.'),
  audits: z.int(),
  responses: z.int(),
  gates: z.array(gateResult),
  components: z.array(componentResult),
  ranking: ranking.nullable(),
});
export type DealerResult = z.infer<typeof dealerResult>;

/** An award as computed: ranked dealers first, in rank order, then the others by code. */
export const awardResult = z.strictObject({
  programme: z.string(),
  version: z.string(),
  market: z.string(),
  asOf: instantText,
  dealers: z.array(dealerResult),
  first: z.array(z.string()).describe('Dealers of rank 1.'),
  outcome: z.enum(['single', 'shared', 'no-award']),
  leadIsClear: z.boolean().nullable(),
  marginToSecond: z
    .strictObject({ points: z.number(), standardErrors: z.number().nullable() })
    .nullable(),
  correction: z
    .strictObject({
      applied: z.boolean(),
      reasons: z.array(z.string()).describe('Why the scores stay as they are.'),
      otherOrder: z
        .array(z.strictObject({ dealer: z.string(), rank: z.int() }))
        .describe('The order without the correction, or with it where it is not applied.'),
    })
    .optional()
    .describe('Where the programme asks to correct for the severity of auditors.'),
  resampling: z
    .strictObject({
      draws: z.int(),
      noAward: z.number().describe('Share of draws in which nobody qualifies.'),
      dealers: z.array(
        z.strictObject({
          dealer: z.string(),
          qualified: z.number().describe('Share of draws in which the dealer has a rank.'),
          probabilityFirst: z.number().describe('Shared first places count in part.'),
          probabilityTopThree: z.number(),
          expectedRank: z.number().nullable().describe('Over the draws with a rank.'),
          rankLow: z.int().nullable().describe('From the 5th to the 95th of a hundred draws.'),
          rankHigh: z.int().nullable(),
        }),
      ),
    })
    .optional()
    .describe('At freeze: the award again on resampled evidence.'),
});
export type AwardResult = z.infer<typeof awardResult>;

export const decisionState = z.enum(['frozen', 'proposed', 'confirmed', 'published', 'withdrawn']);

export const decision = z.strictObject({
  id: z.uuid(),
  market: z.string(),
  programme: z.string(),
  version: z.string(),
  period: z.string(),
  state: decisionState,
  winners: z.array(z.string()),
  reason: z.string().nullable(),
  embargoUntil: civilDate.nullable(),
  packageSha256: sha256,
  resultSha256: sha256,
  frozenAt: instantText,
  steps: z.array(
    z.strictObject({
      step: z.string(),
      by: z.string(),
      at: instantText,
      winners: z.array(z.string()),
      reason: z.string().nullable(),
      signed: signed.nullable(),
    }),
  ),
  /** By which anybody checks a published award. */
  certificates: z.array(z.strictObject({ code: z.string(), dealer: z.string() })),
  result: awardResult,
});
export type DecisionView = z.infer<typeof decision>;

const place = ranking.pick({ rank: true, rankLow: true, rankHigh: true }).nullable();
const gateOutcome = gateResult.shape.result;

/** What an amended audit would do to its house under a programme. */
export const awardEffect = z.strictObject({
  programme: z.string(),
  index: z.strictObject({ before: figure, after: figure }),
  status: z.strictObject({ before: dealerResult.shape.status, after: dealerResult.shape.status }),
  place: z.strictObject({ before: place, after: place }).describe('null = without a rank.'),
  gates: z
    .array(z.strictObject({ gate: z.string(), before: gateOutcome, after: gateOutcome }))
    .describe('Those that would be decided otherwise.'),
});
export type AwardEffect = z.infer<typeof awardEffect>;
