import { describe, expect, test } from 'vitest';
import {
  fitBetaBinomial,
  logLikelihood,
  momentPrior,
  shrinkShare,
} from '../../../src/core/statistics/beta-binomial.ts';
import { crossedEffects } from '../../../src/core/statistics/crossed-effects.ts';
import { sampleOf } from '../../../src/core/statistics/moments.ts';
import {
  commonMean,
  jamesStein,
  shrinkKnown,
} from '../../../src/core/statistics/random-effects.ts';
import { shrink, varianceComponents } from '../../../src/core/statistics/shrinkage.ts';
import { reference } from '../../support/reference.ts';

interface KnownErrors {
  y: number[];
  se: number[];
}
const unitsOf = ({ y, se }: KnownErrors) => y.map((value, i) => ({ value, se: se[i]! }));

test('eight schools: no variance between them', () => {
  const { inputs, check, value, expectAllRead } = reference('shrink-eight-schools');
  const units = unitsOf(inputs as KnownErrors);
  const found = commonMean(units, 'der-simonian-laird')!;
  check('tau2.DerSimonianLaird', found.between);
  check('tau2.REML', commonMean(units)!.between);
  check('pooledMean.fixed', found.mean);
  check('pooledMean.fixed.published', found.mean);
  check('pooledSE.fixed', found.se);
  check('pooledSE.published', found.se);
  check('Q', found.q);
  // Bayesian Data Analysis prints 4.6, which its data do not give: R and we find 4.707.
  expect(Math.abs(found.q - (value('Q.published') as number))).toBeLessThan(0.11);
  expect(units.map((unit) => shrinkKnown(unit, found).reliability)).toEqual(units.map(() => 0));
  check(
    'shrunk.tau2=0',
    units.map((unit) => shrinkKnown(unit, found).value),
  );
  for (const tau of [5, 10]) {
    const between = tau ** 2;
    const weights = units.map(({ se }) => 1 / (between + se ** 2));
    const total = weights.reduce((sum, each) => sum + each, 0);
    const mean = units.reduce((sum, { value }, i) => sum + (weights[i]! / total) * value, 0);
    const drawn = units.map((unit) => shrinkKnown(unit, { mean, between }));
    check(`mu|tau=${tau}`, mean);
    check(
      `theta|tau=${tau}`,
      drawn.map(({ value }) => value),
    );
    check(
      `reliability|tau=${tau}`,
      drawn.map(({ reliability }) => reliability),
    );
  }
  expectAllRead();
});

test('arsenic in 28 laboratories: four estimates of the variance between', () => {
  const { inputs, check, expectAllRead } = reference('shrink-arsenic-labs');
  const units = unitsOf(inputs as KnownErrors);
  const moment = commonMean(units, 'der-simonian-laird')!;
  check('Q', moment.q);
  expect(moment.p).toBeLessThan(1e-6);
  check('tau2.DerSimonianLaird', moment.between);
  check('DL.mu,tau published', [moment.mean, Math.sqrt(moment.between)]);
  check('mu.DL', moment.mean);
  check(
    'shrunk.DL',
    units.map((unit) => shrinkKnown(unit, moment).value),
  );
  check('tau2.PauleMandel', commonMean(units, 'paule-mandel')!.between);
  const ml = commonMean(units, 'likelihood')!;
  check('ml.mu', ml.mean);
  check('ml.tau', Math.sqrt(ml.between));
  const reml = commonMean(units)!;
  check('tau2.REML', reml.between);
  check('mu.REML', reml.mean);
  check('mu.se.REML', reml.se);
  const drawn = units.map((unit) => shrinkKnown(unit, reml));
  check(
    'shrunk.REML',
    drawn.map(({ value }) => value),
  );
  check(
    'reliability.REML',
    drawn.map(({ reliability }) => reliability),
  );
  expect(commonMean(units.slice(0, 1))).toBeNull();
  expect(() => commonMean([{ value: 1, se: 0 }])).toThrow(RangeError);
  expectAllRead();
});

test('batting averages: James and Stein', () => {
  const { inputs, check, expectAllRead } = reference('shrink-efron-morris');
  const { hits, n, seasonAverage } = inputs as {
    hits: number[];
    n: number;
    seasonAverage: number[];
  };
  const squares = (list: readonly number[], wanted: readonly number[]) =>
    list.reduce((sum, each, i) => sum + (each - wanted[i]!) ** 2, 0);
  const averages = hits.map((each) => each / n);
  const grand = sampleOf(averages).mean;
  check('battingAverages.3dp', averages);
  check('grandMean', grand);
  check('grandMean.published', grand);
  const found = jamesStein(averages, (grand * (1 - grand)) / n)!;
  check('shrinkageFactor.c', found.factor);
  check('shrinkageFactor.c.published', found.factor);
  check('jamesStein.1977', found.values);
  check('rawSSE.mle', squares(averages, seasonAverage));
  check('rawSSE.js', squares(found.values, seasonAverage));
  const arcsine = (share: number) => Math.sqrt(n) * Math.asin(2 * share - 1);
  const back = (x: number) => (1 + Math.sin(x / Math.sqrt(n))) / 2;
  const x = averages.map(arcsine);
  const season = seasonAverage.map(arcsine);
  check('arcsine.x', x);
  check('arcsine.xbar', sampleOf(x).mean);
  const even = jamesStein(x, 1)!;
  check('arcsine.shrink.c', even.factor);
  check('arcsine.c.published', even.factor);
  check('arcsine.js', even.values);
  check('arcsine.js.backTransformed', even.values.map(back));
  check('arcsine.js.backTransformed.Clemente.published', back(even.values[0]!));
  check('arcsine.SSE.mle', squares(x, season));
  check('arcsine.SSE.js', squares(even.values, season));
  check('arcsine.efficiency.published', squares(x, season) / squares(even.values, season));
  expect(jamesStein([1, 2, 3], 1)).toBeNull();
  expect(jamesStein([5, 5, 5, 5], 1)).toEqual({ factor: 0, values: [5, 5, 5, 5] });
  expectAllRead();
});

