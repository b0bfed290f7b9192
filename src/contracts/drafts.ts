import { z } from 'zod';
import { answer } from './audits.ts';
import { civilDate, code, instantText, itemId, slug } from './primitives.ts';

/** A form that is being filled, as a device has it: half an answer is one too. */
export const draftContent = z.strictObject({
  assignmentId: z.uuid().nullable(),
  dealer: code,
  checklist: z.strictObject({ id: slug, version: z.string().max(32) }),
  visitDate: civilDate,
  checkInAt: instantText.optional(),
  declaredAt: instantText,
  startedAt: instantText,
  answers: z.record(itemId, answer),
  section: z.string().max(128).optional(),
  remarks: z.record(itemId, z.string().max(2_000)).optional(),
});
export type DraftContent = z.infer<typeof draftContent>;

/** A draft as the service keeps it. */
export const keptDraft = z.strictObject({
  id: z.uuid(),
  revision: z.int().describe('Rises with every copy that is kept.'),
  content: draftContent,
  changedAt: instantText.describe("By the device's clock."),
  receivedAt: instantText,
});
export type KeptDraft = z.infer<typeof keptDraft>;
