import { z } from 'zod';
import { civilDate, instantText } from './primitives.ts';

/** A figure of a house as it was brought in. */
export const figureRow = z.strictObject({
  dealer: z.string(),
  measure: z.string(),
  from: civilDate,
  to: civilDate.describe('The first day after the period.'),
  kind: z.string(),
  value: z.number(),
  target: z.number().nullable(),
  currency: z.string().nullable(),
  suppliedBy: z.string(),
  receivedAt: instantText,
});
export type FigureRow = z.infer<typeof figureRow>;
