import { z } from 'zod';
import { documentVersion } from './checklists.ts';
import { periodCode, slug, texts, touchpoint } from './primitives.ts';

/** Measures that a gate or a component can read. `figure:x` and `plan:x` name a figure's measure. */
export const metric = z
  .string()
  .regex(
    /^(omotenashi-index|after-sales-index|sales-index|complaint-answers|kpi-index|audits|responses|coverage|knock-outs|brand-standards|five-star|integrity-cases|figure:[a-z0-9-]+|plan:[a-z0-9-]+)$/,
    'omotenashi-index, after-sales-index, sales-index, complaint-answers, kpi-index, audits, responses, coverage, knock-outs, brand-standards, five-star, integrity-cases, figure:<measure> or plan:<measure>',
  );

const weight = z.number().finite().min(0).max(10_000);

export const gate = z.strictObject({
  id: slug,
  title: texts,
  metric,
  min: z.number().finite().optional(),
  max: z.number().finite().optional(),
  kind: z.enum(['sample', 'performance']).default('performance'),
});
export type Gate = z.infer<typeof gate>;

export const component = z.strictObject({
  id: slug,
  title: texts,
  metric,
  weight,
  low: z.number().finite(),
  high: z.number().finite(),
});
export type Component = z.infer<typeof component>;

/** A programme version: how evidence becomes an award. Lives by the same rules as a checklist. */
export const programme = z.strictObject({
  id: slug,
  version: documentVersion,
  languages: z.array(z.enum(['en', 'pl', 'zh', 'it', 'ru', 'ja'])).min(1),
  title: texts,
  description: texts.optional(),
  period: periodCode,
  cutOffDays: z.int().min(0).max(366).default(21),
  unit: z
    .enum(['dealer', 'service-advisor'])
    .default('dealer')
    .describe(
      'Who is ranked. A service advisor is measured by the answers of their own customers; all else is read of the house.',
    ),
  checklists: z
    .strictObject({
      visits: z.array(slug).min(1),
      afterSales: slug.optional(),
      sales: slug.optional(),
      brandStandards: slug.optional(),
      contacts: z.array(slug).default([]),
      club: slug.optional(),
    })
    .describe('Which checklists (any published version) the evidence comes from.'),
  auditTypeWeights: z
    .strictObject({ mystery: weight.default(1), announced: weight.default(0.5) })
    .prefault({}),
  halfLifeDays: z.number().positive().optional(),
  severityCorrection: z
    .boolean()
    .default(false)
    .describe(
      'Take the auditors’ leniency out of audit scores, for all houses or for none: only where one chain of visits joins all and every auditor has enough of them.',
    ),
  factorWeights: z
    .strictObject({
      default: z.record(slug, weight),
      markets: z.record(z.string(), z.record(slug, weight)).default({}),
    })
    .optional()
    .describe('Weights of the after-sales factors; default: those of the questionnaire.'),
  channelWeights: z.partialRecord(touchpoint, weight).optional(),
  complaints: z
    .strictObject({
      answerDays: z.int().min(1).max(60).default(2),
      solutionDays: z.int().min(1).max(366).optional(),
      dayZero: z
        .enum(['receipt', 'working-day'])
        .optional()
        .describe(
          'Day 0 of the clocks: the day of receipt (default), or where that is no working day the next one.',
        ),
    })
    .prefault({}),
  keyFigures: z
    .array(z.strictObject({ measure: slug, weight, lowerIsBetter: z.boolean().default(false) }))
    .default([])
    .describe('Plan measures of the KPI index.'),
  minimumEvidence: z.strictObject({
    audits: z.int().min(0),
    responses: z.int().min(0),
    coverage: z.number().min(0).max(1),
  }),
  gates: z.array(gate).min(1),
  composite: z.array(component).min(1),
  tieBreaks: z.array(metric).min(1),
  awards: z.int().min(1).default(1),
  sharedAward: z.boolean().default(false),
  clearLead: z.number().min(0.5).max(1).default(0.8),
  seed: z.int().min(0).max(0xffff_ffff),
  network: z
    .strictObject({ title: texts, awards: z.int().min(1).default(10) })
    .optional()
    .describe('The network list: the best of the market winners.'),
});
export type Programme = z.infer<typeof programme>;
