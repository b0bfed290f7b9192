import { expect, test } from 'vitest';
import { reviewSigns } from '../../src/core/audits/review-signs.ts';

/** Signs for a reviewer: an ordinary visit has none, each strange thing has its own. */
const ordinary = {
  visitDate: '2026-02-03',
  submittedAt: new Date('2026-02-03T18:00:00Z'),
  finalMicro: 84_000_000,
  visit: {
    noInterestDeclaredAt: '2026-02-03T09:00:00Z',
    checkInAt: null,
    startedAt: '2026-02-03T10:00:00Z',
    finishedAt: '2026-02-03T10:40:00Z',
  },
  timeZone: 'Europe/Warsaw',
  answered: 60,
  others: [82, 85, 83, 86, 84].map((score) => score * 1_000_000),
};
const signsOf = (change: object, visit: object = {}) =>
  reviewSigns({ ...ordinary, ...change, visit: { ...ordinary.visit, ...visit } }).map(
    ({ sign }) => sign,
  );

test('an ordinary visit has none', () => expect(signsOf({})).toEqual([]));

test.each([
  ['no declaration', {}, { noInterestDeclaredAt: null }, ['no-declaration']],
  [
    'declared after the start',
    {},
    { noInterestDeclaredAt: '2026-02-03T10:01:00Z' },
    ['declared-late'],
  ],
  ['finished before it began', {}, { finishedAt: '2026-02-03T09:59:00Z' }, ['times-out-of-order']],
  ['finished after it came in', {}, { finishedAt: '2026-02-03T19:00:00Z' }, ['times-out-of-order']],
  ['239 seconds for 60 answers', {}, { finishedAt: '2026-02-03T10:03:59Z' }, ['fast']],
  [
    'begun on the day before, by the clock of the house',
    {},
    { noInterestDeclaredAt: '2026-02-02T21:00:00Z', startedAt: '2026-02-02T22:00:00Z' },
    ['other-day'],
  ],
  ['far below what is usual', { finalMicro: 70_000_000 }, {}, ['far-from-others']],
])('%s', (_, change, visit, expected) => expect(signsOf(change, visit)).toEqual(expected));

test.each([
  ['240 seconds for 60 answers', {}, { finishedAt: '2026-02-03T10:04:00Z' }],
  [
    'begun at midnight of the day, which is the day before in UTC',
    {},
    { noInterestDeclaredAt: '2026-02-02T21:00:00Z', startedAt: '2026-02-02T23:00:00Z' },
  ],
  [
    'far, among too few to say so',
    { finalMicro: 10_000_000, others: ordinary.others.slice(1) },
    {},
  ],
  ['without a score', { finalMicro: null }, {}],
  ['imported, without times', {}, { startedAt: null, finishedAt: null }],
])('%s is no sign', (_, change, visit) => expect(signsOf(change, visit)).toEqual([]));
