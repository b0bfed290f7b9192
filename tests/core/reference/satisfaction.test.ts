import { describe, expect, test } from 'vitest';
import { combineFactors, displayIndex } from '../../../src/core/indices/responses.ts';
import { cronbachAlpha } from '../../../src/core/statistics/cronbach.ts';
import { normalQuantile } from '../../../src/core/statistics/distributions.ts';
import { meanInterval } from '../../../src/core/statistics/mean-interval.ts';
import { sampleOf } from '../../../src/core/statistics/moments.ts';
import { netPromoter, recommenderOf } from '../../../src/core/statistics/net-promoter.ts';
import {
  fitPathModel,
  type InnerScheme,
  latentIndex,
} from '../../../src/core/statistics/path-model.ts';
import { proportionInterval } from '../../../src/core/statistics/proportion.ts';
import { correlation } from '../../../src/core/statistics/ranks.ts';
import { correlationsOf, standardisedRegression } from '../../../src/core/statistics/regression.ts';
import { relativeWeights, shapleyShares } from '../../../src/core/statistics/relative-weights.ts';
import { effectiveSize, stratifiedMean } from '../../../src/core/statistics/stratified-mean.ts';
import { columnsOf, reference, table } from '../../support/reference.ts';

const mobi = columnsOf('mobi.csv');

