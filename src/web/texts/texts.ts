import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, useContext } from 'react';
import type { Language } from '../../contracts/primitives.ts';
import type english from './en.json';

/** What the pages say, by key; English is the measure, the others must have the same keys. */
export type Key = keyof typeof english;
type Messages = Readonly<Record<Key, string>>;
type Values = Readonly<Record<string, string | number>>;

export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  pl: 'Polski',
  zh: '中文',
  it: 'Italiano',
  ru: 'Русский',
  ja: '日本語',
};

const loaders: Readonly<Record<Language, () => Promise<{ default: Messages }>>> = {
  en: () => import('./en.json'),
  pl: () => import('./pl.json'),
  zh: () => import('./zh.json'),
  it: () => import('./it.json'),
  ru: () => import('./ru.json'),
  ja: () => import('./ja.json'),
};

/** A language with its words, dates and numbers. */
export interface Texts {
  readonly language: Language;
  (key: Key, values?: Values): string;
  readonly date: (civilDate: string) => string;
  readonly time: (instant: string, timeZone: string) => string;
  readonly list: (parts: readonly string[]) => string;
}

/** Loads a language; its words are one small file of our own origin. */
export async function loadTexts(language: Language): Promise<Texts> {
  const messages = (await loaders[language]()).default;
  const compiled = new Map<Key, IntlMessageFormat>();
  const say = (key: Key, values?: Values): string => {
    const message = compiled.get(key) ?? new IntlMessageFormat(messages[key], language);
    compiled.set(key, message);
    return String(message.format(values));
  };
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return Object.assign(say, {
    language,
    date: (civilDate: string) => dates.format(new Date(`${civilDate}T00:00:00Z`)),
    time: (instant: string, timeZone: string) =>
      new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(new Date(instant)),
    list: (parts: readonly string[]) => new Intl.ListFormat(language).format(parts),
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
