import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from '../../src/core/canonical.ts';
import type { Sheet } from '../../src/core/exchange/sheet.ts';
import { fromXlsform } from '../../src/core/exchange/xlsform-read.ts';
import { toXlsform } from '../../src/core/exchange/xlsform-write.ts';
import { celToXpath, xpathToCel } from '../../src/core/exchange/xpath.ts';
import { readWorkbook, writeWorkbook } from '../../src/io/workbooks.ts';
import { listShippedFiles } from '../../src/operations/shipped.ts';

const files = listShippedFiles().filter(({ type }) => type === 'checklist');
const documentIn = (name: string) =>
  parse(readFileSync(files.find(({ file }) => file.includes(name))!.file, 'utf8')) as Record<
    string,
    unknown
  >;

test.each(files.map(({ file }) => [file.split('/checklists/')[1]!]))(
  '%s keeps ids, weights, conditions, texts and all else',
  async (name) => {
    const document = documentIn(name);
    const { sheets, notes } = toXlsform(document);
    const read = fromXlsform(await readWorkbook(await writeWorkbook(sheets)));
    expect(read.read.ok ? [] : read.read.faults).toEqual([]);
    expect(read.notes).toEqual([]);
    expect(canonicalJson(read.raw)).toBe(canonicalJson(document));
    expect(notes.filter((note) => note.includes('condition'))).toEqual([]);
  },
);

describe('what somebody changes in the form comes back', () => {
  const { sheets } = toXlsform(documentIn('workshop-visit'));
  const change = (name: string, column: string, value: string | number | null) =>
    sheets.map((sheet): Sheet => {
      const [nameAt, at] = [sheet.rows[0]!.indexOf('name'), sheet.rows[0]!.indexOf(column)];
      if (sheet.name !== 'survey') return sheet;
      expect(at).toBeGreaterThan(0);
      const rows = sheet.rows.map((row) =>
        row[nameAt] === name ? row.map((cell, c) => (c === at ? value : cell)) : row,
      );
      return { ...sheet, rows };
    });
  const itemAfter = (changed: Sheet[], id: string) => {
    const { read, notes } = fromXlsform(changed);
    const items = read.ok ? read.content.sections.flatMap((section) => section.items) : [];
    return { item: items.find((item) => item.id === id), notes };
  };
  test('a wording, in its language', () => {
    const changed = change('first_words', 'label::Polski (pl)', 'Czy powitano?');
    expect(itemAfter(changed, 'first_words').item?.question.pl).toBe('Czy powitano?');
  });
  test('a weight', () => {
    const changed = change('first_words', 'bind::omotenashi:weight', 7);
    expect(itemAfter(changed, 'first_words').item?.weight).toBe(7);
  });
  test('the version, and whether an answer is required', () => {
    const settings = sheets.map((sheet): Sheet => {
      if (sheet.name !== 'settings') return sheet;
      const at = sheet.rows[0]!.indexOf('version');
      return {
        ...sheet,
        rows: sheet.rows.map((row, r) => row.map((c, i) => (r === 1 && i === at ? '2026.7' : c))),
      };
    });
    expect(fromXlsform(settings).raw['version']).toBe('2026.7');
    expect(itemAfter(change('first_words', 'required', null), 'first_words').item?.required).toBe(
      false,
    );
  });
  test('a condition, read back into the product’s own language', () => {
    const source = "${came_how} = 'without_appointment' and ${extra_work} != 'no'";
    const { item } = itemAfter(
      change('extra_work_consent', 'relevant', source),
      'extra_work_consent',
    );
    expect(item?.when).toBe(
      "answers.came_how == 'without_appointment' && answers.extra_work != 'no'",
    );
  });
  test('a condition that cannot be said is named, not guessed', () => {
    const source = 'string-length(${remarks}) > 3';
    const { item, notes } = itemAfter(
      change('extra_work_consent', 'relevant', source),
      'extra_work_consent',
    );
    expect(item?.when).toBeUndefined();
    expect(notes.join()).toContain('string-length');
  });
});

