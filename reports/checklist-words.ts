import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../src/contracts/primitives.ts';
import words from './texts/checklists.json' with { type: 'json' };

/** What papers about checklists and their audits say, by key. */
export type ChecklistWords = (
  key: keyof typeof words,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The words of a language: ICU messages with their values filled in. */
export function checklistWords(language: Language): ChecklistWords {
  return (key, values) =>
    String(new IntlMessageFormat(words[key][language], language).format(values));
}
