import { describe, expect, test } from 'vitest';
import { composite } from '../../src/core/awards/composite.ts';
import { weightAcceptability } from '../../src/core/statistics/weight-analysis.ts';

test('a composite without any weight has no value, and never NaN', () => {
  const component = {
    ...{ id: 'kpi', title: { en: 'KPI' }, metric: 'kpi-index', weight: 0, low: 0, high: 100 },
  };
  expect(composite([component], [{ value: 50, se: 1 }])).toMatchObject({ value: null, se: 0 });
});

describe('stochastic weight analysis', () => {
  const points = [
    [0.2, 0.9],
    [0.5, 0.5],
    [0.8, 0.3],
  ];
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
