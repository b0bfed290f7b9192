import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { languages } from '../src/contracts/primitives.ts';

/** The pages say the same in every language. */
const folder = new URL('../src/web/texts/', import.meta.url);
const catalogues = ['visits', 'office', 'account', 'survey'];
const read = (catalogue: string, language: string) =>
  JSON.parse(readFileSync(new URL(`${catalogue}/${language}.json`, folder), 'utf8')) as Record<
    string,
    string
  >;
/** Names of the values that a message takes, whatever its form in a language. */
function valuesOf(message: string): string[] {
  type Part = { value?: unknown; type: number; options?: Record<string, { value: Part[] }> };
  const names = (parts: readonly Part[]): string[] =>
    parts.flatMap((part) => [
      ...(part.type === 0 || part.type === 7 ? [] : [String(part.value)]),
      ...Object.values(part.options ?? {}).flatMap((option) => names(option.value)),
    ]);
  const ast = new IntlMessageFormat(message, 'en').getAst() as unknown as Part[];
  return [...new Set(names(ast))].sort();
}

test('a key stands in one catalogue only: pages load several together', () => {
  const keys = catalogues.flatMap((catalogue) => Object.keys(read(catalogue, 'en')));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

describe.each(catalogues)('the words of %s', (catalogue) => {
  const english = read(catalogue, 'en');

  test('exist in every language of the product', () => {
    const files = readdirSync(new URL(`${catalogue}/`, folder));
    expect(files.sort()).toEqual(languages.map((language) => `${language}.json`).sort());
  });

  test.each(languages)(
    '%s has every message, with the same values, readable by ICU',
    (language) => {
      const messages = read(catalogue, language);
      expect(Object.keys(messages)).toEqual(Object.keys(english));
      for (const [key, message] of Object.entries(messages)) {
        expect(valuesOf(message), key).toEqual(valuesOf(english[key]!));
        const format = new IntlMessageFormat(message, language);
        for (const n of [0, 1, 2, 5, 22]) {
          // A value is a number where it is counted, and any text elsewhere.
          const values = valuesOf(message).map((name) => [
            name,
            message.includes(`{${name}, plural`) ? n : 'x',
          ]);
          const text = String(format.format(Object.fromEntries(values)));
          expect(text.trim().length, key).toBeGreaterThan(0);
        }
      }
    },
  );

  test('are all used by a page', () => {
    // Answers are worded in one place, for pages and papers.
    const pages = ['src/web', 'reports']
      .map((folder) => new URL(`../${folder}/`, import.meta.url))
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.tsx?$/.test(name))
          .map((name) => readFileSync(new URL(name, folder), 'utf8')),
      )
      .join('\n');
    const unused = Object.keys(english).filter((key) => {
      const [group] = key.split('.');
      return !pages.includes(`'${key}'`) && !pages.includes(`\`${group}.\${`);
    });
    expect(unused).toEqual([]);
  });
});
