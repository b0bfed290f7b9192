import type { AwardPackage, DealerEvidence } from '../../contracts/awards.ts';
import type { FirmnessReport } from '../../contracts/firmness.ts';
import { openStream } from '../random.ts';
import { normalQuantile } from '../statistics/distributions.ts';
import { shapeOf } from '../statistics/moments.ts';
import { chanceBetter, rankChances, rankDistribution } from '../statistics/rank-chances.ts';
import { kendallTau, ranksOf, spearman } from '../statistics/ranks.ts';
import { weightAcceptability } from '../statistics/weight-analysis.ts';
import { geometricMean, type Normalisation, normalise } from './aggregation.ts';
import { leadersIn, type Standings, standings } from './award.ts';
import { rankOrder } from './ranking.ts';

/** Concentration of the weights near the nominal ones (methods.md, 4). */
const concentration = 50;
/** Houses with less chance than this are no rivals. */
const leastChance = 0.01;
/** Above so many houses the chance of every place is not worth its time. */
const mostIntegrated = 64;
/** So many auditors are left out in turn, those with most audits. */
const mostAuditors = 100;
/** Equally likely outcomes of one more visit. */
const outcomes = Array.from({ length: 11 }, (_, i) => normalQuantile((i + 0.5) / 11));

/**
 * How firm the winner is: under other weights, without any one auditor, without the last visit to a
 * leader, the margin, and where the next visit would add most certainty.
 *
 * @param auditorOf the auditor of each audit in the package
 * @see methods.md, 4; model.md, "The award"
 */
export function awardFirmness(
  frozen: AwardPackage,
  auditorOf: ReadonlyMap<string, string>,
): FirmnessReport {
  const now = standings(frozen);
  const { programme, ranked, units } = now;
  const first = leadersIn(now);
  const chances = chancesOf(now);
  const changed = (without: string, after: readonly string[]) => ({
    without,
    first: [...after],
    changes: after.join() !== first.join(),
  });
  const rivals = ranked.flatMap((dealer, i) =>
    (chances[i] ?? 0) >= leastChance || first.includes(dealer.dealer) ? [dealer.dealer] : [],
  );
  const draw = drawBest(now);
  const auditors = busiest(auditorOf);
  const order = rankOrder(units);
  const [top, second] = [order[0], order[1]];
  const spread = top && second ? Math.hypot(units[top.index]!.se, units[second.index]!.se) : 0;
  const points = top && second ? units[top.index]!.estimate - units[second.index]!.estimate : null;
  return {
    market: frozen.market,
    programme: programme.id,
    version: programme.version,
    first,
    probabilityFirst:
      first.length === 0
        ? null
        : ranked.reduce((sum, each, i) => sum + (first.includes(each.dealer) ? chances[i]! : 0), 0),
    marginToSecond:
      points === null
        ? null
        : {
            points,
            standardErrors: spread > 0 ? points / spread : null,
            probabilityBetter: chanceBetter(units[top!.index]!, units[second!.index]!),
          },
    places: placesOf(now),
    aggregation: otherAggregations(now, first),
    shapes: shapesOf(now),
    weights: otherWeights(now, first, changed),
    withoutAuditor: auditors.map((auditor) =>
      changed(
        auditor,
        leadersIn(standings(without(frozen, (audit) => auditorOf.get(audit.id) === auditor))),
      ),
    ),
    withoutLastVisit: rivals.flatMap((dealer) => {
      const last = frozen.dealers.find((each) => each.dealer === dealer)?.audits.at(-1);
      if (!last) return [];
      return [
        changed(dealer, leadersIn(standings(without(frozen, (audit) => audit.id === last.id)))),
      ];
    }),
    nextVisit: rivals
      .map((dealer) => ({ dealer, gain: gainOfVisit(frozen, now, draw, dealer) }))
      .sort((a, b) => b.gain - a.gain || (a.dealer < b.dealer ? -1 : 1)),
  };
}

function chancesOf({ units, programme }: Standings): number[] {
  const found = rankChances(
    units.map((unit) => unit.estimate),
    units.map((unit) => unit.se),
    programme.seed,
  );
  return found.map((each) => each.first);
}

