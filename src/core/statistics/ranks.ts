import { epsilon } from '../audits/scoring.ts';

/**
 * How equal values share their places: 1224 (standard), 1334 (modified), 1223 (dense), 1 2.5 2.5 4
 * (fractional), or 1234 in the order given (ordinal).
 */
export type Ties = 'competition' | 'modified' | 'dense' | 'fractional' | 'ordinal';

/**
 * Ranks, best first. Values within 1e-9 of the one above are equal.
 *
 * @param values finite, higher is better; the result keeps their order
 * @see methods.md, section 4
 * @example ranksOf([80, 90, 80, 70]) // [2, 1, 2, 4]
 */
export function ranksOf(values: readonly number[], ties: Ties = 'competition'): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[b]! - values[a]! || a - b);
  const ranks = new Array<number>(values.length);
  let groups = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to - 1]!]! - values[order[to]!]! <= epsilon) to += 1;
    groups += 1;
    for (let place = from; place < to; place++) {
      ranks[order[place]!] = {
        competition: from + 1,
        modified: to,
        dense: groups,
        fractional: (from + 1 + to) / 2,
        ordinal: place + 1,
      }[ties];
    }
    from = to;
  }
  return ranks;
}

/**
 * Spearman's rank correlation: the correlation of fractional ranks.
 * @returns `null` where either side is constant
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  return correlation(ranksOf(x, 'fractional'), ranksOf(y, 'fractional'));
}

/**
 * Pearson's correlation of two lists of one length.
 * @returns `null` where either side is constant
 */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length;
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let sxy = 0;
  let sxx = 0;
  let syy = 0;
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i]! - mx, y[i]! - my];
    sxy += dx * dy;
    sxx += dx * dx;
    syy += dy * dy;
  }
  return sxx > 0 && syy > 0 ? sxy / Math.sqrt(sxx * syy) : null;
}

/**
 * Kendall's tau-b of two lists of one length, ties corrected.
 * @returns `null` where either side is constant
 */
export function kendallTau(x: readonly number[], y: readonly number[]): number | null {
  let balance = 0;
  let [pairsX, pairsY] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      balance += a * b;
      pairsX += a * a;
      pairsY += b * b;
    }
  }
  return pairsX > 0 && pairsY > 0 ? balance / Math.sqrt(pairsX * pairsY) : null;
}
