import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { standards } from '../../src/contracts/standards.ts';
import { checkAnswers, compileChecklist } from '../../src/core/audits/answers.ts';
import { auditorCopy } from '../../src/core/documents/auditor-copy.ts';
import { readChecklist } from '../../src/core/documents/checklists.ts';
import { comparableItems, compareChecklists } from '../../src/core/documents/comparison.ts';
import { readProgramme } from '../../src/core/documents/programmes.ts';
import { listShippedFiles } from '../../src/operations/shipped.ts';
import { fill, shipped } from '../support/fill.ts';

const head = `id: test
version: "2026.1"
kind: visit
languages: [en]
title: { en: Test }
scoring: { parts: sections }
sections:
  - id: one
    title: { en: One }
    items:
`;
const item = (line: string) => `      - { question: { en: Q }, ${line} }\n`;
const faultsOf = (source: string) => {
  const read = readChecklist(source);
  return read.ok ? [] : read.faults;
};
const withItems = (...lines: string[]) => faultsOf(head + lines.map(item).join(''));

describe('a faulty checklist is refused with line, column, path and what was expected', () => {
  test('malformed YAML', () => {
    expect(faultsOf('id: [a, b\nversion: "2026"')).toContainEqual(
      expect.objectContaining({ code: 'malformed', line: 2 }),
    );
  });
  test('duplicate keys', () => {
    expect(faultsOf(`${head}${item('id: a, type: text')}id: again\n`)[0]).toMatchObject({
      code: 'duplicate-key',
      line: 12,
      column: 1,
    });
  });
  test('unknown keys, all of them at once', () => {
    const faults = withItems(
      'id: a, type: yes-no, wieght: 2',
      'id: b, type: yes-no, weight: 1, colour: red',
    );
    expect(faults.map((fault) => [fault.pointer, fault.code, fault.line, fault.column])).toEqual([
      ['/sections/0/items/0/wieght', 'unknown-key', 11, 53],
      ['/sections/0/items/1/colour', 'unknown-key', 12, 64],
    ]);
  });
  test('a missing field', () => {
    expect(
      faultsOf(head.replace('title: { en: Test }\n', '') + item('id: a, type: text'))[0],
    ).toMatchObject({ pointer: '/title', code: 'missing' });
  });
  test('duplicate ids of items, sections and options', () => {
    const option = (id: string) => `{ id: ${id}, text: { en: X }, points: 1 }`;
    const faults = withItems(
      'id: a, type: yes-no, weight: 1',
      `id: a, type: choice, weight: 1, options: [${option('x')}, ${option('x')}]`,
    );
    expect(faults.map((fault) => fault.code)).toEqual(['duplicate-id', 'duplicate-id']);
  });
  test.each([['-1'], ['.inf'], ['.nan']])('a weight of %s', (weight) => {
    expect(withItems(`id: a, type: yes-no, weight: ${weight}`)[0]).toMatchObject({
      pointer: '/sections/0/items/0/weight',
    });
  });
  test('a section whose weights sum to 0', () => {
    expect(withItems('id: a, type: yes-no, weight: 0')).toContainEqual(
      expect.objectContaining({ code: 'zero-weights', pointer: '/sections/0' }),
    );
  });
  test('a weight on what cannot be scored', () => {
    expect(
      withItems('id: a, type: yes-no, weight: 1', 'id: b, type: text, weight: 1')[0],
    ).toMatchObject({ code: 'not-scorable' });
  });
  test('a language that is claimed and missing', () => {
    const source = (head + item('id: a, type: yes-no, weight: 1')).replace(
      'languages: [en]',
      'languages: [en, pl]',
    );
    expect(faultsOf(source).map((fault) => fault.code)).toEqual([
      'language',
      'language',
      'language',
    ]);
  });
  test('bands that do not rise', () => {
    const bands = 'bands: [{ upTo: 5, score: 1 }, { upTo: 3, score: 0.5 }, { score: 0 }]';
    expect(withItems(`id: a, type: number, weight: 1, ${bands}`)[0]).toMatchObject({
      code: 'bands',
      pointer: '/sections/0/items/0/bands/1/upTo',
    });
  });
  test('a document that is too large, and an alias bomb', () => {
    expect(faultsOf(`# ${'x'.repeat(2_000_001)}`)[0]).toMatchObject({ code: 'too-large' });
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]`;
    expect(faultsOf(bomb)[0]).toMatchObject({ code: 'malformed' });
  });
});

describe('a condition', () => {
  const q = 'id: q, type: scale, min: 1, max: 5, weight: 1';
  const when = (condition: string, other = q) =>
    withItems(other, `id: b, type: yes-no, weight: 1, when: "${condition}"`);
  test.each([
    ['answers.q > 3', undefined],
    ["answers.q == 'x'", 'no such overload'],
    ['answers.nobody > 3', 'No such key: nobody'],
    ['answers.q', 'true or false'],
    ["'a'.matches('a+')", '"matches" is not allowed'],
    ['answers.q >', 'Unexpected token'],
    [`${'('.repeat(20)}answers.q > 1${')'.repeat(20)}`, 'maxDepth'],
  ])('%s', (condition, refusal) => {
    const faults = when(condition);
    if (refusal === undefined) expect(faults).toEqual([]);
    else
      expect(faults[0]).toMatchObject({
        code: 'condition',
        detail: expect.stringContaining(refusal),
        pointer: '/sections/0/items/1/when',
      });
  });
  test('longer than 500 characters is refused', () => {
    expect(when(`answers.q > 1${' && answers.q > 1'.repeat(40)}`)[0]).toMatchObject({
      pointer: '/sections/0/items/1/when',
    });
  });
  test('in a circle is refused, and the circle is named', () => {
    const faults = withItems(
      "id: a, type: yes-no, weight: 1, when: answers.b == 'yes'",
      "id: b, type: yes-no, weight: 1, when: answers.a == 'yes'",
    );
    expect(faults).toContainEqual(
      expect.objectContaining({ code: 'cycle', detail: expect.stringContaining('a → b → a') }),
    );
  });
  test('that meets a question without an answer is false, also behind a hidden one', () => {
    const source =
      head +
      item(q) +
      item('id: b, type: yes-no, weight: 1, when: answers.q > 3') +
      item("id: c, type: yes-no, weight: 1, when: answers.b == 'no'");
    const read = readChecklist(source);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const { visibleItems } = compileChecklist(read.content);
    expect([...visibleItems({})]).toEqual(['q']);
    expect([...visibleItems({ q: { value: 2 }, b: { value: 'no' } })]).toEqual(['q']);
    expect([...visibleItems({ q: { value: 4 }, b: { value: 'no' } })]).toEqual(['q', 'b', 'c']);
  });
});

describe('answers', () => {
  const checklist = shipped('seven-personal-standards/2026.1');
  const good = fill(checklist, 'best');
  const codes = (answers: object) =>
    checkAnswers(checklist, { ...good, ...answers } as never).map((fault) => [
      fault.pointer,
      fault.code,
    ]);
  test('that are complete are accepted', () => expect(checkAnswers(checklist, good)).toEqual([]));
  test.each([
    ['hidden', { waiting_explained: { value: 'yes' } }, [['/answers/waiting_explained', 'hidden']]],
    ['unknown', { no_such_item: { value: 'yes' } }, [['/answers/no_such_item', 'unknown']]],
    ['mistyped', { eye_contact: { value: 3 } }, [['/answers/eye_contact/value', 'type']]],
    ['out of range', { posture: { value: 9 } }, [['/answers/posture/value', 'range']]],
    ['missing', { posture: undefined }, [['/answers/posture', 'missing']]],
    [
      'not applicable where it is not allowed',
      { posture: { notApplicable: true } },
      [['/answers/posture/notApplicable', 'not-applicable']],
    ],
    [
      'not applicable without its reason',
      { stood_up: { notApplicable: true } },
      [['/answers/stood_up/notApplicable', 'reason']],
    ],
    [
      'without the evidence demanded',
      { papers_right: { value: 'no' } },
      [['/answers/papers_right/evidence', 'evidence']],
    ],
    [
      'both a value and not applicable',
      { stood_up: { value: 'yes', notApplicable: 'x' } },
      [['/answers/stood_up', 'two-answers']],
    ],
  ])('that are %s are refused', (_, answers, wanted) => expect(codes(answers)).toEqual(wanted));
  test('with several faults are refused with all of them', () => {
    expect(
      codes({ posture: { value: 9 }, eye_contact: { value: 'maybe' }, zzz: { value: 1 } }),
    ).toHaveLength(3);
  });
});

describe('the shipped documents', () => {
  test.each(
    listShippedFiles().map(({ file, type }) => [file.split('/checklists/')[1]!, file, type]),
  )('%s parses', (_, file, type) => {
    const source = readFileSync(file, 'utf8');
    const read = type === 'programme' ? readProgramme(source) : readChecklist(source);
    expect(read.ok ? [] : read.faults).toEqual([]);
  });
  test('hold at least six items a standard and answer every guiding question of S2', () => {
    const { checklist } = shipped('seven-personal-standards/2026.1');
    const items = checklist.sections.flatMap((section) => section.items);
    for (const standard of standards) {
      expect(
        items.filter((i) => i.standard === standard && i.weight > 0).length,
        standard,
      ).toBeGreaterThanOrEqual(6);
    }
    const questions = ['abcd', 'abcd', 'abcd', 'abc', 'abcde', 'ab', 'abcdef'].flatMap(
      (letters, i) => [...letters].map((letter) => `S2-${i + 1}${letter}`),
    );
    const answered = new Set(items.flatMap((i) => i.answers ?? []));
    expect(questions.filter((question) => !answered.has(question))).toEqual([]);
  });
  test('give every step of a scale its anchor', () => {
    for (const i of shipped('seven-personal-standards/2026.1').items.values()) {
      if (i.type === 'scale') expect(Object.keys(i.anchors), i.id).toHaveLength(i.max - i.min + 1);
    }
  });
});

describe('two versions compared', () => {
  const [before, after] = ['2025.1', '2026.1'].map(
    (version) => shipped(`seven-personal-standards/${version}`).checklist,
  );
  const found = compareChecklists(before!, after!).map(({ change, what, id, field }) =>
    [change, what, id, field].filter(Boolean).join(' '),
  );
  test('show what was added, removed, reworded, re-weighted and re-scored', () => {
    expect(found).toEqual([
      're-weighted checklist seven-personal-standards weights',
      'reworded item name_badge question',
      're-scored item minutes_until_greeted bands',
      're-scored item waiting_explained when',
      'added item form_of_address',
      'added item no_superfluous_offer',
      'removed item asked_my_name',
    ]);
  });
  test('name what stays comparable', () => {
    expect(comparableItems(before!, after!)).not.toContain('minutes_until_greeted');
    expect(comparableItems(before!, after!)).toContain('name_badge');
  });
  test('of the same content show nothing', () =>
    expect(compareChecklists(after!, after!)).toEqual([]));
});

test("the auditor's copy shows no weights, points or criticality", () => {
  const text = JSON.stringify(auditorCopy(shipped('seven-personal-standards/2026.1').checklist));
  for (const word of ['"weight"', '"points"', '"critical"', '"bands"', '"scoring"'])
    expect(text).not.toContain(word);
  expect(text).toContain('papers_right');
});

describe('a faulty programme is refused', () => {
  const source = readFileSync(
    new URL('../../checklists/programmes/european-award/2025.yaml', import.meta.url),
    'utf8',
  );
  test.each([
    ['an unknown metric', 'metric: five-star', 'metric: seven-star', '/gates/4/metric'],
    [
      'goalposts the wrong way round',
      'low: 60\n    high: 100',
      'low: 100\n    high: 60',
      '/composite/0/high',
    ],
    ['a gate without bound', 'metric: five-star\n    min: 1', 'metric: five-star', '/gates/4'],
    ['a period that does not exist', 'period: "2025"', 'period: "2025-H3"', '/period'],
  ])('%s', (_, from, to, pointer) => {
    const read = readProgramme(source.replace(from, to));
    expect(read.ok ? [] : read.faults).toContainEqual(
      expect.objectContaining({ pointer, line: expect.any(Number) }),
    );
  });
});
