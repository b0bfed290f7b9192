import { hash, verify } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';

/** argon2id by OWASP's first recommendation: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

let nobodys: Promise<string> | undefined;

/**
 * Whether a password fits a hash. Without a hash the same work is done for nothing, so that the time
 * does not say whether an account exists.
 */
export async function fitsPassword(stored: string | null | undefined, password: string) {
  nobodys ??= hashPassword('no password at all');
  const fits = await verify(stored ?? (await nobodys), password.normalize('NFKC'));
  return fits && stored !== null && stored !== undefined;
}

let common: ReadonlySet<string> | undefined;

/**
 * Why a new password is too easy to guess; `undefined` where it is not. Known are the 49,233 most
 * frequent passwords of published breaches (zxcvbn-ts), also with digits and signs around them.
 *
 * @param personal words of the person's that a guesser would try first: address, name
 */
export function faultOfPassword(password: string, personal: readonly string[]): string | undefined {
  common ??= new Set(dictionary['passwords-common'] as string[]);
  const plain = password.normalize('NFKC').toLowerCase();
  const core = plain.replace(/^[\W\d_]+|[\W\d_]+$/g, '');
  if (common.has(plain) || (core.length > 0 && core.length < 12 && common.has(core))) {
    return 'this is among the passwords that are guessed first';
  }
  if (new Set(plain).size < 5) return 'use at least five different characters';
  const named = personal
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .find((word) => word.length >= 4 && plain.includes(word) && plain.length - word.length < 8);
  return named === undefined ? undefined : 'this is close to your own name or address';
}
