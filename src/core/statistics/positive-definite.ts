/**
 * Inverse and log determinant of a symmetric positive definite matrix, by Cholesky's factors.
 *
 * @param matrix row-major, only the lower triangle is read; size × size
 * @returns the whole inverse, row-major
 * @throws RangeError where the matrix is not positive definite
 * @example invertPositiveDefinite(Float64Array.of(4, 0, 2, 3), 2).logDeterminant // ln 8
 */
export function invertPositiveDefinite(
  matrix: Float64Array,
  size: number,
): { inverse: Float64Array; logDeterminant: number } {
  const lower = cholesky(matrix, size);
  let logDeterminant = 0;
  for (let i = 0; i < size; i++) logDeterminant += 2 * Math.log(lower[i * size + i]!);
  // Column-wise inverse of the factor, kept transposed so that both products run along rows.
  const factor = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const own = j * size;
    factor[own + j] = 1 / lower[own + j]!;
    for (let i = j + 1; i < size; i++) {
      const row = i * size;
      factor[own + i] = -dot(lower, row + j, factor, own + j, i - j) / lower[row + i]!;
    }
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = dot(factor, i * size + i, factor, j * size + i, size - i);
      inverse[i * size + j] = sum;
      inverse[j * size + i] = sum;
    }
  }
  return { inverse, logDeterminant };
}

/** The lower triangular L with L·L' = matrix. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j <= i; j++) {
      const other = j * size;
      const sum = matrix[row + j]! - dot(lower, row, lower, other, j);
      if (i !== j) {
        lower[row + j] = sum / lower[other + j]!;
      } else if (sum > 0) {
        lower[row + i] = Math.sqrt(sum);
      } else {
        throw new RangeError('the matrix is not positive definite');
      }
    }
  }
  return lower;
}

/** Σ a[i + k]·b[j + k] over `length`; four sums side by side, so that none waits for another. */
function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = length - (length % 4);
  let k = 0;
  for (; k < whole; k += 4) {
    s0 += a[i + k]! * b[j + k]!;
    s1 += a[i + k + 1]! * b[j + k + 1]!;
    s2 += a[i + k + 2]! * b[j + k + 2]!;
    s3 += a[i + k + 3]! * b[j + k + 3]!;
  }
  for (; k < length; k++) s0 += a[i + k]! * b[j + k]!;
  return s0 + s1 + (s2 + s3);
}
