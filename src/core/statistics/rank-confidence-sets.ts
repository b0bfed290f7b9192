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
  const families = stepdown(estimates, errors, drawNoise(errors, draws, seed), draws, level);
  return {
    marginal: estimates.map((_, j) => intervalOf(families.pairs, families.ofUnit, j, p)),
    simultaneous: estimates.map((_, j) => intervalOf(families.pairs, families.ofAll, j, p)),
    separated: (better, worse) => families.rejected.has(better * p + worse),
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

/** Two units, the one with the higher estimate first. */
interface Pair {
  readonly high: number;
  readonly low: number;
  readonly sigma: number;
  readonly difference: number;
}

/** What stepwise rejection found, family by family; only "high is above low" can be rejected. */
interface Rejections {
  readonly pairs: readonly Pair[];
  /** Of the unit's own family: whether the pair at that place is rejected. */
  readonly ofUnit: (pair: number, unit: number) => boolean;
  readonly ofAll: (pair: number) => boolean;
  /** Rejected in the family of all, as high × units + low. */
  readonly rejected: ReadonlySet<number>;
}

/**
 * Stepwise rejection in all families at once: that of each unit (all pairs with it, both ways) and that of all
 * pairs. One pass over the draws gives the critical value of every family that is still under way; a pair that
 * a family rejected stays in it the other way round only.
 */
function stepdown(
  estimates: readonly number[],
  errors: readonly number[],
  noise: Float64Array,
  draws: number,
  level: number,
): Rejections {
  const p = estimates.length;
  const pairs = pairsOf(estimates, errors);
  const n = pairs.length;
  const high = Int32Array.from(pairs, (pair) => pair.high);
  const low = Int32Array.from(pairs, (pair) => pair.low);
  const sigma = Float64Array.from(pairs, (pair) => pair.sigma);
  // Rejections of a pair by the family of its higher unit, of its lower one, and of all.
  const [byHigh, byLow, byAll] = [new Uint8Array(n), new Uint8Array(n), new Uint8Array(n)];
  for (const [i, pair] of pairs.entries()) {
    // Two exact values need no draws: any difference separates them.
    if (pair.sigma === 0 && pair.difference > epsilon) byHigh[i] = byLow[i] = byAll[i] = 1;
  }
  const drawn = pairs.flatMap((pair, i) => (pair.sigma > 0 ? [i] : []));
  // Family p is that of all pairs.
  let active = Array.from({ length: p + 1 }, (_, family) => family);
  while (active.length > 0 && drawn.length > 0) {
    const isActive = new Uint8Array(p + 1);
    for (const family of active) isActive[family] = 1;
    const used = Int32Array.from(
      isActive[p] ? drawn : drawn.filter((i) => isActive[high[i]!] || isActive[low[i]!]),
    );
    const maxima = new Map(active.map((family) => [family, new Float64Array(draws)]));
    const top = new Float64Array(p + 1);
    for (let r = 0; r < draws; r++) {
      const row = r * p;
      top.fill(Number.NEGATIVE_INFINITY);
      for (let at = 0; at < used.length; at++) {
        const i = used[at]!;
        const h = high[i]!;
        const l = low[i]!;
        const value = (noise[row + h]! - noise[row + l]!) / sigma[i]!;
        const either = Math.abs(value);
        const ofHigh = byHigh[i] ? -value : either;
        const ofLow = byLow[i] ? -value : either;
        const ofAll = byAll[i] ? -value : either;
        if (ofHigh > top[h]!) top[h] = ofHigh;
        if (ofLow > top[l]!) top[l] = ofLow;
        if (ofAll > top[p]!) top[p] = ofAll;
      }
      for (const [family, list] of maxima) list[r] = top[family]!;
    }
    const critical = new Float64Array(p + 1).fill(Number.POSITIVE_INFINITY);
    for (const [family, list] of maxima) {
      list.sort();
      critical[family] = list[Math.min(draws - 1, Math.ceil(level * draws) - 1)]!;
    }
    const moved = new Set<number>();
    const reject = (list: Uint8Array, i: number, family: number) => {
      if (!isActive[family] || list[i] || !(pairs[i]!.difference > critical[family]! * sigma[i]!)) {
        return;
      }
      list[i] = 1;
      moved.add(family);
    };
    for (const i of drawn) {
      reject(byHigh, i, high[i]!);
      reject(byLow, i, low[i]!);
      reject(byAll, i, p);
    }
    active = active.filter((family) => moved.has(family));
  }
  return {
    pairs,
    ofUnit: (i, unit) => (unit === high[i] ? byHigh[i] : byLow[i]) === 1,
    ofAll: (i) => byAll[i] === 1,
    rejected: new Set(pairs.flatMap((pair, i) => (byAll[i] ? [pair.high * p + pair.low] : []))),
  };
}

function pairsOf(estimates: readonly number[], errors: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < estimates.length; a++) {
    for (let b = 0; b < a; b++) {
      const [high, low] = estimates[a]! > estimates[b]! ? [a, b] : [b, a];
      pairs.push({
        high,
        low,
        sigma: Math.hypot(errors[high]!, errors[low]!),
        difference: estimates[high]! - estimates[low]!,
      });
    }
  }
  return pairs;
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

/** The ranks that a unit may hold, from the pairs with it that its family rejected. */
function intervalOf(
  pairs: readonly Pair[],
  isRejected: (pair: number, unit: number) => boolean,
  j: number,
  p: number,
): RankInterval {
  let better = 0;
  let worse = 0;
  for (const [i, { high, low }] of pairs.entries()) {
    if ((high !== j && low !== j) || !isRejected(i, j)) continue;
    if (low === j) better += 1;
    else worse += 1;
  }
  return { low: 1 + better, high: p - worse };
}
