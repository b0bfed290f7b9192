import { toMicro } from '../../core/audits/scoring.ts';
import {
  type Cell,
  type FoldRow,
  foldBlock,
  packBlock,
  unpackBlock,
} from '../../core/indices/cells.ts';
import { compileQuestionnaire, scoreResponse } from '../../core/indices/responses.ts';
import type { Period } from '../../core/periods.ts';
import { monthOf, nextMonth, splitMonths } from '../../core/periods.ts';
import { type CellKey, readBlocks, readCells, type StoredBlock } from '../../db/cells.ts';
import { listVersions } from '../../db/documents.ts';
import { type EarlierContent, listDirty, listEarlierContents } from '../../db/responses.ts';
import { compiled } from '../directory.ts';
import type { Act } from '../operation.ts';
import { foldDealerMonth } from '../responses/refold.ts';

/** A cell with its key; staff id 0 is the dealer as a whole. */
export interface SurveyCell extends CellKey {
  readonly staffId: number;
  readonly cell: Cell;
}

export interface SurveyQuery {
  /** Survey checklist; all its versions count. */
  readonly checklist: string;
  readonly period: Period;
  readonly level: 'whole' | 'staff';
  readonly dealerId?: number | undefined;
  /** What came in later does not count: an amended response counts as it was at that time. */
  readonly receivedUntil?: Date | undefined;
  /** Is given every response that counts, beside the sums. */
  readonly collect?: ((dealerId: number, row: FoldRow) => void) | undefined;
  /** Other weights than the questionnaire's, by factor. */
  readonly factorWeights?: Readonly<Record<string, number>> | undefined;
}

/**
 * Exact sums over the responses of a period. Whole months come from cells, months that the period
 * cuts from packed blocks; dealer-months that are stale or hold late responses are folded from the
 * rows, without storing (a read writes nothing). Other weights are applied to the blocks.
 * @see speed.md, section 2
 */
export async function readSurveyCells(act: Act, query: SurveyQuery): Promise<SurveyCell[]> {
  const { tx, market } = act;
  const versions = await listVersions(tx, 'checklist', query.checklist);
  const documents = versions.map((version) => version.number);
  const span = { from: monthOf(query.period.from), to: nextMonth(monthOf(lastDay(query.period))) };
  const filter = { documents, dealerId: query.dealerId, ...span };
  const { cut } = splitMonths(query.period);
  const isCut = new Set(cut);
  const fromRows = new Map<string, { dealerId: number; month: string }>();
  for (const key of await listDirty(tx, market.id)) {
    const isOurs = query.dealerId === undefined || key.dealerId === query.dealerId;
    if (isOurs && key.month >= span.from && key.month < span.to) {
      fromRows.set(`${key.dealerId}/${key.month}`, key);
    }
  }
  const stored = await readCells(tx, market.id, { ...filter, level: query.level });
  const until = query.receivedUntil?.toISOString();
  for (const { dealerId, month, lastReceivedAt } of stored) {
    if (until !== undefined && lastReceivedAt > until)
      fromRows.set(`${dealerId}/${month}`, { dealerId, month });
  }
  const earlier = new Map<string, EarlierContent[]>();
  if (query.receivedUntil && query.receivedUntil < act.now) {
    for (const content of await listEarlierContents(tx, market.id, query.receivedUntil)) {
      const { dealerId } = content;
      const month = monthOf(content.visitDate);
      if (query.dealerId !== undefined && dealerId !== query.dealerId) continue;
      if (month < span.from || month >= span.to) continue;
      const key = `${dealerId}/${month}`;
      fromRows.set(key, { dealerId, month });
      earlier.set(key, [...(earlier.get(key) ?? []), content]);
    }
  }
  const isFresh = ({ dealerId, month }: CellKey) => !fromRows.has(`${dealerId}/${month}`);
  const reweigh = reweighing(act, versions, query.factorWeights);
  const result: SurveyCell[] = [];
  const addBlock = (block: StoredBlock) => {
    const keep = dayFilter(block.month, query.period);
    const { bytes, itemCount, ...key } = reweigh(block);
    if (query.collect) {
      for (const row of unpackBlock(bytes, itemCount)) {
        if (!keep || keep(row.day)) query.collect(key.dealerId, row);
      }
    }
    for (const [staffId, cell] of foldBlock(bytes, itemCount, keep)) {
      if ((staffId === 0) === (query.level === 'whole') && cell.responses > 0) {
        result.push({ ...key, staffId, cell });
      }
    }
  };
  // Sums alone come from cells; other weights, and the responses themselves, from all the blocks.
  const needsBlocks = query.factorWeights !== undefined || query.collect !== undefined;
  if (!needsBlocks) {
    for (const { lastReceivedAt: _, ...cell } of stored) {
      if (isFresh(cell) && !isCut.has(cell.month)) result.push(cell);
    }
  }
  const months = needsBlocks ? [span] : cut.map((month) => ({ from: month, to: nextMonth(month) }));
  for (const each of months) {
    const blocks = await readBlocks(tx, market.id, { ...filter, ...each });
    for (const block of blocks) if (isFresh(block)) addBlock(block);
  }
  for (const [name, key] of fromRows) {
    const { blocks } = await foldDealerMonth(
      tx,
      market.id,
      key,
      query.receivedUntil,
      earlier.get(name),
    );
    for (const block of blocks) if (documents.includes(block.document)) addBlock(block);
  }
  return result;
}

function lastDay({ from, to }: Period): string {
  // The day before `to`; a period is never empty.
  const date = new Date(`${to}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  const day = date.toISOString().slice(0, 10);
  return day < from ? from : day;
}

function dayFilter(month: string, period: Period): ((day: number) => boolean) | undefined {
  if (month >= period.from && nextMonth(month) <= period.to) return undefined;
  const prefix = month.slice(0, 8);
  return (day) => {
    const date = `${prefix}${String(day).padStart(2, '0')}`;
    return date >= period.from && date < period.to;
  };
}

/** Scores a block's responses anew under other factor weights; without any, leaves it as it is. */
function reweighing(
  act: Act,
  versions: Awaited<ReturnType<typeof listVersions>>,
  weights: SurveyQuery['factorWeights'],
): (block: StoredBlock) => StoredBlock {
  if (!weights) return (block) => block;
  const questionnaires = new Map(
    versions.map((row) => [
      row.number,
      compileQuestionnaire(compiled(act.context, row).checklist, weights),
    ]),
  );
  return (block) => {
    const questionnaire = questionnaires.get(block.document)!;
    const rows = unpackBlock(block.bytes, block.itemCount).map((row) => {
      const { index } = scoreResponse(questionnaire, row.items);
      return { ...row, indexMicro: index === null ? null : toMicro(index) };
    });
    return { ...block, bytes: packBlock(rows, block.itemCount) };
  };
}
