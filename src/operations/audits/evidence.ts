import { z } from 'zod';
import { madeFile, sha256 } from '../../contracts/primitives.ts';
import { inputRefused, mediaTypeRefused, notFound } from '../../contracts/problems.ts';
import { findFile, insertFile } from '../../db/evidence-files.ts';
import { cleanPicture, isPicture } from '../../io/pictures.ts';
import { hashBytes, sniffEvidence } from '../../io/uploads.ts';
import { defineOperation } from '../operation.ts';

/**
 * Stores an evidence file, known by the SHA-256 of the bytes that were sent. Sending it again changes
 * nothing. Of a picture only what it shows is kept; its own hash stands beside.
 */
export const uploadEvidence = defineOperation({
  name: 'files.upload',
  summary: 'Upload an evidence file under its SHA-256',
  input: z.strictObject({ market: z.string(), sha256, bytes: z.instanceof(Uint8Array) }),
  output: z.strictObject({ sha256, mediaType: z.string(), size: z.int(), storedSha256: sha256 }),
  scope: 'market',
  writes: true,
  leavesEvidence: true,
  journaled: true,
  journalOf: ({ market }, output) => ({ market, ...output }),
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
    const mediaType = await sniffEvidence(bytes);
    const kept = isPicture(mediaType) ? await cleanPicture(bytes, mediaType) : bytes;
    return { mediaType, kept };
  },
  async act({ context, tx, market, actor, now }, { sha256: hash }, prepared) {
    const { mediaType, kept } = prepared as { mediaType: string; kept: Uint8Array };
    if (/^(audio|video)\//.test(mediaType) && !market.privacy.recordings) {
      throw mediaTypeRefused({}, 'this market does not keep recordings of people');
    }
    const storedSha256 = await context.files.put(market.id, kept);
    await insertFile(tx, {
      marketId: market.id,
      sha256: hash,
      ownerId: actor.personId,
      mediaType,
      size: kept.length,
      storedSha256,
      receivedAt: now,
    });
    return { sha256: hash, mediaType, size: kept.length, storedSha256 };
  },
});

/** What an audit's answer shows. It is handed out to be kept, never to be opened in our pages' place. */
export const getEvidence = defineOperation({
  name: 'files.get',
  summary: 'An evidence file by the SHA-256 it was sent under',
  input: z.strictObject({ market: z.string(), sha256 }),
  output: madeFile,
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['sha256'],
  refuses: [notFound],
  async act({ context, tx, market, own }, { sha256: hash }) {
    const row = await findFile(tx, market.id, hash, own);
    const bytes = row && (await context.files.get(market.id, row.storedSha256));
    // Its row stays after retention has taken the bytes.
    if (!bytes) throw notFound({ what: 'file', id: hash });
    return {
      bytes: Buffer.from(bytes).toString('base64'),
      mediaType: row.mediaType,
      fileName: `${hash.slice(0, 12)}.${row.mediaType.split('/')[1]!.replace(/[^\w.-]/g, '-')}`,
      etag: row.storedSha256,
    };
  },
});
