import type { Checklist } from '../../contracts/checklists.ts';
import { compareBytes } from './cells.ts';
import { combineFactors, noAnswer, type Questionnaire } from './responses.ts';

/** One scored question of a questionnaire. */
export interface SurveyItem {
  readonly id: string;
  readonly factor: string;
  readonly min: number;
  readonly max: number;
  readonly weight: number;
  /** Whether the answer speaks of the dealer or of the car. */
  readonly cause: 'dealer' | 'car';
}

/** One response, with its answers in the order of the table's items. */
export interface SurveyRow {
  readonly dealer: string;
  readonly visitDate: string;
  readonly answeredAt: Date | null;
  readonly device: string | null;
  /** As given; `null` = not answered. */
  readonly values: readonly (number | null)[];
  /** 0 to 100; `null` = too little answered. */
  readonly index: number | null;
  readonly recommendation: number | null;
}

/** Responses under all versions of a questionnaire, side by side. */
export interface SurveyTable {
  readonly items: readonly SurveyItem[];
  /** Factors in the order of the newest version, with their weights there. */
  readonly factors: readonly { readonly id: string; readonly weight: number }[];
  readonly rows: readonly SurveyRow[];
}

/** A version of the questionnaire as the table reads it. */
export interface SurveyVersion {
  readonly checklist: Checklist;
  readonly questionnaire: Questionnaire;
}

/** A response before it is laid beside others: packed answers under its own version. */
export type PackedRow<Version> = Omit<SurveyRow, 'values'> & {
  readonly version: Version;
  readonly items: Uint8Array;
};

/**
 * Lays responses under several versions side by side. A question is the same where its id and its
 * scale are; the newest version that was answered says which questions there are.
 *
 * @param versions oldest first, at least one
 * @param rows     in any order; the table has them by house, day and content, so that nothing depends on it
 */
export function surveyTable<Version extends SurveyVersion>(
  versions: readonly Version[],
  rows: readonly PackedRow<Version>[],
): SurveyTable {
  // A version that nobody has answered yet says nothing about those who did.
  const answered = new Set(rows.map(({ version }) => version));
  const newest = versions.findLast((version) => answered.has(version)) ?? versions.at(-1)!;
  const items = itemsOf(newest);
  const columns = new Map(
    versions.map((version) => {
      const own = itemsOf(version);
      return [
        version,
        items.map(({ id, min, max }) =>
          own.findIndex((each) => each.id === id && each.min === min && each.max === max),
        ),
      ] as const;
    }),
  );
  const number = new Map(versions.map((version, index) => [version, index]));
  const ordered = [...rows].sort(
    (a, b) => number.get(a.version)! - number.get(b.version)! || compareRows(a, b),
  );
  return {
    items,
    factors: newest.questionnaire.factors.map((id, f) => ({
      id,
      weight: newest.questionnaire.factorWeights[f]!,
    })),
    rows: ordered.map(({ version, items: packed, ...row }) => ({
      ...row,
      values: columns.get(version)!.map((column) => {
        const value = column < 0 ? noAnswer : packed[column]!;
        return value === noAnswer ? null : value;
      }),
    })),
  };
}

function itemsOf({ checklist, questionnaire }: SurveyVersion): SurveyItem[] {
  const all = new Map(
    checklist.sections.flatMap((section) => section.items.map((item) => [item.id, item] as const)),
  );
  return questionnaire.items.map((id, i) => ({
    id,
    factor: questionnaire.factors[questionnaire.factorOf[i]!]!,
    min: questionnaire.min[i]!,
    max: questionnaire.max[i]!,
    weight: questionnaire.itemWeights[i]!,
    cause: all.get(id)?.cause ?? 'dealer',
  }));
}

function compareRows<Version>(a: PackedRow<Version>, b: PackedRow<Version>): number {
  return (
    compareText(a.dealer, b.dealer) ||
    compareText(a.visitDate, b.visitDate) ||
    (a.answeredAt?.getTime() ?? 0) - (b.answeredAt?.getTime() ?? 0) ||
    compareBytes(a.items, b.items) ||
    (a.recommendation ?? -1) - (b.recommendation ?? -1) ||
    compareText(a.device ?? '', b.device ?? '')
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An answer on 0 to 100. */
export function percentOf({ min, max }: SurveyItem, value: number): number {
  return (100 * (value - min)) / (max - min);
}

/**
 * Weighted mean of some of a respondent's answers on 0 to 100, over those given.
 * @returns `null` where less than half of their weight was answered
 */
export function meanOfItems(
  { items }: SurveyTable,
  { values }: SurveyRow,
  isCounted: (item: SurveyItem) => boolean,
): number | null {
  const own = items.flatMap((item, i) => (isCounted(item) ? [i] : []));
  return combineFactors(
    own.map((i) => (values[i] === null ? null : percentOf(items[i]!, values[i]!))),
    own.map((i) => items[i]!.weight),
    0.5,
  );
}
