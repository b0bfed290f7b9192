import type { DriverReport } from '../../contracts/surveys.ts';
import { openStream } from '../random.ts';
import { quantileOf } from '../statistics/bootstrap.ts';
import { sampleOf } from '../statistics/moments.ts';
import { fitPathModel, latentIndex, type PathModel } from '../statistics/path-model.ts';
import { correlationsOf, standardisedRegression } from '../statistics/regression.ts';
import { relativeWeights, shapleyShares } from '../statistics/relative-weights.ts';
import { meanOfItems, type SurveyTable } from './survey-table.ts';

/** What may drive an outcome, over the same rows. */
export interface Predictors {
  readonly ids: readonly string[];
  /** Rows × predictors, complete. */
  readonly rows: readonly (readonly number[])[];
  readonly outcome: readonly number[];
}

type Drivers = DriverReport['factors'];

/** Rows a predictor without which importance is not told from noise. */
const rowsEach = 10;
const draws = 500;
/** Of more rows a draw takes so many, and its spread is scaled to all of them. */
const mostResampled = 5000;
const seed = 20_250_102;

/**
 * What goes with an outcome, and how much of it: Johnson's relative weights as shares of R², with
 * 90 % intervals from resampled rows, and Shapley's shares as the check beside them. It tells what goes
 * together, not what causes what.
 *
 * @returns `null` with fewer than ten rows a predictor, or where something does not vary
 * @see methods.md, 2.2
 */
export function driversOf(predictors: Predictors): Drivers {
  const found = importancesOf(predictors);
  if (!found) return null;
  const { ids, outcome } = predictors;
  const { columns, correlations, fit, r2, shares } = found;
  const n = outcome.length;
  const p = ids.length;
  const shapley = shapleyShares(correlations);
  const narrower = Math.sqrt(Math.min(1, mostResampled / n));
  const drawn = ids.map((): number[] => []);
  for (let draw = 0; draw < draws; draw++) {
    const random = openStream(seed, draw);
    const picked = Int32Array.from({ length: Math.min(n, mostResampled) }, () => random.below(n));
    const again = correlationsOf(
      columns.map((column) => Array.from(picked, (row) => column[row]!)),
      Array.from(picked, (row) => outcome[row]!),
    );
    if (!again) continue;
    const parts = relativeWeights(again);
    const sum = parts.reduce((total, each) => total + each, 0);
    if (sum > 0) for (let j = 0; j < p; j++) drawn[j]!.push(parts[j]! / sum);
  }
  return {
    n,
    r2,
    drivers: ids.map((id, j) => {
      const sorted = Float64Array.from(drawn[j]!).sort();
      const limit = (p05: number) =>
        Math.min(1, Math.max(0, shares[j]! + narrower * (quantileOf(sorted, p05) - shares[j]!)));
      return {
        id,
        importance: shares[j]!,
        low: limit(0.05),
        high: limit(0.95),
        shapley: shapley && shapley[j]! / r2,
        correlation: correlations.withOutcome[j]!,
        beta: fit?.betas[j] ?? null,
      };
    }),
  };
}

/** The shares alone, without intervals. @returns `null` as above */
export function importancesOf({ ids, rows, outcome }: Predictors) {
  if (ids.length < 2 || rows.length < rowsEach * ids.length) return null;
  const columns = ids.map((_, j) => rows.map((row) => row[j]!));
  const correlations = correlationsOf(columns, outcome);
  if (!correlations) return null;
  const parts = relativeWeights(correlations);
  const r2 = parts.reduce((sum, each) => sum + each, 0);
  if (!(r2 > 0)) return null;
  // Without a fit predictors depend on each other: they share, but have no coefficients of their own.
  const fit = standardisedRegression(correlations);
  return { columns, correlations, fit, r2, shares: parts.map((part) => part / r2) };
}

/** Complete rows of factor scores with the recommendation that goes with them. */
export function factorPredictors(table: SurveyTable): Predictors {
  const told = table.rows.filter(({ recommendation }) => recommendation !== null);
  const all = table.factors.map(({ id }) => ({
    id,
    scores: told.map((row) => meanOfItems(table, row, (item) => item.factor === id)),
  }));
  // A factor that most were not asked would leave too few complete rows.
  const asked = all.filter(
    ({ scores }) => 2 * scores.filter((score) => score !== null).length >= told.length,
  );
  const complete = told.flatMap((row, i) => {
    const own = asked.map(({ scores }) => scores[i]!);
    return own.every((score) => score !== null) ? [{ own, told: row.recommendation! }] : [];
  });
  return {
    ids: asked.map(({ id }) => id),
    rows: complete.map(({ own }) => own),
    outcome: complete.map((row) => row.told),
  };
}

/**
 * The same by a path model: each factor measured by its questions, all acting on the outcome.
 *
 * @param factors questions of each factor, as columns
 * @param scale   of all questions, where they have one
 * @returns paths into the outcome and its R²; `null` where the model cannot be fitted
 * @see methods.md, 2.2
 */
export function pathDriversOf(
  factors: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>,
  outcome: readonly number[],
  scale: { readonly min: number; readonly max: number } | null = null,
): DriverReport['paths'] {
  // No slug, so that no factor or question can have this name.
  const outcomeName = '*';
  const names = Object.keys(factors).filter((name) => Object.keys(factors[name]!).length > 0);
  const items = names.flatMap((name) => Object.keys(factors[name]!));
  if (names.length === 0 || outcome.length < rowsEach * items.length) return null;
  const model: PathModel = {
    blocks: {
      ...Object.fromEntries(names.map((name) => [name, Object.keys(factors[name]!)])),
      [outcomeName]: [outcomeName],
    },
    paths: names.map((name) => [name, outcomeName] as const),
  };
  const columns = Object.assign({ [outcomeName]: outcome }, ...names.map((name) => factors[name]!));
  const fit = fitPathModel(columns, model, 'path');
  if (!fit) return null;
  return {
    r2: fit.r2[outcomeName] ?? 0,
    factors: names.map((id, j) => ({
      id,
      coefficient: fit.coefficients[j]!,
      index: scale && latentMean(Object.values(factors[id]!), fit.weights[id]!, scale),
      weights: Object.keys(factors[id]!).map((item, h) => ({
        id: item,
        weight: fit.weights[id]![h]!,
        loading: fit.loadings[id]![h]!,
      })),
    })),
  };
}

/** Mean of a factor as its questions measure it, 0 to 100. */
function latentMean(
  block: readonly (readonly number[])[],
  weights: readonly number[],
  scale: { readonly min: number; readonly max: number },
): number {
  return sampleOf(latentIndex(block, weights, scale).values).mean;
}

/** Values less the mean of their group, so that groups do not look like drivers. */
export function withoutGroups(values: readonly number[], groups: readonly string[]): number[] {
  const means = new Map(
    [...Map.groupBy(values.keys(), (i) => groups[i]!)].map(([group, own]) => [
      group,
      sampleOf(own.map((i) => values[i]!)).mean,
    ]),
  );
  return values.map((value, i) => value - means.get(groups[i]!)!);
}
