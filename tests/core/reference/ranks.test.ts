import { describe, expect, test } from 'vitest';
import { panelTotal } from '../../../src/core/auditors/panels.ts';
import { normalise } from '../../../src/core/awards/aggregation.ts';
import { crossedEffects } from '../../../src/core/statistics/crossed-effects.ts';
import {
  chanceBetter,
  comparisonReach,
  rankChances,
  rankDistribution,
} from '../../../src/core/statistics/rank-chances.ts';
import { rankConfidenceSets } from '../../../src/core/statistics/rank-confidence-sets.ts';
import { kendallTau, ranksOf, spearman, type Ties } from '../../../src/core/statistics/ranks.ts';
import { weightAcceptability } from '../../../src/core/statistics/weight-analysis.ts';
import { reference, table } from '../../support/reference.ts';

test('ranks with ties, and rank correlations', () => {
  const { inputs, check, expectAllRead } = reference('rank-ties');
  const { value, seasonAverage } = inputs as { value: number[]; seasonAverage: number[] };
  const names: Record<string, Ties> = {
    'competition(1224)': 'competition',
    'modifiedCompetition(1334)': 'modified',
    'dense(1223)': 'dense',
    'fractional(1 2.5 2.5 4)': 'fractional',
    'ordinal(input order breaks ties)': 'ordinal',
  };
  for (const [name, ties] of Object.entries(names)) check(name, ranksOf(value, ties));
  check('kendallTau-b(hits, season average)', kendallTau(value, seasonAverage));
  check('spearman(hits, season average)', spearman(value, seasonAverage));
  check('ties with tolerance 1e-9', ranksOf([80, 80.0000000004, 79.999999]));
  expect(ranksOf([])).toEqual([]);
  expect(kendallTau([1, 1], [1, 2])).toBeNull();
  expectAllRead();
});

