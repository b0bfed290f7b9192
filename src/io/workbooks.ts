import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { fileUnreadable } from '../contracts/problems.ts';

/** A sheet of plain cells, the header first. */
export interface PlainSheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

const limits = { bytes: 5_000_000, rows: 20_000, unpacked: 50_000_000 };
/** Bytes are equal on repeat: the file does not say when it was made. */
const epoch = new Date('2000-01-01T00:00:00Z');

/** An XLSX file: header frozen and bold, columns as wide as their content within bounds. */
export function writeWorkbook(sheets: readonly PlainSheet[]): Promise<Uint8Array> {
  return writeXlsx({
    properties: { created: epoch, modified: epoch, creator: 'omotenashi' },
    sheets: sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map((row) => [...row]),
      columns: (rows[0] ?? []).map((_, column) => ({
        width: Math.min(60, Math.max(8, ...rows.map((row) => String(row[column] ?? '').length))),
      })),
      freezePane: { rows: 1 },
    })),
  });
}

/**
 * The sheets of an XLSX file of a form's size; formulas count by their last value.
 * @throws file-unreadable where the bytes are no workbook, or a bomb
 */
export async function readWorkbook(bytes: Uint8Array): Promise<PlainSheet[]> {
  if (bytes.byteLength > limits.bytes) throw unreadable('a workbook has at most 5 MB');
  if (unpackedSize(bytes) > limits.unpacked) {
    throw unreadable('unpacked, a workbook has at most 50 MB');
  }
  const book = await readXlsx(bytes).catch((error: unknown) => {
    throw unreadable(`this is no readable workbook: ${(error as Error).message}`);
  });
  return book.sheets.map((sheet) => {
    if (sheet.rows.length > limits.rows) {
      throw unreadable(`the sheet "${sheet.name}" has more than ${limits.rows} rows`);
    }
    return { name: sheet.name, rows: sheet.rows.map((row) => row.map(toPlain)) };
  });
}

function toPlain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  return String(value);
}

/** What the archive's directory says that its files hold, before anything is unpacked. */
function unpackedSize(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entry = Buffer.from('PK\u0001\u0002', 'latin1');
  let sum = 0;
  for (let at = view.indexOf(entry); at >= 0; at = view.indexOf(entry, at + 4)) {
    if (at + 28 <= view.length) sum += view.readUInt32LE(at + 24);
  }
  return sum;
}

function unreadable(detail: string) {
  return fileUnreadable({ errors: [{ pointer: '', code: 'unreadable', detail }] });
}
