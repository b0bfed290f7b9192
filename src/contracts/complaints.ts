import { z } from 'zod';
import { civilDate } from './primitives.ts';

/** A share with Wilson's interval; `share` is null where nothing was due. */
export const rate = z.strictObject({
  successes: z.int(),
  n: z.int().describe('Due: neither pending nor left out.'),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Rate = z.infer<typeof rate>;

const row = z.strictObject({
  dealer: z.string().describe('A house, or "all".'),
  complaints: z.int(),
  pending: z.int().describe('Not answered yet, and not yet due.'),
  answeredInTime: rate,
  solvedInTime: rate.nullable().describe('null where the programme sets no number of days.'),
  followedUp: rate.describe('Customers asked three to five days after the service.'),
  fixedFirstTime: rate.describe('Repairs that held for 30 days.'),
  perThousandJobs: z
    .strictObject({ value: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('Complaints for a thousand workshop jobs, with exact limits.'),
  medianDaysToSolve: z
    .number()
    .nullable()
    .describe('Calendar days; open cases count as not over. null = more than half are still open.'),
  byTheCar: z.int().describe('Complaints about the quality of the product.'),
  change: z
    .strictObject({
      difference: z.number(),
      low: z.number(),
      high: z.number(),
      p: z.number().nullable(),
    })
    .nullable()
    .describe('Of answers in time against the equally long period before.'),
});

export const complaintReport = z.strictObject({
  market: z.string(),
  from: civilDate,
  to: civilDate,
  asOf: civilDate,
  rows: z.array(row),
  all: row,
});
export type ComplaintReport = z.infer<typeof complaintReport>;

const clock = z.strictObject({
  deadline: civilDate.describe('The last day in time.'),
  state: z.enum(['met', 'breached', 'pending']),
  isRunning: z.boolean().describe('Not answered, or not solved, yet.'),
});

/** A complaint as a register shows it: what and when, never who. */
export const complaintRow = z.strictObject({
  code: z.string(),
  dealer: z.string(),
  concerned: z.string().nullable().describe('The house that it is about, where it is another.'),
  touchpoint: z.string(),
  category: z.string(),
  channel: z.string(),
  severity: z.string(),
  escalated: z.boolean(),
  received: civilDate,
  answer: clock,
  solution: clock.nullable().describe('null where the programme sets no number of days.'),
  closed: z.boolean(),
  outcome: z.string().nullable(),
});
export type ComplaintRow = z.infer<typeof complaintRow>;
