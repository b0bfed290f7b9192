import type { Checklist, Difference, Item } from '../../contracts/checklists.ts';
import { canonicalJson } from '../canonical.ts';

const scoreFields = [
  'type',
  'good',
  'min',
  'max',
  'bands',
  'linear',
  'points',
  'critical',
  'notApplicable',
  'when',
  'standard',
] as const;
const headFields = [
  ['title', 'reworded'],
  ['description', 'reworded'],
  ['touchpoint', 'changed'],
  ['recommendation', 'changed'],
  ['languages', 'changed'],
] as const;
const textFields = ['question', 'hint', 'anchors', 'expectation', 'duty', 'unit'] as const;

/**
 * What changed between two versions of a checklist: items added, removed, reworded, re-weighted,
 * re-scored or moved, and changes of sections and of the scoring as a whole.
 *
 * @returns differences in the order of the newer document, removed ones last; empty = the same
 */
export function compareChecklists(before: Checklist, after: Checklist): Difference[] {
  const old = index(before);
  const differences: Difference[] = [];
  differences.push(
    ...compareFields('checklist', after.id, before.scoring, after.scoring, 're-weighted'),
  );
  for (const [field, change] of headFields) {
    const [was, is] = [before[field], after[field]];
    if (!same(was, is)) {
      differences.push({ change, what: 'checklist', id: after.id, field, before: was, after: is });
    }
  }
  const oldSections = new Map(before.sections.map((section) => [section.id, section]));
  for (const section of after.sections) {
    const was = oldSections.get(section.id);
    if (!was) {
      differences.push({ change: 'added', what: 'section', id: section.id, after: section.title });
    } else {
      if (!same([was.title, was.intro], [section.title, section.intro])) {
        differences.push({
          change: 'reworded',
          what: 'section',
          id: section.id,
          field: 'title',
          before: was.title,
          after: section.title,
        });
      }
      differences.push(
        ...compareFields(
          'section',
          section.id,
          { weight: was.weight, passMark: was.passMark },
          { weight: section.weight, passMark: section.passMark },
          're-weighted',
        ),
      );
    }
    for (const item of section.items) {
      const found = old.get(item.id);
      if (!found) {
        differences.push({ change: 'added', what: 'item', id: item.id, after: item.question });
        continue;
      }
      if (found.section !== section.id) {
        differences.push({
          change: 'moved',
          what: 'item',
          id: item.id,
          before: found.section,
          after: section.id,
        });
      }
      differences.push(...compareItems(found.item, item));
    }
  }
  const kept = index(after);
  const sections = new Set(after.sections.map((section) => section.id));
  for (const section of before.sections) {
    if (!sections.has(section.id)) {
      differences.push({
        change: 'removed',
        what: 'section',
        id: section.id,
        before: section.title,
      });
    }
  }
  for (const [id, { item }] of old) {
    if (!kept.has(id))
      differences.push({ change: 'removed', what: 'item', id, before: item.question });
  }
  return differences;
}

/** Ids of the items that two versions share unchanged in what they score: those can be compared. */
export function comparableItems(before: Checklist, after: Checklist): string[] {
  const old = index(before);
  return [...index(after)]
    .filter(([id, { item }]) => old.has(id) && same(scoreOf(old.get(id)!.item), scoreOf(item)))
    .map(([id]) => id);
}

function compareItems(before: Item, after: Item): Difference[] {
  const differences: Difference[] = [];
  const base = { what: 'item', id: after.id } as const;
  for (const field of textFields) {
    const [was, is] = [get(before, field), get(after, field)];
    if (!same(was, is))
      differences.push({ change: 'reworded', ...base, field, before: was, after: is });
  }
  const wordsOf = (item: Item) =>
    'options' in item ? item.options.map((o) => [o.id, o.text]) : undefined;
  if (!same(wordsOf(before), wordsOf(after))) {
    differences.push({
      change: 'reworded',
      ...base,
      field: 'options',
      before: wordsOf(before),
      after: wordsOf(after),
    });
  }
  if (before.weight !== after.weight) {
    differences.push({
      change: 're-weighted',
      ...base,
      field: 'weight',
      before: before.weight,
      after: after.weight,
    });
  }
  for (const field of scoreFields) {
    const [was, is] = [get(before, field), get(after, field)];
    if (!same(was, is))
      differences.push({ change: 're-scored', ...base, field, before: was, after: is });
  }
  const pointsOf = (item: Item) =>
    'options' in item ? item.options.map((o) => [o.id, o.points]) : undefined;
  if (!same(pointsOf(before), pointsOf(after))) {
    differences.push({
      change: 're-scored',
      ...base,
      field: 'points',
      before: pointsOf(before),
      after: pointsOf(after),
    });
  }
  for (const field of ['required', 'evidence', 'cause', 'answers'] as const) {
    const [was, is] = [get(before, field), get(after, field)];
    if (!same(was, is))
      differences.push({ change: 'changed', ...base, field, before: was, after: is });
  }
  return differences;
}

function compareFields(
  what: 'checklist' | 'section',
  id: string,
  before: object,
  after: object,
  change: Difference['change'],
): Difference[] {
  return Object.keys({ ...before, ...after }).flatMap((field) => {
    const [was, is] = [get(before, field), get(after, field)];
    return same(was, is) ? [] : [{ change, what, id, field, before: was, after: is }];
  });
}

function index(document: Checklist): Map<string, { section: string; item: Item }> {
  return new Map(
    document.sections.flatMap((section) =>
      section.items.map((item) => [item.id, { section: section.id, item }] as const),
    ),
  );
}

function scoreOf(item: Item): unknown {
  const points =
    'options' in item ? item.options.map((option) => [option.id, option.points]) : null;
  return [points, ...scoreFields.map((field) => get(item, field) ?? null)];
}

function get(object: object, field: string): unknown {
  return (object as Record<string, unknown>)[field];
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
