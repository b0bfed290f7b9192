import { z } from 'zod';
import {
  civilDate,
  code,
  instantText,
  itemId,
  micro,
  sha256,
  slug,
  touchpoint,
} from './primitives.ts';

/** A value as typed: `yes`/`no`, an option id, option ids, a number, text, an instant, file hashes. */
export const answerValue = z.union([
  z.string().max(20_000),
  z.number().finite(),
  z.array(z.string().max(128)).max(100),
]);

/** One answer: a value, or "not applicable"; with an optional note and evidence by SHA-256. */
export const answer = z.strictObject({
  value: answerValue.optional(),
  notApplicable: z.union([z.literal(true), z.string().trim().min(1).max(2_000)]).optional(),
  note: z.string().max(4_000).optional(),
  evidence: z.array(sha256).max(20).optional(),
});
export type Answer = z.infer<typeof answer>;

export const answers = z.record(itemId, answer);
export type Answers = z.infer<typeof answers>;

export const auditType = z.enum(['mystery', 'announced']);

export const auditStates = [
  'submitted',
  'under-review',
  'returned',
  'approved',
  'released',
  'appealed',
  'confirmed',
  'amended',
  'withdrawn',
] as const;
export const auditState = z.enum(auditStates);
export type AuditState = z.infer<typeof auditState>;

/** States in which an audit counts as evidence. */
export const countedStates = ['approved', 'released', 'appealed', 'confirmed', 'amended'] as const;

/** What an auditor sends. The server adds when it arrived and computes the score. */
export const auditSubmission = z.strictObject({
  assignmentId: z.uuid().optional(),
  dealer: code,
  checklist: z.strictObject({ id: slug, version: z.string(), sha256: sha256.optional() }),
  type: auditType.default('mystery'),
  touchpoint: touchpoint.optional(),
  visitDate: civilDate,
  startedAt: instantText,
  finishedAt: instantText,
  checkIn: z
    .strictObject({
      at: instantText,
      latitude: z.number().min(-90).max(90).optional(),
      longitude: z.number().min(-180).max(180).optional(),
    })
    .optional(),
  noInterestDeclaredAt: instantText.describe(
    'When the auditor declared having no interest in the dealer; before the first answer.',
  ),
  answers,
});
export type AuditSubmission = z.infer<typeof auditSubmission>;

export const auditReceipt = z.strictObject({
  id: z.uuid(),
  revision: z.int(),
  answersSha256: sha256,
  receivedAt: instantText,
  state: auditState,
});
export type AuditReceipt = z.infer<typeof auditReceipt>;

/** Score of one audit revision. Percentages are millionths of a point; `null` = no value. */
export const auditScore = z.strictObject({
  status: z.enum(['ok', 'insufficient', 'incomplete']),
  rawMicro: micro.nullable(),
  finalMicro: micro.nullable(),
  coverage: z.number().min(0).max(1),
  passed: z.boolean().nullable(),
  parts: z.record(z.string(), micro.nullable()),
  responsibilityMicro: micro.nullable(),
  criticalFailed: z.array(z.string()),
  missing: z.array(z.string()),
});
export type AuditScore = z.infer<typeof auditScore>;

/** When a visit was made and written down, by the auditor's clock. */
export const visit = z.strictObject({
  startedAt: instantText.nullable(),
  finishedAt: instantText.nullable(),
  checkInAt: instantText.nullable(),
  noInterestDeclaredAt: instantText.nullable(),
});
export type Visit = z.infer<typeof visit>;

/** Something a reviewer should look at before approving. */
export const reviewSign = z.strictObject({
  sign: z.enum([
    'no-declaration',
    'declared-late',
    'times-out-of-order',
    'other-day',
    'fast',
    'far-from-others',
  ]),
  detail: z.string().nullable(),
});
export type ReviewSign = z.infer<typeof reviewSign>;

export const audit = z.strictObject({
  id: z.uuid(),
  market: z.string(),
  dealer: z.string(),
  auditor: z.string().nullable().describe('Never shown to a dealer.'),
  assignmentId: z.uuid().nullable(),
  checklist: z.strictObject({ id: z.string(), version: z.string(), sha256 }),
  type: auditType,
  touchpoint: touchpoint.nullable(),
  visitDate: civilDate,
  state: auditState,
  revision: z.int(),
  submittedAt: instantText,
  score: auditScore,
  answers,
  remarks: z.record(z.string(), z.string()),
  visit: visit.nullable().describe('Never shown to a dealer.'),
  signs: z.array(reviewSign).describe('For the reviewer alone; they change no score.'),
  lostMicro: z
    .record(z.string(), z.int())
    .describe(
      'What each answer took from the raw score, in millionths of a point of 100. Not for auditors.',
    ),
  appealUntil: civilDate.nullable().describe('The last day of an appeal, where one is possible.'),
});
export type Audit = z.infer<typeof audit>;

export const auditRow = audit.omit({
  answers: true,
  remarks: true,
  visit: true,
  signs: true,
  lostMicro: true,
  appealUntil: true,
});
export type AuditRow = z.infer<typeof auditRow>;

export const assignmentStates = [
  'offered',
  'accepted',
  'started',
  'done',
  'declined',
  'expired',
  'cancelled',
] as const;
export const assignment = z.strictObject({
  id: z.uuid(),
  market: z.string(),
  dealer: z.string(),
  auditor: z.string(),
  checklist: z.strictObject({ id: z.string(), version: z.string(), sha256 }),
  scenario: z.string(),
  from: civilDate,
  to: civilDate,
  state: z.enum(assignmentStates),
  sentAt: instantText,
});
export type Assignment = z.infer<typeof assignment>;

export const appeal = z.strictObject({
  id: z.uuid(),
  auditId: z.uuid(),
  dealer: z.string(),
  state: z.enum(['open', 'confirmed', 'amended']),
  filedAt: instantText,
  items: z.array(
    z.strictObject({
      itemId,
      statement: z.string(),
      evidence: z.array(sha256),
      original: answer.nullable(),
      appealed: answer.nullable().describe('The value after the decision, where it was amended.'),
    }),
  ),
  reason: z.string().nullable(),
  decidedAt: instantText.nullable(),
});
export type Appeal = z.infer<typeof appeal>;

export const appealRow = appeal.omit({ items: true, reason: true }).extend({ items: z.int() });
export type AppealRow = z.infer<typeof appealRow>;
