import type { AuditorReport, AuditorRow } from '../../contracts/auditors.ts';
import { cusum, ewma } from '../statistics/control-charts.ts';
import { type CrossedFit, crossedEffects } from '../statistics/crossed-effects.ts';
import { autocorrelation, sampleOf } from '../statistics/moments.ts';
import { benjaminiHochberg } from '../statistics/multiple-tests.ts';
import { ranksOf } from '../statistics/ranks.ts';
import { againstZero } from '../statistics/welch.ts';
import { enough } from './enough.ts';
import { partialities } from './panels.ts';
import { planningOf } from './reliability.ts';

/** An audit as it bears on its auditor. */
export interface AuditorVisit {
  readonly dealer: string;
  readonly auditor: string;
  /** Civil date of the visit. */
  readonly date: string;
  /** Groups that the house belongs to, by kind (region, owner), for partiality. */
  readonly groups?: Readonly<Record<string, string | null>> | undefined;
  /** What was asked and how: visits of one kind are compared with each other only. */
  readonly kind?: string | undefined;
  /** Audit score before caps and knock-outs, 0 to 100. */
  readonly score: number;
}

type Severity = Pick<
  AuditorReport,
  | 'audits'
  | 'components'
  | 'groups'
  | 'correction'
  | 'auditors'
  | 'dealers'
  | 'partiality'
  | 'planning'
>;

const falseDiscovery = 0.05;
/** Of the sums of distances: what is let pass at each visit, and how much may add up, in spreads. */
const [allowance, shiftLimit] = [0.5, 5];
/** Below so little, in squared points, nothing varies. */
const leastVariance = 1e-18;

/**
 * Severity of auditors beside the quality of houses: crossed random effects, distances from what the
 * houses deserve, drift, and the houses' means with and without the auditors' leniency.
 *
 * @param visits in any order; the result does not depend on it
 * @see methods.md, 5.2 and 5.3
 */
export function auditorSeverity(visits: readonly AuditorVisit[]): Severity {
  const ordered = withoutKinds([...visits].sort(byContent));
  const dealers = codesOf(ordered.map((visit) => visit.dealer));
  const auditors = codesOf(ordered.map((visit) => visit.auditor));
  const found = crossedEffects({
    y: ordered.map((visit) => visit.score),
    first: ordered.map((visit) => dealers.at.get(visit.dealer)!),
    second: ordered.map((visit) => auditors.at.get(visit.auditor)!),
  });
  // Scores that differ by rounding alone have no variance to divide.
  const total = found && found.first.variance + found.second.variance + found.residual;
  const fit = total !== null && total > leastVariance ? found : null;
  const groups = connectedGroups(ordered);
  const byAuditor = Map.groupBy(ordered, (visit) => visit.auditor);
  const byDealer = Map.groupBy(ordered, (visit) => visit.dealer);
  const distances = new Map<string, { date: string; distance: number }[]>();
  for (const visit of ordered) {
    const own = distances.get(visit.auditor) ?? [];
    distances.set(visit.auditor, own);
    if (!fit) continue;
    const deserved = fit.mean + fit.first.value[dealers.at.get(visit.dealer)!]!;
    own.push({ date: visit.date, distance: visit.score - deserved });
  }
  const all = sampleOf([...distances.values()].flat().map((each) => each.distance));
  const spread = all.variance === null ? 0 : Math.sqrt(all.variance);
  const rows = auditors.codes.map((code) => auditorRow(code));
  const tests = rows.map(({ auditor }) =>
    againstZero(sampleOf(distances.get(auditor)!.map((each) => each.distance))),
  );
  const adjusted = benjaminiHochberg(tests.map((test) => test?.p ?? 1));
  return {
    audits: ordered.length,
    components: fit && componentsOf(fit),
    groups: groups.length > 1 ? groups : [],
    correction: correctionOf(fit, groups.length, rows),
    auditors: rows.map((row, i) => {
      const p = tests[i] ? adjusted[i]! : null;
      const isDiscrepant = groups.length === 1 && p !== null && p <= falseDiscovery;
      const flags: AuditorRow['flags'] = [
        ...(isDiscrepant ? (['discrepant'] as const) : []),
        ...(row.driftSince ? (['drift'] as const) : []),
        ...(row.shiftSince ? (['shift'] as const) : []),
      ];
      return { ...row, p, flags };
    }),
    dealers: dealerRows(),
    partiality: partialityOf(),
    planning: fit && planningOf(componentsOf(fit)),
  };

  function auditorRow(code: string): AuditorRow {
    const own = byAuditor.get(code)!;
    const index = auditors.at.get(code)!;
    const mine = distances.get(code)!;
    const sample = sampleOf(mine.map((each) => each.distance));
    const dated = [...mine].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    const chart =
      fit && spread > 0
        ? ewma(
            dated.map((each) => each.distance / spread),
            sample.mean / spread,
            1,
          )
        : undefined;
    const signal = chart?.signals[0];
    const shift =
      fit && spread > 0
        ? cusum(
            dated.map((each) => each.distance / spread),
            sample.mean / spread,
            allowance,
            shiftLimit,
          ).firstSignal
        : null;
    return {
      auditor: code,
      audits: own.length,
      dealers: new Set(own.map((visit) => visit.dealer)).size,
      mean: sampleOf(own.map((visit) => visit.score)).mean,
      leniency: fit?.second.value[index] ?? null,
      leniencySd: fit?.second.sd[index] ?? null,
      discrepancy: fit ? sample.mean : null,
      p: null,
      sdRatio: sample.variance !== null && spread > 0 ? Math.sqrt(sample.variance) / spread : null,
      autocorrelation: fit ? autocorrelation(dated.map((each) => each.distance)) : null,
      driftSince: signal === undefined ? null : dated[signal]!.date,
      shiftSince: shift === null ? null : dated[shift]!.date,
      flags: [],
    };
  }

  function partialityOf(): Severity['partiality'] {
    if (!fit) return [];
    const kinds = [...new Set(ordered.flatMap(({ groups }) => Object.keys(groups ?? {})))].sort();
    return kinds.flatMap((kind) => {
      const found = partialities(
        ordered.map((visit) => {
          const deserved = fit.mean + fit.first.value[dealers.at.get(visit.dealer)!]!;
          const group = visit.groups?.[kind] ?? undefined;
          return { auditor: visit.auditor, group, distance: visit.score - deserved };
        }),
      );
      return found.map(({ auditor, group, n, difference, adjusted }) => ({
        ...{ auditor, group: `${kind} ${group}`, audits: n, difference, p: adjusted },
        flag: adjusted <= falseDiscovery,
      }));
    });
  }

  function dealerRows(): Severity['dealers'] {
    const leniency = (code: string) => fit?.second.value[auditors.at.get(code)!] ?? 0;
    const units = dealers.codes.map((code) => {
      const own = byDealer.get(code)!;
      const raw = sampleOf(own.map((visit) => visit.score)).mean;
      const corrected = sampleOf(own.map((visit) => visit.score - leniency(visit.auditor))).mean;
      return { dealer: code, audits: own.length, raw, corrected };
    });
    const rankRaw = ranksOf(units.map((unit) => unit.raw));
    const rankAdjusted = ranksOf(units.map((unit) => unit.corrected));
    return units.map(({ corrected, ...unit }, i) => ({
      ...unit,
      adjusted: fit ? corrected : null,
      rankRaw: rankRaw[i]!,
      rankAdjusted: fit ? rankAdjusted[i]! : null,
    }));
  }
}

