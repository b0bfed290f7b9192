import { z } from 'zod';
import { instantText, sha256 } from './primitives.ts';

export const keyId = z.string().regex(/^[0-9a-f]{16}$/);

/** A public key of this installation; a later one is signed by the one before. */
export const publicKey = z.strictObject({
  id: keyId,
  /** Ed25519, 32 bytes in hex. */
  key: sha256,
  createdAt: instantText,
  retiredAt: instantText.nullable(),
  /** The key before and its signature over this one; none for the first. */
  signedBy: z.strictObject({ id: keyId, signature: z.string() }).nullable(),
});
export type PublicKey = z.infer<typeof publicKey>;

/** A text with the signature of a key of this installation over its UTF-8 bytes. */
export const signed = z.strictObject({
  statement: z.string(),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
  keyId,
});
export type Signed = z.infer<typeof signed>;

/** The head of a market's chain at an instant (market 0: the network's). */
export const anchor = z.strictObject({
  market: z.int(),
  seq: z.int(),
  hash: sha256,
  at: instantText,
});

/** One record of a chain, as it is stored. */
export const logRow = z.strictObject({ seq: z.int(), record: z.string(), hash: sha256 });
export type LogRow = z.infer<typeof logRow>;

/** What a check found. `findings` name every place that was tampered with. */
export const verification = z.strictObject({
  ok: z.boolean(),
  records: z.int(),
  anchors: z.int(),
  decisions: z.int(),
  findings: z.array(z.string()),
});
export type LogVerification = z.infer<typeof verification>;
