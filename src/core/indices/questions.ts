import type { QuestionReport } from '../../contracts/surveys.ts';
import { type BootstrapOptions, bootstrap } from '../statistics/bootstrap.ts';
import { cronbachAlpha } from '../statistics/cronbach.ts';
import type { Interval } from '../statistics/mean-interval.ts';
import { meanInterval } from '../statistics/mean-interval.ts';
import { sampleOf } from '../statistics/moments.ts';
import { benjaminiHochberg } from '../statistics/multiple-tests.ts';
import {
  compareNetPromoters,
  netPromoter,
  type Recommendations,
  recommenderOf,
} from '../statistics/net-promoter.ts';
import {
  compareProportions,
  type ProportionMethod,
  proportionInterval,
} from '../statistics/proportion.ts';
import { effectSize, welch } from '../statistics/welch.ts';
import { fewestRespondents } from './indices.ts';
import { percentOf, type SurveyTable } from './survey-table.ts';

/** Below so many answers the interval of a mean is resampled instead of Student's. */
const resampledBelow = 30;
const seed: BootstrapOptions = { seed: 20_250_101, draws: 2000 };

type Question = QuestionReport['questions'][number];

/**
 * What customers answered, question by question: mean with interval, shares of the best one and two
 * answers, recommendation, reliability of each factor, and the change against an earlier period.
 *
 * @param method of the intervals of shares
 * @see methods.md, 2
 */
export function questionReport(
  now: SurveyTable,
  earlier: SurveyTable | null,
  method: ProportionMethod,
): Pick<QuestionReport, 'responses' | 'questions' | 'factors' | 'recommendation'> {
  const before = (id: string) => {
    const at = earlier?.items.findIndex((item) => item.id === id) ?? -1;
    return at < 0 ? [] : answersOf(earlier!, at);
  };
  const raw = now.items.map((item, i): { question: Question; p: number | null } => {
    const values = answersOf(now, i);
    const base = { id: item.id, factor: item.factor, min: item.min, max: item.max };
    if (values.length < fewestRespondents) {
      const tooFew = { n: values.length, minimum: fewestRespondents };
      return { question: { ...base, cause: item.cause, tooFew }, p: null };
    }
    const percents = values.map((value) => percentOf(item, value));
    const change = changeOf(before(item.id), values, item.max);
    return {
      p: change?.p ?? null,
      question: {
        ...base,
        cause: item.cause,
        figure: {
          n: values.length,
          mean: sampleOf(values).mean,
          percent: sampleOf(percents).mean,
          ...clipped(meanLimits(percents)),
          topBox: share(values, item.max, method),
          topTwo: share(values, item.max - 1, method),
        },
        change: change && {
          topBox: change.difference,
          low: change.low,
          high: change.high,
          p: change.p,
          effect: change.effect,
        },
      },
    };
  });
  const tested = raw.flatMap(({ p }) => (p === null ? [] : [p]));
  const adjusted = benjaminiHochberg(tested);
  let next = 0;
  return {
    responses: now.rows.length,
    questions: raw.map(({ question, p }) =>
      p === null || !('figure' in question) || !question.change
        ? question
        : { ...question, change: { ...question.change, p: adjusted[next++]! } },
    ),
    factors: now.factors.map(({ id, weight }) => {
      const own = now.items.flatMap((item, i) =>
        item.factor === id && now.rows.some(({ values }) => values[i] !== null) ? [i] : [],
      );
      const rows = now.rows.map(({ values }) => own.map((i) => values[i]));
      const complete = rows.filter((row): row is number[] => row.every((value) => value !== null));
      return {
        id,
        weight,
        items: own.length,
        alpha: complete.length < fewestRespondents ? null : cronbachAlpha(complete),
      };
    }),
    recommendation: recommendationOf(now, earlier),
  };
}

function answersOf({ rows }: SurveyTable, item: number): number[] {
  return rows.flatMap(({ values }) => {
    const value = values[item];
    return value === null || value === undefined ? [] : [value];
  });
}

/** Student's limits; with few answers the bias-corrected bootstrap, where it is defined. */
function meanLimits(percents: readonly number[]): Interval | null {
  const { n, mean, variance } = sampleOf(percents);
  if (!(variance! > 0)) return null;
  if (n < resampledBelow) {
    const found = bootstrap(
      n,
      (rows) => rows.reduce((sum, row) => sum + percents[row]!, 0) / n,
      seed,
    );
    if (found?.bca) return found.bca;
  }
  return meanInterval(mean, Math.sqrt(variance! / n), n - 1);
}

const clipped = (limits: Interval | null) => ({
  low: limits && Math.max(0, limits.low),
  high: limits && Math.min(100, limits.high),
});

function share(values: readonly number[], least: number, method: ProportionMethod) {
  const successes = values.filter((value) => value >= least).length;
  const { low, high } = proportionInterval(successes, values.length, 0.95, method)!;
  return { share: successes / values.length, low, high };
}

function changeOf(before: readonly number[], after: readonly number[], top: number) {
  if (before.length < fewestRespondents) return null;
  const count = (values: readonly number[]) => ({
    successes: values.filter((value) => value >= top).length,
    n: values.length,
  });
  const boxes = compareProportions(count(after), count(before));
  const means = welch(sampleOf(after), sampleOf(before));
  if (!boxes) return null;
  return {
    ...boxes,
    p: means?.p ?? boxes.p ?? 1,
    effect: effectSize(sampleOf(after), sampleOf(before))?.g ?? null,
  };
}

function recommendationOf(
  now: SurveyTable,
  earlier: SurveyTable | null,
): QuestionReport['recommendation'] {
  const count = ({ rows }: SurveyTable): Recommendations => {
    const counts = { promoters: 0, passives: 0, detractors: 0 };
    for (const { recommendation } of rows) {
      if (recommendation !== null) counts[recommenderOf(recommendation)] += 1;
    }
    return counts;
  };
  const counts = count(now);
  const found = netPromoter(counts);
  if (!found || found.n < fewestRespondents) return null;
  const before = earlier && count(earlier);
  const enough =
    before && before.promoters + before.passives + before.detractors >= fewestRespondents;
  const change = enough ? compareNetPromoters(counts, before) : null;
  return {
    ...counts,
    value: found.value,
    low: Math.max(-100, found.low),
    high: Math.min(100, found.high),
    change: change && { difference: change.difference, z: change.z, p: change.p },
  };
}
