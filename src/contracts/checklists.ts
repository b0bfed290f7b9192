import { z } from 'zod';
import { itemId, slug, texts, touchpoint } from './primitives.ts';
import { standards } from './standards.ts';

export const standard = z.enum(standards);

export const checklistKinds = ['visit', 'contact', 'survey', 'assessment', 'catalogue'] as const;
export const checklistKind = z.enum(checklistKinds);

export const documentVersion = z
  .string()
  .regex(/^[0-9]{4}(\.[0-9]{1,3})?$/, 'a version like "2026.1", in quotes');

/** Weight of an item or part: unitless, 0 = information only. */
const weight = z.number().finite().min(0).max(10_000);
const share = z.number().finite().min(0).max(1);

/** A CEL expression over `answers`; false where it meets a question without an answer. */
export const condition = z.string().trim().min(1).max(500);

const common = {
  id: itemId.describe('Stable for ever; an item whose meaning changes gets a new id.'),
  question: texts,
  hint: texts.optional().describe('What counts and what does not.'),
  standard: z
    .enum([...standards, 'responsibility'])
    .optional()
    .describe('Which standard the item scores, whatever section it is shown in.'),
  weight: weight.default(0),
  required: z.boolean().optional().describe('Default: required where the weight is above 0.'),
  when: condition.optional(),
  notApplicable: z
    .enum(['no', 'allowed', 'with-reason'])
    .default('no')
    .describe('Whether "not applicable" is an answer, and whether it needs a reason.'),
  critical: z
    .strictObject({
      effect: z.enum(['knock-out', 'cap', 'section-zero']),
      cap: z.number().min(0).max(100).default(59),
      minScore: share.default(1),
    })
    .optional(),
  evidence: z
    .strictObject({
      kind: z.enum(['photo', 'file']),
      when: z.enum(['always', 'below-full', 'optional']).default('always'),
      max: z.int().min(1).max(20).default(5),
    })
    .optional(),
  cause: z.enum(['dealer', 'car']).optional().describe('Surveys: who causes the answer.'),
  answers: z
    .array(z.string())
    .optional()
    .describe('Which guiding questions or facts of the sources this item answers.'),
  expectation: texts.optional().describe('Process steps: what the customer expects (S4).'),
  duty: texts
    .optional()
    .describe('Process steps: our duty of care and the consequence of neglect.'),
};

const bands = z
  .array(z.strictObject({ upTo: z.number().finite().optional(), score: share }))
  .min(1)
  .describe('First band whose upper bound (inclusive) is not below the value; the last has none.');
const linear = z
  .array(z.tuple([z.number().finite(), share]))
  .min(2)
  .describe('Points of a piecewise linear score, constant outside.');
const measured = { bands: bands.optional(), linear: linear.optional() };

const option = z.strictObject({ id: itemId, text: texts, points: z.number().finite().optional() });

export const item = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('yes-no'),
    good: z.enum(['yes', 'no']).default('yes'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('scale'),
    min: z.int(),
    max: z.int(),
    anchors: z.record(z.string().regex(/^-?\d+$/), texts).default({}),
    ...measured,
  }),
  z.strictObject({ ...common, type: z.literal('choice'), options: z.array(option).min(2) }),
  z.strictObject({ ...common, type: z.literal('multiple'), options: z.array(option).min(1) }),
  z.strictObject({
    ...common,
    type: z.literal('number'),
    min: z.number().finite().optional(),
    max: z.number().finite().optional(),
    unit: texts.optional(),
    ...measured,
  }),
  z.strictObject({
    ...common,
    type: z.literal('duration'),
    unit: z.enum(['seconds', 'minutes', 'hours', 'days']),
    max: z.number().finite().positive().optional(),
    ...measured,
  }),
  z.strictObject({ ...common, type: z.literal('date-time') }),
  z.strictObject({
    ...common,
    type: z.literal('text'),
    maxLength: z.int().min(1).max(20_000).default(4_000),
  }),
  z.strictObject({ ...common, type: z.literal('photo'), max: z.int().min(1).max(20).default(5) }),
  z.strictObject({ ...common, type: z.literal('file'), max: z.int().min(1).max(20).default(5) }),
]);
export type Item = z.infer<typeof item>;
export type ItemType = Item['type'];

export const section = z.strictObject({
  id: slug,
  title: texts,
  intro: texts.optional(),
  weight: weight.optional().describe('Weight of this part where parts are the sections.'),
  passMark: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Assessments: this area’s own pass mark.'),
  items: z.array(item).min(1),
});
export type Section = z.infer<typeof section>;

/**
 * A checklist version: an exact document that never changes once published.
 * @see docs/checklists.md
 */
export const checklist = z.strictObject({
  id: slug,
  version: documentVersion,
  kind: checklistKind,
  touchpoint: touchpoint.optional(),
  languages: z.array(z.enum(['en', 'pl', 'zh', 'it', 'ru', 'ja'])).min(1),
  title: texts,
  description: texts.optional(),
  scoring: z.strictObject({
    parts: z
      .enum(['standards', 'sections'])
      .describe('What an audit score is averaged over; survey factors are sections.'),
    weights: z
      .partialRecord(standard, weight)
      .optional()
      .describe('Weight of each standard where parts are the standards.'),
    minCoverage: share.default(0.7),
    passMark: z.number().min(0).max(100).default(80),
    missing: z.enum(['incomplete', 'as-not-applicable']).default('incomplete'),
    lossBands: z
      .array(
        z.strictObject({
          total: z.number().min(0).optional(),
          worst: z.number().min(0).optional(),
          score: z.number().min(0).max(100),
        }),
      )
      .min(2)
      .optional()
      .describe(
        'Rating by points lost (weight less what was earned): the first band that holds both the total and the worst single loss gives the score; the last band has no bounds.',
      ),
  }),
  recommendation: itemId.optional().describe('Surveys: the item that asks for recommendation.'),
  sections: z.array(section).min(1),
});
export type Checklist = z.infer<typeof checklist>;

/** Life of a checklist or programme version. */
export const documentState = z.enum(['draft', 'published', 'retired']);

export const documentSummary = z.strictObject({
  type: z.enum(['checklist', 'programme']),
  id: z.string(),
  version: z.string(),
  kind: z.string(),
  title: texts,
  state: documentState,
  sha256: z.string(),
  createdBy: z.string(),
  publishedBy: z.string().nullable(),
  publishedAt: z.string().nullable(),
});
export type DocumentSummary = z.infer<typeof documentSummary>;

/** One difference between two versions of a checklist. */
export const difference = z.strictObject({
  change: z.enum(['added', 'removed', 'reworded', 're-weighted', 're-scored', 'moved', 'changed']),
  what: z.enum(['item', 'section', 'checklist']),
  id: z.string(),
  field: z.string().optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type Difference = z.infer<typeof difference>;
