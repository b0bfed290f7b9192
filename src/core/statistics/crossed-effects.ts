import { invertPositiveDefinite } from './positive-definite.ts';

/** A response with the levels of two crossed factors, numbered from 0. */
export interface CrossedData {
  readonly y: ArrayLike<number>;
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
}

/** Random effects of one factor; `sd` is the conditional standard deviation of each. */
export interface Effects {
  readonly variance: number;
  readonly value: Float64Array;
  readonly sd: Float64Array;
}

/** A fitted model y = mean + first + second + error. */
export interface CrossedFit {
  readonly n: number;
  readonly mean: number;
  readonly meanError: number;
  readonly residual: number;
  readonly first: Effects;
  readonly second: Effects;
  /** -2 log of the (restricted) likelihood at its maximum. */
  readonly criterion: number;
}

/** log λ beyond this is a variance of 0 (methods.md, 5.2). */
const bounds = { low: -12, high: 25 };
const start = 1;
/** A step that could gain less than this of the criterion is not taken. */
const limits = { steps: 60, gain: 1e-13, halvings: 40 };

/**
 * Crossed random effects by (restricted) maximum likelihood: severity of auditors beside quality of
 * dealers. Henderson's mixed-model equations; the factor with more levels is eliminated first, since
 * its block is diagonal, so that only the smaller factor is dense. The ratios λ = σ²/variance are
 * found on the log scale by quasi-Newton steps on the exact gradient.
 *
 * @param data    any finite scale; at least 3 observations, not all in one cell
 * @param method  `reml` (default) or `ml`
 * @returns `null` where nothing can be estimated: fewer than 3 observations, fewer than two levels
 *   of either factor, or no variation at all
 * @example crossedEffects({ y: [27, 23, 26, 23], first: [0, 0, 1, 1], second: [0, 1, 0, 1] })
 * @see Bates, lme4: Mixed-effects modeling with R, ch. 2; methods.md, 5.2
 */
export function crossedEffects(
  { y, first, second }: CrossedData,
  method: 'reml' | 'ml' = 'reml',
): CrossedFit | null {
  const [q1, q2] = [levels(first), levels(second)];
  const n = y.length;
  // With a level for each observation a factor and the rest cannot be told apart.
  if (n < 3 || q1 < 2 || q2 < 2 || q1 >= n || q2 >= n) return null;
  const isSwapped = q2 > q1;
  const design = isSwapped
    ? tabulate(y, second, first, q2, q1)
    : tabulate(y, first, second, q1, q2);
  if (!(design.total > 0)) return null;
  const [outerLevels, innerLevels] = [design.outerCount.length, design.innerCount.length];
  const best = minimise((point) => solve(design, point, method), [outerLevels, innerLevels]);
  const { solution, point } = best;
  const residual = solution.residual;
  const effects = (at: 0 | 1, value: Float64Array, unit: Float64Array): Effects => ({
    variance: point[at] >= bounds.high - 1e-6 ? 0 : residual / Math.exp(point[at]),
    value,
    sd: unit.map((each) => Math.sqrt(residual * each)),
  });
  const outer = effects(0, solution.outer, solution.outerUnit);
  const inner = effects(1, solution.inner, solution.innerUnit);
  return {
    n,
    mean: design.shift + solution.mean,
    meanError: Math.sqrt(residual * solution.meanUnit),
    residual,
    first: isSwapped ? inner : outer,
    second: isSwapped ? outer : inner,
    criterion: solution.criterion,
  };
}

/** Sums of a design: `outer` has the more levels. The response is shifted by its mean. */
interface Design {
  readonly n: number;
  readonly shift: number;
  /** Sum of squares of the shifted response. */
  readonly total: number;
  readonly outerCount: Float64Array;
  readonly outerSum: Float64Array;
  readonly innerCount: Float64Array;
  readonly innerSum: Float64Array;
  /** Cells of the outer level i: from cellStart[i] to cellStart[i + 1]. */
  readonly cellStart: Int32Array;
  readonly cellInner: Int32Array;
  readonly cellCount: Float64Array;
}

function levels(factor: ArrayLike<number>): number {
  let most = -1;
  for (let i = 0; i < factor.length; i++) if (factor[i]! > most) most = factor[i]!;
  return most + 1;
}

