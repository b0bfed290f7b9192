import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { composite } from '../../src/core/awards/composite.ts';
import { competitionRanks } from '../../src/core/statistics/competition-ranks.ts';
import { weightAcceptability } from '../../src/core/statistics/weight-analysis.ts';
import { reference } from '../support/reference.ts';

test('a composite without any weight has no value, and never NaN', () => {
  const component = {
    ...{ id: 'kpi', title: { en: 'KPI' }, metric: 'kpi-index', weight: 0, low: 0, high: 100 },
  };
  expect(composite([component], [{ value: 50, se: 1 }])).toMatchObject({ value: null, se: 0 });
});

describe('stochastic weight analysis of PISA 2018', () => {
  const { inputs, check, value } = reference('sensitivity-smaa-pisa2018');
  const { criteria } = inputs as { criteria: string[] };
  const [header, ...lines] = readFileSync(
    new URL('../reference/pisa2018-three.csv', import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  const raw = lines.map((line) => criteria.map((name) => Number(line[header!.indexOf(name)])));
  const names = lines.map((line) => line[0]!);
  const points = raw.map((row) =>
    row.map((x, k) => {
      const column = raw.map((each) => each[k]!);
      const [low, high] = [Math.min(...column), Math.max(...column)];
      return (x - low) / (high - low);
    }),
  );
  const nominal = points.map((row) => row.reduce((sum, x) => sum + x, 0) / row.length);
  const any = weightAcceptability(points, { kind: 'any' }, 1, 100_000);
  test('composite and nominal ranks', () => {
    check('minmax.composite(nominal weights)', nominal);
    check('rank.nominal', competitionRanks(nominal));
  });
  test('acceptability of the first rank and the first three, expected ranks', () => {
    check(
      'SMAA.rank1Acceptability(uniform weights)',
      any.map((each) => each.first),
    );
    check(
      'SMAA.top3Acceptability(uniform)',
      any.map((each) => each.topThree),
    );
    check(
      'SMAA.expectedRank(uniform)',
      any.map((each) => each.expectedRank),
    );
  });
  test('central weights of those that can win', () => {
    const wanted = value(
      'SMAA.centralWeights of units with acceptability > 0.01 (uniform)',
    ) as object;
    const found = Object.fromEntries(
      names.flatMap((name, i) => (any[i]!.first > 0.01 ? [[name, any[i]!.centralWeights]] : [])),
    );
    expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
    check('SMAA.centralWeights of units with acceptability > 0.01 (uniform)', found);
  });
  test('weights near the nominal ones', () => {
    const third = 1 / 3;
    const near = weightAcceptability(
      points,
      { kind: 'near', nominal: [third, third, third], concentration: 50 },
      1,
      50_000,
    );
    check(
      'SMAA.rank1Acceptability(Dirichlet kappa=50*nominal)',
      near.map((each) => each.first),
    );
    check(
      'SMAA.expectedRank(Dirichlet)',
      near.map((each) => each.expectedRank),
    );
  });
  test('is the same on repeat; one unit is always first; equal units share', () => {
    expect(weightAcceptability(points, { kind: 'any' }, 7, 500)).toEqual(
      weightAcceptability(points, { kind: 'any' }, 7, 500),
    );
    expect(weightAcceptability([[1, 2]], { kind: 'any' }, 1, 10)[0]).toMatchObject({ first: 1 });
    const equal = weightAcceptability(
      [
        [1, 2],
        [1, 2],
      ],
      { kind: 'any' },
      1,
      10,
    );
    expect(equal.map((each) => each.first)).toEqual([0.5, 0.5]);
    expect(weightAcceptability([], { kind: 'any' }, 1)).toEqual([]);
  });
});
