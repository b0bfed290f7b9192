import { fQuantile } from './distributions.ts';

/** Intraclass correlations of a complete table, single and for the mean of k, with 95 % intervals. */
export interface Intraclass {
  /** ICC(1,1): raters differ from unit to unit. */
  readonly oneWay: Correlation;
  /** ICC(2,1): absolute agreement of raters drawn at random; the default. */
  readonly agreement: Correlation;
  /** ICC(3,1): consistency of these very raters. */
  readonly consistency: Correlation;
  readonly meanSquares: {
    readonly bms: number;
    readonly wms: number;
    readonly jms: number;
    readonly ems: number;
  };
}

/** Of one rating, and of the mean of all raters. */
export interface Correlation {
  readonly single: number;
  readonly single95: readonly [number, number];
  readonly mean: number;
  readonly mean95: readonly [number, number];
}

/**
 * The six forms of Shrout and Fleiss from a two-way analysis of variance. Negative values are shown
 * as they are.
 *
 * @param ratings units × raters, complete, any finite scale
 * @returns `null` with fewer than two units or raters, or where nothing varies
 * @see Shrout & Fleiss 1979, Psychological Bulletin 86:420-428; methods.md, 5.1
 */
export function intraclass(ratings: readonly (readonly number[])[]): Intraclass | null {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (n < 2 || k < 2) return null;
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const grand = mean(ratings.map(mean));
  const units = ratings.map(mean);
  const raters = Array.from({ length: k }, (_, j) => mean(ratings.map((row) => row[j]!)));
  const squares = (list: readonly number[]) => list.reduce((sum, x) => sum + (x - grand) ** 2, 0);
  const total = squares(ratings.flat());
  const between = k * squares(units);
  const judges = n * squares(raters);
  if (!(total > 0)) return null;
  const bms = between / (n - 1);
  const wms = (total - between) / (n * (k - 1));
  const jms = judges / (k - 1);
  const ems = (total - between - judges) / ((n - 1) * (k - 1));
  return {
    oneWay: oneWay(bms, wms, n, k),
    agreement: absolute(bms, jms, ems, n, k),
    consistency: consistent(bms, ems, n, k),
    meanSquares: { bms, wms, jms, ems },
  };
}

const upper = 0.975;

function oneWay(bms: number, wms: number, n: number, k: number): Correlation {
  const f = bms / wms;
  const low = f / fQuantile(upper, n - 1, n * (k - 1));
  const high = f * fQuantile(upper, n * (k - 1), n - 1);
  return {
    single: (bms - wms) / (bms + (k - 1) * wms),
    single95: [(low - 1) / (low + k - 1), (high - 1) / (high + k - 1)],
    mean: (bms - wms) / bms,
    mean95: [1 - 1 / low, 1 - 1 / high],
  };
}

function consistent(bms: number, ems: number, n: number, k: number): Correlation {
  const f = bms / ems;
  const freedom = (n - 1) * (k - 1);
  const low = f / fQuantile(upper, n - 1, freedom);
  const high = f * fQuantile(upper, freedom, n - 1);
  return {
    single: (bms - ems) / (bms + (k - 1) * ems),
    single95: [(low - 1) / (low + k - 1), (high - 1) / (high + k - 1)],
    mean: (bms - ems) / bms,
    mean95: [1 - 1 / low, 1 - 1 / high],
  };
}

function absolute(bms: number, jms: number, ems: number, n: number, k: number): Correlation {
  const single = (bms - ems) / (bms + (k - 1) * ems + (k * (jms - ems)) / n);
  const f = jms / ems;
  const part = n * (1 + (k - 1) * single) - k * single;
  const freedom =
    ((k - 1) * (n - 1) * (k * single * f + part) ** 2) /
    ((n - 1) * (k * single * f) ** 2 + part ** 2);
  const base = k * jms + (k * n - k - n) * ems;
  const f1 = fQuantile(upper, n - 1, freedom);
  const f2 = fQuantile(upper, freedom, n - 1);
  const low = (n * (bms - f1 * ems)) / (f1 * base + n * bms);
  const high = (n * (f2 * bms - ems)) / (base + n * f2 * bms);
  return {
    single,
    single95: [low, high],
    mean: (bms - ems) / (bms + (jms - ems) / n),
    mean95: [spearmanBrown(low, k), spearmanBrown(high, k)],
  };
}

/** Reliability of the mean of k ratings from that of one. @example spearmanBrown(0.5, 3) // 0.75 */
export function spearmanBrown(single: number, k: number): number {
  return (k * single) / (1 + (k - 1) * single);
}

/**
 * Fewest ratings whose mean reaches a reliability, by Spearman and Brown.
 * @returns `null` where one rating carries nothing
 * @example ratersNeeded(0.29, 0.8) // 10
 */
export function ratersNeeded(single: number, reliability: number): number | null {
  if (!(single > 0)) return null;
  const exact = (reliability * (1 - single)) / (single * (1 - reliability));
  return Math.max(1, Math.ceil(exact - 1e-9));
}
