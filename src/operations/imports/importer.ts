import type { Column, ImportMapping } from '../../contracts/imports.ts';
import type { CellValue } from '../../core/import-cells.ts';
import type { Act } from '../operation.ts';

/** A row whose cells were read: by column name; absent cells are absent. */
export type ImportRow = Readonly<Record<string, CellValue | undefined>>;

/** A fault of one row: the column, if one, and what is wrong. */
export interface RowFault {
  readonly column?: string;
  readonly code: string;
  readonly detail: string;
}

/** What one kind of import knows; the pipeline around is the same for all. */
export interface Importer<Resolved = unknown> {
  readonly columns: readonly Column[];
  /** What makes a row the same as another inside the file; `undefined` = never. */
  key(row: ImportRow): string | undefined;
  /** Looks codes up. Returns what is to be stored, or faults. */
  resolve(row: ImportRow): Resolved | readonly RowFault[];
  /** Upserts a chunk; counts rows that were new or changed. */
  store(rows: readonly Resolved[]): Promise<number>;
  /** After the last chunk, in the same transaction. */
  finish?(): Promise<void>;
}

export interface ImporterOptions {
  readonly checklist?: string | undefined;
  readonly version?: string | undefined;
  readonly mapping?: ImportMapping | undefined;
}

export type OpenImporter = (act: Act, options: ImporterOptions) => Promise<Importer<never>>;

export function isFaults(result: unknown): result is readonly RowFault[] {
  return Array.isArray(result);
}

export function unknownDealer(column: string, code: unknown): RowFault {
  return { column, code: 'unknown', detail: `there is no dealer "${String(code)}" in this market` };
}
