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
  const isSmall = p * p * draws <= simulationBudget;
  const noise = isSmall ? drawNoise(errors, draws, seed) : undefined;
  const reject = (pairs: readonly Pair[]) =>
    noise
      ? stepdown(estimates, errors, noise, draws, pairs, level)
      : holm(estimates, errors, pairs, level);
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

/** Holm's stepdown: valid under any dependence between pairs, without draws. */
function holm(
  estimates: readonly number[],
  errors: readonly number[],
  pairs: readonly Pair[],
  level: number,
): Pair[] {
  const tested = pairs
    .map(([a, b]) => {
      const difference = estimates[a]! - estimates[b]!;
      const sigma = Math.hypot(errors[a]!, errors[b]!);
      const z = sigma > 0 ? difference / sigma : difference > epsilon ? Infinity : -Infinity;
      return { pair: [a, b] as const, z };
    })
    .filter(({ z }) => z > 0)
    .sort((x, y) => y.z - x.z);
  const rejected: Pair[] = [];
  for (const [step, { pair, z }] of tested.entries()) {
    if (z <= normalQuantile(1 - (1 - level) / (pairs.length - step))) break;
    rejected.push(pair);
  }
  return rejected;
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
