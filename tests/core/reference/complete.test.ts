import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const tests = path.resolve(import.meta.dirname, '..');
const sources = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(path.join(tests, name), 'utf8'));
const cases = readdirSync(path.resolve(tests, '../reference'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

test.each(cases)('%s is compared to the last expected value', (id) => {
  const found = sources.filter((source) => source.includes(`'${id}'`));
  expect(found.length).toBeGreaterThan(0);
  expect(found.some((source) => /\b(expectAllRead|done)\(\)/.test(source))).toBe(true);
});
