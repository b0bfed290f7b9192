import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { type Correlations, standardisedRegression } from './regression.ts';

/** Eigenvalues up to this share of the largest are taken as none: predictors that say the same. */
const smallest = 1e-12;
/** All subsets of more predictors are too many. */
const mostForShapley = 15;

/**
 * Johnson's relative weights: what each of several correlated predictors contributes to R². The
 * predictors are replaced by the closest uncorrelated ones, whose share is then given back.
 *
 * @returns parts of R², in the order of the predictors, each >= 0; their sum is R²
 * @see Johnson 2000, Multivariate Behavioral Research 35:1-19; methods.md, 2.2
 */
export function relativeWeights({ among, withOutcome, size }: Correlations): number[] {
  const matrix = Matrix.from1DArray(size, size, among);
  const found = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const vectors = found.eigenvectorMatrix;
  const values = found.realEigenvalues;
  const least = smallest * Math.max(...values);
  // The square root of the matrix, Q √D Q', and its inverse where it has one.
  const power = (exponent: number, i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++) {
      if (values[k]! > least) sum += vectors.get(i, k) * values[k]! ** exponent * vectors.get(j, k);
    }
    return sum;
  };
  const betas = Array.from({ length: size }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += power(-0.5, k, j) * withOutcome[j]!;
    return sum;
  });
  return Array.from({ length: size }, (_, j) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += power(0.5, j, k) ** 2 * betas[k]! ** 2;
    return sum;
  });
}

/**
 * Shapley's shares of R² (Lindeman, Merenda & Gold): the mean gain of a predictor over all orders in
 * which the predictors can enter. The check beside Johnson's weights.
 *
 * @returns parts of R², in the order of the predictors; `null` for more than 15 predictors, or where
 *          predictors depend on each other exactly
 * @see Lindeman, Merenda & Gold 1980; methods.md, 2.2
 */
export function shapleyShares(correlations: Correlations): number[] | null {
  const { size } = correlations;
  if (size > mostForShapley) return null;
  const explained = new Float64Array(2 ** size);
  for (let subset = 1; subset < explained.length; subset++) {
    const found = standardisedRegression(partOf(correlations, subset));
    if (!found) return null;
    explained[subset] = found.r2;
  }
  // 1/(p · C(p - 1, k)): the share of orders in which just these k come before.
  const weights = [1 / size];
  for (let k = 1; k < size; k++) weights.push((weights[k - 1]! * k) / (size - k));
  return Array.from({ length: size }, (_, own) => {
    let sum = 0;
    for (let subset = 0; subset < explained.length; subset++) {
      if (subset & (1 << own)) continue;
      const gain = explained[subset | (1 << own)]! - explained[subset]!;
      sum += weights[bits(subset)]! * gain;
    }
    return sum;
  });
}

function partOf({ among, withOutcome, size }: Correlations, subset: number): Correlations {
  const kept = Array.from({ length: size }, (_, i) => i).filter((i) => subset & (1 << i));
  return {
    size: kept.length,
    withOutcome: Float64Array.from(kept, (i) => withOutcome[i]!),
    among: Float64Array.from(kept.flatMap((i) => kept.map((j) => among[i * size + j]!))),
  };
}

function bits(subset: number): number {
  let count = 0;
  for (let left = subset; left > 0; left &= left - 1) count += 1;
  return count;
}
