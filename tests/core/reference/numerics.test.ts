import { describe, expect, test } from 'vitest';
import { autocorrelation, sampleOf, sumOf } from '../../../src/core/statistics/moments.ts';
import { varianceComponents } from '../../../src/core/statistics/shrinkage.ts';
import { welch } from '../../../src/core/statistics/welch.ts';
import { reference } from '../../support/reference.ts';

describe('certified values of NIST', () => {
  const strd = reference('num-nist-strd-univariate');
  type Given = {
    values?: number[];
    generator?: { first: number; thenRepeat: number[]; n: number };
  };
  const sets = strd.inputs as unknown as Record<string, Given>;
  test.each(Object.keys(sets))('%s: mean, deviation, lag-1 autocorrelation', (name) => {
    const { values, generator } = sets[name]!;
    const data =
      values ??
      Array.from({ length: generator!.n }, (_, i) =>
        i === 0 ? generator!.first : generator!.thenRepeat[(i - 1) % 2]!,
      );
    const { n, mean, variance } = sampleOf(data);
    strd.check(`n.${name}`, n);
    strd.check(`mean.${name}`, mean);
    strd.check(`sd.${name}`, Math.sqrt(variance!));
    strd.check(`lag1.${name}`, autocorrelation(data));
  });
  test('every certified value was compared', () => strd.expectAllRead());

  test('AtmWtAg: analysis of variance with seven constant leading digits', () => {
    const { inputs, check, expectAllRead } = reference('num-nist-atmwtag');
    const groups = Object.values(inputs as Record<string, number[]>).map(sampleOf);
    const found = varianceComponents(groups)!;
    const freedom = groups.reduce((sum, { n }) => sum + n - 1, 0);
    const between = found.msb * (groups.length - 1);
    const within = found.within * freedom;
    check('SSB', between);
    check('SSW', within);
    check('F', found.f);
    check('residualSD', Math.sqrt(found.within));
    check('R2', between / (between + within));
    check('welch.t (group1-group2)', welch(groups[0]!, groups[1]!)!.t);
    check('ICC1', found.icc);
    expect(found.p).toBeLessThan(0.001);
    expectAllRead();
  });

  test('a sum keeps what each addition would drop', () => {
    expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
    expect(() => sampleOf([1, Number.NaN])).toThrow(RangeError);
  });
});
