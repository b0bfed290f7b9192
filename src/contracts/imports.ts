import { z } from 'zod';
import { code, periodCode, siteType, sizeBand, slug, timeZone, touchpoints } from './primitives.ts';

/** Type of an import column: how a cell of a file, or a value of a JSON row, is read. */
export type ColumnType =
  | { readonly type: 'text'; readonly max?: number; readonly pattern?: z.ZodType<string> }
  | {
      readonly type: 'number';
      readonly min?: number;
      readonly max?: number;
      readonly whole?: boolean;
    }
  | { readonly type: 'yes-no' }
  | { readonly type: 'date' }
  | { readonly type: 'instant' }
  | { readonly type: 'one-of'; readonly values: readonly string[] }
  | { readonly type: 'list' };

export type Column = ColumnType & {
  readonly name: string;
  readonly required: boolean;
  readonly about: string;
  readonly example: string;
};

const columns = (
  entries: Record<string, ColumnType & { about: string; example: string; required?: boolean }>,
): readonly Column[] =>
  Object.entries(entries).map(([name, entry]) => ({ required: false, ...entry, name }));

const text = { type: 'text', max: 500 } as const;
const aCode = { type: 'text', max: 64, pattern: code } as const;

export const complaintCategories = [
  'product-quality',
  'delivery-late',
  'price-mark-up',
  'insufficient-explanation',
  'not-fixed-first-time',
  'no-parts',
  'staff-attitude',
  'no-reply',
  'club-promise',
  'other',
] as const;

