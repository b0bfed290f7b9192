import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/contracts/checklists.ts';
import { operations } from '../../src/operations/registry.ts';
import { itemsOf, shippedChecklists, shippedProgrammes } from './shipped.ts';

const rows = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^\| S\d-/.test(line))
  .map((line) => {
    const [id, fact, carriers] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return {
      id: id!,
      fact: fact!,
      carriers: [...carriers!.matchAll(/`([^`]+)`/g)].map((m) => m[1]!),
    };
  });
const carriersOf = new Map(rows.map((row) => [row.id, row.carriers]));

/** Facts by id; a count of each list in the sources, so that no row can be lost. */
const letters = { 1: 'abcd', 2: 'abcd', 3: 'abcd', 4: 'abc', 5: 'abcde', 6: 'ab', 7: 'abcdef' };
const questions = Object.entries(letters).flatMap(([standard, list]) =>
  [...list].map((letter) => `S2-${standard}${letter}`),
);
const pairs = ['11', '12a', '12b', '12c', '12d', '13a', '13b', '13c', '13d'].map((n) => `S4-${n}`);
const clubRules = Array.from({ length: 43 }, (_, n) => `S5-C${n + 1}`);
const services = ['reminders', 'errands', 'advantages', 'mobility', 'activities', 'other'].map(
  (each) => `S5-catalogue-${each}`,
);

const items: ReadonlyMap<string, Item> = new Map(
  shippedChecklists.flatMap(({ checklist }) =>
    itemsOf(checklist).map((item) => [`${checklist.id}:${item.id}`, item] as const),
  ),
);
const sections = new Set(
  shippedChecklists.flatMap(({ checklist }) =>
    checklist.sections.map((section) => `${checklist.id}#${section.id}`),
  ),
);
const programmes = new Set(shippedProgrammes.map(({ programme }) => `programme:${programme.id}`));
const named = new Set(operations.keys());

test('every question, pair and rule of the sources has a row, and each row is there once', () => {
  expect(questions).toHaveLength(28);
  for (const id of [...questions, ...pairs, ...clubRules, ...services]) {
    expect(carriersOf.has(id), id).toBe(true);
  }
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const count = (prefix: string) => rows.filter(({ id }) => id.startsWith(prefix)).length;
  expect([count('S1'), count('S2'), count('S3'), count('S4'), count('S5')]).toEqual([
    15, 47, 17, 9, 53,
  ]);
});

test('every carrier that a row names is there, and an item names the fact itself', () => {
  for (const { id, carriers } of rows) {
    expect(carriers, id).not.toEqual([]);
    for (const carrier of carriers) {
      const item = items.get(carrier);
      if (carrier.includes(':') && !carrier.startsWith('programme:')) {
        expect(item, `${id}: there is no item ${carrier}`).toBeDefined();
        continue;
      }
      const isThere =
        sections.has(carrier) ||
        programmes.has(carrier) ||
        named.has(carrier) ||
        existsSync(new URL(`../../${carrier}`, import.meta.url));
      expect(isThere, `${id}: there is no ${carrier}`).toBe(true);
    }
  }
});

test('every fact that an item names has a row that names the item', () => {
  for (const [name, item] of items) {
    for (const fact of item.answers ?? []) {
      expect(carriersOf.get(fact), `${name} names ${fact}`).toContain(name);
    }
  }
});

describe('the seven personal standards', () => {
  const { checklist } = shippedChecklists.find(
    ({ name }) => name === 'seven-personal-standards/2026.1',
  )!;
  test('answer every guiding question by an item of their own', () => {
    const answered = new Set(itemsOf(checklist).flatMap((item) => item.answers ?? []));
    expect(questions.filter((question) => !answered.has(question))).toEqual([]);
  });
  test('have at least six items each, and an anchor for each step of a scale', () => {
    for (const { id, items: own } of checklist.sections) {
      expect(own.length, id).toBeGreaterThanOrEqual(6);
      for (const item of own) {
        if (item.type !== 'scale') continue;
        const steps = Array.from({ length: item.max - item.min + 1 }, (_, i) => `${item.min + i}`);
        expect(Object.keys(item.anchors).sort(), item.id).toEqual(steps.sort());
      }
    }
  });
});

test('every point of the service process holds both sides of S4', () => {
  const { checklist } = shippedChecklists.find(({ name }) => name === 'service-process/2026.1')!;
  expect(checklist.sections).toHaveLength(13);
  for (const item of itemsOf(checklist)) {
    expect(item.expectation?.en, item.id).toBeTruthy();
    if (item.id !== 'ready_as_promised') expect(item.duty?.en, item.id).toBeTruthy();
  }
  for (const pair of pairs) {
    const carriers = carriersOf.get(pair)!;
    expect(carriers.some((carrier) => carrier.startsWith('service-process:'))).toBe(true);
  }
});