function tabulate(
  y: ArrayLike<number>,
  outer: ArrayLike<number>,
  inner: ArrayLike<number>,
  q1: number,
  q2: number,
): Design {
  const n = y.length;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += y[k]!;
  const shift = sum / n;
  const outerCount = new Float64Array(q1);
  const outerSum = new Float64Array(q1);
  const innerCount = new Float64Array(q2);
  const innerSum = new Float64Array(q2);
  const cells = Array.from({ length: q1 }, () => new Map<number, number>());
  let total = 0;
  for (let k = 0; k < n; k++) {
    const [i, j, value] = [outer[k]!, inner[k]!, y[k]! - shift];
    outerCount[i]! += 1;
    outerSum[i]! += value;
    innerCount[j]! += 1;
    innerSum[j]! += value;
    cells[i]!.set(j, (cells[i]!.get(j) ?? 0) + 1);
    total += value * value;
  }
  const size = cells.reduce((all, each) => all + each.size, 0);
  const cellStart = new Int32Array(q1 + 1);
  const cellInner = new Int32Array(size);
  const cellCount = new Float64Array(size);
  let at = 0;
  for (const [i, each] of cells.entries()) {
    cellStart[i] = at;
    for (const [j, count] of [...each].sort(([a], [b]) => a - b)) {
      cellInner[at] = j;
      cellCount[at++] = count;
    }
  }
  cellStart[q1] = at;
  const counts = { outerCount, outerSum, innerCount, innerSum };
  return { n, shift, total, ...counts, cellStart, cellInner, cellCount };
}

interface Solution {
  readonly criterion: number;
  readonly gradient: readonly [number, number];
  readonly mean: number;
  readonly meanUnit: number;
  readonly residual: number;
  readonly outer: Float64Array;
  readonly inner: Float64Array;
  /** Diagonals of (Z'Z + Λ)⁻¹, in units of the residual variance. */
  readonly outerUnit: Float64Array;
  readonly innerUnit: Float64Array;
}

/** The mixed-model equations at given log λ: criterion, exact gradient, effects and their errors. */
function solve(design: Design, point: readonly [number, number], method: 'reml' | 'ml'): Solution {
  const { n, total, outerCount, outerSum, innerCount, innerSum } = design;
  const { cellStart, cellInner, cellCount } = design;
  const [lambda1, lambda2] = [Math.exp(point[0]), Math.exp(point[1])];
  const [q1, q2] = [outerCount.length, innerCount.length];
  const size = q2 + 1;
  // Schur complement over (mean, inner) after the outer factor is eliminated.
  const schur = new Float64Array(size * size);
  const right = new Float64Array(size);
  schur[0] = n;
  for (let j = 0; j < q2; j++) {
    schur[(j + 1) * size] = innerCount[j]!;
    schur[(j + 1) * size + j + 1] = innerCount[j]! + lambda2;
    right[j + 1] = innerSum[j]!;
  }
  let logDeterminant = 0;
  let explained = 0;
  for (let i = 0; i < q1; i++) {
    const pivot = outerCount[i]! + lambda1;
    const share = outerSum[i]! / pivot;
    logDeterminant += Math.log(pivot);
    explained += outerSum[i]! * share;
    const weight = outerCount[i]! / pivot;
    schur[0]! -= outerCount[i]! * weight;
    right[0]! -= outerCount[i]! * share;
    for (let a = cellStart[i]!; a < cellStart[i + 1]!; a++) {
      const row = (cellInner[a]! + 1) * size;
      const scaled = cellCount[a]! / pivot;
      schur[row]! -= cellCount[a]! * weight;
      right[cellInner[a]! + 1]! -= cellCount[a]! * share;
      for (let b = cellStart[i]!; b <= a; b++) {
        schur[row + cellInner[b]! + 1]! -= scaled * cellCount[b]!;
      }
    }
  }
  const { inverse, logDeterminant: logSchur } = invertPositiveDefinite(schur, size);
  const fitted = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    let sum = 0;
    for (let b = 0; b < size; b++) sum += inverse[a * size + b]! * right[b]!;
    fitted[a] = sum;
    explained += sum * right[a]!;
  }
  const inner = fitted.slice(1);
  const corner = inverse[0]!;
  const outer = new Float64Array(q1);
  const outerUnit = new Float64Array(q1);
  // With the mean taken as known: the diagonal of (Z'Z + Λ)⁻¹.
  const innerUnit = Float64Array.from({ length: q2 }, (_, j) => {
    const row = (j + 1) * size;
    return inverse[row + j + 1]! - inverse[row]! ** 2 / corner;
  });
  let outerTrace = 0;
  for (let i = 0; i < q1; i++) {
    const pivot = outerCount[i]! + lambda1;
    let sum = outerSum[i]! - outerCount[i]! * fitted[0]!;
    // Forms of the level's row of counts in the inverse: square, and with the mean's column.
    let square = 0;
    let withMean = 0;
    for (let a = cellStart[i]!; a < cellStart[i + 1]!; a++) {
      const row = (cellInner[a]! + 1) * size;
      const count = cellCount[a]!;
      sum -= count * inner[cellInner[a]!]!;
      withMean += count * inverse[row]!;
      let below = 0;
      for (let b = cellStart[i]!; b < a; b++)
        below += cellCount[b]! * inverse[row + cellInner[b]! + 1]!;
      square += count * (2 * below + count * inverse[row + cellInner[a]! + 1]!);
    }
    const spread = outerCount[i]! * (outerCount[i]! * corner + 2 * withMean) + square;
    const spreadKnown = square - withMean ** 2 / corner;
    outer[i] = sum / pivot;
    outerTrace += 1 / pivot + (method === 'reml' ? spread : spreadKnown) / pivot ** 2;
    outerUnit[i] = 1 / pivot + spreadKnown / pivot ** 2;
  }
  let innerTrace = 0;
  for (let j = 0; j < q2; j++) {
    innerTrace += method === 'reml' ? inverse[(j + 1) * size + j + 1]! : innerUnit[j]!;
  }
  const freedom = method === 'reml' ? n - 1 : n;
  const rest = Math.max(total - explained, Number.MIN_VALUE);
  // det(Z'Z + Λ) = det C · (C⁻¹)₀₀.
  const logC = logDeterminant + logSchur + (method === 'reml' ? 0 : Math.log(corner));
  const squares = (effects: Float64Array) => effects.reduce((sum, each) => sum + each * each, 0);
  return {
    criterion:
      freedom * (1 + Math.log((2 * Math.PI * rest) / freedom)) +
      logC -
      q1 * point[0] -
      q2 * point[1],
    gradient: [
      lambda1 * outerTrace - q1 + (freedom * lambda1 * squares(outer)) / rest,
      lambda2 * innerTrace - q2 + (freedom * lambda2 * squares(inner)) / rest,
    ],
    mean: fitted[0]!,
    meanUnit: corner,
    residual: rest / freedom,
    outer,
    inner,
    outerUnit,
    innerUnit,
  };
}

