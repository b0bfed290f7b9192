import { z } from 'zod';

/** Whose papers they are, and which offices sign a certificate. */
export const brand = z.strictObject({
  name: z.string().trim().min(1).max(80),
  signatories: z
    .array(z.string().trim().min(1).max(60))
    .max(3)
    .describe('Offices below the lines of a certificate, from left to right.'),
});
export type Brand = z.infer<typeof brand>;
