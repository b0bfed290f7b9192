import { asSentence, type Said } from '../api.ts';
import type { Key, Texts } from '../texts/texts.ts';

/** What a schema says of a value is said to machines; people get other words for it. */
const ofShape = new Set([
  'too_small',
  'too_big',
  'invalid_type',
  'invalid_value',
  'required',
  'text',
  'not-a-number',
]);

/**
 * A refusal in the reader's language: what kind it is, and beside it what the service says of this case.
 * In English that alone says it all.
 */
export function refusedInWords(refusal: Said, t: Texts): string {
  const { slug, message, detail, fault } = refusal;
  const key = `problem.${slug}`;
  const isEnglish = t.language === 'en' || !t.has(key);
  if (fault) {
    const said = faultInWords(fault, t);
    return isEnglish ? said : `${t(key as Key)}: ${said}`;
  }
  if (isEnglish) return message;
  return detail === undefined ? t(key as Key) : `${t(key as Key)} (${detail})`;
}

type Refusal = { [K in Key]: K extends `refused.${infer Code}` ? Code : never }[Key];

/** One fault in the reader's language, with what the service says of it in brackets. */
export function faultInWords({ code, detail }: { code: string; detail: string }, t: Texts): string {
  if (!t.has(`refused.${code}`)) return asSentence(detail);
  const words = t(`refused.${code as Refusal}`);
  if (ofShape.has(code)) return words;
  return t.language === 'en' ? asSentence(detail) : `${words} (${detail})`;
}