describe.each([
  ['rank-csranks-pisa2018-math', 'pisa2018-math.csv', 'math'],
  ['rank-csranks-pisa2018-reading', 'pisa2018-reading-science.csv', 'reading'],
])('%s', (id, file, subject) => {
  const { names, value, check, expectAllRead } = reference(id);
  const rows = table(file);
  const units = rows.map((row) => row['jurisdiction']!);
  const estimates = rows.map((row) => Number(row[`${subject}_score`]));
  const errors = rows.map((row) => Number(row[`${subject}_se`]));
  const draw = (level: number) =>
    rankConfidenceSets(estimates, errors, { level, draws: 25_000, seed: 7 });
  const sets = draw(0.95);
  const best = (level: number, tau: number) => {
    const { simultaneous } = level === 0.95 ? sets : draw(level);
    return units.filter((_, i) => simultaneous[i]!.low <= tau);
  };

  test('the sets are those of csranks; at most one bound in ten differs, by one (Monte Carlo)', () => {
    for (const family of ['marginal', 'simultaneous'] as const) {
      for (const [bound, name] of [
        ['low', 'L'],
        ['high', 'U'],
      ] as const) {
        const mine = sets[family].map((set) => set[bound]);
        const theirs = value(`${family}95.${name}`) as number[];
        const differing = mine.filter((rank, i) => rank !== theirs[i]);
        expect(differing.length).toBeLessThanOrEqual(4);
        for (const [i, rank] of mine.entries())
          expect(Math.abs(rank - theirs[i]!)).toBeLessThanOrEqual(1);
      }
    }
    if (names.includes('marginal95.UnitedKingdom.published')) {
      const { low, high } = sets.marginal[units.indexOf('United Kingdom')]!;
      const [theirLow, theirHigh] = value('marginal95.UnitedKingdom.published') as [number, number];
      expect(high).toBe(theirHigh);
      expect(Math.abs(low - theirLow)).toBeLessThanOrEqual(1);
    }
  });
  test('who could be among the first five, and the first', () => {
    for (const name of names.filter((each) => each.startsWith('tauBest'))) {
      const [, tau, level] = /^tauBest(\d)\.(\d\d)/.exec(name)!;
      expect(best(Number(level) / 100, Number(tau)).sort(), name).toEqual(
        [...(value(name) as string[])].sort(),
      );
    }
  });
  test('chances of ranks are exact', () => {
    const chances = rankChances(estimates, errors);
    check(
      'probabilityBest',
      chances.map((chance) => chance.first),
    );
    check(
      'expectedRank',
      chances.map((chance) => chance.expectedRank),
    );
    check('rank.competition', ranksOf(estimates));
    const shares = estimates.map((_, own) => rankDistribution(estimates, errors, own));
    check('rankDistribution.first3units', shares.slice(0, 3));
    check(
      'probabilityTop5',
      shares.map((share) => share.slice(0, 5).reduce((sum, each) => sum + each, 0)),
    );
    for (const share of shares) expect(share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const unit = (i: number) => ({ estimate: estimates[i]!, se: errors[i]! });
    check('pairwise.P(first>second)', chanceBetter(unit(0), unit(1)));
    const reach = comparisonReach(errors);
    check('goldsteinSpiegelhalter.halfWidthFactor', reach);
  });
  test('every expected value was compared', () => expectAllRead());
});

describe.each(['rank-diving-m3m', 'rank-diving-m10m'])('%s: a judged panel', (id) => {
  const { inputs, check, value, expectAllRead } = reference(id);
  const given = inputs as { eventFilter: string; finalists: string[] };
  const performances = table('severity-diving-men-performances.csv').filter(
    (row) => row['event'] === given.eventFilter,
  );
  const inEvent = new Set(performances.map((row) => row['perf']));
  const scores = table('severity-diving-men-scores.csv').filter((row) => inEvent.has(row['perf']));
  const byPerformance = Map.groupBy(scores, (row) => row['perf']!);
  const totals = (of: (panel: { judge: string; score: number }[]) => number) =>
    given.finalists.map((diver) =>
      performances
        .filter((row) => row['diver'] === diver && row['round'] !== 'Prelim')
        .reduce((sum, row) => {
          const panel = byPerformance
            .get(row['perf']!)!
            .map((each) => ({ judge: each['judge']!, score: Number(each['score']) }));
          return sum + 3 * Number(row['difficulty']) * of(panel);
        }, 0),
    );
  const scoresOf = (panel: { score: number }[]) => panel.map(({ score }) => score);

  test('official totals, and with all seven scores', () => {
    const trimmed = totals((panel) => panelTotal(scoresOf(panel)).trimmed!);
    check('totals.trimmed (drop highest and lowest of 7, sum of 5 x difficulty x 0.6)', trimmed);
    check('officialTotals.top3.published', trimmed.slice(0, 3));
    const order = [...given.finalists].sort(
      (a, b) => trimmed[given.finalists.indexOf(b)]! - trimmed[given.finalists.indexOf(a)]!,
    );
    expect(order).toEqual(value('finalists.orderOfficial'));
    const all = totals((panel) => panelTotal(scoresOf(panel)).mean);
    check('totals.untrimmed (mean of 7 x 3 x difficulty)', all);
    check('rank.untrimmed (competition rank, order of finalists)', ranksOf(all));
  });
  test('corrected for the judges, with chances of being first', () => {
    const names = (list: string[]) => [...new Set(list)].sort();
    const judges = names(scores.map((row) => row['judge']!));
    const perfs = names(scores.map((row) => row['perf']!));
    const fit = crossedEffects({
      y: scores.map((row) => Number(row['score'])),
      first: scores.map((row) => perfs.indexOf(row['perf']!)),
      second: scores.map((row) => judges.indexOf(row['judge']!)),
    })!;
    const corrected = totals(
      (panel) =>
        panelTotal(
          panel.map(({ judge, score }) => score - fit.second.value[judges.indexOf(judge)]!),
        ).mean,
    );
    check('totals.severityCorrected (score minus judge BLUP, mean of 7)', corrected);
    check('rank.severityCorrected', ranksOf(corrected));
    const errors = given.finalists.map((diver) =>
      Math.sqrt(
        performances
          .filter((row) => row['diver'] === diver && row['round'] !== 'Prelim')
          .reduce((sum, row) => sum + ((3 * Number(row['difficulty'])) ** 2 * fit.residual) / 7, 0),
      ),
    );
    check('se.severityCorrected', errors);
    const chances = rankChances(corrected, errors);
    check(
      'probabilityBest',
      chances.map(({ first }) => first),
    );
    check(
      'expectedRank',
      chances.map(({ expectedRank }) => expectedRank),
    );
  });
  test('every expected value was compared', () => expectAllRead());
});

describe('other weights: PISA 2018', () => {
  const { inputs, check, value, expectAllRead } = reference('sensitivity-smaa-pisa2018');
  const { criteria } = inputs as { criteria: string[] };
  const rows = table('pisa2018-three.csv');
  const names = rows.map((row) => row['jurisdiction']!);
  const columns = criteria.map((name) => rows.map((row) => Number(row[name])));
  const scaled = columns.map((column) => normalise(column, 'min-max'));
  const points = rows.map((_, i) => scaled.map((column) => column[i]!));
  const mean = (row: readonly number[]) => row.reduce((sum, x) => sum + x, 0) / row.length;
  const nominal = points.map(mean);
  const any = weightAcceptability(points, { kind: 'any' }, 1, 100_000);
  const near = weightAcceptability(
    points,
    { kind: 'near', nominal: [1 / 3, 1 / 3, 1 / 3], concentration: 50 },
    1,
    100_000,
  );
  test('composite, ranks, and each criterion left out', () => {
    check('minmax.composite(nominal weights)', nominal);
    check('rank.nominal', ranksOf(nominal));
    const winner = nominal.indexOf(Math.max(...nominal));
    check(
      'leaveOneCriterionOut.rankOfNominalWinner',
      criteria.map((_, left) => ranksOf(points.map((row) => mean(row.toSpliced(left, 1))))[winner]),
    );
    const z = columns.map((column) => normalise(column, 'z-score'));
    const byZ = rows.map((_, i) => mean(z.map((column) => column[i]!)));
    const tau = kendallTau(nominal, byZ)!;
    check('kendallTau(nominal,z-score composite)', tau);
  });
  test('acceptability of ranks under any weights and under weights near the nominal ones', () => {
    const each = (list: typeof any, of: (unit: (typeof any)[number]) => number) => list.map(of);
    check(
      'SMAA.rank1Acceptability(uniform weights)',
      each(any, (unit) => unit.first),
    );
    check(
      'SMAA.top3Acceptability(uniform)',
      each(any, (unit) => unit.topThree),
    );
    check(
      'SMAA.expectedRank(uniform)',
      each(any, (unit) => unit.expectedRank),
    );
    check(
      'SMAA.rank1Acceptability(Dirichlet kappa=50*nominal)',
      each(near, (unit) => unit.first),
    );
    check(
      'SMAA.expectedRank(Dirichlet)',
      each(near, (unit) => unit.expectedRank),
    );
    const central = 'SMAA.centralWeights of units with acceptability > 0.01 (uniform)';
    const found = Object.fromEntries(
      names.flatMap((name, i) => (any[i]!.first > 0.01 ? [[name, any[i]!.centralWeights]] : [])),
    );
    expect(Object.keys(found).sort()).toEqual(Object.keys(value(central) as object).sort());
    check(central, found);
  });
  test('every expected value was compared', () => expectAllRead());
});
