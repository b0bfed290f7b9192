import type { AwardPackage, DealerEvidence, NetworkPools } from '../../contracts/awards.ts';
import type { Programme } from '../../contracts/programmes.ts';
import { epsilon } from '../audits/scoring.ts';
import {
  auditIndex,
  auditUnit,
  type CountedAudit,
  componentsOrNetwork,
  indexError,
} from '../indices/audit-index.ts';
import { type Moments, meanAndVariance } from '../indices/cells.ts';
import { civilDateOf } from '../periods.ts';
import {
  type BetaPrior,
  fitBetaBinomial,
  priorOf,
  shrinkShare,
} from '../statistics/beta-binomial.ts';
import { shrink, type Unit, varianceComponents } from '../statistics/shrinkage.ts';
import type { ComponentValue } from './composite.ts';
import type { GateValue } from './gates.ts';

/** The market code of a package that ranks the markets' winners. */
export const networkMarket = 'network';

/** What gates and components read of one dealer, by metric. */
export interface DealerMetrics {
  gate(metric: string): GateValue;
  component(metric: string): ComponentValue;
}

const none: ComponentValue = { value: null, se: 0 };

/** Metrics of every dealer; shrinkage borrows from the market, with few houses from the network. */
export function readMetrics(programme: Programme, frozen: AwardPackage): DealerMetrics[] {
  const asOf = civilDateOf(new Date(frozen.asOf), 'UTC');
  const weights = { ...programme.auditTypeWeights, halfLifeDays: programme.halfLifeDays, asOf };
  const isList = frozen.market === networkMarket;
  const audits = frozen.dealers.map(countedAudits);
  const auditUnits = audits.map(auditUnit);
  const auditPool = componentsOrNetwork(auditUnits, frozen.pools.audits, isList);
  const surveyUnits = frozen.dealers.map((dealer) => momentsUnit(parseMoments(dealer.afterSales)));
  const surveyPool = componentsOrNetwork(surveyUnits, frozen.pools.afterSales, isList);
  const salesUnits = frozen.dealers.map((dealer) => momentsUnit(parseMoments(dealer.sales)));
  const salesPool = componentsOrNetwork(salesUnits, null);
  const prior = complaintPrior(frozen.dealers, frozen.pools, isList);

  return frozen.dealers.map((dealer, index): DealerMetrics => {
    const index_ = auditIndex(audits[index]!, weights);
    const shrunk = (unit: Unit, pool: typeof auditPool, mean: number | null): ComponentValue => {
      if (unit.n === 0 || mean === null) return none;
      if (!pool) {
        // A spread that nobody knows is not 0: without it there is no value to rank by.
        return unit.variance === null
          ? none
          : { value: mean, se: Math.sqrt(unit.variance / unit.n) };
      }
      const drawn = shrink({ n: unit.n, mean }, pool);
      return { value: drawn.value, se: drawn.se };
    };
    const plain = (unit: Unit, pool: typeof auditPool): GateValue =>
      unit.n === 0
        ? { value: null }
        : { value: unit.mean, se: Math.sqrt((unit.variance || (pool?.within ?? 0)) / unit.n) };
    const due = dealer.complaints.met + dealer.complaints.breached;
    const kpi = kpiIndex(programme, dealer);
    const figure = (metric: string): number | null => {
      const [kind, measure] = metric.split(':') as [string, string];
      const found = dealer.figures[measure];
      if (!found) return null;
      if (kind === 'figure') return found.value;
      return found.target === null || found.target === 0 ? null : found.value / found.target;
    };
    const simple = (metric: string): number | null => {
      switch (metric) {
        case 'audits':
          return dealer.audits.length;
        case 'responses':
          return dealer.afterSales.n;
        case 'coverage':
          return dealer.audits.length === 0
            ? null
            : dealer.audits.reduce((sum, audit) => sum + audit.coverage, 0) / dealer.audits.length;
        case 'knock-outs':
          return dealer.audits.length === 0
            ? null
            : dealer.audits.filter((audit) => audit.knockedOut).length;
        case 'brand-standards':
          return dealer.brandStandards ? dealer.brandStandards.below.length : null;
        case 'five-star':
          return dealer.fiveStar === null ? null : Number(dealer.fiveStar);
        case 'integrity-cases':
          return dealer.integrityCases;
        case 'kpi-index':
          return kpi;
        default:
          return metric.includes(':') ? figure(metric) : null;
      }
    };
    return {
      gate(metric) {
        switch (metric) {
          case 'omotenashi-index': {
            const se = index_ ? indexError(index_, auditPool?.within ?? null) : null;
            return { value: index_?.mean ?? null, se: se ?? undefined };
          }
          case 'after-sales-index':
            return plain(surveyUnits[index]!, surveyPool);
          case 'sales-index':
            return plain(salesUnits[index]!, salesPool);
          case 'complaint-answers':
            return due === 0
              ? { value: null, passNote: 'no case due' }
              : { value: dealer.complaints.met / due };
          default:
            return { value: simple(metric) };
        }
      },
      component(metric) {
        switch (metric) {
          case 'omotenashi-index':
            return shrunk(auditUnits[index]!, auditPool, index_?.mean ?? null);
          case 'after-sales-index':
            return shrunk(surveyUnits[index]!, surveyPool, surveyUnits[index]!.mean);
          case 'sales-index':
            return shrunk(salesUnits[index]!, salesPool, salesUnits[index]!.mean);
          case 'complaint-answers': {
            if (!prior) return none;
            const drawn = shrinkShare({ successes: dealer.complaints.met, n: due }, prior);
            return { value: drawn.value, se: Math.sqrt(drawn.variance) };
          }
          default:
            return { value: simple(metric), se: 0 };
        }
      },
    };
  });
}