type Point = readonly [number, number];

/**
 * BFGS in two dimensions inside the bounds, with steps halved until the criterion falls.
 * @param levels of the two factors: they scale the first step
 */
function minimise(
  evaluate: (point: Point) => Solution,
  [q1, q2]: Point,
): { solution: Solution; point: Point } {
  let point: Point = [start, start];
  let here = evaluate(point);
  // In a balanced design with reliable means the curvature along log λ is half the number of levels.
  let inverse = [2 / q1, 0, 0, 2 / q2];
  for (let step = 0; step < limits.steps; step++) {
    const free = point.map((value, axis) => {
      const slope = here.gradient[axis]!;
      return !(value >= bounds.high && slope < 0) && !(value <= bounds.low && slope > 0);
    });
    const slopes = here.gradient.map((slope, axis) => (free[axis] ? slope : 0)) as [number, number];
    let move: [number, number] = [
      -(inverse[0]! * slopes[0] + inverse[1]! * slopes[1]),
      -(inverse[2]! * slopes[0] + inverse[3]! * slopes[1]),
    ];
    const gain = -(move[0] * slopes[0] + move[1] * slopes[1]);
    if (gain < 0) move = [-slopes[0], -slopes[1]];
    else if (step > 0 && gain < limits.gain) break;
    const longest = Math.max(Math.abs(move[0]), Math.abs(move[1]));
    const shrink = longest > 4 ? 4 / longest : 1;
    let next: { point: Point; solution: Solution } | undefined;
    for (let half = 0, scale = shrink; half < limits.halvings; half++, scale /= 2) {
      const tried: Point = [clamp(point[0] + scale * move[0]), clamp(point[1] + scale * move[1])];
      const solution = evaluate(tried);
      if (solution.criterion <= here.criterion + 1e-12 * Math.abs(here.criterion)) {
        next = { point: tried, solution };
        break;
      }
    }
    if (!next) break;
    inverse = update(inverse, point, next.point, here.gradient, next.solution.gradient);
    const moved = Math.max(...next.point.map((value, axis) => Math.abs(value - point[axis]!)));
    ({ point, solution: here } = next);
    if (moved < 1e-11) break;
  }
  return { solution: here, point };
}

const clamp = (value: number) => Math.min(bounds.high, Math.max(bounds.low, value));

function update(
  inverse: readonly number[],
  from: Point,
  to: Point,
  before: Point,
  after: Point,
): number[] {
  const s = [to[0] - from[0], to[1] - from[1]] as const;
  const y = [after[0] - before[0], after[1] - before[1]] as const;
  const sy = s[0] * y[0] + s[1] * y[1];
  if (!(sy > 1e-14)) return [...inverse];
  const [a, b, c, d] = inverse as [number, number, number, number];
  const hy = [a * y[0] + b * y[1], c * y[0] + d * y[1]] as const;
  const yhy = y[0] * hy[0] + y[1] * hy[1];
  const factor = (1 + yhy / sy) / sy;
  const entry = (old: number, i: 0 | 1, j: 0 | 1) =>
    old + factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
  return [entry(a, 0, 0), entry(b, 0, 1), entry(c, 1, 0), entry(d, 1, 1)];
}
