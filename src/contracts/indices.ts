import { z } from 'zod';
import { standard } from './checklists.ts';
import { civilDate, periodCode, touchpoint } from './primitives.ts';
import { standards } from './standards.ts';

export const indexKinds = [
  'omotenashi',
  ...standards.map((standard) => `standard:${standard}` as const),
  'after-sales',
  'sales',
  'advisor',
  'channel',
  'complaint-handling',
  'club',
] as const;

export const groupings = [
  'market',
  'region',
  'dealer',
  'group',
  'site-type',
  'size-band',
  'touchpoint',
  'tenure',
  'staff',
] as const;
export type Grouping = (typeof groupings)[number];

/** A figure for people: a value with its n and interval, or how many were too few. */
export const figure = z.union([
  z.strictObject({
    value: z.number().describe('Points, 0 to 100, unrounded.'),
    n: z.int(),
    low: z.number().nullable().describe('95 % interval; null where it cannot be given.'),
    high: z.number().nullable(),
  }),
  z.strictObject({ tooFew: z.strictObject({ n: z.int(), minimum: z.int() }) }),
]);
export type IndexFigure = z.infer<typeof figure>;

/** A change between two periods, with whether it is more than noise. */
export const indexChange = z.strictObject({
  difference: z.number().describe('Points, after less before.'),
  low: z.number().describe('95 % interval of the difference alone.'),
  high: z.number(),
  p: z.number().describe('Two-sided, adjusted over all rows shown.'),
  direction: z.enum(['up', 'down', 'unclear']),
});
export type IndexChange = z.infer<typeof indexChange>;

/** How many items of the newest checklist versions are compared. */
export const comparedItems = z
  .strictObject({ comparable: z.int(), of: z.int() })
  .nullable()
  .describe(
    'Where versions differ between the periods; only these items are compared. null = all.',
  );

export const changeReport = z.strictObject({
  market: z.string(),
  index: z.string(),
  by: z.string(),
  items: comparedItems,
  before: z.strictObject({ from: civilDate, to: civilDate }),
  after: z.strictObject({ from: civilDate, to: civilDate }),
  rows: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      before: figure.nullable(),
      after: figure.nullable(),
      change: indexChange.nullable().describe('null where either period has too few.'),
    }),
  ),
});
export type ChangeReport = z.infer<typeof changeReport>;

/** One line of small multiples: an index over periods. */
export const standardTrend = z.strictObject({
  standard,
  points: z.array(z.strictObject({ period: z.string(), figure })),
});
export type StandardTrend = z.infer<typeof standardTrend>;

const span = z.strictObject({ from: civilDate, to: civilDate });

/** A series of figures with its trend. */
export const trendReport = z.strictObject({
  market: z.string(),
  index: z.string(),
  by: z.string(),
  periods: z.array(span),
  rows: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      figures: z.array(figure.nullable()),
      trend: z
        .union([
          z.strictObject({
            kind: z.literal('tested'),
            slope: z.number().describe('Points a period (Sen).'),
            low: z.number(),
            high: z.number(),
            p: z.number().describe('Mann and Kendall, adjusted over all rows.'),
            direction: z.enum(['up', 'down', 'unclear']),
          }),
          z.strictObject({
            kind: z.literal('described'),
            slope: z.number().describe('Points a period, of a straight line; claims nothing.'),
            se: z.number().nullable(),
          }),
        ])
        .nullable()
        .describe('From eight values tested, from three described, below none.'),
    }),
  ),
});
export type TrendReport = z.infer<typeof trendReport>;

export const shrunkFigure = z.strictObject({
  value: z.number(),
  reliability: z.number(),
  se: z.number(),
});

export const place = z.strictObject({
  rank: z.number().describe('A whole number, but for fractional ties.'),
  rankLow: z.int(),
  rankHigh: z.int(),
  probabilityFirst: z.number(),
  couldBeFirst: z.boolean(),
  tiedGroup: z.int(),
  compareLow: z
    .number()
    .describe('Interval by which two rows may be compared: apart = different at about 5 %.'),
  compareHigh: z.number(),
});

export const indexRow = z.strictObject({
  key: z.string(),
  name: z.string(),
  figure,
  shrunk: shrunkFigure.optional().describe('Drawn toward dealer or market, by reliability.'),
  mixed: z
    .strictObject({
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      effectiveN: z.number().describe('What the answers are worth under these weights (Kish).'),
      isPartial: z.boolean().describe('A kind of customer is missing here.'),
    })
    .optional()
    .describe("As if with the market's mix of customers."),
  place: place.optional(),
});
export type IndexRow = z.infer<typeof indexRow>;

export const indexQuery = z.strictObject({
  market: z.string(),
  index: z.enum(indexKinds),
  period: periodCode,
  by: z.enum(groupings).default('dealer'),
  checklist: z.string().optional().describe("Default: the programme's."),
  programme: z.string().default('european-award'),
  touchpoint: touchpoint.optional(),
  tenure: z.enum(['unknown', 'under-1', '1-to-3', '3-to-7', '7-and-more']).optional(),
  rank: z.union([z.boolean(), z.stringbool()]).default(false),
  ties: z
    .enum(['competition', 'modified', 'dense', 'fractional', 'ordinal'])
    .default('competition')
    .describe('How equal rows share their ranks: 1224, 1334, 1223, 1 2.5 2.5 4, 1234.'),
  scale: z
    .enum(['hundred', 'thousand', 'ratings'])
    .default('hundred')
    .describe('0 to 100, 0 to 1,000, or 100 times the mean of ratings of 1 to 10.'),
  mix: z
    .enum(['tenure', 'touchpoint'])
    .optional()
    .describe(
      "Also show each row as if it had the market's mix of customers (surveys by dealer …).",
    ),
});

export const indexReport = z.strictObject({
  market: z.string(),
  index: z.string(),
  by: z.enum(groupings),
  from: civilDate,
  to: civilDate,
  rows: z.array(indexRow),
  all: figure.describe('Over all rows together.'),
  scale: z.enum(['hundred', 'thousand', 'ratings']),
  differences: z
    .strictObject({ between: z.number(), p: z.number() })
    .nullable()
    .describe(
      'Variance between the true values of the rows, and the chance of such rows if they did not differ at all.',
    ),
});
export type IndexReport = z.infer<typeof indexReport>;