/** Columns of every kind of import: the template, the reader and the documentation come from here. */
export const importColumns = {
  markets: columns({
    code: { ...aCode, required: true, about: 'code of the market', example: 'PL' },
    name: { ...text, required: true, about: 'name in English', example: 'Poland' },
    languages: { type: 'list', about: 'languages of its papers', example: 'pl en' },
    time_zone: {
      ...text,
      pattern: timeZone,
      required: true,
      about: 'default time zone',
      example: 'Europe/Warsaw',
    },
    weekend: { type: 'list', about: 'weekend days, 1 = Monday', example: '6 7' },
    holidays: { type: 'list', about: 'days without work', example: '2025-01-01 2025-01-06' },
    extra_working_days: { type: 'list', about: 'make-up working days', example: '' },
    staff_named: { type: 'yes-no', about: 'whether staff are named at all', example: 'no' },
    appeal_days: {
      type: 'number',
      whole: true,
      min: 1,
      max: 366,
      about: 'window for appeals, days',
      example: '14',
    },
  }),
  dealers: columns({
    code: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    name: { ...text, required: true, about: 'name of the house', example: 'Sakura Warszawa' },
    town: { ...text, about: 'town', example: 'Warszawa' },
    time_zone: {
      ...text,
      pattern: timeZone,
      about: "its time zone, if not the market's",
      example: '',
    },
    opened: { type: 'date', about: 'first day', example: '2015-04-01' },
    closed: { type: 'date', about: 'first day no longer open', example: '' },
    valid_from: { type: 'date', about: 'from when the next columns hold', example: '2025-01-01' },
    region: { ...text, about: 'region of the market', example: 'north' },
    site_type: {
      type: 'one-of',
      values: siteType.options,
      about: 'kind of site',
      example: 'brand-exclusive',
    },
    size_band: { type: 'one-of', values: sizeBand.options, about: 'size', example: 'medium' },
    group: { ...aCode, about: 'code of the owner of several sites', example: 'G-07' },
    five_star: { type: 'yes-no', about: 'five-star standing', example: 'yes' },
  }),
  staff: columns({
    dealer: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    code: {
      ...aCode,
      required: true,
      about: 'code of the staff member in that house',
      example: 'SA-03',
    },
    role: {
      type: 'text',
      max: 64,
      pattern: slug,
      required: true,
      about: 'role',
      example: 'service-advisor',
    },
    name: { ...text, about: 'personal data; only where staff are named', example: '' },
  }),
  figures: columns({
    dealer: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    measure: {
      type: 'text',
      max: 64,
      pattern: slug,
      required: true,
      about: 'what is measured',
      example: 'new-car-sales',
    },
    period: {
      type: 'text',
      max: 32,
      pattern: periodCode,
      required: true,
      about: 'period',
      example: '2025-H1',
    },
    kind: {
      type: 'one-of',
      values: ['ratio', 'percentage', 'count', 'amount'],
      required: true,
      about: 'kind of number',
      example: 'count',
    },
    value: { type: 'number', required: true, about: 'the actual value', example: '412' },
    target: { type: 'number', about: 'the plan, for plan measures', example: '400' },
    currency: {
      type: 'text',
      max: 3,
      pattern: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
      about: 'currency of an amount',
      example: '',
    },
    supplied_by: { ...text, required: true, about: 'who supplied it', example: 'dealer' },
  }),
  complaints: columns({
    code: { ...aCode, required: true, about: 'code of the case', example: 'C-2025-0001' },
    dealer: {
      ...aCode,
      required: true,
      about: 'dealer that sold the car; owns the case',
      example: 'PL-001',
    },
    concerned_dealer: { ...aCode, about: 'dealer that it is about, if another', example: '' },
    touchpoint: {
      type: 'one-of',
      values: touchpoints,
      required: true,
      about: 'where the contact happened',
      example: 'workshop',
    },
    category: {
      type: 'one-of',
      values: complaintCategories,
      required: true,
      about: 'what it is about',
      example: 'not-fixed-first-time',
    },
    channel: {
      type: 'one-of',
      values: ['in-person', ...touchpoints],
      required: true,
      about: 'how it came in',
      example: 'telephone',
    },
    received_at: {
      type: 'instant',
      required: true,
      about: 'when it came in',
      example: '2025-03-03T09:15:00+01:00',
    },
    acknowledged_at: {
      type: 'instant',
      about: 'when it was acknowledged',
      example: '2025-03-03T11:00:00+01:00',
    },
    answered_at: {
      type: 'instant',
      about: 'first substantive human answer',
      example: '2025-03-04T10:00:00+01:00',
    },
    solved_at: {
      type: 'instant',
      about: 'when it was solved',
      example: '2025-03-10T16:00:00+01:00',
    },
    closed_at: { type: 'instant', about: 'when it was closed', example: '' },
    reopened_at: { type: 'instant', about: 'when it was opened again', example: '' },
    escalated: { type: 'yes-no', about: 'came through the importer', example: 'no' },
    severity: {
      type: 'one-of',
      values: ['low', 'medium', 'high'],
      about: 'how severe',
      example: 'medium',
    },
    outcome: {
      type: 'one-of',
      values: ['explained', 'repaired', 'exchanged', 'returned', 'refunded', 'compensated'],
      about: 'what came of it',
      example: 'repaired',
    },
    accepted: {
      type: 'yes-no',
      about: 'whether the customer accepted the solution',
      example: 'yes',
    },
    cause: {
      ...text,
      about: 'root cause, the same words for the same cause',
      example: 'wheel-bearing',
    },
    customer: { ...text, about: 'personal data; erasable', example: '' },
  }),
  repairs: columns({
    code: { ...aCode, required: true, about: 'code of the workshop job', example: 'WO-88123' },
    dealer: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    vehicle: {
      ...text,
      required: true,
      about: 'any code of the car; only a one-way code of it is kept',
      example: 'car-4711',
    },
    kind: {
      type: 'one-of',
      values: ['repair', 'maintenance'],
      about: 'plain maintenance is no repair to be fixed the first time',
      example: 'repair',
    },
    concern: {
      ...text,
      required: true,
      about: 'what was to be done, the same words for the same concern',
      example: 'brakes',
    },
    opened: { type: 'date', required: true, about: 'first day', example: '2025-03-03' },
    closed: { type: 'date', about: 'day on which it was done', example: '2025-03-04' },
    contacted: {
      type: 'date',
      about: 'first valid attempt to ask the customer how it went',
      example: '2025-03-08',
    },
    contact_refused: {
      type: 'yes-no',
      about: 'whether the customer asked not to be contacted',
      example: 'no',
    },
  }),
  decisions: columns({
    programme: {
      type: 'text',
      max: 64,
      pattern: slug,
      required: true,
      about: 'programme',
      example: 'european-award',
    },
    period: {
      type: 'text',
      max: 32,
      pattern: periodCode,
      required: true,
      about: 'period',
      example: '2024',
    },
    dealer: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    award: { ...text, required: true, about: 'what it was given', example: 'winner' },
  }),
  responses: columns({
    dealer: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    staff: { ...aCode, about: 'code of the staff member, if known', example: 'SA-03' },
    visit_date: { type: 'date', required: true, about: 'day of the visit', example: '2025-02-14' },
    touchpoint: {
      type: 'one-of',
      values: touchpoints,
      about: "if not the questionnaire's",
      example: '',
    },
    reference: {
      ...text,
      about: 'reference of the visit; a second response under it amends the first',
      example: 'WO-88123',
    },
    customer_years: {
      type: 'number',
      min: 0,
      max: 120,
      about: "customer's years with the brand",
      example: '4',
    },
    answered_at: {
      type: 'instant',
      about: 'when the customer answered; shows bursts',
      example: '2025-02-17T18:20:00+01:00',
    },
    device: {
      ...text,
      about: 'any code of the device; only a one-way code of it is kept',
      example: '',
    },
  }),
  audits: columns({
    code: { ...aCode, required: true, about: 'code of the audit', example: 'A-2025-017' },
    dealer: { ...aCode, required: true, about: 'code of the dealer', example: 'PL-001' },
    visit_date: { type: 'date', required: true, about: 'day of the visit', example: '2025-02-14' },
    type: {
      type: 'one-of',
      values: ['mystery', 'announced'],
      about: 'kind of visit',
      example: 'mystery',
    },
    touchpoint: {
      type: 'one-of',
      values: touchpoints,
      about: "if not the checklist's",
      example: '',
    },
    auditor: { ...aCode, about: 'code of the auditor', example: 'AU-12' },
    state: {
      type: 'one-of',
      values: ['submitted', 'approved', 'released'],
      about: 'state, if not approved',
      example: 'approved',
    },
  }),
} as const satisfies Record<string, readonly Column[]>;

