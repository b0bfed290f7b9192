import { fCdf } from './distributions.ts';

/** One unit's moments: `variance` is `null` with one observation. */
export interface Unit {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | null;
}

/** Variance components of a one-way layout: inside units, between units, and the prior mean. */
export interface Components {
  /** Pooled variance inside units (MSW). */
  readonly within: number;
  /** Variance between the units' true means, >= 0; 0 = units cannot be distinguished. */
  readonly between: number;
  /** Credibility-weighted mean of the units. */
  readonly centre: number;
  readonly units: number;
}

/** A one-way layout in full. */
export interface OneWay extends Components {
  /** Mean square between units, and its ratio to the one inside: whether they differ at all. */
  readonly msb: number;
  readonly f: number | null;
  readonly p: number | null;
  /** The estimate before it is held at 0 or above. */
  readonly betweenAsFound: number;
  /** Degrees of freedom of the variance inside. */
  readonly freedom: number;
  /** Size of a unit that the components are stated for. */
  readonly n0: number;
  /** Share of the variance of one observation that lies between units; 0 where none is found. */
  readonly icc: number | null;
}

/** A unit's mean drawn toward the centre, with the share of its own evidence in it. */
export interface Shrunk {
  readonly value: number;
  /** 0 (nothing of its own) to 1. */
  readonly reliability: number;
  /** Posterior standard error. */
  readonly se: number;
}

/**
 * Variance components by unbalanced one-way analysis of variance.
 * MSW pools the units' own variances; between = max(0, (MSB - MSW)/n0).
 *
 * @returns `null` where no unit has two observations, or fewer than two units have any
 * @see Bühlmann & Straub 1970; Searle, Casella & McCulloch 1992; methods.md, 2.4
 */
export function varianceComponents(units: readonly Unit[]): OneWay | null {
  const used = units.filter((unit) => unit.n > 0);
  const k = used.length;
  const total = used.reduce((sum, unit) => sum + unit.n, 0);
  if (k < 2 || total <= k) return null;
  const inside = used.reduce((sum, unit) => sum + (unit.n - 1) * (unit.variance ?? 0), 0);
  const within = inside / (total - k);
  const grand = used.reduce((sum, unit) => sum + unit.n * unit.mean, 0) / total;
  const msb = used.reduce((sum, unit) => sum + unit.n * (unit.mean - grand) ** 2, 0) / (k - 1);
  const n0 = (total - used.reduce((sum, unit) => sum + unit.n ** 2, 0) / total) / (k - 1);
  const betweenAsFound = (msb - within) / n0;
  const between = Math.max(0, betweenAsFound);
  const f = within > 0 ? msb / within : null;
  return {
    ...{ within, between, betweenAsFound, n0, msb, f, units: k },
    freedom: total - k,
    p: f === null ? null : 1 - fCdf(f, k - 1, total - k),
    icc: between + within > 0 ? between / (between + within) : null,
    centre: credibilityMean(used, within, between, grand),
  };
}

function credibilityMean(
  units: readonly Unit[],
  within: number,
  between: number,
  grand: number,
): number {
  if (between === 0 || units.length === 0) return grand;
  let sum = 0;
  let weights = 0;
  for (const unit of units) {
    const reliability = between / (between + within / unit.n);
    sum += reliability * unit.mean;
    weights += reliability;
  }
  return sum / weights;
}

/**
 * Components of units nested in groups (advisors in dealers): the variances are pooled over all
 * groups, since one house has too few people for its own; each group keeps its own centre.
 *
 * @param groups units by group
 * @returns one entry a group, or `null` where nothing can be pooled
 * @see methods.md, 2.4
 */
export function nestedComponents(groups: readonly (readonly Unit[])[]): Components[] | null {
  const used = groups.map((units) => units.filter((unit) => unit.n > 0));
  let inside = 0;
  let insideFreedom = 0;
  let between = 0;
  let betweenFreedom = 0;
  let size = 0;
  for (const units of used) {
    const total = units.reduce((sum, unit) => sum + unit.n, 0);
    if (total === 0) continue;
    const mean = units.reduce((sum, unit) => sum + unit.n * unit.mean, 0) / total;
    inside += units.reduce((sum, unit) => sum + (unit.n - 1) * (unit.variance ?? 0), 0);
    insideFreedom += total - units.length;
    between += units.reduce((sum, unit) => sum + unit.n * (unit.mean - mean) ** 2, 0);
    betweenFreedom += units.length - 1;
    size += total - units.reduce((sum, unit) => sum + unit.n ** 2, 0) / total;
  }
  if (insideFreedom <= 0 || betweenFreedom <= 0) return null;
  const within = inside / insideFreedom;
  const n0 = size / betweenFreedom;
  const spread = Math.max(0, (between / betweenFreedom - within) / n0);
  return used.map((units) => {
    const total = units.reduce((sum, unit) => sum + unit.n, 0);
    const grand = total > 0 ? units.reduce((sum, unit) => sum + unit.n * unit.mean, 0) / total : 0;
    return {
      within,
      between: spread,
      centre: credibilityMean(units, within, spread, grand),
      units: units.length,
    };
  });
}

/**
 * Draws a unit's mean toward the centre by its reliability.
 * With no variance between units everybody equals the centre, with reliability 0 and se 0.
 *
 * @see methods.md, 2.4
 * @example shrink({ n: 4, mean: 90 }, { within: 16, between: 12, centre: 80 }) // value 87.5
 */
export function shrink(
  unit: { readonly n: number; readonly mean: number },
  { within, between, centre }: Pick<Components, 'within' | 'between' | 'centre'>,
): Shrunk {
  if (between === 0 || unit.n === 0) {
    return { value: centre, reliability: 0, se: Math.sqrt(between) };
  }
  const reliability = between / (between + within / unit.n);
  return {
    value: centre + reliability * (unit.mean - centre),
    reliability,
    se: Math.sqrt(between * (1 - reliability)),
  };
}
