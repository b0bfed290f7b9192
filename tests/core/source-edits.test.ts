import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readChecklist } from '../../src/core/documents/checklists.ts';
import {
  addItem,
  moveItem,
  removeItem,
  sectionsOf,
  setField,
} from '../../src/core/documents/source-edits.ts';

/** Changes of a checklist's text by its form: what is meant changes, and nothing else. */
const shipped = readFileSync(
  new URL('../../checklists/contact-telephone/2026.1.yaml', import.meta.url),
  'utf8',
);
const first = { section: 0, item: 0 };

test('a field that is set and taken out again leaves the document as it was', () => {
  const before = readChecklist(shipped);
  const weighed = { section: 0, item: 2 };
  const set = setField(shipped, weighed, ['critical'], { effect: 'cap', cap: 40 });
  const capped = readChecklist(setField(set, weighed, ['critical', 'cap'], 50));
  if (!before.ok || !capped.ok) throw new Error('a shipped checklist is refused');
  expect(capped.content.sections[0]!.items[2]!.critical).toMatchObject({ effect: 'cap', cap: 50 });
  const after = readChecklist(setField(set, weighed, ['critical'], undefined));
  expect(after).toMatchObject({ ok: true, sha256: before.sha256 });
});

test('comments stay where they were', () => {
  const commented = shipped.replace('sections:\n', '# what is asked\nsections:\n');
  const changed = setField(commented, first, ['weight'], 3);
  expect(changed).toContain('# what is asked\nsections:');
});

test('items move inside their section and into the next one, and back to where they were', () => {
  const before = sectionsOf(shipped)!;
  const last = { section: 0, item: before[0]!.items.length - 1 };
  const moved = moveItem(shipped, last, 1);
  expect(moved.at).toEqual({ section: 1, item: 0 });
  expect(sectionsOf(moved.source)![1]!.items[0]!['id']).toBe(before[0]!.items.at(-1)!['id']);
  const back = moveItem(moved.source, moved.at, -1);
  expect(back.at).toEqual(last);
  expect(sectionsOf(back.source)).toEqual(before);
  // There is nothing before the first.
  expect(moveItem(shipped, first, -1)).toEqual({ source: shipped, at: first });
});

test('an item is added and removed', () => {
  const made = { id: 'fresh', type: 'yes-no', question: { en: 'Fresh?' } };
  const added = addItem(shipped, { section: 0, item: 1 }, made);
  expect(sectionsOf(added)![0]!.items[1]).toEqual(made);
  expect(sectionsOf(removeItem(added, { section: 0, item: 1 }))).toEqual(sectionsOf(shipped));
});

test('half a text is none to fall over: an item without anything, an alias of nothing', () => {
  expect(sectionsOf('sections:\n  - id: a\n    items:\n      -\n')).toEqual([
    { id: 'a', title: undefined, items: [{}] },
  ]);
  expect(sectionsOf('sections:\n  - id: a\n    title: *nothing\n')).toBeUndefined();
  expect(sectionsOf('sections: [')).toBeUndefined();
  expect(sectionsOf('')).toBeUndefined();
});

test('words without a language, and fields without words, make room for a language', () => {
  const text =
    'sections:\n  - id: a\n    items:\n      - id: b\n        question: Foo\n        hint:\n';
  const asked = setField(text, first, ['question', 'pl'], 'Co?');
  const hinted = setField(asked, first, ['hint', 'en'], 'This.');
  expect(sectionsOf(hinted)![0]!.items[0]).toEqual({
    ...{ id: 'b', question: { en: 'Foo', pl: 'Co?' } },
    hint: { en: 'This.' },
  });
});
