import type {
  AwardPackage,
  AwardResult,
  DealerEvidence,
  DealerResult,
  GateResult,
} from '../../contracts/awards.ts';
import {
  type Gate,
  type Programme,
  programme as programmeShape,
} from '../../contracts/programmes.ts';
import { epsilon } from '../audits/scoring.ts';
import { canonicalJson, sha256Hex } from '../canonical.ts';
import { readMetrics } from './award-metrics.ts';
import { composite } from './composite.ts';
import { decideGate, qualification } from './gates.ts';
import { type RankedUnit, rankOrder, rankUnits } from './ranking.ts';
import {
  correctForSeverity,
  type SeverityCorrection,
  type SeverityMode,
} from './severity-correction.ts';

/**
 * A market's award from its package, in two stages: gates decide who qualifies, the composite ranks
 * the qualified. Pure: the same package gives the same result on every machine.
 *
 * 0. where the programme asks for it and the design allows it, audit scores are freed of severity;
 * 1. evidence becomes metrics (means, shrunk means, rates, plan ratios);
 * 2. every gate of the programme, and the minimum evidence, is decided for every dealer;
 * 3. the composite of the qualified is formed between fixed goalposts;
 * 4. they are ranked, with intervals and chances;
 * 5. the outcome: one at rank 1, several sharing it, or no award.
 *
 * @see methods.md, section 6; model.md, "The award"
 */
export function evaluateAward(
  frozen: AwardPackage,
  severity: SeverityMode = 'as-programme',
): AwardResult {
  const now = standings(frozen, severity);
  const { programme, dealers, ranked, units } = now;
  const places = rankUnits(units, programme.seed);
  const inOrder = places.map(({ index, ...place }): DealerResult => {
    const { index: _, ...dealer } = ranked[index]!;
    return { ...dealer, ranking: { ...dealer.ranking!, ...place } };
  });
  const others = dealers
    .filter((dealer) => dealer.status !== 'ranked')
    .map(({ index: _, ...dealer }): DealerResult => dealer);
  return {
    ...outcomeOf(programme, frozen, inOrder),
    dealers: [...inOrder, ...others],
    ...(programme.severityCorrection && severity !== 'never'
      ? { correction: correctionOf(frozen, now) }
      : {}),
  };
}

/** Whether the correction holds, and the order the other way: both are always shown. */
function correctionOf(frozen: AwardPackage, { correction }: Standings): AwardResult['correction'] {
  const other = standings(frozen, correction.applied ? 'never' : 'always');
  return {
    ...correction,
    otherOrder: rankOrder(other.units).map(({ index, rank }) => ({
      dealer: other.ranked[index]!.dealer,
      rank,
    })),
  };
}

/** A dealer's result before anybody is ranked, with its place in the package. */
type Standing = DealerResult & { readonly index: number };

/** Everything of an award but the ranks: gates, composites, and the units to be ranked. */
export interface Standings {
  readonly programme: Programme;
  readonly dealers: readonly Standing[];
  /** The qualified with a composite, in the order of the package. */
  readonly ranked: readonly Standing[];
  /** The same as units: composite, standard error and tie-breaks. */
  readonly units: readonly RankedUnit[];
  readonly correction: SeverityCorrection;
}

/** Steps 1 to 3 of an award. @see evaluateAward */
export function standings(given: AwardPackage, severity: SeverityMode = 'as-programme'): Standings {
  const programme = programmeShape.parse(given.programme);
  const { corrected: frozen, correction } = correctForSeverity(programme, given, severity);
  const metrics = readMetrics(programme, frozen);
  const gates = [...programme.gates, ...evidenceGates(programme)];
  const usesComplaints = frozen.dealers.some((d) => d.complaints.met + d.complaints.breached > 0);
  const components = programme.composite.filter(
    (component) => usesComplaints || component.metric !== 'complaint-answers',
  );
  const dealers = frozen.dealers.map((evidence, index): Standing => {
    const read = metrics[index]!;
    const results = gates.map((gate) =>
      decideGate(gate, read.gate(gate.metric), waiverOf(frozen, evidence, gate.id)),
    );
    const values = components.map((component) => read.component(component.metric));
    const combined = composite(components, values);
    const exclusion = frozen.excluded.find((each) => isAbout(each, evidence));
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
  });
  const ranked = dealers.filter((dealer) => dealer.status === 'ranked');
  const units = ranked.map((dealer) => ({
    estimate: dealer.ranking!.composite,
    se: dealer.ranking!.se,
    tieBreaks: programme.tieBreaks.map((metric) => metrics[dealer.index]!.component(metric).value),
  }));
  return { programme, dealers, ranked, units, correction };
}

/** Who stands first, without any uncertainty: all that share rank 1, by code. */
export function leadersOf(frozen: AwardPackage): string[] {
  return leadersIn(standings(frozen));
}

/** The same of standings computed already. */
export function leadersIn({ ranked, units }: Standings): string[] {
  return rankOrder(units)
    .filter(({ rank }) => rank === 1)
    .map(({ index }) => ranked[index]!.dealer)
    .sort();
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

/** Whether a waiver or an exclusion names this unit, or the house that an advisor belongs to. */
function isAbout(named: { readonly dealer: string }, { dealer, house }: DealerEvidence): boolean {
  return named.dealer === dealer || named.dealer === house;
}

function waiverOf(
  frozen: AwardPackage,
  evidence: DealerEvidence,
  gate: string,
): string | undefined {
  const found = frozen.waivers.find((each) => isAbout(each, evidence) && each.gate === gate);
  return found && `waived by ${found.by}: ${found.reason} (${found.paper})`;
}

function sayGate(gate: GateResult): string {
  const bound = gate.min === null ? `at most ${gate.max}` : `at least ${gate.min}`;
  const value = gate.value === null ? 'no data' : String(Math.round(gate.value * 1000) / 1000);
  return `${gate.gate}: ${gate.result} (${value}, needs ${bound})`;
}

const wholeNumbers = new Set([
  ...['rank', 'rankLow', 'rankHigh', 'tiedGroup', 'audits', 'responses', 'draws'],
]);

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
  'noAward',
  'qualified',
]);