/** Auditors with most audits: leaving one of few out changes nothing that matters, and takes its time. */
function busiest(auditorOf: ReadonlyMap<string, string>): string[] {
  const counts = new Map<string, number>();
  for (const auditor of auditorOf.values()) counts.set(auditor, (counts.get(auditor) ?? 0) + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, mostAuditors)
    .map(([auditor]) => auditor)
    .sort();
}

/** The first five places of houses with a chance of at least 1 % of one of them. */
function placesOf({ ranked, units }: Standings): FirmnessReport['places'] {
  if (units.length > mostIntegrated) return [];
  const estimates = units.map((unit) => unit.estimate);
  const errors = units.map((unit) => unit.se);
  return rankOrder(units).flatMap(({ index }) => {
    const chances = rankDistribution(estimates, errors, index).slice(0, 5);
    const any = chances.reduce((sum, each) => sum + each, 0);
    return any < leastChance ? [] : [{ dealer: ranked[index]!.dealer, chances }];
  });
}

/** Sensitivity to how components are brought together; the award itself uses fixed goalposts. */
function otherAggregations(
  { programme, ranked, units }: Standings,
  first: readonly string[],
): FirmnessReport['aggregation'] {
  const components = ranked[0]?.components ?? [];
  if (ranked.length < 2 || components.length === 0) return [];
  const weights = components.map(({ weight }) => weight);
  const columns = components.map((_, k) => ranked.map((each) => each.components[k]!.value ?? 0));
  const points = ranked.map((each) => each.components.map((component) => component.points ?? 0));
  const nominal = units.map((unit) => unit.estimate);
  const weighted = (rows: readonly (readonly number[])[], by = weights) =>
    rows.map((row) => row.reduce((sum, x, k) => sum + by[k]! * x, 0));
  const scaled = (by: Normalisation) => {
    const normal = columns.map((column, k) => {
      const goal = programme.composite.find(({ id }) => id === components[k]!.component);
      const isTurned = goal !== undefined && goal.low > goal.high;
      return normalise(isTurned ? column.map((x) => -x) : column, by);
    });
    return weighted(ranked.map((_, i) => normal.map((column) => column[i]!)));
  };
  const geometric = points.map((row) => geometricMean(row, weights, 1));
  const equal = weighted(
    points,
    weights.map(() => 1),
  );
  const variants = [
    ['min-max', scaled('min-max')],
    ['z-score', scaled('z-score')],
    ['percent-rank', scaled('percent-rank')],
    ['geometric', geometric],
    ['equal-weights', equal],
  ] as const;
  return variants.map(([by, values]) => {
    const ranks = ranksOf(values);
    const after = ranked.flatMap((each, i) => (ranks[i] === 1 ? [each.dealer] : [])).sort();
    return {
      by,
      first: after,
      changes: after.join() !== first.join(),
      kendallTau: kendallTau(nominal, values),
      spearman: spearman(nominal, values),
    };
  });
}

function shapesOf({ ranked }: Standings): FirmnessReport['shapes'] {
  return (ranked[0]?.components ?? []).map(({ component }, k) => {
    const shape = shapeOf(ranked.map((each) => each.components[k]!.value ?? 0));
    return {
      component,
      skewness: shape?.skewness ?? null,
      kurtosis: shape?.kurtosis ?? null,
      isSkewed: shape !== null && Math.abs(shape.skewness) > 2 && shape.kurtosis > 3.5,
    };
  });
}

function without(
  frozen: AwardPackage,
  isLeftOut: (audit: DealerEvidence['audits'][number]) => boolean,
): AwardPackage {
  return {
    ...frozen,
    dealers: frozen.dealers.map((dealer) => ({
      ...dealer,
      audits: dealer.audits.filter((audit) => !isLeftOut(audit)),
    })),
  };
}

