import { daysBetween } from '../periods.ts';
import {
  type Components,
  type OneWay,
  type Unit,
  varianceComponents,
} from '../statistics/shrinkage.ts';
import { type WeightedMean, weightedMean } from '../statistics/weighted-mean.ts';
import { type Estimate, spreadOf } from './indices.ts';

/** An audit as an index sees it. */
export interface CountedAudit {
  readonly date: string;
  readonly type: 'mystery' | 'announced';
  /** Points 0 to 100, unrounded or from millionths. */
  readonly value: number;
}

export interface AuditWeights {
  readonly mystery: number;
  readonly announced: number;
  /** Days after which an audit counts half; absent = no decay. */
  readonly halfLifeDays?: number | undefined;
  /** Civil date from which the age is counted. */
  readonly asOf: string;
}

/**
 * Weighted mean over audits: type weight times 2^(-age/halfLife).
 * @returns `null` without audits; `se` is `null` with one
 * @see methods.md, section 3
 */
export function auditIndex(
  audits: readonly CountedAudit[],
  weights: AuditWeights,
): WeightedMean | null {
  return weightedMean(
    audits.map((audit) => audit.value),
    audits.map((audit) => {
      if (weights.halfLifeDays === undefined) return weights[audit.type];
      const age = daysBetween(audit.date, weights.asOf);
      return weights[audit.type] * 2 ** (-age / weights.halfLifeDays);
    }),
  );
}

/** A dealer's audits as a unit of the one-way layout; there every audit weighs 1. */
export function auditUnit(audits: readonly CountedAudit[]): Unit {
  const plain = weightedMean(audits.map((audit) => audit.value));
  return { n: plain?.n ?? 0, mean: plain?.mean ?? 0, variance: plain?.variance ?? null };
}

/** Standard error of a dealer's index; with one audit from the variance pooled over the market. */
export function indexError(index: WeightedMean, pooledVariance: number | null): number | null {
  if (index.se !== null && index.se > 0) return index.se;
  return pooledVariance === null ? index.se : Math.sqrt(pooledVariance / index.nEff);
}

/**
 * A dealer's index as an estimate, its spread pooled over the market while audits are few.
 *
 * @param pool of the market's one-way layout
 * @see methods.md, section 3
 */
export function auditEstimate(
  index: WeightedMean,
  pool: Pick<OneWay, 'within' | 'freedom'> | null,
) {
  const pooled = pool && { variance: pool.within, freedom: pool.freedom };
  const spread = spreadOf({ n: index.n, variance: index.variance }, pooled);
  return {
    n: index.n,
    value: index.mean,
    se: spread && Math.sqrt(spread.variance / index.nEff),
    ...(spread ? { df: spread.freedom } : {}),
  } satisfies Estimate;
}

/**
 * Components over dealers. Fewer than five houses borrow those of the whole network; so does a list
 * of winners, whatever its length: a selected group says nothing about the spread of houses.
 */
export function componentsOrNetwork(
  units: readonly Unit[],
  network: Pick<Components, 'within' | 'between' | 'centre'> | null,
  isSelected = false,
): Pick<Components, 'within' | 'between' | 'centre'> | null {
  const used = units.filter((unit) => unit.n > 0);
  if (isSelected && network) return network;
  const own = used.length >= 5 ? varianceComponents(used) : null;
  if (own) return own;
  if (!network) return varianceComponents(used);
  const total = used.reduce((sum, unit) => sum + unit.n, 0);
  const centre =
    total > 0 ? used.reduce((sum, unit) => sum + unit.n * unit.mean, 0) / total : network.centre;
  return { within: network.within, between: network.between, centre };
}
