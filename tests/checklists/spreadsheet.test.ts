import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from '../../src/core/canonical.ts';
import type { Sheet } from '../../src/core/exchange/sheet.ts';
import { fromSpreadsheet } from '../../src/core/exchange/spreadsheet-read.ts';
import { toSpreadsheet } from '../../src/core/exchange/spreadsheet-write.ts';
import { readWorkbook, writeWorkbook } from '../../src/io/workbooks.ts';
import { listShippedFiles } from '../../src/operations/shipped.ts';

const files = listShippedFiles().filter(({ type }) => type === 'checklist');
const documentIn = (file: string) => parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

test.each(files.map(({ file }) => [file.split('/checklists/')[1]!, file]))(
  '%s goes to a workbook and back to the very same document',
  async (_, file) => {
    const document = documentIn(file);
    const bytes = await writeWorkbook(toSpreadsheet(document));
    expect(await writeWorkbook(toSpreadsheet(document))).toEqual(bytes);
    const read = fromSpreadsheet(await readWorkbook(bytes));
    expect(read.ok ? [] : read.faults).toEqual([]);
    expect(canonicalJson(read.raw)).toBe(canonicalJson(document));
  },
);

describe('faults are named by cell', () => {
  const sheets = toSpreadsheet(
    documentIn(files.find(({ file }) => file.includes('workshop-visit'))!.file),
  );
  const change = (sheet: string, row: number, column: string, value: string | number | null) =>
    sheets.map((each): Sheet => {
      if (each.name !== sheet) return each;
      const at = each.rows[0]!.indexOf(column);
      const rows = each.rows.map((cells, r) =>
        r === row - 1 ? cells.map((cell, c) => (c === at ? value : cell)) : cells,
      );
      return { ...each, rows };
    });
  const column = (sheet: string, name: string) => {
    const at = sheets.find((each) => each.name === sheet)!.rows[0]!.indexOf(name);
    return String.fromCharCode(65 + at);
  };
  test.each([
    ['a type that is none', 'items', 4, 'type', 'yesno', 'wrong-value'],
    ['a weight below 0', 'items', 5, 'weight', -1, 'wrong-value'],
    ['a condition that is none', 'items', 3, 'when', 'answers.came_how ==', 'condition'],
    ['an id used twice', 'items', 5, 'id', 'concern_asked_at_booking', 'duplicate-id'],
    ['an empty English question', 'items', 2, 'question en', null, 'missing'],
    ['a band without a number', 'items', 3, 'bands', 'three: 1, more: 0', 'wrong-value'],
    ['a section that is not there', 'items', 2, 'section', 'nowhere', 'unknown'],
    ['an option of no item', 'options', 2, 'item', 'nothing', 'unknown'],
    ['points that are words', 'options', 30, 'points', 'many', 'wrong-value'],
    ['a kind that is none', 'checklist', 4, 'value', 'visits', 'wrong-value'],
  ] as const)('%s', (_, sheet, row, name, value, code) => {
    const read = fromSpreadsheet(change(sheet, row, name, value));
    const faults = read.ok ? [] : read.faults;
    const found = faults.filter((fault) => fault.code === code);
    expect(found.length, JSON.stringify(faults.slice(0, 3))).toBeGreaterThan(0);
    const cells = found.map((fault) => String(fault.column));
    const isNear = value === null ? `${sheet}!` : `${sheet}!${column(sheet, name)}${row}`;
    expect(cells.some((cell) => cell.startsWith(isNear))).toBe(true);
  });
  test('a renamed column, instead of losing what it holds', () => {
    const renamed = sheets.map((sheet) =>
      sheet.name === 'items'
        ? {
            ...sheet,
            rows: [
              sheet.rows[0]!.map((c) => (c === 'weight' ? 'Weight' : c)),
              ...sheet.rows.slice(1),
            ],
          }
        : sheet,
    );
    const read = fromSpreadsheet(renamed);
    expect(read.ok ? [] : read.faults.map((fault) => fault.code)).toContain('column');
  });
  test('a version that the spreadsheet made a number of', () => {
    const read = fromSpreadsheet(change('checklist', 3, 'value', 2026.1));
    expect(read.ok ? [] : read.faults.map((fault) => [fault.column, fault.detail])).toContainEqual([
      'checklist!B3',
      expect.stringContaining('as text'),
    ]);
  });
  test('a workbook of something else says what is missing', () => {
    const read = fromSpreadsheet([{ name: 'Sheet1', rows: [['a'], [1]] }]);
    expect(read.ok ? [] : read.faults.map((fault) => fault.detail)).toContain('id is missing');
  });
});
