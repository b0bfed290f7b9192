import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';
import { fileUnreadable } from '../contracts/problems.ts';

/** One row of a table file: its line (or sheet row) from 1, and its cells in the header's order. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly unknown[];
}

export interface TableOptions {
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
}

const maxXlsxBytes = 100_000_000;
const maxCellLength = 100_000;

/**
 * The rows of a CSV (plain or gzip) or XLSX file, header first, as a stream in bounded memory.
 *
 * @throws file-unreadable with the line where the bytes are not what they claim to be
 */
export async function* readTable(
  path: string,
  options: TableOptions = {},
): AsyncGenerator<TableRow> {
  await assertReadable(path);
  if (/\.xlsx$/i.test(path)) yield* readXlsx(path);
  else yield* readCsv(path, options);
}

async function assertReadable(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw unreadable(`${path}: ${found.code === 'ENOENT' ? 'there is no such file' : found.code}`);
  if (!found.isFile()) throw unreadable(`${path} is no file`);
  if (found.size === 0) throw unreadable(`${path} is empty`);
}

async function* readCsv(path: string, options: TableOptions): AsyncGenerator<TableRow> {
  const head = await firstBytes(path).catch((error: unknown) => {
    throw csvProblem(error, 1);
  });
  const encoding = options.encoding ?? encodingOf(head) ?? 'utf-8';
  const delimiter = options.delimiter ?? delimiterOf(new TextDecoder(encoding).decode(head));
  const bytes = createReadStream(path);
  const unzipped = isGzip(path) ? bytes.pipe(createGunzip()) : bytes;
  const parser = parse({
    delimiter,
    info: true,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxCellLength * 10,
  });
  const text = decodeStrictly(encoding);
  for (const stage of [bytes, unzipped, text]) {
    stage.on('error', (error: Error) => parser.destroy(error));
  }
  unzipped.pipe(text).pipe(parser);
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      yield { line, cells: record };
      line = info.lines + 1;
    }
  } catch (error) {
    throw csvProblem(error, line);
  } finally {
    bytes.destroy();
  }
}

/** Decodes bytes to UTF-8 text and fails with the line of the first byte that does not fit. */
function decodeStrictly(encoding: string): Transform {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      try {
        const text = decoder.decode(chunk, { stream: true });
        lines += text.split('\n').length - 1;
        done(null, text);
      } catch {
        done(new Undecodable(lines + linesBeforeFault(chunk, encoding), encoding));
      }
    },
    flush(done) {
      try {
        done(null, decoder.decode());
      } catch {
        done(new Undecodable(lines, encoding));
      }
    },
  });
}

class Undecodable extends Error {
  readonly line: number;
  constructor(line: number, encoding: string) {
    super(`not valid ${encoding}; name the encoding of the file, for example iso-8859-2`);
    this.line = line;
  }
}

function linesBeforeFault(chunk: Buffer, encoding: string): number {
  let line = 0;
  let start = 0;
  for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(chunk.subarray(start, end));
    } catch {
      return line;
    }
    line += 1;
    start = end + 1;
  }
  return line;
}

function csvProblem(error: unknown, line: number) {
  if (error instanceof Undecodable) return unreadable(error.message, error.line, 'encoding');
  const known = error as { code?: string; lines?: number; message: string };
  if (known.code && /^(CSV_|INVALID_OPENING_QUOTE)/.test(known.code))
    return unreadable(known.message, known.lines ?? line, 'malformed');
  if (known.code?.startsWith('Z_'))
    return unreadable(`the gzip data is broken (${known.code})`, line, 'malformed');
  return error;
}

async function* readXlsx(path: string): AsyncGenerator<TableRow> {
  const { size } = await stat(path);
  if (size > maxXlsxBytes)
    throw unreadable(`an XLSX file has at most ${maxXlsxBytes / 1e6} MB; use CSV`);
  const bytes = await readFile(path);
  try {
    for await (const row of streamXlsxRows(bytes)) {
      const { index, values } = row as { index: number; values: unknown[] };
      if (values.every((value) => value === null || value === '')) continue;
      yield { line: index + 1, cells: values };
    }
  } catch (error) {
    throw unreadable(`this is no readable XLSX file (${(error as Error).message})`);
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  if (isGzip(path)) {
    for await (const chunk of createReadStream(path).pipe(createGunzip())) {
      return (chunk as Buffer).subarray(0, 65_536);
    }
    return Buffer.alloc(0);
  }
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function encodingOf(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** The delimiter that stands most often in the header line, outside quotes. */
function delimiterOf(head: string): string {
  const header = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((sign) => [header.split(sign).length, sign] as const);
  return counts.reduce((best, next) => (next[0] > best[0] ? next : best))[1];
}

function isGzip(path: string): boolean {
  return /\.gz$/i.test(path);
}

function unreadable(detail: string, line?: number, code = 'unreadable') {
  return fileUnreadable({ errors: [{ pointer: '', code, detail, ...(line ? { line } : {}) }] });
}

/** Rows of a JSON array as a table, so that both doors share one path. */
export async function* tableOfRows(
  rows: readonly Readonly<Record<string, unknown>>[],
): AsyncGenerator<TableRow> {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  yield { line: 0, cells: header };
  for (const [index, row] of rows.entries()) {
    yield { line: index + 1, cells: header.map((key) => row[key]) };
  }
}