test('dyestuff: variance between batches, and none at all', () => {
  const { inputs, check, expectAllRead } = reference('shrink-dyestuff');
  const sets = inputs as Record<'Dyestuff' | 'Dyestuff2', Record<string, number[]>>;
  const batches = Object.values(sets.Dyestuff).map(sampleOf);
  const found = varianceComponents(batches)!;
  check('Dyestuff.varBatch.published', found.between);
  check('Dyestuff.varBatch', found.between);
  check('Dyestuff.varResidual.published', found.within);
  check('Dyestuff.MSW', found.within);
  check('Dyestuff.MSB', found.msb);
  check('Dyestuff.ICC1', found.icc);
  check(
    'Dyestuff.groupMeans',
    batches.map(({ mean }) => mean),
  );
  const drawn = batches.map((batch) => shrink(batch, found));
  check('Dyestuff.reliabilityOfMean(n=5)', drawn[0]!.reliability);
  check(
    'Dyestuff.BLUP',
    drawn.map(({ value }) => value - found.centre),
  );
  // One factor: every value a level of its own in the other one would say nothing, so two levels of
  // it that do not differ stand in, and their variance comes out as 0.
  const values = Object.values(sets.Dyestuff);
  const { criterion } = remlOfOneWay(values);
  check('Dyestuff.REMLcriterion', criterion);
  const none = varianceComponents(Object.values(sets.Dyestuff2).map(sampleOf))!;
  check('Dyestuff2.varBatch.REML', none.between);
  check('Dyestuff2.anovaEstimate(untruncated)', none.betweenAsFound);
  const rest = sampleOf(Object.values(sets.Dyestuff2).flat()).variance!;
  check('Dyestuff2.varResidual.REML', rest);
  check('Dyestuff2.varResidual.published', rest);
  const still = Object.values(sets.Dyestuff2).map((batch) => shrink(sampleOf(batch), none));
  check(
    'Dyestuff2.BLUP',
    still.map(({ value }) => value - none.centre),
  );
  check('Dyestuff2.reliability', still[0]!.reliability);
  expectAllRead();
});

/** -2 log of the restricted likelihood of a balanced one-way layout at its estimates. */
function remlOfOneWay(groups: readonly number[][]): { criterion: number } {
  const [k, m] = [groups.length, groups[0]!.length];
  const { within, between } = varianceComponents(groups.map(sampleOf))!;
  const n = k * m;
  const group = within + m * between;
  return {
    criterion:
      (n - 1) * (1 + Math.log(2 * Math.PI)) +
      k * (m - 1) * Math.log(within) +
      (k - 1) * Math.log(group) +
      Math.log(n),
  };
}

describe('shares: rat tumours', () => {
  const { inputs, check, expectAllRead } = reference('shrink-rat-betabinomial');
  const { y, n } = inputs as { y: number[]; n: number[] };
  const units = y.map((successes, i) => ({ successes, n: n[i]! }));
  test('the prior by likelihood and by moments, and what it makes of a share', () => {
    const prior = fitBetaBinomial(units)!;
    check('mle.alpha.published', prior.alpha);
    check('mle.beta.published', prior.beta);
    check('mle.alpha', prior.alpha);
    check('mle.beta', prior.beta);
    check('mle.logLikKernel', logLikelihood(units, prior));
    const moments = momentPrior(units)!;
    check('moments.alpha', moments.alpha);
    check('moments.beta', moments.beta);
    check('moments.published.alpha,beta', [moments.alpha, moments.beta]);
    check(
      'posteriorMean.groups.mle',
      units.map((unit) => shrinkShare(unit, prior).value),
    );
    const drawn = shrinkShare({ successes: 4, n: 14 }, prior);
    check('posteriorMean.new(4/14).mle', drawn.value);
    const { low, high } = drawn.interval();
    check('posteriorInterval95.new(4/14).mle', [low, high]);
    const theirs = shrinkShare({ successes: 4, n: 14 }, { alpha: 1.4, beta: 8.6 });
    check('posteriorMean.new(4/14).prior(1.4,8.6)', theirs.value);
    expect(fitBetaBinomial([{ successes: 3, n: 3 }])).toBeNull();
    expectAllRead();
  });
});

test('crossed effects agree with the one-way layout where the second factor does nothing', () => {
  const { inputs } = reference('shrink-dyestuff');
  const groups = Object.values((inputs as { Dyestuff: Record<string, number[]> }).Dyestuff);
  const y = groups.flat();
  const fit = crossedEffects({
    y,
    first: groups.flatMap((group, g) => group.map(() => g)),
    second: groups.flatMap((group) => group.map((_, i) => i)),
  })!;
  expect(fit.second.variance).toBeLessThan(1);
  expect(Math.abs(fit.first.variance / 1764.05 - 1)).toBeLessThan(1e-3);
});
