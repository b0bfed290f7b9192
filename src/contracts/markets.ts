import { z } from 'zod';
import { civilDate } from './primitives.ts';

/** What holds in a market: its languages, its clock, its working days, its windows. */
export const marketSettings = z.strictObject({
  code: z.string(),
  name: z.string().describe('In English.'),
  languages: z.array(z.string()).describe('Of its papers, the first one first.'),
  timeZone: z.string(),
  weekend: z.array(z.int().min(1).max(7)).describe('1 = Monday.'),
  holidays: z.array(civilDate),
  extraWorkingDays: z.array(civilDate).describe('Weekend days on which work is made up for.'),
  staffNamed: z.boolean().describe('Whether staff are named at all.'),
  appealDays: z.int().describe('So many days after its release an audit can be appealed.'),
});
export type MarketSettings = z.infer<typeof marketSettings>;
