import { type Checklist, checklist } from '../../contracts/checklists.ts';
import { languages } from '../../contracts/primitives.ts';
import { checkChecklist } from '../documents/checklists.ts';
import { type ReadDocument, readValue } from '../documents/documents.ts';
import { type Cell, cellName, readRows, type Sheet, type SheetRow } from './sheet.ts';
import {
  asText,
  columnsOf,
  itemFields,
  itemTexts,
  type LossBands,
  type Path,
  type Raw,
  sectionFields,
} from './spreadsheet.ts';

/** Reads the workbook again. Faults name the cell in `column`, and the row in `line`. */
export function fromSpreadsheet(sheets: readonly Sheet[]): ReadDocument<Checklist> & {
  readonly raw: Raw;
} {
  const cells = new Map<string, string>();
  const note = (path: Path, cell: string) => cells.set(path.join('/'), cell);
  const rowsOf = (name: string) => {
    const sheet = sheets.find((each) => each.name === name);
    return sheet ? readRows(sheet) : [];
  };
  const raw = readHead(rowsOf('checklist'), note);
  // Rows with the same id are joined once; the others come back as duplicates below.
  const twice = [...repeated(rowsOf('sections')), ...repeated(rowsOf('items'))];
  if (twice.length > 0) return { ok: false, faults: twice, raw };
  const sections = rowsOf('sections');
  const items = rowsOf('items');
  const options = Map.groupBy(rowsOf('options'), (row) => String(cellOf(row, 'item') ?? ''));
  raw['sections'] = sections.map((row, s) => {
    const path = ['sections', s];
    const section = readFields(row, ['id', ...sectionFields], path, note);
    for (const field of ['title', 'intro']) addTexts(section, row, field, path, note);
    const own = items.filter((each) => cellOf(each, 'section') === cellOf(row, 'id'));
    section['items'] = own.map((each, i) =>
      readItem(each, options.get(String(cellOf(each, 'id'))) ?? [], [...path, 'items', i], note),
    );
    return section;
  });
  const lost = [
    ...unknownColumns(sheets),
    ...strayRows(sections, items, options),
    ...numericVersion(rowsOf('checklist')),
  ];
  const place = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length > 0; length--) {
      const cell = cells.get(path.slice(0, length).map(String).join('/'));
      if (cell) return at(cell);
    }
    return { column: 'checklist!A1' };
  };
  const read = readValue(raw, checklist, checkChecklist, place);
  if (lost.length === 0) return { ...read, raw };
  return { ok: false, faults: [...lost, ...(read.ok ? [] : read.faults)], raw };
}

/** Columns that the workbook knows, by sheet; a renamed one must not lose its content in silence. */
function unknownColumns(sheets: readonly Sheet[]) {
  return Object.entries(columnsOf).flatMap(([name, known]) => {
    const header = sheets.find((each) => each.name === name)?.rows[0] ?? [];
    return header.flatMap((cell, column) => {
      const title = String(cell ?? '').trim();
      const isTwice = header.findIndex((each) => String(each ?? '').trim() === title) < column;
      if (title === '' || (known.includes(title) && !isTwice)) return [];
      return [
        {
          pointer: '',
          code: 'column',
          detail: `${isTwice ? `"${title}" stands there twice` : `there is no column "${title}"`}; known are ${known.join(', ')}`,
          ...at(cellName(name, column, 0)),
        },
      ];
    });
  });
}

/** A version typed as a number has lost its zeros: 2026.10 reads as 2026.1. */
function numericVersion(rows: readonly SheetRow[]) {
  const row = rows.find((each) => cellOf(each, 'field') === 'version');
  const found = row?.cells.get('value');
  if (typeof found?.value !== 'number' || Number.isInteger(found.value)) return [];
  const detail = "write the version as text: a spreadsheet drops a number's zeros";
  return [{ pointer: '/version', code: 'wrong-value', detail, ...at(found.cell) }];
}

/** Rows whose id stood there before. */
function repeated(rows: readonly SheetRow[]) {
  const seen = new Set<Cell>();
  return rows.flatMap((row) => {
    const found = row.cells.get('id');
    if (!found) return [];
    const isNew = !seen.has(found.value);
    seen.add(found.value);
    if (isNew) return [];
    const detail = `"${found.value}" is used twice`;
    return [{ pointer: '', code: 'duplicate-id', detail, ...at(found.cell) }];
  });
}

const at = (cell: string) => ({ line: Number(/\d+$/.exec(cell)![0]), column: cell });

/** Rows that belong to nothing: they must not be lost in silence. */
function strayRows(
  sections: readonly SheetRow[],
  items: readonly SheetRow[],
  options: ReadonlyMap<string, readonly SheetRow[]>,
) {
  const known = (rows: readonly SheetRow[]) => new Set(rows.map((row) => cellOf(row, 'id')));
  const [sectionIds, itemIds] = [known(sections), known(items)];
  const stray = [
    ...items.map((row) => ({ row, column: 'section', ids: sectionIds })),
    ...[...options.values()].flat().map((row) => ({ row, column: 'item', ids: itemIds })),
  ];
  return stray
    .filter(({ row, column, ids }) => !ids.has(cellOf(row, column)))
    .map(({ row, column }) => {
      const cell = row.cells.get(column)?.cell ?? [...row.cells.values()][0]!.cell;
      return {
        pointer: '',
        code: 'unknown',
        detail: `there is no ${column} "${cellOf(row, column) ?? ''}"`,
        ...at(cell),
      };
    });
}

