import { z } from 'zod';
import { grant } from './people.ts';
import { code, instantText } from './primitives.ts';

/** An e-mail address as people type it; compared in lower case. */
export const email = z
  .string()
  .trim()
  .max(254)
  .toLowerCase()
  .pipe(z.email('an e-mail address such as name@example.org'));

/** A password as typed. Length counts, not its mix of characters (NIST SP 800-63B, 5.1.1.2). */
export const newPassword = z
  .string()
  .min(12, 'at least 12 characters')
  .max(200, 'at most 200 characters');
/** A password to be tried: anything that could be one. */
export const triedPassword = z.string().min(1).max(200);

export const secret = z.string().min(20).max(200);
export const totpCode = z
  .string()
  .transform((text) => text.replaceAll(' ', ''))
  .pipe(z.string().regex(/^\d{6}$/, 'six digits'));

/** What a browser's passkey answers; its inside is checked by the WebAuthn library. */
export const passkeyAnswer = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
/** What a browser's passkey is asked. */
export const passkeyQuestion = z.looseObject({ challenge: z.string() });

/** Where a sign-in stands: done, or a second factor is still to come. */
export const signInStep = z.discriminatedUnion('next', [
  z.strictObject({ next: z.literal('done'), name: z.string() }),
  z.strictObject({ next: z.literal('second-factor'), challenge: z.uuid() }),
]);

export const linkPurposes = ['set-up', 'invitation', 'reset'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** A one-time link that was made; the link itself only where no mail could carry it. */
export const madeLink = z.strictObject({
  person: z.string(),
  mailed: z.boolean(),
  link: z.string().optional(),
});

/** Everything that a person may know and change about how they sign in. */
export const accountView = z.strictObject({
  person: code,
  name: z.string(),
  email: z.string().nullable(),
  hasPassword: z.boolean(),
  hasTotp: z.boolean(),
  grants: z.array(grant.extend({ principal: z.boolean().optional() })),
  passkeys: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      createdAt: instantText,
      usedAt: instantText.nullable(),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      method: z.string(),
      agent: z.string(),
      createdAt: instantText,
      seenAt: instantText,
      isThis: z.boolean(),
    }),
  ),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      prefix: z.string(),
      label: z.string(),
      readsOnly: z.boolean(),
      createdAt: instantText,
      expiresAt: instantText.nullable(),
    }),
  ),
});
export type AccountView = z.infer<typeof accountView>;
