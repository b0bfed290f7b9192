import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/contracts/primitives.ts';
import { standards } from '../../src/contracts/standards.ts';
import { shippedChecklists, shippedProgrammes, textsOf } from './shipped.ts';

const names = [...shippedChecklists, ...shippedProgrammes].map(({ name }) => name);
const translations = languages.filter((language) => language !== 'en');
const texts = names.flatMap(textsOf);

/** The glossary's rows: term by language. */
const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| en '))
  .map((line) => {
    const cells = line.split('|').slice(1, -1);
    return Object.fromEntries(languages.map((language, i) => [language, cells[i]!.trim()]));
  });

/** Letters by which an inflected word is known again; Chinese and Japanese do not inflect. */
function stemsOf(term: string): string[] {
  return term
    .split(/[ -]/)
    .filter((word) => !['di', 'del', 'dei', 'по', 'в', 'su'].includes(word))
    .map((word) => {
      const isInflected = /[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word);
      return isInflected ? word.slice(0, Math.max(3, word.length - 4)) : word;
    });
}

const holds = (text: string, cell: string) =>
  cell.split(' / ').some((term) => {
    const lower = text.toLowerCase();
    return stemsOf(term.toLowerCase()).every((stem) => lower.includes(stem));
  });

test('all are complete in six languages', () => {
  for (const { texts: each, place } of texts) {
    expect(Object.keys(each), place).toEqual([...languages]);
  }
  expect(texts.length).toBeGreaterThan(1_300);
});

test('no translation is the English text, but where both languages say the same', () => {
  const same = texts.flatMap(({ texts: each, place }) =>
    translations
      .filter((language) => each[language] === each.en && !['%', 'No'].includes(each.en))
      .map((language) => `${language} ${place}`),
  );
  expect(same).toEqual([]);
});

test('each script is the language’s own', () => {
  const script = {
    zh: /\p{Script=Han}/u,
    ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  };
  for (const { texts: each, place } of texts) {
    if (each.en === '%') continue;
    for (const language of ['zh', 'ja'] as const) {
      expect(each[language], place).toMatch(script[language]);
    }
    expect(each.ru, place).toMatch(/\p{Script=Cyrillic}/u);
  }
});

describe('the glossary', () => {
  test('has each term in each language', () => {
    expect(glossary.length).toBeGreaterThan(25);
    for (const row of glossary) for (const cell of Object.values(row)) expect(cell).not.toBe('');
  });
  test('names the seven standards as the checklist does', () => {
    const { sections } = shippedChecklists.find(
      ({ name }) => name === 'seven-personal-standards/2026.1',
    )!.checklist;
    for (const standard of standards) {
      const title = sections.find(({ id }) => id === standard)!.title;
      const row = glossary.find(({ en }) => en === standard.replaceAll('-', ' '))!;
      for (const language of languages) {
        expect(title[language]!.toLowerCase()).toBe(row[language]!.split(' / ')[0]!.toLowerCase());
      }
    }
  });
  test.each(glossary)('$en', (row) => {
    const term = new RegExp(`\\b(${row['en']!.split(' / ').join('|')})`, 'i');
    const missed = texts
      .filter(({ texts: each }) => term.test(each.en))
      .flatMap(({ texts: each, place }) =>
        translations
          .filter((language) => !holds(each[language]!, row[language]!))
          .map((language) => `${language} ${place}: ${each[language]}`),
      );
    expect([...new Set(missed)].join('\n')).toBe('');
  });
});
