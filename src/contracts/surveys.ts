import { z } from 'zod';
import { figure } from './indices.ts';
import { civilDate } from './primitives.ts';

const share = z.strictObject({ share: z.number(), low: z.number(), high: z.number() });
const span = z.strictObject({ from: civilDate, to: civilDate });

const questionBase = {
  id: z.string(),
  factor: z.string(),
  min: z.number(),
  max: z.number(),
  cause: z.enum(['dealer', 'car']),
};

/** One question: what was answered, or how many were too few. */
export const question = z.union([
  z.strictObject({
    ...questionBase,
    figure: z.strictObject({
      n: z.int(),
      mean: z.number().describe('On the scale of the question.'),
      percent: z.number().describe('The same on 0 to 100.'),
      low: z.number().nullable().describe('95 % interval of `percent`.'),
      high: z.number().nullable(),
      topBox: share.describe('The best answer.'),
      topTwo: share.describe('The best two.'),
    }),
    change: z
      .strictObject({
        topBox: z.number().describe('Change of the share of best answers.'),
        low: z.number(),
        high: z.number(),
        p: z.number().describe('Of the change of the mean, adjusted over all questions.'),
        effect: z.number().nullable().describe("Hedges's g of the change of the mean."),
      })
      .nullable(),
  }),
  z.strictObject({ ...questionBase, tooFew: z.strictObject({ n: z.int(), minimum: z.int() }) }),
]);

export const questionReport = z.strictObject({
  market: z.string(),
  checklist: z.string(),
  dealer: z.string().nullable(),
  period: span,
  against: span.nullable(),
  responses: z.int(),
  questions: z.array(question),
  factors: z.array(
    z.strictObject({
      id: z.string(),
      weight: z.number(),
      items: z.int(),
      alpha: z
        .number()
        .nullable()
        .describe("Cronbach's alpha; below .7 the factor is read with care."),
    }),
  ),
  recommendation: z
    .strictObject({
      promoters: z.int(),
      passives: z.int(),
      detractors: z.int(),
      value: z.number().describe('Net promoter score, -100 to 100.'),
      low: z.number(),
      high: z.number(),
      change: z.strictObject({ difference: z.number(), z: z.number(), p: z.number() }).nullable(),
    })
    .nullable(),
});
export type QuestionReport = z.infer<typeof questionReport>;

const driver = z.strictObject({
  id: z.string(),
  importance: z.number().describe('Share of what is explained, 0 to 1 (Johnson).'),
  low: z.number().describe('90 % interval by resampling.'),
  high: z.number(),
  shapley: z.number().nullable().describe('The check: the same by Lindeman, Merenda and Gold.'),
  correlation: z.number(),
  beta: z
    .number()
    .nullable()
    .describe('Standardised coefficient; its sign may turn under collinearity.'),
});
const drivers = z
  .strictObject({ n: z.int(), r2: z.number(), drivers: z.array(driver) })
  .nullable()
  .describe('null where there are fewer than ten rows a driver.');

export const driverReport = z.strictObject({
  market: z.string(),
  checklist: z.string(),
  dealer: z.string().nullable(),
  period: span,
  outcome: z.string(),
  factors: drivers,
  items: drivers,
  paths: z
    .strictObject({
      r2: z.number(),
      factors: z.array(
        z.strictObject({
          id: z.string(),
          coefficient: z.number(),
          index: z
            .number()
            .nullable()
            .describe(
              'Mean of the factor under these weights, 0 to 100; null where scales differ.',
            ),
          weights: z.array(
            z.strictObject({ id: z.string(), weight: z.number(), loading: z.number() }),
          ),
        }),
      ),
    })
    .nullable()
    .describe('The same by a path model, on request.'),
  standards: drivers.describe(
    'The seven standards of audits, over houses, against the index; houses of all markets, each less the mean of its market.',
  ),
  performance: z
    .array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['factor', 'item']),
        house: figure.nullable(),
        market: figure,
      }),
    )
    .describe('Where the house stands on each, beside its market.'),
});
export type DriverReport = z.infer<typeof driverReport>;

/** A sign of gaming in one house's answers. It opens a review and changes no figure. */
export const surveySign = z.strictObject({
  sign: z.enum(['all-top-run', 'shared-device', 'burst', 'same-day']),
  dealer: z.string(),
  responses: z.int().describe('How many answers show it.'),
  of: z.int().describe('Answers of the house that could.'),
  expected: z.number().nullable().describe('How many chance would give.'),
  p: z.number().nullable().describe('Chance of so many, adjusted over all houses.'),
  from: z.string().describe('First and last day, or hour, of what was seen.'),
  to: z.string(),
});
export type SurveySign = z.infer<typeof surveySign>;

export const signReport = z.strictObject({
  market: z.string(),
  checklist: z.string(),
  period: span,
  responses: z.int(),
  timed: z.int().describe('Responses that say when they were answered.'),
  withDevice: z.int(),
  signs: z.array(surveySign),
  causes: z
    .array(
      z.strictObject({
        dealer: z.string(),
        dealerItems: figure,
        carItems: figure,
        below: z
          .enum(['dealer', 'car', 'both', 'none'])
          .describe('Which of the two lies below the market by more than noise.'),
      }),
    )
    .describe('What the house causes beside what the car causes.'),
});
export type SignReport = z.infer<typeof signReport>;
