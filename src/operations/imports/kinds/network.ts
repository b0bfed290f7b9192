import { createHash } from 'node:crypto';
import { importColumns } from '../../../contracts/imports.ts';
import { parsePeriod } from '../../../core/periods.ts';
import type { Transaction } from '../../../db/database.ts';
import {
  type AttributeImport,
  type ComplaintImport,
  type DealerImport,
  ensureGroups,
  type FigureImport,
  type RepairImport,
  type StaffImport,
  upsertAttributes,
  upsertComplaints,
  upsertDealers,
  upsertFigures,
  upsertPastDecisions,
  upsertRepairs,
  upsertStaff,
} from '../../../db/imports.ts';
import { dealerIds } from '../../../db/network.ts';
import {
  type Importer,
  type ImportRow,
  type OpenImporter,
  type RowFault,
  unknownDealer,
} from '../importer.ts';

const text = (row: ImportRow, name: string) => (row[name] as string | undefined) ?? null;
const flag = (row: ImportRow, name: string) => (row[name] as boolean | undefined) ?? null;
const time = (row: ImportRow, name: string) =>
  (row[name] as Date | undefined)?.toISOString() ?? null;

/** Dealers with what they are from a date on. */
export const openDealers: OpenImporter = async ({ tx, market, now }) => {
  const attributes = ['region', 'site_type', 'size_band', 'group', 'five_star'];
  const importer: Importer<{ dealer: DealerImport; at: AttributeImport | undefined }> = {
    columns: importColumns.dealers,
    key: (row) => `${row['code']} ${row['valid_from'] ?? ''}`,
    resolve(row) {
      const opened = text(row, 'opened');
      const closed = text(row, 'closed');
      if (opened && closed && closed <= opened) {
        return [{ column: 'closed', code: 'range', detail: 'a house closes after it opens' }];
      }
      const dealer = {
        code: String(row['code']),
        name: String(row['name']),
        town: text(row, 'town') ?? '',
        time_zone: text(row, 'time_zone'),
        opened_on: opened,
        closed_on: closed,
      };
      if (!attributes.some((name) => row[name] !== undefined)) return { dealer, at: undefined };
      const at = {
        dealer: dealer.code,
        valid_from: text(row, 'valid_from') ?? opened ?? now.toISOString().slice(0, 10),
        region: text(row, 'region'),
        site_type: text(row, 'site_type'),
        size_band: text(row, 'size_band'),
        group_code: text(row, 'group'),
        five_star: flag(row, 'five_star'),
      };
      return { dealer, at };
    },
    async store(rows) {
      const at = rows.flatMap((row) => (row.at ? [row.at] : []));
      const groups = new Set(at.flatMap((row) => (row.group_code ? [row.group_code] : [])));
      if (groups.size > 0) await ensureGroups(tx, [...groups]);
      // A dealer may stand in several rows, one for each date from which something holds.
      const dealers = [...new Map(rows.map((row) => [row.dealer.code, row.dealer])).values()];
      const stored = await upsertDealers(tx, market.id, dealers);
      return Math.min(rows.length, Math.max(stored, await upsertAttributes(tx, market.id, at)));
    },
  };
  return importer as Importer<never>;
};

/** Builds the importer of a kind whose rows belong to a dealer. */
async function openOfDealer<Row>(
  act: Parameters<OpenImporter>[0],
  kind: 'staff' | 'figures' | 'complaints' | 'repairs' | 'decisions',
  rest: {
    key: (row: ImportRow) => string;
    resolve: (
      row: ImportRow,
      dealerId: number,
      dealers: ReadonlyMap<string, number>,
    ) => Row | RowFault[];
    store: (rows: readonly Row[]) => Promise<number>;
  },
): Promise<Importer<never>> {
  const dealers = await dealerIds(act.tx, act.market.id);
  const importer: Importer<Row> = {
    columns: importColumns[kind],
    key: rest.key,
    resolve(row) {
      const dealerId = dealers.get(String(row['dealer']));
      return dealerId === undefined
        ? [unknownDealer('dealer', row['dealer'])]
        : rest.resolve(row, dealerId, dealers);
    },
    store: rest.store,
  };
  return importer as Importer<never>;
}

export const openStaff: OpenImporter = (act) =>
  openOfDealer<StaffImport>(act, 'staff', {
    key: (row) => `${row['dealer']} ${row['code']}`,
    resolve(row, dealer_id) {
      if (row['name'] !== undefined && !act.market.staffNamed) {
        return [{ column: 'name', code: 'privacy', detail: 'staff are not named in this market' }];
      }
      return {
        dealer_id,
        code: String(row['code']),
        role: String(row['role']),
        name: text(row, 'name'),
      };
    },
    store: (rows) => upsertStaff(act.tx, act.market.id, rows),
  });

