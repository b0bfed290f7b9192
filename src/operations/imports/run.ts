import { z } from 'zod';
import {
  type ImportKind,
  importColumns,
  importFileOptions,
  importOptions,
  importReport,
  importRows,
} from '../../contracts/imports.ts';
import { civilDate } from '../../contracts/primitives.ts';
import {
  fileUnreadable,
  importRefused,
  inputRefused,
  notFound,
  roleNeeded,
} from '../../contracts/problems.ts';
import { upsertMarkets } from '../../db/markets.ts';
import { readTable, type TableRow, tableOfRows } from '../../io/tables.ts';
import { type Act, defineOperation } from '../operation.ts';
import type { Importer, OpenImporter } from './importer.ts';
import { openAudits } from './kinds/audits.ts';
import {
  openComplaints,
  openDealers,
  openFigures,
  openPastDecisions,
  openRepairs,
  openStaff,
} from './kinds/network.ts';
import { openResponses } from './kinds/responses.ts';
import { type ImportOptions, importTable } from './pipeline.ts';

const openers: Record<Exclude<ImportKind, 'markets'>, OpenImporter> = {
  dealers: openDealers,
  staff: openStaff,
  figures: openFigures,
  complaints: openComplaints,
  repairs: openRepairs,
  decisions: openPastDecisions,
  responses: openResponses,
  audits: openAudits,
};

const shared = {
  output: importReport,
  writes: true,
  logged: ['kind', 'checklist'],
  refuses: [importRefused, fileUnreadable, inputRefused, notFound],
} as const;

const kind = z.enum(Object.keys(openers) as [keyof typeof openers]);

/** Rows of a file on this machine, into one market. The HTTP door puts an upload into such a file. */
export const importFile = defineOperation({
  ...shared,
  name: 'imports.file',
  summary: 'Import a CSV or XLSX file',
  input: z.strictObject({
    market: z.string(),
    path: z.string(),
    ...importOptions,
    ...importFileOptions,
    kind,
  }),
  scope: 'market',
  act: (act, input) => runImport(act, input, readTable(input.path, input)),
});

/** The same rows as JSON. */
export const importJson = defineOperation({
  ...shared,
  name: 'imports.rows',
  summary: 'Import rows as JSON',
  input: z.strictObject({ market: z.string(), ...importOptions, kind, rows: importRows }),
  scope: 'market',
  act: (act, input) => runImport(act, input, tableOfRows(input.rows)),
});

async function runImport(
  act: Act,
  options: ImportOptions & { readonly kind: keyof typeof openers },
  table: AsyncIterable<TableRow>,
) {
  // Administrators keep master data; evidence and scores are not theirs (model.md).
  const isMaster = options.kind === 'dealers' || options.kind === 'staff';
  if (act.grant.role === 'administrator' && act.actor.code !== 'system' && !isMaster) {
    throw roleNeeded({ operation: 'imports', roles: ['market-manager'] });
  }
  const importer = await openers[options.kind](act, options);
  return importTable(act, importer, table, options);
}

/** Markets themselves, from a file or rows; the network's own import. */
export const importMarkets = defineOperation({
  ...shared,
  name: 'imports.markets',
  summary: 'Import markets from a file on this machine or as JSON rows',
  input: z.strictObject({
    path: z.string().optional(),
    rows: importRows.optional(),
    ...importFileOptions,
    dryRun: z.boolean().default(false),
  }),
  scope: 'network',
  logged: [],
  async act(act, input) {
    const table = input.rows ? tableOfRows(input.rows) : readTable(input.path ?? '', input);
    return importTable(act, marketImporter(act), table, {
      ...input,
      kind: 'markets',
      skipFaulty: false,
    });
  },
});

const languageCode = z.string().regex(/^[a-z]{2,3}$/);

/** What stands in a list and is none of what it holds. */
function faultsOfList(
  row: Readonly<Record<string, unknown>>,
  column: string,
  shape: z.ZodType<string>,
  expected: string,
) {
  const wrong = ((row[column] as string[] | undefined) ?? []).filter(
    (each) => !shape.safeParse(each).success,
  );
  if (wrong.length === 0) return [];
  return [{ column, code: 'type', detail: `expected ${expected}, not ${wrong.join(', ')}` }];
}

type MarketImport = Parameters<typeof upsertMarkets>[1][number];

function marketImporter({ tx }: Act): Importer<never> {
  const importer: Importer<MarketImport> = {
    columns: importColumns.markets,
    key: (row) => String(row['code']),
    resolve(row) {
      const weekend = ((row['weekend'] as string[] | undefined) ?? ['6', '7']).map(Number);
      if (weekend.some((day) => !(day >= 1 && day <= 7)) || new Set(weekend).size > 6) {
        return [
          {
            column: 'weekend',
            code: 'range',
            detail: 'days from 1 (Monday) to 7, not all of them',
          },
        ];
      }
      const faults = [
        ...faultsOfList(row, 'languages', languageCode, 'codes such as pl or en'),
        ...faultsOfList(row, 'holidays', civilDate, 'dates such as 2026-01-01'),
        ...faultsOfList(row, 'extra_working_days', civilDate, 'dates such as 2026-01-10'),
      ];
      if (faults.length > 0) return faults;
      return {
        code: String(row['code']),
        names: { en: String(row['name']) },
        languages: (row['languages'] as string[] | undefined) ?? ['en'],
        timeZone: String(row['time_zone']),
        calendar: {
          weekend,
          holidays: (row['holidays'] as string[] | undefined) ?? [],
          extraWorkingDays: (row['extra_working_days'] as string[] | undefined) ?? [],
        },
        staffNamed: (row['staff_named'] as boolean | undefined) ?? false,
        appealDays: (row['appeal_days'] as number | undefined) ?? 14,
      };
    },
    async store(rows) {
      return (await upsertMarkets(tx, rows)).length;
    },
  };
  return importer as Importer<never>;
}
