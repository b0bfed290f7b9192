import { z } from 'zod';
import { code } from './primitives.ts';

const months = z.int().min(1).max(240);

/** How long a market keeps personal data, in months; what is absent is kept until it is erased. */
export const retention = z.strictObject({
  staffNames: months.optional().describe('After the last survey that names the staff member.'),
  complaintCustomers: months.optional().describe('After the complaint was received.'),
  comments: months.optional().describe("Customers' own words, after the visit."),
});
export type Retention = z.infer<typeof retention>;

/** The privacy settings of a market; whether staff are named stands beside its other settings. */
export const marketPrivacy = z.strictObject({
  /** Whether sound and video may be kept as evidence. */
  recordings: z.boolean(),
  retention,
  /** What staff are told about the programme, by language. */
  staffNotice: z.record(z.string().max(10), z.string().max(10_000)).optional(),
});
export type MarketPrivacy = z.infer<typeof marketPrivacy>;

/** Whose data an erasure, a hold or an export is about. */
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('staff'), dealer: code, staff: code }),
  z.strictObject({ kind: z.literal('complaint'), complaint: code }),
  z.strictObject({
    kind: z.literal('response'),
    dealer: code,
    reference: z.string().trim().min(1).max(64),
  }),
]);
export type Subject = z.infer<typeof subject>;

/** The subject as one text, by which holds name it. */
export function keyOfSubject(of: Subject): string {
  switch (of.kind) {
    case 'staff':
      return `${of.dealer}/${of.staff}`;
    case 'complaint':
      return of.complaint;
    case 'response':
      return `${of.dealer}/${of.reference}`;
  }
}
