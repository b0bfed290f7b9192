import { z } from 'zod';
import { auditState } from './audits.ts';
import { code, instantText, periodCode } from './primitives.ts';

export const exportKinds = ['audits', 'answers', 'responses', 'complaints', 'figures'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** Which rows a file holds: exactly those. */
export const exportFilters = z.strictObject({
  period: periodCode.describe(
    'By the day of the visit, of receipt, or of the figure’s own period.',
  ),
  dealer: code.optional(),
  programme: z.string().max(64).optional().describe('Whose days the clocks of complaints run by.'),
  state: auditState.optional().describe('Of audits and their answers; absent = all but withdrawn.'),
});
export type ExportFilters = z.infer<typeof exportFilters>;

export const exportStates = ['waiting', 'running', 'done', 'failed', 'expired'] as const;

/** A file that was asked for, and how far it is. */
export const exportJob = z.strictObject({
  id: z.uuid(),
  kind: z.enum(exportKinds),
  filters: exportFilters,
  by: z.string().describe('Code of the person who asked.'),
  requestedAt: instantText,
  state: z.enum(exportStates),
  rows: z.int().nullable().describe('Without the line of titles; null until it is done.'),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  expiresAt: instantText.describe('The file is removed then; the line stays.'),
});
export type ExportJob = z.infer<typeof exportJob>;
