import { z } from 'zod';
import { readingCopy } from '../../../reports/reading-copy.ts';
import { checklist } from '../../contracts/checklists.ts';
import type { Role } from '../../contracts/people.ts';
import { fault, language, madeFile } from '../../contracts/primitives.ts';
import { fileUnreadable, notFound } from '../../contracts/problems.ts';
import { parseCanonical, writeDocument } from '../../core/documents/documents.ts';
import type { Sheet } from '../../core/exchange/sheet.ts';
import { fromSpreadsheet } from '../../core/exchange/spreadsheet-read.ts';
import { toSpreadsheet } from '../../core/exchange/spreadsheet-write.ts';
import { fromXlsform } from '../../core/exchange/xlsform-read.ts';
import { toXlsform } from '../../core/exchange/xlsform-write.ts';
import { findDocument } from '../../db/documents.ts';
import { readWorkbook, writeWorkbook } from '../../io/workbooks.ts';
import { makePdf } from '../../render/pdf.ts';
import { defineComputed, defineOperation } from '../operation.ts';

/** Forms in which a checklist leaves the house. */
export const exportFormats = ['yaml', 'spreadsheet', 'xlsform', 'reading-copy'] as const;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const isManagement = (role: Role) => role !== 'auditor' && role !== 'dealer';

/**
 * A checklist as a file: the exact document, a workbook to edit, an XLSForm for phones, or pages to
 * read. Auditors and dealers get the reading copy only, without weights and points.
 */
export const exportChecklist = defineOperation({
  name: 'documents.export',
  summary: 'A checklist as YAML, workbook, XLSForm or reading copy',
  input: z.strictObject({
    id: z.string(),
    version: z.string(),
    format: z.enum(exportFormats),
    language: language.default('en'),
  }),
  output: madeFile,
  scope: 'network',
  writes: false,
  noted: true,
  logged: ['id', 'version', 'format'],
  refuses: [notFound],
  async act({ tx, grant }, { id, version, format, language: of }) {
    const row = await findDocument(tx, 'checklist', id, version);
    const mayHave =
      isManagement(grant.role) || (row?.state !== 'draft' && format === 'reading-copy');
    if (!row || !mayHave) throw notFound({ what: 'checklist', id: `${id} ${version}` });
    const written = JSON.parse(row.content) as Record<string, unknown>;
    const isAuditorCopy = !isManagement(grant.role);
    const name = `${id}-${version}`;
    const made = async (): Promise<readonly [bytes: Uint8Array, type: string, name: string]> => {
      switch (format) {
        case 'yaml':
          return [
            Buffer.from(writeDocument('checklist', written)),
            'application/yaml',
            `${name}.yaml`,
          ];
        case 'spreadsheet':
          return [await writeWorkbook(toSpreadsheet(written)), xlsx, `${name}.xlsx`];
        case 'xlsform':
          return [await writeXlsform(written), xlsx, `${name}-xlsform.xlsx`];
        case 'reading-copy': {
          const content = parseCanonical(row.content, checklist);
          const pages = readingCopy({ checklist: content, sha256: row.sha256, isAuditorCopy }, of);
          return [await makePdf(pages, of), 'application/pdf', `${name}-${of}.pdf`];
        }
      }
    };
    const [bytes, mediaType, fileName] = await made();
    return {
      bytes: Buffer.from(bytes).toString('base64'),
      mediaType,
      fileName,
      etag: `${row.sha256.slice(0, 32)}-${format}-${of}${isAuditorCopy ? '-auditor' : ''}`,
    };
  },
});

/** The form, with a sheet of what it holds otherwise than the checklist does. */
function writeXlsform(written: Record<string, unknown>): Promise<Uint8Array> {
  const { sheets, notes } = toXlsform(written);
  const rows = [['note'], ...notes.map((note) => [note])];
  return writeWorkbook(notes.length === 0 ? sheets : [...sheets, { name: 'notes', rows }]);
}

const converted = z.strictObject({
  source: z.string().describe('The draft as YAML, also where it has faults.'),
  faults: z.array(fault).describe('Why it cannot be stored yet; empty = it can.'),
  notes: z.array(z.string()).describe('What could not be carried over.'),
});

/** A workbook or an XLSForm as the YAML of a draft. Stores nothing. */
export const convertWorkbook = defineComputed({
  name: 'documents.convert',
  summary: 'Turn a workbook or an XLSForm into a checklist draft; stores nothing',
  input: z.strictObject({
    format: z.enum(['spreadsheet', 'xlsform']),
    file: z.base64().max(7_000_000).describe('The XLSX file.'),
  }),
  output: converted,
  scope: 'network',
  writes: false,
  refuses: [fileUnreadable],
  prepare: async (_, { format, file }) =>
    convert(format, await readWorkbook(Buffer.from(file, 'base64'))),
});

/** The same without a server, for the command line. */
export function convert(
  format: 'spreadsheet' | 'xlsform',
  sheets: readonly Sheet[],
): z.output<typeof converted> {
  if (format === 'spreadsheet') {
    const { raw, ...read } = fromSpreadsheet(sheets);
    return {
      source: writeDocument('checklist', raw),
      faults: read.ok ? [] : [...read.faults],
      notes: [],
    };
  }
  const { raw, read, notes } = fromXlsform(sheets);
  return {
    source: writeDocument('checklist', raw),
    faults: read.ok ? [] : [...read.faults],
    notes,
  };
}
