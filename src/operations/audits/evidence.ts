import { z } from 'zod';
import { sha256 } from '../../contracts/primitives.ts';
import { inputRefused, mediaTypeRefused } from '../../contracts/problems.ts';
import { insertFile } from '../../db/audits.ts';
import { hashBytes, sniffEvidence } from '../../io/uploads.ts';
import { defineOperation } from '../operation.ts';

/** Stores an evidence file under the SHA-256 of the bytes that were sent. Sending it again changes nothing. */
export const uploadEvidence = defineOperation({
  name: 'files.upload',
  summary: 'Upload an evidence file under its SHA-256',
  input: z.strictObject({ market: z.string(), sha256, bytes: z.instanceof(Uint8Array) }),
  output: z.strictObject({ sha256, mediaType: z.string(), size: z.int() }),
  scope: 'market',
  writes: true,
  logged: ['sha256'],
  refuses: [inputRefused, mediaTypeRefused],
  async prepare(_, { sha256: claimed, bytes }) {
    const found = hashBytes(bytes);
    if (found !== claimed) {
      throw inputRefused({
        errors: [
          { pointer: '/sha256', code: 'hash', detail: `the bytes have the SHA-256 ${found}` },
        ],
      });
    }
    return { mediaType: await sniffEvidence(bytes) };
  },
  async act({ context, tx, market, actor, now }, { sha256: hash, bytes }, prepared) {
    const { mediaType } = prepared as { mediaType: string };
    await context.files.put(market.id, bytes);
    await insertFile(tx, {
      marketId: market.id,
      sha256: hash,
      ownerId: actor.personId,
      mediaType,
      size: bytes.length,
      receivedAt: now,
    });
    return { sha256: hash, mediaType, size: bytes.length };
  },
});
