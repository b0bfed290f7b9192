import type { KeptFile, Store } from './store.ts';

/** The longer side of a kept photo, in pixels: enough to read a name badge. */
const longest = 1_600;

/** Draws a picture anew, smaller, so that nothing of the file but what it shows is kept. */
async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture cannot be drawn'))),
      'image/jpeg',
      0.85,
    ),
  );
}

/**
 * A photo or file as it is sent: a picture small and drawn anew, with its name by what it holds.
 * @throws Error where a picture cannot be read
 */
export async function readyFile(file: File): Promise<{ sha256: string; bytes: Blob }> {
  const bytes = file.type.startsWith('image/') ? await shrink(file) : file;
  const digest = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  const sha256 = [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return { sha256, bytes };
}

/**
 * Keeps a photo or file for an audit on this device.
 * @returns its SHA-256, by which an answer names it
 * @throws Error where a picture cannot be read, or nothing more fits on the device
 */
export async function keepFile(
  store: Store,
  of: { readonly audit: string; readonly market: string },
  file: File,
): Promise<string> {
  const { sha256, bytes } = await readyFile(file);
  await store.put('files', { sha256, ...of, name: file.name, bytes });
  return sha256;
}

/** A kept file; one that another device took comes from the service and stays. `undefined` = nowhere. */
export async function findFile(
  store: Store,
  of: { readonly audit: string; readonly market: string },
  sha256: string,
): Promise<KeptFile | undefined> {
  const known = await store.get('files', sha256);
  if (known) return known;
  const answer = await fetch(`/api/v1/markets/${of.market}/files/${sha256}`).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const file = { sha256, ...of, name: '', bytes: await answer.blob(), isSent: true };
  await store.put('files', file);
  return file;
}