describe('the mobile-phone survey', () => {
  test('index, boxes, net promoters, reliability of factors', () => {
    const { check, expectAllRead } = reference('csi-mobi-index');
    const items = ['CUSA1', 'CUSA2', 'CUSA3'];
    const rows = mobi['CUSA1']!.map((_, row) => items.map((item) => mobi[item]![row]!));
    check('n', rows.length);
    for (const item of items) check(`itemMean.${item}`, sampleOf(mobi[item]!).mean);
    const percent = (x: number) => (100 * (x - 1)) / 9;
    const indexBy = (weights: number[]) =>
      sampleOf(rows.map((row) => combineFactors(row.map(percent), weights, 0.6)!));
    const equal = indexBy([1, 1, 1]);
    const se = Math.sqrt(equal.variance! / equal.n);
    check('acsi.equalWeights', equal.mean);
    check('acsi.equalWeights.se', se);
    check('sd.respondentIndex', Math.sqrt(equal.variance!));
    const { low, high } = meanInterval(equal.mean, se, equal.n - 1);
    check('acsi.equalWeights.t95', [low, high]);
    check('acsi.weights(0.377187,0.381567,0.441059)', indexBy([0.377187, 0.381567, 0.441059]).mean);
    for (const item of ['CUSA1', 'CUSL3']) {
      for (const [name, least] of [
        ['topBox10', 10],
        ['top2Box', 9],
        ['top3Box', 8],
      ] as const) {
        const top = mobi[item]!.filter((x) => x >= least).length;
        check(`${name}.${item}`, top / rows.length);
        if (name === 'top3Box') continue;
        const interval = proportionInterval(top, rows.length)!;
        check(`${name}.wilson95.${item}`, [interval.low, interval.high]);
      }
    }
    const factors = {
      CUSA: items,
      Image: ['IMAG1', 'IMAG2', 'IMAG3', 'IMAG4', 'IMAG5'],
      Expectation: ['CUEX1', 'CUEX2', 'CUEX3'],
      Quality: ['PERQ1', 'PERQ2', 'PERQ3', 'PERQ4', 'PERQ5', 'PERQ6', 'PERQ7'],
      Value: ['PERV1', 'PERV2'],
      Loyalty: ['CUSL1', 'CUSL2', 'CUSL3'],
    };
    for (const [name, columns] of Object.entries(factors)) {
      const complete = rows.map((_, row) => columns.map((column) => mobi[column]![row]!));
      check(`cronbachAlpha.${name}`, cronbachAlpha(complete));
    }
    const counts = { promoters: 0, passives: 0, detractors: 0 };
    for (const answer of mobi['CUSL3']!) counts[recommenderOf(answer)] += 1;
    check('nps.CUSL3 (counts promoters,passives,detractors)', Object.values(counts));
    const found = netPromoter(counts)!;
    check('nps.CUSL3', found.value);
    check('nps.CUSL3.se', found.se);
    check('nps.CUSL3.adjustedWald95', [found.low, found.high]);
    const z = normalQuantile(0.975);
    // The unadjusted interval stands beside for comparison; the product does not show it.
    check('nps.CUSL3.wald95', [found.value - z * found.se, found.value + z * found.se]);
    expectAllRead();
  });

  test('drivers: relative weights and their check', () => {
    const { inputs, check, expectAllRead } = reference('csi-mobi-drivers');
    const { x } = inputs as { x: string[] };
    const y = mobi['CUSA1']!.map(
      (_, row) => (mobi['CUSA1']![row]! + mobi['CUSA2']![row]! + mobi['CUSA3']![row]!) / 3,
    );
    const correlations = correlationsOf(
      x.map((name) => mobi[name]!),
      y,
    )!;
    const fit = standardisedRegression(correlations)!;
    const percents = (parts: readonly number[]) => parts.map((part) => (100 * part) / fit.r2);
    check('R2', fit.r2);
    check('standardisedBeta', fit.betas);
    check('relativeWeights.percent (Johnson 2000)', percents(relativeWeights(correlations)));
    check('LMG/Shapley.percent', percents(shapleyShares(correlations)!));
    check('correlations', [...correlations.withOutcome]);
    expectAllRead();
  });

  test('predictors that say the same share what they explain', () => {
    const x = mobi['PERQ1']!;
    const twins = correlationsOf([x, x], mobi['CUSA1']!)!;
    const [a, b] = relativeWeights(twins);
    expect(a).toBeCloseTo(b!, 10);
    expect(a! + b!).toBeCloseTo(correlation(x, mobi['CUSA1']!)! ** 2, 10);
    expect(standardisedRegression(twins)).toBeNull();
    expect(shapleyShares(twins)).toBeNull();
    expect(correlationsOf([x.map(() => 5)], mobi['CUSA1']!)).toBeNull();
  });

  test('the path model under three schemes, and its index', () => {
    const { inputs, check, expectAllRead } = reference('csi-mobi-pls');
    const model = inputs as {
      blocks: Record<string, string[]>;
      paths: [string, string][];
    };
    for (const scheme of ['centroid', 'factorial', 'path'] as InnerScheme[]) {
      const fit = fitPathModel(mobi, model, scheme)!;
      for (const [name, weights] of Object.entries(fit.weights))
        check(`outerWeights.${scheme}.${name}`, weights);
      for (const [i, [from, to]] of model.paths.entries())
        check(`path.${scheme}.${from}->${to}`, fit.coefficients[i]);
      check(`R2.${scheme}`, fit.r2);
      if (scheme !== 'centroid') continue;
      const indices = Object.entries(model.blocks).map(([name, columns]) => {
        const block = columns.map((column) => mobi[column]!);
        return [name, latentIndex(block, fit.weights[name]!, { min: 1, max: 10 })] as const;
      });
      const each = (of: (values: readonly number[]) => number) =>
        Object.fromEntries(indices.map(([name, index]) => [name, of(index.values)]));
      check(
        'index0100.mean.centroid',
        each((values) => sampleOf(values).mean),
      );
      check(
        'index0100.sd.centroid',
        each((values) => Math.sqrt(sampleOf(values).variance!)),
      );
      check(
        'index0100.weights.Satisfaction.centroid',
        Object.fromEntries(indices)['Satisfaction']!.weights,
      );
      check('loadings.Satisfaction.centroid', fit.loadings['Satisfaction']);
      check(
        'latentCorrelation.Satisfaction-Loyalty.centroid',
        correlation(fit.scores['Satisfaction']!, fit.scores['Loyalty']!),
      );
    }
    expectAllRead();
    expect(fitPathModel({ ...mobi, CUSCO: mobi['CUSCO']!.map(() => 1) }, model)).toBeNull();
    const turned = latentIndex(
      [
        [1, 10],
        [1, 4],
      ],
      [-0.2, 0.9],
      { min: 1, max: 10 },
    );
    expect(turned).toMatchObject({ isEqual: true, weights: [0.5, 0.5] });
  });
});