function componentsOf(fit: CrossedFit) {
  const { first, second, residual } = fit;
  const sum = first.variance + second.variance + residual;
  return {
    mean: fit.mean,
    dealers: first.variance,
    auditors: second.variance,
    rest: residual,
    shares: {
      dealers: first.variance / sum,
      auditors: second.variance / sum,
      rest: residual / sum,
    },
  };
}

function correctionOf(fit: CrossedFit | null, groups: number, rows: readonly AuditorRow[]) {
  const few = rows.filter((row) => row.audits < enough.audits || row.dealers < enough.dealers);
  const reasons = [
    ...(fit ? [] : ['there is too little to tell auditors from houses']),
    ...(groups > 1 ? [`the market falls into ${groups} parts that no auditor joins`] : []),
    ...few.map(
      (row) =>
        `${row.auditor} has ${row.audits} audits in ${row.dealers} houses; ${enough.audits} in ${enough.dealers} are needed`,
    ),
  ];
  return { allowed: reasons.length === 0, reasons };
}

/** Scores less how far their kind of visit lies from all, so that a kind does not look like a person. */
function withoutKinds(visits: readonly AuditorVisit[]): AuditorVisit[] {
  const mean = (list: readonly AuditorVisit[]) => sampleOf(list.map((visit) => visit.score)).mean;
  const kinds = Map.groupBy(visits, (visit) => visit.kind ?? '');
  const all = mean(visits);
  const shift = new Map([...kinds].map(([kind, own]) => [kind, mean(own) - all]));
  if (kinds.size < 2) return [...visits];
  return visits.map((visit) => ({ ...visit, score: visit.score - shift.get(visit.kind ?? '')! }));
}

/** Parts of the graph of dealers and auditors that no visit joins. */
function connectedGroups(visits: readonly AuditorVisit[]): Severity['groups'] {
  const parent = new Map<string, string>();
  const find = (node: string): string => {
    const up = parent.get(node) ?? node;
    if (up === node) return node;
    const root = find(up);
    parent.set(node, root);
    return root;
  };
  for (const { dealer, auditor } of visits) parent.set(find(`d ${dealer}`), find(`a ${auditor}`));
  const groups = Map.groupBy(visits, ({ auditor }) => find(`a ${auditor}`));
  return [...groups.values()].map((own) => ({
    dealers: codesOf(own.map((visit) => visit.dealer)).codes,
    auditors: codesOf(own.map((visit) => visit.auditor)).codes,
  }));
}

function codesOf(values: readonly string[]) {
  const codes = [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { codes, at: new Map(codes.map((code, index) => [code, index])) };
}

function byContent(a: AuditorVisit, b: AuditorVisit): number {
  const key = (visit: AuditorVisit) => `${visit.dealer}\n${visit.date}\n${visit.auditor}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.score - b.score;
}
