import type { Language, Texts } from '../contracts/primitives.ts';

/**
 * A score for people: one decimal, half away from zero, in the language's notation.
 * @example formatScore(84.25, 'pl') // '84,3'
 */
export function formatScore(percent: number, language: Language, digits = 1): string {
  const factor = 10 ** digits;
  // The tiny addition undoes binary dust such as 84.25 stored as 84.24999999999999.
  const rounded = (Math.sign(percent) * Math.round(Math.abs(percent) * factor + 1e-7)) / factor;
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(rounded)
    .replace('-', '−');
}

/** A share 0..1 as whole percent. @example formatShare(0.834, 'en') // '83%' */
export function formatShare(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

/** A day in words, such as "24 November 2026"; of an instant the day in UTC. */
export function dayInWords(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(day),
  );
}

/** The month of a day in words, with its year. */
export function monthInWords(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(day));
}

/** A text in a language, or in English where it has none. */
export function textIn(texts: Texts, language: Language): string {
  return texts[language] ?? texts.en;
}

/**
 * A market's name in a language. One that is named as its country is in English has its name in every
 * language by its code; any other name stays as it was given.
 *
 * @example marketName({ code: 'PL', name: 'Poland' }, 'pl') // 'Polska'
 */
export function marketName(
  { code, name }: { readonly code: string; readonly name: string },
  language: Language,
): string {
  if (!/^[A-Z]{2}$/.test(code)) return name;
  const country = (of: Language) => new Intl.DisplayNames(of, { type: 'region' }).of(code);
  return country('en') === name ? (country(language) ?? name) : name;
}

/** Remarks in a row, set apart as the language does. */
export function series(parts: readonly string[], language: Language): string {
  return parts.join(language === 'zh' || language === 'ja' ? '；' : '; ');
}
