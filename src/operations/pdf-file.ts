import type { z } from 'zod';
import type { madeFile } from '../contracts/primitives.ts';

/**
 * A PDF as the answer of an operation.
 *
 * @param of hash of what stands in it, with the language of its words: equal for equal bytes
 */
export function pdfFile(
  bytes: Uint8Array,
  fileName: `${string}.pdf`,
  of: { readonly sha256: string; readonly language: string },
): z.output<typeof madeFile> {
  return {
    bytes: Buffer.from(bytes).toString('base64'),
    mediaType: 'application/pdf',
    fileName,
    etag: `${of.sha256.slice(0, 32)}-${of.language}`,
  };
}
