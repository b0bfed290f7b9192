import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTypeFromBuffer } from 'file-type';
import { bodyTooLarge, mediaTypeRefused } from '../contracts/problems.ts';

/**
 * Puts a stream into a file of its own for as long as `use` runs.
 * @param name only its ending is used
 * @throws body-too-large
 */
export async function withUpload<Result>(
  body: Readable,
  name: string,
  limitBytes: number,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omotenashi-'));
  try {
    const file = path.join(folder, `upload${path.extname(path.basename(name)).slice(0, 8)}`);
    let size = 0;
    const limit = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length;
        done(size > limitBytes ? bodyTooLarge({ limitBytes }) : null, chunk);
      },
    });
    await pipeline(body, limit, createWriteStream(file));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A whole body in memory, up to a limit. @throws body-too-large */
export async function readBody(body: Readable, limitBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > limitBytes) throw bodyTooLarge({ limitBytes });
    chunks.push(chunk as Buffer);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Kinds of evidence that are taken, told by their bytes, never by their name. */
const accepted = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
]);

/** The kind of an evidence file by its bytes. @throws media-type-refused */
export async function sniffEvidence(bytes: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(bytes);
  if (found && accepted.has(found.mime)) return found.mime;
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, 2_000));
  if (/^(received|from|return-path|date|message-id|delivered-to|mime-version):/im.test(head))
    return 'message/rfc822';
  throw mediaTypeRefused(
    {},
    'evidence is a picture (JPEG, PNG or WebP), a PDF, a sound or an e-mail',
  );
}

/** SHA-256 of bytes, in lower-case hex. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
