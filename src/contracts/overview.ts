import { z } from 'zod';
import { rate } from './complaints.ts';
import { comparedItems, figure, indexChange, standardTrend } from './indices.ts';
import { civilDate } from './primitives.ts';

const period = z.strictObject({ code: z.string(), from: civilDate, to: civilDate });

/** What may wait for a manager, the most urgent first. */
export const needs = [
  'complaints',
  'appeals',
  'review',
  'release',
  'freeze',
  'propose',
  'confirm',
  'publish',
] as const;
export type Need = (typeof needs)[number];

/** A market at a glance: five figures, the standards over time, and what waits. */
export const overview = z.strictObject({
  market: z.string(),
  programme: z.strictObject({ id: z.string(), version: z.string() }),
  period,
  before: z.strictObject({ from: civilDate, to: civilDate }).describe('What changes refer to.'),
  index: z.strictObject({
    figure,
    change: indexChange.nullable().describe('null where the period before has too few.'),
    items: comparedItems,
  }),
  qualified: z.strictObject({ n: z.int(), of: z.int() }),
  audits: z.strictObject({
    approved: z.int().describe('Audits of the period that count.'),
    planned: z.int().describe('Audits that came in, and visits still ordered.'),
  }),
  appeals: z.strictObject({ open: z.int() }),
  complaints: z.strictObject({
    over: z.int().describe('Not answered, and past the last day.'),
    running: z.int().describe('Not answered yet.'),
    inTime: rate,
    change: indexChange
      .nullable()
      .describe('Of the share answered in time, in points of 100; null without cases before.'),
  }),
  versionChanges: z.array(z.string()).describe('Periods whose audits used other versions.'),
  standards: z.array(standardTrend),
  needs: z.array(z.strictObject({ what: z.enum(needs), n: z.int() })),
});
export type Overview = z.infer<typeof overview>;
