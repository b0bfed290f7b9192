import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { fileUnreadable } from '../contracts/problems.ts';

/** A sheet of plain cells, the header first. */
export interface PlainSheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

const limits = { bytes: 5_000_000, rows: 3_000, cell: 32_767, unpacked: 50_000_000 };
/** The sheets of our workbook and of an XLSForm; others are not even unpacked. */
const sheetNames = ['checklist', 'sections', 'items', 'options', 'survey', 'choices', 'settings'];
/** Column DP, the 120th. */
const lastColumn = 'DP';
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
  const book = await readXlsx(bytes, {
    sheets: (info) => sheetNames.includes(info.name.toLowerCase()),
    range: `A1:${lastColumn}${limits.rows + 1}`,
  }).catch((error: unknown) => {
    throw unreadable(`this is no readable workbook: ${(error as Error).message}`);
  });
  return book.sheets.map((sheet) => {
    if (sheet.rows.length > limits.rows) {
      throw unreadable(`the sheet "${sheet.name}" has more than ${limits.rows} rows`);
    }
    const rows = sheet.rows.map((row) => row.map(toPlain));
    for (const [r, row] of rows.entries()) {
      const long = row.findIndex((cell) => String(cell).length > (r === 0 ? 100 : limits.cell));
      if (long >= 0) throw unreadable(`a cell in row ${r + 1} of "${sheet.name}" is too long`);
    }
    return { name: sheet.name.toLowerCase(), rows };
  });
}

function toPlain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  return String(value);
}

/** What the archive's directory says that its files hold; infinite where it hides that. */
function unpackedSize(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entry = Buffer.from('PK\u0001\u0002', 'latin1');
  let sum = 0;
  for (let at = view.indexOf(entry); at >= 0; at = view.indexOf(entry, at + 4)) {
    if (at + 28 > view.length) continue;
    const [packed, unpacked] = [view.readUInt32LE(at + 20), view.readUInt32LE(at + 24)];
    // Deflate packs at most about 1,032 to 1.
    if (unpacked < packed / 2 || (packed > 0 && unpacked === 0)) return Number.POSITIVE_INFINITY;
    sum += unpacked;
  }
  return sum;
}

function unreadable(detail: string) {
  return fileUnreadable({ errors: [{ pointer: '', code: 'unreadable', detail }] });
}
