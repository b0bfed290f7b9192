import { describe, expect, test } from 'vitest';
import { cusum, ewma } from '../../../src/core/statistics/control-charts.ts';
import { mannKendall } from '../../../src/core/statistics/mann-kendall.ts';
import { sampleOf } from '../../../src/core/statistics/moments.ts';
import { benjaminiHochberg, holm } from '../../../src/core/statistics/multiple-tests.ts';
import { lineThrough } from '../../../src/core/statistics/regression.ts';
import { againstZero, effectSize, welch } from '../../../src/core/statistics/welch.ts';
import { reference } from '../../support/reference.ts';

test('the Nile: Mann-Kendall, Sen’s slope, a straight line', () => {
  const { inputs, check, expectAllRead } = reference('trend-mannkendall-nile');
  const { x } = inputs as { x: number[] };
  const trend = mannKendall(x)!;
  check('S', trend.s);
  check('varS', trend.varianceOfS);
  check('z (continuity corrected)', trend.z);
  check('p two-sided', trend.p);
  check('tau-b', trend.tau);
  check('senSlope', trend.slope);
  check('senSlope.ci95 (Sen 1968/Gilbert, linear interpolation between ranks M1 and M2+1)', [
    trend.low,
    trend.high,
  ]);
  const line = lineThrough(
    x.map((_, i) => i),
    x,
  )!;
  check('olsSlope', line.slope);
  check('olsSlope.se', line.se);
  check('ols.p', line.p);
  expectAllRead();
});

test('a trend over gaps, and none over too little', () => {
  const whole = mannKendall([1, 2, 3, 4, 5, 6])!;
  const gapped = mannKendall([1, null, 3, null, 5, 6])!;
  expect([whole.slope, gapped.slope]).toEqual([1, 1]);
  expect(mannKendall([1, 2])).toBeNull();
  expect(mannKendall([4, 4, 4, 4])).toBeNull();
  expect(lineThrough([1, 1], [2, 3])).toBeNull();
  expect(lineThrough([0, 1], [2, 3])).toEqual({ slope: 1, se: null, p: null });
});

describe('tests of differences', () => {
  const { inputs, check, expectAllRead } = reference('trend-welch-sleep');
  const { group1, group2, bhPvalues } = inputs as Record<string, number[]>;
  test('Welch’s test, the paired test, n of 1', () => {
    const found = welch(sampleOf(group1!), sampleOf(group2!))!;
    check('welch.t', found.t);
    check('welch.t.published', found.t);
    check('welch.df', found.freedom);
    check('welch.df.published', found.freedom);
    check('welch.p', found.p);
    check('welch.p.published', found.p);
    check('welch.ci95.published', [found.low, found.high]);
    const paired = againstZero(sampleOf(group1!.map((x, i) => x - group2![i]!)))!;
    check('paired.t', paired.t);
    check('paired.t.published', paired.t);
    check('paired.p', paired.p);
    check('paired.p.published', paired.p);
    check('paired.ci95', [paired.low, paired.high]);
    const effect = effectSize(sampleOf(group1!), sampleOf(group2!))!;
    check('cohen.d pooled', effect.d);
    check('hedges.g', effect.g);
    check('welch.n=1', welch(sampleOf([1]), sampleOf(group2!)));
  });
  test('many tests at once', () => {
    check('benjaminiHochberg(BH1995 p-values)', benjaminiHochberg(bhPvalues!));
    check('holm(BH1995 p-values)', holm(bhPvalues!));
    check(
      'BH1995 rejections at q=0.05',
      benjaminiHochberg(bhPvalues!).filter((p) => p <= 0.05).length,
    );
    // One threshold for all, for comparison; the product uses the two above.
    const all = bhPvalues!.filter((p) => p * bhPvalues!.length <= 0.05);
    check('bonferroni rejections at 0.05', all.length);
    expectAllRead();
  });
});

test('control charts', () => {
  const { inputs, check, expectAllRead } = reference('trend-nist-ewma-cusum');
  const { ewma: e, cusum: c } = inputs as unknown as {
    ewma: { x: number[]; lambda: number; target: number; sigma: number; L: number };
    cusum: { x: number[]; mu0: number; k: number; h: number };
  };
  const chart = ewma(e.x, e.target, e.sigma, e.lambda, e.L);
  check('ewma', chart.values);
  check('ewma.published2dp', chart.values);
  check('ucl.timeVarying', chart.upper);
  const flat = ewma(e.x, e.target, e.sigma, e.lambda, e.L, 'asymptotic');
  check('ucl.published', flat.upper[0]);
  check('lcl.published', flat.lower[0]);
  check('ucl.asymptotic', flat.upper[0]);
  check('signals.asymptotic', flat.signals);
  const sums = cusum(c.x, c.mu0, c.k, c.h);
  check('cusum.hi (NIST 6.3.2.3 data, mu0=325,k=0.3175)', sums.high);
  check('cusum.lo', sums.low);
  check('cusum.firstSignal(1-based) h=4.1959', sums.firstSignal! + 1);
  expectAllRead();
});
