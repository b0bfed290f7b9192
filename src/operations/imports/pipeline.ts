import type { z } from 'zod';
import type {
  Column,
  ImportReport,
  importFileOptions,
  importOptions,
} from '../../contracts/imports.ts';
import type { Fault } from '../../contracts/primitives.ts';
import { importRefused } from '../../contracts/problems.ts';
import { readCell } from '../../core/import-cells.ts';
import type { TableRow } from '../../io/tables.ts';
import type { Act } from '../operation.ts';
import { type Importer, type ImportRow, isFaults } from './importer.ts';
import { SeenKeys } from './seen-keys.ts';

export type ImportOptions = z.output<z.ZodObject<typeof importOptions>> &
  Partial<z.output<z.ZodObject<typeof importFileOptions>>>;

const chunkRows = 5_000;
const listedFaults = 1_000;

/**
 * Takes a table in, row after row, in bounded memory and in one transaction: header, cells, codes,
 * doubles, then upserts in chunks. All faulty rows are found and listed with line, column and
 * reason; unless `skipFaulty` is said, one of them means that nothing is stored. Between chunks
 * other work of the process gets its turn.
 *
 * @throws import-refused, file-unreadable
 */
export async function importTable(
  act: Act,
  importer: Importer<never>,
  table: AsyncIterable<TableRow>,
  options: ImportOptions,
): Promise<ImportReport> {
  const faults = new FaultList();
  const seen = new SeenKeys();
  const report = { rows: 0, stored: 0, checked: 0 };
  let layout: Layout | undefined;
  let chunk: unknown[] = [];
  const flush = async () => {
    const rows = chunk as never[];
    chunk = [];
    // Once a row is faulty nothing will be kept, so storing the rest would be wasted.
    const useless = options.dryRun || (faults.rows > 0 && !options.skipFaulty);
    if (rows.length > 0) {
      report.checked += rows.length;
      if (!useless) report.stored += await importer.store(rows);
    }
    act.report?.({ rows: report.rows, faultyRows: faults.rows });
    await new Promise((resolve) => setImmediate(resolve));
  };
  for await (const { line, cells } of table) {
    if (!layout) {
      layout = readHeader(cells, importer.columns, options);
      if (layout.faults.length > 0) {
        throw importRefused({ rows: 0, faultyRows: 0, errors: [...layout.faults], more: 0 });
      }
      continue;
    }
    report.rows += 1;
    const row = readRow(layout, cells, options, line, (column, code, detail) =>
      faults.add(line, { column, code, detail }),
    );
    const resolved = row && importer.resolve(row);
    if (row && isFaults(resolved)) {
      for (const fault of resolved) faults.add(line, fault);
    } else if (row) {
      const key = importer.key(row);
      const first = key === undefined ? undefined : seen.firstLine(key, line);
      if (first === undefined) chunk.push(resolved);
      else faults.add(line, { code: 'double', detail: `the same as line ${first}: ${key}` });
    }
    if (chunk.length >= chunkRows || report.rows % (4 * chunkRows) === 0) await flush();
  }
  await flush();
  if (faults.rows > 0 && !options.skipFaulty && !options.dryRun) {
    throw importRefused({
      rows: report.rows,
      faultyRows: faults.rows,
      errors: faults.listed,
      more: faults.all - faults.listed.length,
    });
  }
  if (!options.dryRun) await importer.finish?.();
  return {
    kind: options.kind,
    dryRun: options.dryRun,
    rows: report.rows,
    stored: options.dryRun ? report.checked : report.stored,
    unchanged: options.dryRun ? 0 : report.checked - report.stored,
    faultyRows: faults.rows,
    errors: faults.listed,
    more: faults.all - faults.listed.length,
  };
}

class FaultList {
  readonly listed: Fault[] = [];
  all = 0;
  rows = 0;
  private lastLine = -1;

  add(line: number, fault: { column?: string; code: string; detail: string }): void {
    this.all += 1;
    if (line !== this.lastLine) this.rows += 1;
    this.lastLine = line;
    if (this.listed.length >= listedFaults) return;
    this.listed.push({
      pointer: `/${line}${fault.column ? `/${fault.column}` : ''}`,
      line,
      ...(fault.column ? { column: fault.column } : {}),
      code: fault.code,
      detail: fault.detail,
    });
  }
}

interface Layout {
  readonly width: number;
  /** Where each column of ours is found: a cell, or one value for all rows. */
  readonly sources: readonly {
    readonly column: Column;
    readonly at?: number;
    readonly constant?: string;
  }[];
  readonly faults: readonly Fault[];
}

function readHeader(
  cells: readonly unknown[],
  columns: readonly Column[],
  options: ImportOptions,
): Layout {
  const { mapping } = options;
  const names = cells.map((cell) => String(cell ?? '').trim());
  const faults: Fault[] = [];
  const fault = (column: string, code: string, detail: string) =>
    faults.push({ pointer: `/1/${column}`, line: 1, column, code, detail });
  const known = new Map(columns.map((column) => [column.name, column]));
  const at = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    if (mapping?.ignore.includes(name)) continue;
    const ours = mapping?.columns[name] ?? name;
    if (!known.has(ours)) {
      fault(
        name,
        'extra-column',
        `this column is not known; known are ${[...known.keys()].join(', ')}`,
      );
    } else if (at.has(ours)) {
      fault(name, 'double-column', 'this column stands twice');
    }
    at.set(ours, index);
  }
  const sources = columns.map((column) => {
    const constant = mapping?.constants[column.name];
    if (constant !== undefined) return { column, constant };
    const index = at.get(column.name);
    if (index === undefined && column.required) {
      fault(column.name, 'missing-column', 'this column is needed');
    }
    return { column, ...(index === undefined ? {} : { at: index }) };
  });
  return { width: names.length, sources, faults };
}

function readRow(
  layout: Layout,
  cells: readonly unknown[],
  options: ImportOptions,
  line: number,
  fault: (column: string | undefined, code: string, detail: string) => void,
): ImportRow | undefined {
  if (cells.length > layout.width) {
    fault(undefined, 'too-many-cells', `${cells.length} cells under ${layout.width} columns`);
    return undefined;
  }
  if (cells.length < layout.width && options.kind && cells.length > 0 && isCsvRow(cells)) {
    fault(undefined, 'too-few-cells', `${cells.length} cells under ${layout.width} columns`);
    return undefined;
  }
  const row: Record<string, ImportRow[string]> = {};
  let good = true;
  for (const { column, at, constant } of layout.sources) {
    const theirs =
      constant?.replaceAll('{line}', String(line)) ?? (at === undefined ? undefined : cells[at]);
    const values = options.mapping?.values[column.name];
    const raw = values && typeof theirs === 'string' ? (values[theirs.trim()] ?? theirs) : theirs;
    const read = readCell(column, raw, options.decimal ?? 'point');
    if (read.ok) {
      if (read.value !== undefined) row[column.name] = read.value;
    } else {
      good = false;
      fault(column.name, read.code, read.detail);
    }
  }
  return good ? row : undefined;
}

/** XLSX leaves trailing empty cells out; in a CSV every row has all its delimiters. */
function isCsvRow(cells: readonly unknown[]): boolean {
  return cells.every((cell) => typeof cell === 'string');
}
