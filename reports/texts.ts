import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../src/contracts/primitives.ts';
import en from './texts/en.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import ja from './texts/ja.json' with { type: 'json' };
import pl from './texts/pl.json' with { type: 'json' };
import ru from './texts/ru.json' with { type: 'json' };
import zh from './texts/zh.json' with { type: 'json' };

/** Name of a text of the reports. */
export type TextKey = keyof typeof en;

const catalogues: Record<Language, Record<TextKey, string>> = { en, pl, zh, it, ru, ja };

export type Translate = (
  key: TextKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

const compiled = new Map<string, IntlMessageFormat>();

/** The words of a language: ICU messages with their values filled in. */
export function translator(language: Language): Translate {
  const catalogue = catalogues[language];
  return (key, values) => {
    const id = `${language}/${key}`;
    const message = compiled.get(id) ?? new IntlMessageFormat(catalogue[key], language);
    compiled.set(id, message);
    return String(message.format(values));
  };
}
