import { expect, test } from 'vitest';
import { formatScore, marketName } from '../../src/core/format.ts';

test('a score is rounded half away from zero, in the notation of the language', () => {
  expect(formatScore(84.25, 'pl')).toBe('84,3');
  expect(formatScore(-0.25, 'en')).toBe('−0.3');
  expect(formatScore(84.249_999_999_999_99, 'en')).toBe('84.3');
});

test('a market named as its country has its name in every language; any other keeps its own', () => {
  const poland = { code: 'PL', name: 'Poland' };
  expect([marketName(poland, 'en'), marketName(poland, 'pl'), marketName(poland, 'ja')]).toEqual([
    'Poland',
    'Polska',
    'ポーランド',
  ]);
  expect(marketName({ code: 'PL', name: 'Poland and the Baltics' }, 'pl')).toBe(
    'Poland and the Baltics',
  );
  expect(marketName({ code: 'BENELUX', name: 'Benelux' }, 'pl')).toBe('Benelux');
  expect(marketName({ code: 'QQ', name: 'Test' }, 'pl')).toBe('Test');
});