test.each(['csi-jdpower-weights', 'csi-jdpower-weights-b'])(
  '%s: published weights that do not sum to 100, and a factor nobody answered',
  (id) => {
    const { inputs, names, check, note, expectAllRead } = reference(id);
    type Study = {
      study: string;
      publishedWeightsPercent: Record<string, number>;
      factorMeans1to10: Record<string, number>;
    };
    for (const { study, publishedWeightsPercent, factorMeans1to10 } of (
      inputs as { studies: Study[] }
    ).studies) {
      const factors = Object.keys(publishedWeightsPercent);
      const weights = factors.map((factor) => publishedWeightsPercent[factor]!);
      const sum = weights.reduce((total, each) => total + each, 0);
      const scores = factors.map((factor) => (100 * (factorMeans1to10[factor]! - 1)) / 9);
      const index = (list: (number | null)[]) => combineFactors(list, weights, 0.6)!;
      check(`sumOfPublishedPercent[${study}]`, sum);
      const alone = (own: number) =>
        combineFactors(
          factors.map((_, i) => (i === own ? 100 : 0)),
          weights,
          0.6,
        )! / 100;
      check(
        `normalisedWeights[${study}]`,
        Object.fromEntries(factors.map((factor, i) => [factor, alone(i)])),
      );
      check(`index1000[${study}]`, displayIndex(index(scores), 'ratings'));
      check(`index1000.zeroBased[${study}]`, displayIndex(index(scores), 'thousand'));
      const missing = `index1000.missingFactor[${study}]`;
      if (!names.includes(missing)) continue;
      const left = /factor '(.+)' not answered/.exec(note(missing))![1]!;
      const gapped = scores.map((score, i) => (factors[i] === left ? null : score));
      check(missing, displayIndex(index(gapped), 'ratings'));
    }
    expectAllRead();
  },
);

describe('weighting to a known mix: Californian schools', () => {
  type Given = { populationSizes: Record<string, number> };
  const strataOf = (rows: Record<string, string>[], sizes: Record<string, number>, y: string) =>
    Object.entries(sizes).map(([type, size]) => ({
      size,
      ...sampleOf(rows.filter((row) => row['stype'] === type).map((row) => Number(row[y]))),
    }));
  test('a stratified sample', () => {
    const { inputs, check, expectAllRead } = reference('csi-stratified-api');
    const rows = table('apistrat.csv');
    const sizes = (inputs as Given).populationSizes;
    // R weights by the rounded `pw`, which sum to a stratum's size but for the seventh digit.
    const weighed = Object.fromEntries(
      Object.keys(sizes).map((type) => [
        type,
        rows.reduce((sum, row) => sum + (row['stype'] === type ? Number(row['pw']) : 0), 0),
      ]),
    );
    const strata = strataOf(rows, weighed, 'api00');
    const finite = stratifiedMean(strata, true)!;
    check('mean.published', finite.mean);
    check('mean', finite.mean);
    check('se.withFpc.published', finite.se);
    check('se.withFpc', finite.se);
    check('se.withoutFpc', stratifiedMean(strata)!.se);
    check(
      'stratumMeans E,H,M',
      strata.map(({ mean }) => mean),
    );
    check('unweightedMean', sampleOf(rows.map((row) => Number(row['api00']))).mean);
    const effective = effectiveSize(rows.map((row) => Number(row['pw'])));
    check('kishEffectiveN', effective);
    check('kishDeff', rows.length / effective);
    const enrolled = stratifiedMean(strataOf(rows, weighed, 'enroll'))!.mean;
    const all = Object.values(weighed).reduce((sum, size) => sum + size, 0);
    check('total.enroll', enrolled * all);
    check('total.enroll.published', enrolled * all);
    expectAllRead();
  });
  test('post-stratification, and a stratum without a value', () => {
    const { inputs, check, expectAllRead } = reference('csi-poststrat-api');
    const rows = table('apisrs.csv');
    const strata = strataOf(rows, (inputs as Given).populationSizes, 'api00');
    check('srs.mean', sampleOf(rows.map((row) => Number(row['api00']))).mean);
    check(
      'stratumN E,H,M',
      strata.map(({ n }) => n),
    );
    const found = stratifiedMean(strata)!;
    check('postStratified.mean', found.mean);
    check('postStratified.se.default', found.se);
    // R linearises: a stratum's squares over n - 1 of the whole sample instead of its own.
    const n = rows.length;
    const linear = strata.map((stratum) => ({
      ...stratum,
      variance: (stratum.variance! * (stratum.n - 1) * n) / stratum.n / (n - 1),
    }));
    check('postStratified.se (survey::postStratify, with fpc)', stratifiedMean(linear, true)!.se);
    const gap = strata.map((stratum, i) => (i === 1 ? { ...stratum, ...sampleOf([]) } : stratum));
    const partial = stratifiedMean(gap)!;
    check('emptyStratum rule', partial.mean);
    expect(partial.isPartial).toBe(true);
    expect(stratifiedMean([])).toBeNull();
    expect(() => stratifiedMean([{ size: -1, ...sampleOf([1]) }])).toThrow(RangeError);
    // One value borrows the spread of the others.
    const single = [
      { size: 1, ...sampleOf([5]) },
      { size: 1, ...sampleOf([1, 3]) },
    ];
    expect(stratifiedMean(single)!.se).toBeCloseTo(Math.sqrt(0.25 * 2 + 0.25 * 1), 12);
    expectAllRead();
  });
});
