import { epsilon } from '../audits/scoring.ts';
import { openStream } from '../random.ts';
import { normalQuantile } from './distributions.ts';

/** Lowest and highest rank that a unit may hold at the stated confidence. */
export interface RankInterval {
  readonly low: number;
  readonly high: number;
}

export interface RankSetOptions {
  /** Confidence, default .90. */
  readonly level?: number;
  /** Draws of the stepdown's critical value, default 10,000. */
  readonly draws?: number;
  /** Seed of the draws, 0 to 2^32-1. */
  readonly seed: number;
}

export interface RankSets {
  readonly marginal: readonly RankInterval[];
  readonly simultaneous: readonly RankInterval[];
  /** Whether the first unit is separated from the second in the simultaneous family. */
  readonly separated: (better: number, worse: number) => boolean;
}

type Pair = readonly [a: number, b: number];

/** Pairs times draws up to which critical values are simulated; above, Holm's bounds are used. */
const simulationBudget = 250_000_000;

/**
 * Confidence sets for ranks by stepwise rejection of directed pairs (Mogstad, Romano, Shaikh and
 * Wilhelm 2024). Critical values come from seeded draws; where pairs times draws pass 2.5×10^8 (more
 * than 158 units) from Holm's bounds, which hold under any dependence and are a little wider. Marginal: one set a unit, each at the level by itself. Simultaneous: all at once.
 *
 * @param estimates any scale, higher is better
 * @param errors    standard errors, >= 0; units that are both exact are separated by any difference
 * @returns intervals in the order given; an empty or one-row input gives the trivial ranks
 * @see methods.md, section 4
 */
export function rankConfidenceSets(
  estimates: readonly number[],
  errors: readonly number[],
  options: RankSetOptions,
): RankSets {
  const p = estimates.length;
  const { level = 0.9, draws = 10_000, seed } = options;
  if (p * p * draws > simulationBudget) return holmSets(estimates, errors, level);
  const noise = drawNoise(errors, draws, seed);
  const reject = (pairs: readonly Pair[]) =>
    stepdown(estimates, errors, noise, draws, pairs, level);
  const pairsOf = (j: number): Pair[] => {
    const pairs: Pair[] = [];
    for (let k = 0; k < p; k++) if (k !== j) pairs.push([j, k], [k, j]);
    return pairs;
  };
  const all: Pair[] = [];
  for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) if (a !== b) all.push([a, b]);
  const marginal = estimates.map((_, j) => {
    const rejected = reject(pairsOf(j));
    return intervalOf(rejected, j, p);
  });
  const rejected = reject(all);
  const separatedPairs = new Set(rejected.map(([a, b]) => a * p + b));
  return {
    marginal,
    simultaneous: estimates.map((_, j) => intervalOf(rejected, j, p)),
    separated: (better, worse) => separatedPairs.has(better * p + worse),
  };
}

/**
 * Groups of statistically tied units: maximal runs in rank order in which no pair is separated in
 * the simultaneous family.
 *
 * @param order     unit indices, best first
 * @param separated from `rankConfidenceSets`
 * @returns group number per position in `order`, from 0
 * @see methods.md, section 4
 */
export function tiedGroups(
  order: readonly number[],
  separated: (better: number, worse: number) => boolean,
): number[] {
  const groups: number[] = [];
  let start = 0;
  let group = 0;
  for (const [position, unit] of order.entries()) {
    const split = order.slice(start, position).some((above) => separated(above, unit));
    if (split) {
      start = position;
      group += 1;
    }
    groups.push(group);
  }
  return groups;
}

function drawNoise(errors: readonly number[], draws: number, seed: number): Float64Array {
  const p = errors.length;
  const noise = new Float64Array(draws * p);
  for (let j = 0; j < p; j++) {
    const stream = openStream(seed, j);
    for (let r = 0; r < draws; r++) noise[r * p + j] = errors[j]! * stream.normal();
  }
  return noise;
}

