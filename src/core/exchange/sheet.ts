/** A cell of a spreadsheet as the product writes and reads it; dates never occur in a checklist. */
export type Cell = string | number | boolean | null;

/** A sheet: its name and its rows, the header first. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A row below the header: its cells by column name, and where it stands. */
export interface SheetRow {
  readonly row: number;
  readonly cells: ReadonlyMap<string, { readonly value: Cell; readonly cell: string }>;
}

/** `A1`-style name of a cell, with its sheet. @example cellName('items', 7, 11) // 'items!H12' */
export function cellName(sheet: string, column: number, row: number): string {
  let letters = '';
  for (let n = column; n >= 0; n = Math.floor(n / 26) - 1) {
    letters = String.fromCharCode(65 + (n % 26)) + letters;
  }
  return `${sheet}!${letters}${row + 1}`;
}

/** The rows below the header that hold anything, cells without content left out. */
export function readRows(sheet: Sheet): SheetRow[] {
  const [header = [], ...rows] = sheet.rows;
  return rows.flatMap((cells, index) => {
    const named = new Map<string, { value: Cell; cell: string }>();
    for (const [column, name] of header.entries()) {
      const value = cells[column] ?? null;
      if (name === null || value === null || String(value).trim() === '') continue;
      named.set(String(name).trim(), { value, cell: cellName(sheet.name, column, index + 1) });
    }
    return named.size > 0 ? [{ row: index + 2, cells: named }] : [];
  });
}

/** A sheet from records: the columns in the given order, those that no record fills left out. */
export function writeSheet(
  name: string,
  columns: readonly string[],
  records: readonly Readonly<Record<string, Cell | undefined>>[],
): Sheet {
  const used = columns.filter((column) => records.some((each) => (each[column] ?? null) !== null));
  return {
    name,
    rows: [[...used], ...records.map((each) => used.map((column) => each[column] ?? null))],
  };
}

/** What stands in a row's column; `undefined` where nothing does, or the row is not there. */
export function cellOf(row: SheetRow | undefined, column: string): Cell | undefined {
  return row?.cells.get(column)?.value;
}
