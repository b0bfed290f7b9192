import { importColumns } from '../../../contracts/imports.ts';
import { inputRefused } from '../../../contracts/problems.ts';
import { checkAnswers } from '../../../core/audits/answers.ts';
import { compileQuestionnaire } from '../../../core/indices/responses.ts';
import { tenureBandOf } from '../../../core/indices/tenure.ts';
import { staffIds, upsertStaff } from '../../../db/imports.ts';
import { dealerIds } from '../../../db/network.ts';
import {
  type DealerMonth,
  markDirty,
  type ResponseImport,
  upsertResponses,
} from '../../../db/responses.ts';
import { measureAnswers } from '../../responses/measure.ts';
import { type Importer, type OpenImporter, unknownDealer } from '../importer.ts';
import { answerColumns, answersOf, checklistOf } from './answers.ts';
import { createDealers } from './network.ts';

/** A response with the codes of whom it is about, until their ids are known. */
interface Resolved extends Omit<ResponseImport, 'dealer_id' | 'staff_id'> {
  readonly dealer: string;
  readonly staff: string | null;
}

/** Customer responses under one questionnaire. */
export const openResponses: OpenImporter = async (act, options) => {
  const { tx, market, now } = act;
  const version = await checklistOf(act, options);
  if (version.checklist.kind !== 'survey') {
    throw inputRefused({
      errors: [{ pointer: '/checklist', code: 'kind', detail: 'responses belong to a survey' }],
    });
  }
  const create = options.mapping?.createMissing ?? false;
  const questionnaire = compileQuestionnaire(version.checklist);
  const items = [...version.items.values()];
  const dealers = await dealerIds(tx, market.id);
  const staff = await staffIds(tx, market.id);
  const stale = new Map<string, DealerMonth>();

  const importer: Importer<Resolved> = {
    columns: [...importColumns.responses, ...answerColumns(version.checklist)],
    key: (row) =>
      row['reference'] === undefined
        ? undefined
        : `${row['dealer']} ${row['reference']} ${row['staff'] ?? ''}`,
    resolve(row) {
      const dealer = String(row['dealer']);
      const member = row['staff'] === undefined ? null : String(row['staff']);
      const dealerId = dealers.get(dealer);
      if (!create && dealerId === undefined) return [unknownDealer('dealer', dealer)];
      if (!create && member !== null && !staff.has(`${dealerId}/${member}`)) {
        return [
          {
            column: 'staff',
            code: 'unknown',
            detail: `dealer ${dealer} has no staff member "${member}"`,
          },
        ];
      }
      const touchpoint = row['touchpoint'] ?? version.checklist.touchpoint;
      if (touchpoint === undefined) {
        return [
          {
            column: 'touchpoint',
            code: 'missing',
            detail: 'this questionnaire has none of its own',
          },
        ];
      }
      const answers = answersOf(items, row);
      const faults = checkAnswers(version, answers).filter((fault) => fault.code !== 'missing');
      if (faults.length > 0) {
        return faults.map((fault) => ({
          column: fault.pointer.split('/')[2] ?? '',
          code: fault.code,
          detail: fault.detail,
        }));
      }
      return {
        dealer,
        staff: member,
        touchpoint: String(touchpoint),
        visit_date: String(row['visit_date']),
        reference: (row['reference'] as string | undefined) ?? null,
        tenure_band: tenureBandOf(row['customer_years'] as number | undefined),
        answered_at: (row['answered_at'] as Date | undefined)?.toISOString() ?? null,
        device:
          row['device'] === undefined
            ? null
            : act.context.keys.codeOf(market.code, 'device', String(row['device'])),
        ...measureAnswers(version, questionnaire, answers),
      };
    },
    async store(rows) {
      if (create) await createMissing(rows);
      const ready = rows.map(({ dealer, staff: member, ...row }) => {
        const dealer_id = dealers.get(dealer)!;
        return {
          ...row,
          dealer_id,
          staff_id: member === null ? null : staff.get(`${dealer_id}/${member}`)!,
        };
      });
      const result = await upsertResponses(tx, market.id, version.row.number, ready, now);
      for (const key of result.stale) stale.set(`${key.dealerId}/${key.month}`, key);
      return result.stored;
    },
    finish: () => markDirty(tx, market.id, [...stale.values()]),
  };

  async function createMissing(rows: readonly Resolved[]): Promise<void> {
    await createDealers(tx, market.id, dealers, rows);
    const newStaff = new Map<
      string,
      { dealer_id: number; code: string; role: string; name: null }
    >();
    for (const row of rows) {
      const dealer_id = dealers.get(row.dealer)!;
      if (row.staff === null || staff.has(`${dealer_id}/${row.staff}`)) continue;
      newStaff.set(`${dealer_id}/${row.staff}`, {
        dealer_id,
        code: row.staff,
        role: 'staff',
        name: null,
      });
    }
    if (newStaff.size === 0) return;
    await upsertStaff(tx, market.id, [...newStaff.values()]);
    for (const [key, id] of await staffIds(tx, market.id)) staff.set(key, id);
  }
  return importer as Importer<never>;
};
