import { describe, expect, test } from 'vitest';
import { auditIndex, auditUnit, indexError } from '../../src/core/indices/audit-index.ts';
import { addDays } from '../../src/core/periods.ts';
import { openStream } from '../../src/core/random.ts';
import { rankChances } from '../../src/core/statistics/rank-chances.ts';
import { rankConfidenceSets, tiedGroups } from '../../src/core/statistics/rank-confidence-sets.ts';
import { lineThrough } from '../../src/core/statistics/regression.ts';
import {
  nestedComponents,
  shrink,
  varianceComponents,
} from '../../src/core/statistics/shrinkage.ts';
import { reference } from '../support/reference.ts';

describe('means over audits', () => {
  const { inputs, check, expectAllRead } = reference('aggregation-audits');
  type Row = { dealer: string; date: string; type: 'mystery' | 'announced'; score: number };
  const { asOf, audits, typeWeights, halfLifeDays } = inputs as {
    asOf: string;
    audits: Row[];
    typeWeights: { mystery: number; announced: number };
    halfLifeDays: number;
  };
  const byDealer = Map.groupBy(
    audits
      .filter(({ date }) => date > addDays(asOf, -365) && date <= asOf)
      .map((row) => ({ ...row, value: row.score })),
    (row) => row.dealer,
  );
  const summary = (halfLife?: number) =>
    Object.fromEntries(
      [...byDealer].map(([dealer, rows]) => {
        const index = auditIndex(rows, { ...typeWeights, asOf, halfLifeDays: halfLife })!;
        return [
          dealer,
          { n: index.n, mean: index.mean, nEff: index.nEff, var: index.variance, se: index.se },
        ];
      }),
    );

  test('type weights over a window of 365 days', () => check('window365.typeWeighted', summary()));
  test('with a half-life of 180 days', () =>
    check('window365.typeWeighted.halfLife180d', summary(halfLifeDays)));
  test('shrinkage toward the market', () => {
    const units = [...byDealer.values()].map(auditUnit);
    const components = varianceComponents(units)!;
    check('eb.MSW', components.within);
    check('eb.MSB', components.msb);
    check('eb.n0', components.n0);
    check('eb.varBetween', components.between);
    check('eb.mu', components.centre);
    const shrunk = [...byDealer.keys()].map(
      (dealer, i) => [dealer, shrink(units[i]!, components)] as const,
    );
    check(
      'eb.reliability',
      Object.fromEntries(shrunk.map(([dealer, s]) => [dealer, s.reliability])),
    );
    check('eb.shrunk', Object.fromEntries(shrunk.map(([dealer, s]) => [dealer, s.value])));
    check('eb.posteriorSE', Object.fromEntries(shrunk.map(([dealer, s]) => [dealer, s.se])));
  });
  test('one audit has no spread of its own: the pooled one serves; a trend over its dates', () => {
    const components = varianceComponents([...byDealer.values()].map(auditUnit))!;
    const pooled = [...byDealer].map(([dealer, rows]) => {
      const unit = auditUnit(rows);
      return [dealer, Math.sqrt(components.within / unit.n)] as const;
    });
    check('se.pooled', Object.fromEntries(pooled));
    const single = auditIndex(byDealer.get('D4')!, { ...typeWeights, asOf })!;
    check('n=1 variance (D4)', single.variance);
    expect(indexError(single, components.within)).toBeCloseTo(pooled[3]![1], 12);
    const dated = byDealer.get('D1')!;
    const line = lineThrough(
      dated.map(({ date }) => Date.parse(date) / 86_400_000),
      dated.map(({ value }) => value),
    )!;
    check('linearTrend.D1 (points per 90 days)', line.slope * 90);
    expectAllRead();
  });
  test('no variance between units: everybody equals the mean, with reliability 0', () => {
    const components = varianceComponents([
      { n: 2, mean: 80, variance: 50 },
      { n: 2, mean: 80, variance: 50 },
    ])!;
    expect(components.between).toBe(0);
    expect(shrink({ n: 2, mean: 90 }, components)).toEqual({ value: 80, reliability: 0, se: 0 });
  });
});

test('of one group the nested components are the plain ones; of two they share the variances', () => {
  const one = [
    { n: 4, mean: 80, variance: 20 },
    { n: 6, mean: 90, variance: 30 },
    { n: 3, mean: 70, variance: 10 },
  ];
  const shifted = one.map((unit) => ({ ...unit, mean: unit.mean + 5 }));
  expect(varianceComponents(one)).toMatchObject(nestedComponents([one])![0]!);
  const [first, second] = nestedComponents([one, shifted])!;
  expect(second!.between).toBeCloseTo(first!.between, 12);
  expect(second!.centre - first!.centre).toBeCloseTo(5, 12);
  expect(nestedComponents([[{ n: 1, mean: 5, variance: null }]])).toBeNull();
});

test('many units: drawn chances and bounds without draws still rank the clear leader first', () => {
  const estimates = Array.from({ length: 400 }, (_, i) => (i === 17 ? 100 : (i % 50) / 10));
  const errors = estimates.map(() => 1);
  expect(rankChances(estimates, errors, 1)[17]!.first).toBe(1);
  const sets = rankConfidenceSets(estimates, errors, { seed: 1 });
  expect(sets.marginal[17]).toEqual({ low: 1, high: 1 });
});

test('exact ties share the chance of being first; one unit has it whole', () => {
  expect(rankChances([5, 5, 5], [0, 0, 0]).map((c) => c.first)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(rankChances([5], [2])[0]!.first).toBeCloseTo(1, 12);
  expect(rankChances([], [])).toEqual([]);
});

test('tied groups split where any pair inside is separated', () => {
  expect(tiedGroups([0, 1, 2], (a, b) => a === 0 && b === 2)).toEqual([0, 0, 1]);
});

test('a stream of numbers is the same for the same seed and differs between streams', () => {
  const draw = (stream: number) =>
    Array.from(
      { length: 3 },
      (
        (s) => () =>
          s.uniform()
      )(openStream(5, stream)),
    );
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