export type ImportKind = keyof typeof importColumns;
export const importKinds = Object.keys(importColumns) as [ImportKind, ...ImportKind[]];

/** Kinds whose rows carry answers: one more column for each item of the checklist. */
export const kindsWithAnswers: readonly ImportKind[] = ['responses', 'audits'];

/** How a file of other people's making is read: their columns as ours, constants, values as ours. */
export const importMapping = z.strictObject({
  columns: z.record(z.string(), z.string()).default({}).describe('their column → ours'),
  ignore: z.array(z.string()).default([]).describe('columns of theirs that are left out'),
  constants: z
    .record(z.string(), z.string())
    .default({})
    .describe('our column → one value for all rows; {line} in it becomes the line of the row'),
  values: z
    .record(z.string(), z.record(z.string(), z.string()))
    .default({})
    .describe('our column → their value → ours'),
  createMissing: z
    .boolean()
    .default(false)
    .describe(
      'responses and audits: dealers and staff members that are not known are made by their code',
    ),
});
export type ImportMapping = z.infer<typeof importMapping>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const importOptions = {
  kind: z.enum(importKinds),
  checklist: z
    .string()
    .optional()
    .describe('Responses and audits: the checklist; its newest published version.'),
  version: z.string().optional().describe('Another version of that checklist.'),
  dryRun: z.boolean().default(false).describe('Check everything, store nothing.'),
  skipFaulty: z.boolean().default(false).describe('Store the good rows and report the others.'),
  mapping: importMapping.optional(),
};

export const importFileOptions = {
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .optional()
    .describe('Default: found in the header line.'),
  decimal: z.enum(['point', 'comma']).default('point'),
  encoding: z
    .enum([
      'utf-8',
      'utf-16le',
      'utf-16be',
      'iso-8859-2',
      'windows-1250',
      'iso-8859-1',
      'windows-1252',
      'gb18030',
      'shift_jis',
      'windows-1251',
    ])
    .optional()
    .describe('Default: by the byte order mark, else UTF-8.'),
};

export const importRows = z.array(z.record(z.string(), cell)).min(1).max(10_000);

export const importReport = z.strictObject({
  kind: z.enum(importKinds),
  dryRun: z.boolean(),
  rows: z.int().describe('Rows read.'),
  stored: z.int().describe('Rows stored, new or changed (in a dry run: that would be).'),
  unchanged: z.int().describe('Rows that were stored already with the same content.'),
  faultyRows: z.int(),
  errors: z.array(
    z.strictObject({
      pointer: z.string(),
      code: z.string(),
      detail: z.string(),
      line: z.int().optional(),
      column: z.union([z.int(), z.string()]).optional(),
    }),
  ),
  more: z.int().describe('Faults beyond those listed.'),
});
export type ImportReport = z.infer<typeof importReport>;