function readHead(rows: readonly SheetRow[], note: (path: Path, cell: string) => void): Raw {
  const head: [string, unknown][] = [];
  const scoring: [string, unknown][] = [];
  const weights: [string, unknown][] = [];
  for (const row of rows) {
    const name = String(cellOf(row, 'field') ?? '');
    if (name === 'title' || name === 'description') {
      head.push([name, readTexts(row, (language) => language, [name], note)]);
      continue;
    }
    const found = row.cells.get('value');
    note(name.split('.'), found?.cell ?? [...row.cells.values()][0]!.cell);
    const [, part, standard] = /^scoring\.(weights\.)?(.+)$/.exec(name) ?? [];
    if (standard === undefined) {
      const value = found?.value ?? null;
      head.push([name, name === 'languages' ? listOf(value) : plain(name, value)]);
    } else {
      const value = found?.value ?? null;
      (part ? weights : scoring).push([
        standard,
        standard === 'lossBands' ? readLossBands(value) : plain(standard, value),
      ]);
    }
  }
  if (weights.length > 0) scoring.push(['weights', Object.fromEntries(weights)]);
  if (scoring.length > 0) head.push(['scoring', Object.fromEntries(scoring)]);
  return Object.fromEntries(head);
}

function readLossBands(value: Cell | null): LossBands {
  return pairsOf(value).map(([bounds, score]) => {
    const [total, worst] = bounds.split('/').map((bound) => bound.trim());
    const bound = (name: string, text: string | undefined) =>
      text === undefined || text === 'more' ? {} : { [name]: numeric(text) };
    return {
      ...bound('total', total),
      ...bound('worst', worst),
      score: numeric(score),
    } as LossBands[number];
  });
}

function readItem(
  row: SheetRow,
  options: readonly SheetRow[],
  path: Path,
  note: (path: Path, cell: string) => void,
): Raw {
  const item = readFields(row, ['id', ...itemFields, 'unit'], path, note);
  if (item['required'] === 'yes' || item['required'] === 'no') {
    item['required'] = item['required'] === 'yes';
  }
  addTexts(item, row, 'unit', path, note);
  for (const field of ['bands', 'linear']) {
    const found = row.cells.get(field);
    if (!found) continue;
    note([...path, field], found.cell);
    item[field] = pairsOf(found.value).map(([x, score]) => {
      if (field === 'linear') return [numeric(x), numeric(score)];
      return x === 'more' ? { score: numeric(score) } : { upTo: numeric(x), score: numeric(score) };
    });
  }
  group(item, row, 'critical', { effect: 'critical', cap: 'cap', minScore: 'minScore' });
  group(item, row, 'evidence', { kind: 'evidence', when: 'evidenceWhen', max: 'evidenceMax' });
  const answers = row.cells.get('answers');
  if (answers) item['answers'] = listOf(answers.value);
  for (const field of itemTexts) addTexts(item, row, field, path, note);
  if (options.length === 0) return item;
  if (item['type'] === 'scale') {
    item['anchors'] = Object.fromEntries(
      options.map((option) => {
        const step = String(cellOf(option, 'id'));
        return [step, readTexts(option, (l) => `text ${l}`, [...path, 'anchors', step], note)];
      }),
    );
    return item;
  }
  item['options'] = options.map((option, o) => {
    const here = [...path, 'options', o];
    const record = readFields(option, ['id', 'points'], here, note);
    addTexts(record, option, 'text', here, note);
    return record;
  });
  return item;

  function group(target: Raw, from: SheetRow, name: string, columns: Record<string, string>) {
    const record: Raw = {};
    for (const [field, column] of Object.entries(columns)) {
      const found = from.cells.get(column);
      if (!found) continue;
      record[field] = plain(field, found.value);
      note([...path, name, field], found.cell);
      note([...path, name], found.cell);
    }
    if (Object.keys(record).length > 0) target[name] = record;
  }
}

function readFields(
  row: SheetRow,
  fields: readonly string[],
  path: Path,
  note: (path: Path, cell: string) => void,
): Raw {
  const record: Raw = {};
  // A field without a cell of its own is looked for in the row.
  note(path, [...row.cells.values()][0]!.cell);
  for (const field of fields) {
    const found = row.cells.get(field);
    if (!found) continue;
    note([...path, field], found.cell);
    record[field] = plain(field, found.value);
  }
  return record;
}

function addTexts(
  target: Raw,
  row: SheetRow,
  field: string,
  path: Path,
  note: (path: Path, cell: string) => void,
): void {
  const texts = readTexts(row, (language) => `${field} ${language}`, [...path, field], note);
  if (texts) target[field] = texts;
}

function readTexts(
  row: SheetRow,
  columnOf: (language: string) => string,
  path: Path,
  note: (path: Path, cell: string) => void,
): Raw | undefined {
  const texts: Raw = {};
  for (const language of languages) {
    const found = row.cells.get(columnOf(language));
    if (!found) continue;
    texts[language] = String(found.value);
    note([...path, language], found.cell);
    note(path, found.cell);
  }
  return Object.keys(texts).length > 0 ? texts : undefined;
}

const cellOf = (row: SheetRow, column: string) => row.cells.get(column)?.value;

function plain(field: string, value: Cell): Cell {
  if (asText.has(field)) return String(value);
  return typeof value === 'string' ? value.trim() : value;
}

const listOf = (value: Cell | undefined) =>
  String(value ?? '')
    .split(/[\s,;]+/)
    .filter(Boolean);

/** `1: 1, 2: 0.8, more: 0` as pairs. */
function pairsOf(value: Cell): [string, string][] {
  return String(value)
    .split(',')
    .map((pair) => {
      const [x = '', score = ''] = pair.split(':').map((each) => each.trim());
      return [x, score];
    });
}

/** A number, or the text itself, so that the shape names what is wrong. */
const numeric = (text: string): number | string =>
  text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