export const openFigures: OpenImporter = (act) =>
  openOfDealer<FigureImport>(act, 'figures', {
    key: (row) => `${row['dealer']} ${row['measure']} ${row['period']}`,
    resolve(row, dealer_id) {
      const kind = String(row['kind']);
      if ((kind === 'amount') !== (row['currency'] !== undefined)) {
        return [
          {
            column: 'currency',
            code: 'currency',
            detail: 'an amount has a currency, other figures have none',
          },
        ];
      }
      const period = parsePeriod(String(row['period']));
      return {
        dealer_id,
        measure: String(row['measure']),
        period_from: period.from,
        period_to: period.to,
        kind,
        value: row['value'] as number,
        target: (row['target'] as number | undefined) ?? null,
        currency: text(row, 'currency'),
        supplied_by: String(row['supplied_by']),
      };
    },
    store: (rows) => upsertFigures(act.tx, act.market.id, rows, act.now),
  });

export const openComplaints: OpenImporter = (act) =>
  openOfDealer<ComplaintImport>(act, 'complaints', {
    key: (row) => String(row['code']),
    resolve(row, dealer_id, dealers) {
      const concerned = row['concerned_dealer'] ?? row['dealer'];
      const concerned_dealer_id = dealers.get(String(concerned));
      if (concerned_dealer_id === undefined) return [unknownDealer('concerned_dealer', concerned)];
      const received = row['received_at'] as Date;
      const early = [
        'acknowledged_at',
        'answered_at',
        'solved_at',
        'closed_at',
        'reopened_at',
      ].filter((name) => row[name] !== undefined && (row[name] as Date) < received);
      if (early.length > 0) {
        return early.map((column) => ({
          column,
          code: 'order',
          detail: 'lies before the receipt',
        }));
      }
      const code = String(row['code']);
      return {
        id: uuidOf(act.market.code, 'complaint', code),
        code,
        dealer_id,
        concerned_dealer_id,
        touchpoint: String(row['touchpoint']),
        category: String(row['category']),
        channel: String(row['channel']),
        escalated: flag(row, 'escalated') ?? false,
        severity: text(row, 'severity') ?? 'medium',
        received_at: received.toISOString(),
        acknowledged_at: time(row, 'acknowledged_at'),
        answered_at: time(row, 'answered_at'),
        solved_at: time(row, 'solved_at'),
        closed_at: time(row, 'closed_at'),
        reopened_at: time(row, 'reopened_at'),
        outcome: text(row, 'outcome'),
        accepted: flag(row, 'accepted'),
        cause: text(row, 'cause'),
        customer: text(row, 'customer'),
      };
    },
    store: (rows) => upsertComplaints(act.tx, act.market.id, rows),
  });

export const openRepairs: OpenImporter = (act) =>
  openOfDealer<RepairImport>(act, 'repairs', {
    key: (row) => String(row['code']),
    resolve(row, dealer_id) {
      const opened = String(row['opened']);
      const early = ['closed', 'contacted'].filter(
        (name) => row[name] !== undefined && String(row[name]) < opened,
      );
      if (early.length > 0) {
        return early.map((column) => ({
          column,
          code: 'order',
          detail: 'lies before the opening',
        }));
      }
      const code = String(row['code']);
      return {
        id: uuidOf(act.market.code, 'repair', code),
        code,
        dealer_id,
        vehicle: act.context.keys.codeOf(act.market.code, 'vehicle', String(row['vehicle'])),
        kind: text(row, 'kind') ?? 'repair',
        concern: String(row['concern']),
        opened_on: opened,
        closed_on: text(row, 'closed'),
        contacted_on: text(row, 'contacted'),
        contact_refused: flag(row, 'contact_refused') ?? false,
      };
    },
    store: (rows) => upsertRepairs(act.tx, act.market.id, rows),
  });

export const openPastDecisions: OpenImporter = (act) =>
  openOfDealer(act, 'decisions', {
    key: (row) => `${row['programme']} ${row['period']} ${row['dealer']}`,
    resolve: (row, dealer_id) => ({
      programme: String(row['programme']),
      period: String(row['period']),
      dealer_id,
      award: String(row['award']),
    }),
    store: (rows) => upsertPastDecisions(act.tx, act.market.id, rows),
  });

/** Makes the dealers that rows name and nobody knows, by their code alone, and adds them to those known. */
export async function createDealers(
  tx: Transaction,
  marketId: number,
  known: Map<string, number>,
  rows: readonly { readonly dealer: string }[],
): Promise<void> {
  const missing = [...new Set(rows.map((row) => row.dealer))].filter((code) => !known.has(code));
  if (missing.length === 0) return;
  const blank = { town: '', time_zone: null, opened_on: null, closed_on: null };
  await upsertDealers(
    tx,
    marketId,
    missing.map((code) => ({ code, name: code, ...blank })),
  );
  for (const [code, id] of await dealerIds(tx, marketId)) known.set(code, id);
}

/** A UUID made of a code, the same every time: a second import of a code meets the first. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000')).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