function stepdown(
  estimates: readonly number[],
  errors: readonly number[],
  noise: Float64Array,
  draws: number,
  pairs: readonly Pair[],
  level: number,
): Pair[] {
  const p = estimates.length;
  const sigma = ([a, b]: Pair) => Math.hypot(errors[a]!, errors[b]!);
  const rejected = pairs.filter(
    (pair) => sigma(pair) === 0 && estimates[pair[0]]! - estimates[pair[1]]! > epsilon,
  );
  let open = pairs.filter((pair) => sigma(pair) > 0);
  while (open.length > 0) {
    const scales = open.map(sigma);
    const maxima = new Float64Array(draws);
    for (let r = 0; r < draws; r++) {
      let top = Number.NEGATIVE_INFINITY;
      const row = r * p;
      for (let i = 0; i < open.length; i++) {
        const [a, b] = open[i]!;
        const value = (noise[row + a]! - noise[row + b]!) / scales[i]!;
        if (value > top) top = value;
      }
      maxima[r] = top;
    }
    maxima.sort();
    const critical = maxima[Math.min(draws - 1, Math.ceil(level * draws) - 1)]!;
    const still: Pair[] = [];
    for (const [i, pair] of open.entries()) {
      const difference = estimates[pair[0]]! - estimates[pair[1]]!;
      if (difference > critical * scales[i]!) rejected.push(pair);
      else still.push(pair);
    }
    if (still.length === open.length) break;
    open = still;
  }
  return rejected;
}

/**
 * The same by Holm's stepdown, valid under any dependence between pairs, without draws. What it rejects
 * are all pairs from a certain distance on, so one distance a family is enough.
 */
function holmSets(
  estimates: readonly number[],
  errors: readonly number[],
  level: number,
): RankSets {
  const p = estimates.length;
  const distance = (a: number, b: number): number => {
    const difference = estimates[a]! - estimates[b]!;
    const sigma = Math.hypot(errors[a]!, errors[b]!);
    if (sigma > 0) return difference / sigma;
    return difference > epsilon ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  };
  const bounds = new Map<number, number>();
  const boundOf = (left: number): number => {
    const known = bounds.get(left);
    if (known !== undefined) return known;
    const bound = normalQuantile(1 - (1 - level) / left);
    bounds.set(left, bound);
    return bound;
  };
  /** The least distance that is rejected, infinite where none is. */
  const leastRejected = (positive: Float64Array, family: number): number => {
    positive.sort();
    let least = Number.POSITIVE_INFINITY;
    for (let step = 0; step < positive.length; step++) {
      const z = positive[positive.length - 1 - step]!;
      if (z <= boundOf(family - step)) break;
      least = z;
    }
    return least;
  };
  const within = (j: number, least: number): RankInterval => {
    let better = 0;
    let worse = 0;
    for (let k = 0; k < p; k++) {
      if (k === j) continue;
      if (distance(j, k) >= least) worse += 1;
      else if (distance(k, j) >= least) better += 1;
    }
    return { low: 1 + better, high: p - worse };
  };
  const marginal = estimates.map((_, j) => {
    const positive = Float64Array.from({ length: p }, (__, k) =>
      k === j ? 0 : Math.max(0, distance(j, k), distance(k, j)),
    ).filter((z) => z > 0);
    return within(j, leastRejected(positive, 2 * (p - 1)));
  });
  const all = new Float64Array((p * (p - 1)) / 2);
  let count = 0;
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < a; b++) {
      const z = Math.max(distance(a, b), distance(b, a));
      if (z > 0) all[count++] = z;
    }
  }
  const least = leastRejected(all.subarray(0, count), p * (p - 1));
  return {
    marginal,
    simultaneous: estimates.map((_, j) => within(j, least)),
    separated: (better, worse) => distance(better, worse) >= least,
  };
}

function intervalOf(rejected: readonly Pair[], j: number, p: number): RankInterval {
  let better = 0;
  let worse = 0;
  for (const [a, b] of rejected) {
    if (b === j) better += 1;
    if (a === j) worse += 1;
  }
  return { low: 1 + better, high: p - worse };
}
