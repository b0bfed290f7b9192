import { type Language, languages, type Texts } from '../../contracts/primitives.ts';
import { cellOf, type SheetRow } from './sheet.ts';
import { languageNames } from './xlsform.ts';

/** Reads the texts of a form in the languages that it and the product share. */
export interface TextReader {
  readonly claimed: Language[];
  read(
    row: SheetRow,
    column: string,
    change?: (text: string) => string,
  ): (Texts & Record<string, string>) | undefined;
}

/** Texts by language from columns such as `label::English (en)`; a bare column is the default language. */
export function textReader(
  survey: readonly SheetRow[],
  settings: SheetRow | undefined,
  notes: string[],
): TextReader {
  const used = new Set(survey.flatMap((row) => [...row.cells.keys()]));
  const named = [...used].flatMap((column) => /^label::\s*(.+)$/.exec(column)?.[1] ?? []);
  const codes = new Map(named.map((name) => [name, languageOf(name)]));
  for (const [name, code] of codes) {
    if (!code) notes.push(`language "${name}": not one of ${languages.join(', ')}; left behind`);
  }
  const byDefault = languageOf(String(cellOf(settings, 'default_language') ?? 'en')) ?? 'en';
  const found = new Set([...codes.values()].filter((code) => code !== undefined));
  if (used.has('label')) found.add(byDefault);
  const base = found.has('en') || found.size === 0 ? 'en' : [...found][0]!;
  if (base !== 'en') {
    notes.push(`English is missing: the texts in "${base}" stand in its place until translated`);
  }
  return {
    claimed: languages.filter((language) => language === 'en' || found.has(language)),
    read(row, column, change = (text) => text) {
      const texts: Record<string, string> = {};
      const bare = cellOf(row, column);
      if (bare !== undefined) texts[byDefault] = change(String(bare));
      for (const [name, code] of codes) {
        const value = code && cellOf(row, `${column}::${name}`);
        if (code && value !== undefined && value !== '') texts[code] = change(String(value));
      }
      const some = texts['en'] ?? texts[base] ?? Object.values(texts)[0];
      if (some === undefined) return undefined;
      const whole = { ...texts, en: some };
      return Object.fromEntries(
        languages.flatMap((l) => (whole[l as 'en'] ? [[l, whole[l as 'en']]] : [])),
      ) as Texts & Record<string, string>;
    },
  };
}

function languageOf(name: string): Language | undefined {
  const code = /\(([a-z]{2})\)\s*$/i.exec(name)?.[1]?.toLowerCase() ?? name.toLowerCase();
  const known = languages.find((language) => language === code);
  if (known) return known;
  const plain = {
    english: 'en',
    polish: 'pl',
    polski: 'pl',
    chinese: 'zh',
    italian: 'it',
  } as const;
  const more = { italiano: 'it', russian: 'ru', japanese: 'ja' } as const;
  const all: Record<string, Language> = { ...plain, ...more };
  return (
    all[name.trim().toLowerCase()] ?? languages.find((language) => languageNames[language] === name)
  );
}