describe('a form from elsewhere', () => {
  const sheet = (name: string, rows: Sheet['rows']): Sheet => ({ name, rows });
  const form = [
    sheet('survey', [
      [
        'type',
        'name',
        'label::English (en)',
        'label::Español (es)',
        'hint',
        'required',
        'relevant',
        'constraint',
      ],
      ['start', 'start', null, null, null, null, null, null],
      ['begin group', 'Arrival', 'Arrival', 'Llegada', null, null, null, null],
      ['select_one yn', 'Greeted', 'Were you greeted?', '¿Saludo?', 'By a word', 'yes', null, null],
      [
        'integer',
        'Wait.min',
        'Minutes waited',
        'Minutos',
        null,
        null,
        "${Greeted} = 'yes'",
        '. >= 0 and . <= 60',
      ],
      [
        'select_one five',
        'Overall',
        'Overall',
        'En general',
        null,
        'true()',
        '${Wait.min} > 5',
        null,
      ],
      ['geopoint', 'Where', 'Where?', '¿Dónde?', null, null, null, null],
      ['end group', null, null, null, null, null, null, null],
      [
        'select_multiple seen',
        'Seen',
        'What did you see?',
        '¿Qué?',
        null,
        null,
        "not(selected(${Greeted}, 'no'))",
        null,
      ],
      ['calculate', 'score', null, null, null, null, null, null],
      [
        'image',
        'Proof',
        'A photo',
        'Foto',
        null,
        null,
        "selected(${Seen}, 'Dirt On Floor') or ${Overall} < 3",
        null,
      ],
    ]),
    sheet('choices', [
      ['list_name', 'name', 'label::English (en)'],
      ['yn', 'yes', 'Yes'],
      ['yn', 'no', 'No'],
      ...[1, 2, 3, 4, 5].map((n) => ['five', n, n === 1 ? 'Poor' : n === 5 ? 'Perfect' : `${n}`]),
      ['seen', 'Dirt On Floor', 'Dirt'],
      ['seen', 'noise', 'Noise'],
    ]),
    sheet('settings', [
      ['form_title', 'form_id', 'version'],
      ['Dealer check', 'Dealer Check 7', '20240101'],
    ]),
  ];
  const { read, notes } = fromXlsform(form);
  test('becomes a draft that can be stored', () => {
    expect(read.ok ? [] : read.faults).toEqual([]);
    if (!read.ok) return;
    const { sections, id, languages } = read.content;
    expect([id, languages, sections.map((each) => each.id)]).toEqual([
      'dealer-check-7',
      ['en'],
      ['arrival', 'general'],
    ]);
    const items = sections.flatMap((section) => section.items);
    expect(items.map((item) => [item.id, item.type, item.weight, item.when])).toEqual([
      ['greeted', 'yes-no', 1, undefined],
      ['wait_min', 'number', 0, "answers.greeted == 'yes'"],
      ['overall', 'scale', 1, 'answers.wait_min > 5.0'],
      ['seen', 'multiple', 0, "!(answers.greeted == 'no')"],
      ['proof', 'photo', 0, "'dirt_on_floor' in answers.seen || answers.overall < 3"],
    ]);
    expect(items[1]).toMatchObject({ min: 0, max: 60 });
    expect(items[2]).toMatchObject({
      min: 1,
      max: 5,
      anchors: { 1: { en: 'Poor' }, 5: { en: 'Perfect' } },
    });
  });
  test('names all that it left behind', () => {
    const all = notes.join('\n');
    for (const left of [
      'Where',
      'geopoint',
      'score',
      'Español',
      'version "20240101"',
      'kind',
      'weights',
    ]) {
      expect(all).toContain(left);
    }
  });
  test('a workbook that is no form says so', () => {
    const empty = fromXlsform([sheet('Sheet1', [['a']])]);
    expect(empty.read.ok).toBe(false);
    expect(empty.notes.join()).toContain('survey');
  });
});

describe('conditions', () => {
  const kinds = { a: 'text', b: 'double', c: 'list', d: 'int' } as const;
  const find = (name: string) => ({ id: name, kind: kinds[name as keyof typeof kinds] });
  test.each([
    ["answers.a == 'yes'", "${a} = 'yes'"],
    [
      "answers.a != 'no' && answers.b >= 2.5",
      "${a} != '' and ${b} != '' and ${a} != 'no' and ${b} >= 2.5",
    ],
    [
      "'x' in answers.c || answers.d < 3",
      "${c} != '' and ${d} != '' and (selected(${c}, 'x') or ${d} < 3)",
    ],
    ['!(answers.b > 2.0)', "${b} != '' and not(${b} > 2)"],
    [
      "(answers.a == 'x' || answers.d == 1) && answers.b < -1.0",
      "${a} != '' and ${d} != '' and ${b} != '' and (${a} = 'x' or ${d} = 1) and ${b} < -1",
    ],
  ])('%s', (cel, xpath) => {
    expect(celToXpath(cel)).toBe(xpath);
    expect(celToXpath(xpathToCel(xpath, find)!)).toBe(xpath);
  });
  test.each([
    'has(answers.a)',
    "answers.c.exists(x, x == 'a')",
    "answers.a == 'it\\'s'",
    'answers.',
  ])('%s has no counterpart', (cel) => expect(celToXpath(cel)).toBeUndefined());
  test.each([
    'count(${c}) > 1',
    "${a} = 'x' or",
    'today() > ${a}',
    "${a} = 'x'; drop",
    '${b} = true()',
  ])('%s has no counterpart here', (xpath) => expect(xpathToCel(xpath, find)).toBeUndefined());
});
