import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, useContext } from 'react';
import type { Language } from '../../contracts/primitives.ts';
import { formatScore, formatShare, monthInWords, series } from '../../core/format.ts';
import type account from './account/en.json';
import type office from './office/en.json';
import type survey from './survey/en.json';
import type visits from './visits/en.json';

/** What the pages say, by key; English is the measure, the others must have the same keys. */
export type Key =
  | keyof typeof visits
  | keyof typeof office
  | keyof typeof account
  | keyof typeof survey;
type Messages = Readonly<Record<string, string>>;
/** The words of the auditors' app, and what other pages say beside them. */
export type Catalogue = 'visits' | 'office' | 'account' | 'survey';
type Values = Readonly<Record<string, string | number>>;

export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  pl: 'Polski',
  zh: '中文',
  it: 'Italiano',
  ru: 'Русский',
  ja: '日本語',
};

const files = import.meta.glob<{ default: Messages }>('./*/*.json');

/** A language with its words, dates and numbers. */
export interface Texts {
  readonly language: Language;
  (key: Key, values?: Values): string;
  /** Whether there is such a key: for words that data name. */
  readonly has: (key: string) => boolean;
  /** The words for what data name, or else what stands in for them. */
  readonly named: (key: string, otherwise: string) => string;
  readonly date: (civilDate: string) => string;
  /** The month of a day, with its year. */
  readonly month: (civilDate: string) => string;
  readonly score: (percent: number, digits?: number) => string;
  /** A difference of scores, with its sign. */
  readonly signed: (points: number) => string;
  /** A share as whole percent; one that is not nothing never reads as none. */
  readonly share: (share: number) => string;
  /** Percent as people write them, with up to two decimals. */
  readonly percent: (percent: number) => string;
  /** A number as people write it. */
  readonly number: (value: number) => string;
  /** A number in full as it is typed, without groups. */
  readonly typed: (value: number) => string;
  readonly time: (instant: string, timeZone: string) => string;
  /** Day and time in a zone, with the zone. */
  readonly moment: (instant: string, timeZone: string) => string;
  /** Day and time by the clock of this device. */
  readonly here: (instant: string) => string;
  readonly list: (parts: readonly string[]) => string;
  /** Whole remarks in a row. */
  readonly series: (parts: readonly string[]) => string;
}

/** Loads a language; its words are small files of our own origin. */
export async function loadTexts(
  language: Language,
  catalogues: readonly Catalogue[],
): Promise<Texts> {
  const loaded = await Promise.all(
    catalogues.map((catalogue) => files[`./${catalogue}/${language}.json`]!()),
  );
  const messages: Messages = Object.assign({}, ...loaded.map((file) => file.default));
  const compiled = new Map<Key, IntlMessageFormat>();
  const say = (key: Key, values?: Values): string => {
    const message = compiled.get(key) ?? new IntlMessageFormat(messages[key]!, language);
    compiled.set(key, message);
    return String(message.format(values));
  };
  // The medium form of Japanese is figures alone, beside words everywhere else.
  const dateStyle = language === 'ja' ? 'long' : 'medium';
  const dates = new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return Object.assign(say, {
    language,
    has: (name: string) => name in messages,
    named: (name: string, otherwise: string) => (name in messages ? say(name as Key) : otherwise),
    month: (civilDate: string) => monthInWords(civilDate, language),
    score: (percent: number, digits?: number) => formatScore(percent, language, digits),
    signed: (points: number) =>
      `${points < 0 ? '−' : '+'}${formatScore(Math.abs(points), language)}`,
    share: (share: number) =>
      share > 0 && share < 0.005
        ? `< ${formatShare(0.01, language)}`
        : formatShare(share, language),
    percent: (percent: number) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(
        percent / 100,
      ),
    number: (value: number) => numbers.format(value).replace('-', '−'),
    typed: (value: number) =>
      new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 20 }).format(
        value,
      ),
    // A date stays in one line.
    date: (civilDate: string) =>
      dates.format(new Date(`${civilDate}T00:00:00Z`)).replaceAll(' ', '\u00a0'),
    time: (instant: string, timeZone: string) =>
      new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(new Date(instant)),
    moment: (instant: string, timeZone: string) =>
      new Intl.DateTimeFormat(language, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZone,
        timeZoneName: 'short',
      }).format(new Date(instant)),
    here: (instant: string) =>
      new Intl.DateTimeFormat(language, { dateStyle, timeStyle: 'short' }).format(
        new Date(instant),
      ),
    list: (parts: readonly string[]) => new Intl.ListFormat(language).format(parts),
    series: (parts: readonly string[]) => series(parts, language),
  });
}

const key = 'language';

/** What was chosen on this device, or else what the browser prefers. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(key) ?? '', ...navigator.languages];
  const known = Object.keys(languageNames) as Language[];
  const found = wanted
    .map((tag) => known.find((each) => each === tag.slice(0, 2).toLowerCase()))
    .find((each) => each !== undefined);
  return found ?? 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(key, language);
}

export const TextsContext = createContext<Texts | undefined>(undefined);

/** The words of the present language. @throws TypeError outside of `Words` */
export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new TypeError('no language around this part');
  return texts;
}
