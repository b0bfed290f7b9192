import type {
  AwardPackage,
  AwardResult,
  DealerEvidence,
  DealerResult,
  GateResult,
  NetworkPools,
} from '../contracts/awards.ts';
import { type Gate, type Programme, programme as programmeShape } from '../contracts/programmes.ts';
import {
  auditIndex,
  auditUnit,
  type CountedAudit,
  componentsOrNetwork,
  indexError,
} from './audit-index.ts';
import { canonicalJson, sha256Hex } from './canonical.ts';
import { type Moments, meanAndVariance } from './cells.ts';
import { type ComponentValue, composite } from './composite.ts';
import { decideGate, type GateValue, qualification } from './gates.ts';
import { civilDateOf } from './periods.ts';
import { rankUnits } from './ranking.ts';
import { epsilon } from './scoring.ts';
import {
  type BetaPrior,
  fitBetaBinomial,
  priorOf,
  shrinkShare,
} from './statistics/beta-binomial.ts';
import { shrink, type Unit, varianceComponents } from './statistics/shrinkage.ts';

/**
 * A market's award from its package, in two stages: gates decide who qualifies, the composite ranks
 * the qualified. Pure: the same package gives the same result on every machine.
 *
 * 1. evidence becomes metrics (means, shrunk means, rates, plan ratios);
 * 2. every gate of the programme, and the minimum evidence, is decided for every dealer;
 * 3. the composite of the qualified is formed between fixed goalposts;
 * 4. they are ranked, with intervals and chances;
 * 5. the outcome: one at rank 1, several sharing it, or no award.
 *
 * @see methods.md, section 6; model.md, "The award"
 */
export function evaluateAward(frozen: AwardPackage): AwardResult {
  const programme = programmeShape.parse(frozen.programme);
  const metrics = readMetrics(programme, frozen);
  const gates = [...programme.gates, ...evidenceGates(programme)];
  const usesComplaints = frozen.dealers.some((d) => d.complaints.met + d.complaints.breached > 0);
  const components = programme.composite.filter(
    (component) => usesComplaints || component.metric !== 'complaint-answers',
  );
  const dealers = frozen.dealers.map(
    (evidence, index): DealerResult & { readonly index: number } => {
      const read = metrics[index]!;
      const results = gates.map((gate) =>
        decideGate(gate, read.gate(gate.metric), waiverOf(frozen, evidence.dealer, gate.id)),
      );
      const values = components.map((component) => read.component(component.metric));
      const combined = composite(components, values);
      const exclusion = frozen.excluded.find((each) => each.dealer === evidence.dealer);
      const qualified = qualification(results);
      const missing = components.filter((_, i) => values[i]!.value === null);
      const status = exclusion
        ? 'excluded'
        : qualified === 'qualified'
          ? combined.value === null
            ? 'open'
            : 'ranked'
          : qualified;
      return {
        index,
        dealer: evidence.dealer,
        status,
        reasons:
          status === 'ranked'
            ? []
            : [
                ...(exclusion ? [`excluded: ${exclusion.reason}`] : []),
                ...results.filter((gate) => gate.result === 'fail').map(sayGate),
                ...results.filter((gate) => gate.result === 'open').map(sayGate),
                ...missing.map((component) => `no value for ${component.id}`),
              ],
        audits: evidence.audits.length,
        responses: evidence.afterSales.n,
        gates: results,
        components: components.map((component, i) => ({
          component: component.id,
          metric: component.metric,
          value: values[i]!.value,
          se: values[i]!.se,
          points: combined.points[i]!,
          weight: component.weight,
        })),
        ranking:
          status === 'ranked'
            ? ({ composite: combined.value!, se: combined.se } as DealerResult['ranking'])
            : null,
      };
    },
  );
  const ranked = dealers.filter((dealer) => dealer.status === 'ranked');
  const places = rankUnits(
    ranked.map((dealer) => ({
      estimate: dealer.ranking!.composite,
      se: dealer.ranking!.se,
      tieBreaks: programme.tieBreaks.map(
        (metric) => metrics[dealer.index]!.component(metric).value,
      ),
    })),
    programme.seed,
  );
  const inOrder = places.map(({ index, ...place }): DealerResult => {
    const { index: _, ...dealer } = ranked[index]!;
    return { ...dealer, ranking: { ...dealer.ranking!, ...place } };
  });
  const others = dealers
    .filter((dealer) => dealer.status !== 'ranked')
    .map(({ index: _, ...dealer }): DealerResult => dealer);
  return { ...outcomeOf(programme, frozen, inOrder), dealers: [...inOrder, ...others] };
}