function otherWeights(
  { programme, ranked }: Standings,
  first: readonly string[],
  changed: (
    without: string,
    after: readonly string[],
  ) => FirmnessReport['weights']['leaveOut'][number],
): FirmnessReport['weights'] {
  const components = ranked[0]?.components ?? [];
  const table = ranked.map((dealer) => dealer.components.map((each) => each.points ?? 0));
  const total = components.reduce((sum, each) => sum + each.weight, 0);
  const nominal = components.map((each) => each.weight / total);
  const shares = (prior: Parameters<typeof weightAcceptability>[1]) =>
    weightAcceptability(table, prior, programme.seed)
      .map(({ first: share }, i) => ({ dealer: ranked[i]!.dealer, share }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share || (a.dealer < b.dealer ? -1 : 1));
  const near = shares({ kind: 'near', nominal, concentration });
  return {
    staysFirst:
      ranked.length === 0
        ? null
        : near.reduce((sum, { dealer, share }) => sum + (first.includes(dealer) ? share : 0), 0),
    near,
    any: shares({ kind: 'any' }),
    leaveOut:
      components.length < 2
        ? []
        : components.map((left, k) => {
            const values = ranked.map((dealer) =>
              dealer.components.reduce(
                (sum, each, i) => sum + (i === k ? 0 : each.weight * (each.points ?? 0)),
                0,
              ),
            );
            const most = Math.max(...values);
            const after = ranked.flatMap((dealer, i) =>
              most - values[i]! <= 1e-9 ? [dealer.dealer] : [],
            );
            return changed(left.component, after.sort());
          }),
  };
}

/**
 * Expected gain in the chance that the one with the best chance is the best, from one more visit to
 * a house: the visit makes its composite surer, and moves it by what it was unsure of.
 */
function gainOfVisit(frozen: AwardPackage, now: Standings, draw: Draws, dealer: string): number {
  const at = now.ranked.findIndex((each) => each.dealer === dealer);
  const evidence = frozen.dealers.find((each) => each.dealer === dealer)!;
  if (at < 0 || evidence.audits.length === 0) return 0;
  const mean = Math.round(
    evidence.audits.reduce((sum, audit) => sum + audit.finalMicro, 0) / evidence.audits.length,
  );
  const last = evidence.audits.at(-1)!;
  const visit = { ...last, type: 'mystery' as const, finalMicro: mean, knockedOut: false };
  const after = standings({
    ...frozen,
    dealers: frozen.dealers.map((each) =>
      each === evidence ? { ...each, audits: [...each.audits, visit] } : each,
    ),
  });
  const then = after.ranked.find((each) => each.dealer === dealer)?.ranking;
  const unit = now.units[at]!;
  if (!then || then.se >= unit.se) return 0;
  const shift = Math.sqrt(unit.se ** 2 - then.se ** 2);
  const best = outcomes.map((outcome) =>
    bestChance(draw, at, unit.estimate + shift * outcome, then.se),
  );
  const expected = best.reduce((sum, each) => sum + each, 0) / best.length;
  return Math.max(0, expected - bestChance(draw, at, unit.estimate, unit.se));
}

/** Joint draws of all composites: who is best and second best in each, and by how much. */
interface Draws {
  readonly units: number;
  /** Standard normals by draw and unit. */
  readonly normals: Float64Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly firstValue: Float64Array;
  readonly secondValue: Float64Array;
}

const draws = 4_000;

function drawBest({ units, programme }: Standings): Draws {
  const random = openStream(programme.seed, 2);
  const size = units.length;
  const normals = Float64Array.from({ length: draws * size }, () => random.normal());
  const first = new Int32Array(draws).fill(-1);
  const second = new Int32Array(draws).fill(-1);
  const firstValue = new Float64Array(draws).fill(-Infinity);
  const secondValue = new Float64Array(draws).fill(-Infinity);
  for (let d = 0; d < draws; d++) {
    for (const [i, unit] of units.entries()) {
      const value = unit.estimate + unit.se * normals[d * size + i]!;
      if (value > firstValue[d]!) {
        second[d] = first[d]!;
        secondValue[d] = firstValue[d]!;
        first[d] = i;
        firstValue[d] = value;
      } else if (value > secondValue[d]!) {
        second[d] = i;
        secondValue[d] = value;
      }
    }
  }
  return { units: size, normals, first, second, firstValue, secondValue };
}

/** The best chance of any house to be the best, with one house's composite changed. */
function bestChance(of: Draws, changed: number, estimate: number, se: number): number {
  const wins = new Int32Array(of.units);
  for (let d = 0; d < draws; d++) {
    const isOwn = of.first[d] === changed;
    const rival = isOwn ? of.second[d]! : of.first[d]!;
    const rivalValue = isOwn ? of.secondValue[d]! : of.firstValue[d]!;
    const value = estimate + se * of.normals[d * of.units + changed]!;
    wins[value > rivalValue || rival < 0 ? changed : rival]! += 1;
  }
  return Math.max(...wins) / draws;
}
