import { z } from 'zod';
import { code, instantText } from './primitives.ts';

export const roles = [
  'administrator',
  'network-manager',
  'market-manager',
  'auditor',
  'dealer',
] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** One role with its scope: none (network), a market, or a dealer. */
export const grant = z.strictObject({
  role,
  market: code.optional(),
  dealer: code.optional(),
  principal: z.boolean().optional().describe('Of a dealer: keeps the people of the house.'),
});
export type Grant = z.infer<typeof grant>;

export const tokenRequest = z.strictObject({
  person: code,
  name: z.string().trim().min(1).max(200).optional(),
  grants: z.array(grant).min(1),
  label: z.string().trim().min(1).max(200),
  expiresAt: instantText.optional(),
  readsOnly: z.boolean().default(false),
});

/** The token itself is shown once; only its hash is kept. */
export const issuedToken = z.strictObject({
  token: z.string(),
  person: z.string(),
  grants: z.array(grant),
  label: z.string(),
});
