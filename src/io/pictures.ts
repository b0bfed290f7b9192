import sharp from 'sharp';
import { mediaTypeRefused } from '../contracts/problems.ts';

/** About 50 megapixels: more than phones take, less than memory holds. */
const mostPixels = 50_000_000;

// One picture at a time in few threads: uploads must not starve the rest of the service.
sharp.concurrency(1);
sharp.cache(false);

type Format = 'jpeg' | 'png' | 'webp';
const formats: Readonly<Record<string, Format>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** Whether a kind of file is a picture that is made anew. */
export function isPicture(mediaType: string): boolean {
  return mediaType in formats;
}

/**
 * Decodes a picture whole and writes it anew, upright: what it shows stays, everything else goes
 * (place, device, time, thumbnails, colour profiles, whatever else was hidden in the file).
 *
 * @throws media-type-refused where it cannot be decoded, or is larger than memory should hold
 */
export async function cleanPicture(bytes: Uint8Array, mediaType: string): Promise<Uint8Array> {
  const format = formats[mediaType]!;
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 });
    const upright = picture.autoOrient().toColourspace('srgb');
    return new Uint8Array(await upright.toFormat(format, { quality: 90 }).toBuffer());
  } catch {
    throw mediaTypeRefused(
      {},
      'the picture cannot be read whole, or has more than 50 million pixels; please take it again',
    );
  }
}
