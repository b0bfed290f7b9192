import type { Refused } from '../api.ts';
import type { Key, Texts } from '../texts/texts.ts';

/**
 * A refusal in the reader's language: what kind it is, and beside it what the service says of this case.
 * In English that alone says it all.
 */
export function refusedInWords(refusal: Refused, t: Texts): string {
  const key = `problem.${refusal.slug}`;
  if (t.language === 'en' || !t.has(key)) return refusal.message;
  const kind = t(key as Key);
  return refusal.detail === undefined ? kind : `${kind} (${refusal.detail})`;
}