function outcomeOf(programme: Programme, frozen: AwardPackage, ranked: readonly DealerResult[]) {
  const first = ranked.filter((dealer) => dealer.ranking!.rank === 1);
  const second = ranked[1];
  const top = first[0]?.ranking;
  const spread = second ? Math.hypot(top!.se, second.ranking!.se) : 0;
  const points = second ? top!.composite - second.ranking!.composite : 0;
  return {
    programme: programme.id,
    version: programme.version,
    market: frozen.market,
    asOf: frozen.asOf,
    first: first.map((dealer) => dealer.dealer),
    outcome:
      first.length === 0
        ? ('no-award' as const)
        : first.length === 1
          ? ('single' as const)
          : ('shared' as const),
    leadIsClear: top
      ? first.length === 1 && top.probabilityFirst >= programme.clearLead - epsilon
      : null,
    marginToSecond: second ? { points, standardErrors: spread > 0 ? points / spread : null } : null,
  };
}

function evidenceGates({ minimumEvidence }: Programme): Gate[] {
  const gate = (id: string, metric: string, min: number, en: string): Gate[] =>
    min > 0 ? [{ id, metric, min, kind: 'sample', title: { en } }] : [];
  return [
    ...gate('minimum-audits', 'audits', minimumEvidence.audits, 'Enough audits'),
    ...gate('minimum-responses', 'responses', minimumEvidence.responses, 'Enough responses'),
    ...gate('minimum-coverage', 'coverage', minimumEvidence.coverage, 'Audits complete enough'),
  ];
}

function waiverOf(frozen: AwardPackage, dealer: string, gate: string): string | undefined {
  const found = frozen.waivers.find((waiver) => waiver.dealer === dealer && waiver.gate === gate);
  return found && `waived by ${found.by}: ${found.reason} (${found.paper})`;
}

function sayGate(gate: GateResult): string {
  const bound = gate.min === null ? `at most ${gate.max}` : `at least ${gate.min}`;
  const value = gate.value === null ? 'no data' : String(Math.round(gate.value * 1000) / 1000);
  return `${gate.gate}: ${gate.result} (${value}, needs ${bound})`;
}

/** The market code of a package that ranks the markets' winners. */
export const networkMarket = 'network';

interface DealerMetrics {
  gate(metric: string): GateValue;
  component(metric: string): ComponentValue;
}

const none: ComponentValue = { value: null, se: 0 };

/** Metrics of every dealer; shrinkage borrows from the market, with few houses from the network. */
function readMetrics(programme: Programme, frozen: AwardPackage): DealerMetrics[] {
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

const wholeNumbers = new Set(['rank', 'rankLow', 'rankHigh', 'tiedGroup', 'audits', 'responses']);

/**
 * The canonical text of a result: figures as decimal strings with 6 places, so that bytes agree
 * between machines whose functions differ in the last bit.
 * @returns the text and its SHA-256
 */
export function canonicalResult(result: AwardResult): {
  readonly text: string;
  readonly sha256: string;
} {
  const text = canonicalJson(withDecimals(result, ''));
  return { text, sha256: sha256Hex(text) };
}

function withDecimals(value: unknown, key: string): unknown {
  if (typeof value === 'number') return wholeNumbers.has(key) ? value : decimal(value);
  if (Array.isArray(value)) return value.map((each) => withDecimals(each, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withDecimals(each, name)]),
  );
}

/** A figure with 6 places, half away from zero. @example decimal(76.175) // '76.175000' */
export function decimal(x: number): string {
  const rounded = (Math.sign(x) * Math.round(Math.abs(x) * 1e6)) / 1e6;
  return (rounded === 0 ? 0 : rounded).toFixed(6);
}

/** Figures of a stored canonical result as numbers again; names and codes stay text. */
export function parseResult(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) =>
    typeof value === 'string' && figureKeys.has(key) ? Number(value) : value,
  );
}

const figureKeys = new Set([
  'value',
  'min',
  'max',
  'se',
  'points',
  'weight',
  'composite',
  'probabilityFirst',
  'probabilityTopThree',
  'expectedRank',
  'standardErrors',
]);
