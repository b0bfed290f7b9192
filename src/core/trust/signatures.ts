import { ed25519 } from '@noble/curves/ed25519.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { PublicKey, Signed } from '../../contracts/log.ts';
import { sha256Hex } from '../canonical.ts';

/** The id of a public key: the first 64 bits of the SHA-256 of its hex text. */
export function keyIdOf(key: string): string {
  return sha256Hex(key).slice(0, 16);
}

/** What the key before signs when a new key follows it. */
export function introductionOf(key: string, createdAt: string): string {
  return `omotenashi-key/1\n${key}\n${createdAt}`;
}

/** Whether an Ed25519 signature (RFC 8032) over a text's UTF-8 bytes is the key's. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    return ed25519.verify(hexToBytes(signature), utf8ToBytes(text), hexToBytes(key));
  } catch {
    // Malformed hex, or a point that is none: not a signature.
    return false;
  }
}

/**
 * What is wrong with a list of keys: each but the first is introduced by one that stands before it.
 * @returns one sentence a fault; none = the list is sound
 */
export function faultsOfKeys(keys: readonly PublicKey[]): string[] {
  const known = new Map<string, string>();
  const faults: string[] = [];
  for (const { id, key, createdAt, signedBy } of keys) {
    if (keyIdOf(key) !== id) faults.push(`key ${id}: the id is not that of the key`);
    if (signedBy === null && known.size > 0) {
      faults.push(`key ${id}: no earlier key introduces it`);
    }
    const before = signedBy && known.get(signedBy.id);
    if (
      signedBy &&
      (!before || !isSignedBy(before, introductionOf(key, createdAt), signedBy.signature))
    ) {
      faults.push(`key ${id}: the introduction by key ${signedBy.id} does not fit`);
    }
    known.set(id, key);
  }
  return faults;
}

/** What is wrong with a signed text; `undefined` = nothing. */
export function faultOfSigned(
  { statement, signature, keyId }: Signed,
  keys: readonly PublicKey[],
): string | undefined {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) return `signed by key ${keyId}, which is not in the list of keys`;
  return isSignedBy(key.key, statement, signature)
    ? undefined
    : `the signature of key ${keyId} does not fit`;
}
