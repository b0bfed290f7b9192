import type { Answers } from '../../contracts/audits.ts';
import type { Checklist } from '../../contracts/checklists.ts';
import { epsilon } from '../audits/scoring.ts';

/** A questionnaire made ready for folding: scored items and factors as plain columns. */
export interface Questionnaire {
  /** Scored item ids, in document order; at most 64. */
  readonly items: readonly string[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** Weight of each item inside its factor, unitless. */
  readonly itemWeights: readonly number[];
  /** Index of the factor of each item. */
  readonly factorOf: readonly number[];
  readonly factors: readonly string[];
  /** Weight of each factor in the index, unitless. */
  readonly factorWeights: readonly number[];
}

/** A missing or not applicable item in a packed row of answers. */
export const noAnswer = 255;

/** Share of the item weight that a factor score needs (methods.md, 2.1). */
const factorShare = 0.5;
/** Share of the factor weight that a respondent's index needs (methods.md, 2.1). */
const indexShare = 0.6;

/**
 * The scored part of a survey checklist as columns. Factors are its sections.
 *
 * @param factorWeights by factor id; default: the weights of the sections
 * @throws RangeError if a scored item is no scale, or the factor weights sum to 0
 * @see methods.md, 2.1
 */
export function compileQuestionnaire(
  checklist: Checklist,
  factorWeights?: Readonly<Record<string, number>>,
): Questionnaire {
  const columns = { items: [], min: [], max: [], itemWeights: [], factorOf: [] } as {
    [Key in 'items' | 'min' | 'max' | 'itemWeights' | 'factorOf']: (Key extends 'items'
      ? string
      : number)[];
  };
  const factors: string[] = [];
  const weights: number[] = [];
  for (const section of checklist.sections) {
    const scored = section.items.filter((item) => item.weight > 0);
    const weight = factorWeights ? (factorWeights[section.id] ?? 0) : (section.weight ?? 1);
    if (scored.length === 0) continue;
    for (const item of scored) {
      if (item.type !== 'scale') throw new RangeError(`survey item ${item.id} is no scale`);
      columns.items.push(item.id);
      columns.min.push(item.min);
      columns.max.push(item.max);
      columns.itemWeights.push(item.weight);
      columns.factorOf.push(factors.length);
    }
    factors.push(section.id);
    weights.push(weight);
  }
  if (!(weights.reduce((a, b) => a + b, 0) > 0)) throw new RangeError('factor weights sum to 0');
  return { ...columns, factors, factorWeights: weights };
}

/**
 * Packs the scored answers of a response: one byte an item, 255 = no answer.
 * @example packAnswers(questionnaire, { advisor_listened: { value: 9 } }) // Uint8Array [9, 255, …]
 */
export function packAnswers(questionnaire: Questionnaire, answers: Answers): Uint8Array {
  return Uint8Array.from(questionnaire.items, (id) => {
    const value = answers[id]?.value;
    return typeof value === 'number' ? value : noAnswer;
  });
}

/** A respondent's index and factor scores, percent 0 to 100 unrounded; `null` = too little answered. */
export interface ResponseScore {
  readonly index: number | null;
  readonly factors: readonly (number | null)[];
}

/**
 * Respondent index: items scaled to 0..100, weighted into factors (at least half of the item weight
 * answered), factors weighted into the index (at least 60 % of the factor weight present).
 *
 * @param packed one byte an item, from `packAnswers`
 * @see methods.md, 2.1
 */
export function scoreResponse(questionnaire: Questionnaire, packed: Uint8Array): ResponseScore {
  const { factors, factorOf, itemWeights, min, max, factorWeights } = questionnaire;
  const earned = new Float64Array(factors.length);
  const answered = new Float64Array(factors.length);
  const whole = new Float64Array(factors.length);
  for (let i = 0; i < factorOf.length; i++) {
    const factor = factorOf[i]!;
    const weight = itemWeights[i]!;
    whole[factor]! += weight;
    const value = packed[i]!;
    if (value === noAnswer) continue;
    earned[factor]! += (weight * 100 * (value - min[i]!)) / (max[i]! - min[i]!);
    answered[factor]! += weight;
  }
  const scores = factors.map((_, f) => {
    const enough = answered[f]! > 0 && answered[f]! >= factorShare * whole[f]! - epsilon;
    return enough ? earned[f]! / answered[f]! : null;
  });
  return { index: combineFactors(scores, factorWeights, indexShare), factors: scores };
}

/**
 * Weighted mean of factor scores over those that have one. Weights need not sum to 1: published
 * percentages sum to 99 to 101.
 *
 * @param least share of the weight that must be present, else `null`
 * @see methods.md, 2.1
 */
export function combineFactors(
  scores: readonly (number | null)[],
  weights: readonly number[],
  least: number,
): number | null {
  let sum = 0;
  let present = 0;
  let all = 0;
  for (let f = 0; f < scores.length; f++) {
    const weight = weights[f]!;
    const score = scores[f]!;
    all += weight;
    if (score === null) continue;
    sum += weight * score;
    present += weight;
  }
  return present > 0 && present >= least * all - epsilon ? sum / present : null;
}

/** Scale on which an index is shown: 0 to 100, 0 to 1,000, or 100 times the mean of ratings of 1 to 10. */
export type IndexScale = 'hundred' | 'thousand' | 'ratings';

/**
 * An index of 0 to 100 as people of the trade know it.
 * @see methods.md, 2.1
 * @example displayIndex(77.6835, 'thousand') // 776.835
 * @example displayIndex(77.6835, 'ratings') // 799.15
 */
export function displayIndex(index: number, scale: IndexScale): number {
  if (scale === 'hundred') return index;
  return scale === 'thousand' ? 10 * index : 100 + 9 * index;
}