function countedAudits(dealer: DealerEvidence): CountedAudit[] {
  return dealer.audits.map(({ date, type, finalMicro }) => ({
    date,
    type,
    value: finalMicro / 1e6,
  }));
}

export function parseMoments(stored: DealerEvidence['afterSales']): Moments {
  return { n: stored.n, sum: BigInt(stored.sum), sumSquares: BigInt(stored.sumSquares) };
}

function momentsUnit(moments: Moments): Unit {
  const { mean, variance } = meanAndVariance(moments);
  return { n: moments.n, mean: mean ?? 0, variance };
}

/** Prior of the share of complaints answered in time: the market's, or with few houses the network's. */
function complaintPrior(
  dealers: readonly DealerEvidence[],
  pools: NetworkPools,
  isList: boolean,
): BetaPrior | null {
  const counts = dealers.map(({ complaints }) => ({
    successes: complaints.met,
    n: complaints.met + complaints.breached,
  }));
  return (isList && pools.complaints) || priorOf(counts, pools.complaints);
}

/** Key figures against plan: Σ w·min(120, 100·actual/target)/Σw; `null` where a measure is missing. */
export function kpiIndex(programme: Programme, dealer: DealerEvidence): number | null {
  let sum = 0;
  let weights = 0;
  for (const { measure, weight, lowerIsBetter } of programme.keyFigures) {
    const found = dealer.figures[measure];
    if (!found?.target || (lowerIsBetter && found.value < 0)) return null;
    const ratio = lowerIsBetter
      ? found.target / Math.max(found.value, epsilon)
      : found.value / found.target;
    sum += weight * Math.max(0, Math.min(120, 100 * ratio));
    weights += weight;
  }
  return weights > 0 ? sum / weights : null;
}

/** Variance components over all dealers of the network, kept in every package. */
export function networkPoolsOf(dealers: readonly DealerEvidence[]): NetworkPools {
  const pick = (units: readonly Unit[]) => {
    const found = varianceComponents(units);
    return found && { within: found.within, between: found.between, centre: found.centre };
  };
  return {
    audits: pick(dealers.map((dealer) => auditUnit(countedAudits(dealer)))),
    afterSales: pick(dealers.map((dealer) => momentsUnit(parseMoments(dealer.afterSales)))),
    complaints: fitBetaBinomial(
      dealers.map(({ complaints }) => ({
        successes: complaints.met,
        n: complaints.met + complaints.breached,
      })),
    ),
  };
}
