import type { Column } from '../contracts/imports.ts';
import { civilDate } from '../contracts/primitives.ts';

/** A cell read as its column says, or what is wrong with it. */
export type CellResult =
  | { readonly ok: true; readonly value: CellValue | undefined }
  | { readonly ok: false; readonly code: string; readonly detail: string };
export type CellValue = string | number | boolean | readonly string[] | Date;

/**
 * Reads one cell of a file, or one value of a JSON row. Empty cells are absent values.
 *
 * @param decimal the decimal sign of the file: a number written with the other one is refused,
 *   since "1,234" may mean either
 * @example readCell({ type: 'number', … }, '4,5', 'comma') // { ok: true, value: 4.5 }
 */
export function readCell(column: Column, raw: unknown, decimal: 'point' | 'comma'): CellResult {
  const value = typeof raw === 'string' ? raw.trim() : raw;
  if (value === undefined || value === null || value === '') {
    return column.required ? refuse('missing', 'a value is needed here') : accept(undefined);
  }
  switch (column.type) {
    case 'text':
      return readText(column, value);
    case 'number':
      return readNumber(column, value, decimal);
    case 'yes-no':
      if (value === true || /^(yes|true|1)$/i.test(String(value))) return accept(true);
      if (value === false || /^(no|false|0)$/i.test(String(value))) return accept(false);
      return refuse('type', `expected yes or no, not ${show(value)}`);
    case 'date': {
      const date = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
      return civilDate.safeParse(date).success
        ? accept(date)
        : refuse('date', `expected a date like 2026-02-28 that exists, not ${show(value)}`);
    }
    case 'instant':
      return readInstant(value);
    case 'one-of':
      return column.values.includes(String(value))
        ? accept(String(value))
        : refuse('range', `expected one of ${column.values.join(', ')}, not ${show(value)}`);
    case 'list':
      return accept(
        String(value)
          .split(/[\s,;]+/)
          .filter((each) => each !== ''),
      );
  }
}

function readText(column: Column & { type: 'text' }, value: unknown): CellResult {
  const text = value instanceof Date ? value.toISOString() : String(value);
  if (text.length > (column.max ?? 500)) return refuse('range', `at most ${column.max} characters`);
  const checked = column.pattern?.safeParse(text);
  if (checked && !checked.success) {
    return refuse('range', `${show(text)}: expected ${checked.error.issues[0]!.message}`);
  }
  return accept(text);
}

function readNumber(
  column: Column & { type: 'number' },
  value: unknown,
  decimal: 'point' | 'comma',
): CellResult {
  const { min = -Infinity, max = Infinity } = column;
  let x: number;
  if (typeof value === 'number') {
    x = value;
  } else {
    const text = String(value);
    const written = decimal === 'comma' ? /^[+-]?\d+(,\d+)?$/ : /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
    if (!written.test(text)) {
      const hint =
        /^[+-]?\d+,\d+$/.test(text) && decimal === 'point'
          ? ' (for decimal commas say so by the option "decimal")'
          : '';
      return refuse(
        'type',
        `expected a number with a decimal ${decimal}, not ${show(text)}${hint}`,
      );
    }
    x = Number(text.replace(',', '.'));
  }
  if (!Number.isFinite(x)) return refuse('type', `expected a number, not ${show(value)}`);
  if (column.whole && !Number.isInteger(x))
    return refuse('type', `expected a whole number, not ${show(value)}`);
  return x >= min && x <= max ? accept(x) : refuse('range', `expected ${min} to ${max}, not ${x}`);
}

function readInstant(value: unknown): CellResult {
  if (value instanceof Date) return accept(value);
  const text = String(value);
  const isWritten = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(
    text,
  );
  const date = new Date(text);
  const exists =
    isWritten && civilDate.safeParse(text.slice(0, 10)).success && !Number.isNaN(date.getTime());
  return exists
    ? accept(date)
    : refuse('date', `expected a time like 2026-03-01T10:15:00+01:00, not ${show(value)}`);
}

function accept(value: CellValue | undefined): CellResult {
  return { ok: true, value };
}

function refuse(code: string, detail: string): CellResult {
  return { ok: false, code, detail };
}

/** A value as it may stand in a message: short, in quotes. */
function show(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
