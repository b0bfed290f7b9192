import { expect, test } from 'vitest';
import type { Checklist, Item } from '../../src/contracts/checklists.ts';
import { comparableItems, compareChecklists } from '../../src/core/documents/comparison.ts';
import { itemsOf, shippedChecklists } from './shipped.ts';

const before = shippedChecklists.find(({ name }) => name === 'workshop-visit/2026.1')!.checklist;

/** The next version with one item changed. */
function withItem(id: string, change: (item: Item) => Item): Checklist {
  const sections = before.sections.map((section) => ({
    ...section,
    items: section.items.map((item) => (item.id === id ? change(item) : item)),
  }));
  return { ...before, version: '2026.2', sections };
}
const changes = (after: Checklist) =>
  compareChecklists(before, after).map(({ change, id, field }) => [change, id, field]);

test('a weight', () => {
  const after = withItem('walk_round', (item) => ({ ...item, weight: 5 }));
  expect(changes(after)).toEqual([['re-weighted', 'walk_round', 'weight']]);
  expect(comparableItems(before, after)).toHaveLength(itemsOf(before).length);
});

test('a wording, in whatever language', () => {
  const after = withItem('walk_round', (item) => ({
    ...item,
    question: { ...item.question, ja: '車を一緒に見ましたか' },
  }));
  expect(changes(after)).toEqual([['reworded', 'walk_round', 'question']]);
  expect(comparableItems(before, after)).toContain('walk_round');
});

test('the words of an option, and its points, apart', () => {
  const reworded = withItem(
    'walk_round',
    (item) =>
      ({
        ...item,
        options: (item as { options: object[] }).options.map((option, i) =>
          i === 0 ? { ...option, text: { en: 'Yes, all of it' } } : option,
        ),
      }) as Item,
  );
  expect(changes(reworded)).toEqual([['reworded', 'walk_round', 'options']]);
  const rescored = withItem(
    'walk_round',
    (item) =>
      ({
        ...item,
        options: (item as { options: object[] }).options.map((option, i) =>
          i === 0 ? { ...option, points: 9 } : option,
        ),
      }) as Item,
  );
  expect(changes(rescored)).toEqual([['re-scored', 'walk_round', 'points']]);
  expect(comparableItems(before, rescored)).not.toContain('walk_round');
});

test('a meaning: another id, so that no trend joins two questions', () => {
  const after = withItem('walk_round', (item) => ({ ...item, id: 'walk_round_filmed' }));
  expect(changes(after)).toEqual([
    ['added', 'walk_round_filmed', undefined],
    ['removed', 'walk_round', undefined],
  ]);
  expect(comparableItems(before, after)).not.toContain('walk_round');
});

test('a condition, bands, and what is critical', () => {
  const after = withItem(
    'minutes_late',
    (item) =>
      ({
        ...item,
        when: "answers.extra_work == 'no'",
        bands: [{ upTo: 5, score: 1 }, { score: 0 }],
        critical: { effect: 'cap', cap: 59, minScore: 1 },
      }) as Item,
  );
  expect(changes(after)).toEqual([
    ['re-scored', 'minutes_late', 'bands'],
    ['re-scored', 'minutes_late', 'critical'],
    ['re-scored', 'minutes_late', 'when'],
  ]);
});

test('weights of the standards', () => {
  const weights = { ...before.scoring.weights, tact: 20 };
  const after = { ...before, scoring: { ...before.scoring, weights } };
  expect(changes(after)).toEqual([['re-weighted', 'workshop-visit', 'weights']]);
});
