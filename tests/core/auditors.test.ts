import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { auditorSeverity } from '../../src/core/auditors/auditors.ts';
import { indexChanges } from '../../src/core/indices/index-change.ts';
import { cusum, ewma } from '../../src/core/statistics/control-charts.ts';
import { crossedEffects } from '../../src/core/statistics/crossed-effects.ts';
import { intraclass, spearmanBrown } from '../../src/core/statistics/intraclass.ts';
import { gwetAc1, krippendorff, type Metric } from '../../src/core/statistics/krippendorff.ts';
import { benjaminiHochberg, holm } from '../../src/core/statistics/multiple-tests.ts';
import { invertPositiveDefinite } from '../../src/core/statistics/positive-definite.ts';
import { againstZero, sampleOf, welch } from '../../src/core/statistics/welch.ts';
import { reference } from '../support/reference.ts';

/** Rows of a data set beside the reference cases, as records. */
function table(name: string): Record<string, string>[] {
  const bytes = readFileSync(new URL(`../reference/${name}`, import.meta.url));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...lines] = text.trim().split('\n');
  const columns = header!.replaceAll('"', '').split(',');
  return lines.map((line) => {
    const cells = line.replaceAll('"', '').split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]!.trim()]));
  });
}

/** Levels numbered in the order of their names. */
function numbered(values: readonly string[]) {
  const names = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  const at = new Map(names.map((name, index) => [name, index]));
  return { names, index: values.map((value) => at.get(value)!) };
}

describe('crossed random effects: Penicillin', () => {
  const { check } = reference('mixed-penicillin');
  const rows = table('penicillin.csv');
  const data = {
    y: rows.map((row) => Number(row['diameter'])),
    first: numbered(rows.map((row) => row['plate']!)).index,
    second: numbered(rows.map((row) => row['sample']!)).index,
  };
  const fit = crossedEffects(data)!;
  test('REML variances, criterion and mean', () => {
    const variances = [fit.first.variance, fit.second.variance, fit.residual];
    check('sd.published(plate,sample,residual)', variances.map(Math.sqrt));
    check('var.plate', fit.first.variance);
    check('var.sample', fit.second.variance);
    check('var.residual', fit.residual);
    check('fixef.intercept', fit.mean);
    check('fixef.se', fit.meanError);
    check('REMLcriterion', fit.criterion);
    check('REMLcriterion.published', fit.criterion);
  });
  test('effects and their conditional deviations', () => {
    check('BLUP.sample (A..F)', [...fit.second.value]);
    check('BLUP.sample.condSD', [...fit.second.sd]);
    check('BLUP.plate (a..x)', [...fit.first.value]);
    check('BLUP.plate.condSD', [...fit.first.sd]);
  });
  test('maximum likelihood', () => {
    const ml = crossedEffects(data, 'ml')!;
    check('ML.deviance', ml.criterion);
    check('ML.var(plate,sample,residual)', [ml.first.variance, ml.second.variance, ml.residual]);
  });
  test('is the same whichever factor comes first, and in any order of rows', () => {
    const swapped = crossedEffects({ ...data, first: data.second, second: data.first })!;
    expect(swapped.second.variance).toBeCloseTo(fit.first.variance, 9);
    const order = data.y.map((_, i) => (i * 37) % data.y.length);
    const shuffled = crossedEffects({
      y: order.map((i) => data.y[i]!),
      first: order.map((i) => data.first[i]!),
      second: order.map((i) => data.second[i]!),
    })!;
    expect(shuffled.criterion).toBeCloseTo(fit.criterion, 9);
  });
});

test('crossed random effects: judges at the Olympic diving', () => {
  const { check, value } = reference('severity-diving-men');
  const scores = table('severity-diving-men-scores.csv');
  const judges = numbered(scores.map((row) => row['judge']!));
  const fit = crossedEffects({
    y: scores.map((row) => Number(row['score'])),
    first: numbered(scores.map((row) => row['perf']!.padStart(5, '0'))).index,
    second: judges.index,
  })!;
  expect(judges.names).toEqual(value('judges'));
  check('REML.var.performance', fit.first.variance);
  check('REML.var.judge', fit.second.variance);
  check('REML.var.residual', fit.residual);
  check('REMLcriterion', fit.criterion);
  check('intercept', fit.mean);
  check('judgeSeverity.BLUP by judge (positive = lenient)', [...fit.second.value]);
  check('judgeSeverity.condSD by judge', [...fit.second.sd]);
  check('performance.BLUP.first20', [...fit.first.value.slice(0, 20)]);
});

describe('crossed random effects at the edges', () => {
  test('nothing to estimate gives no fit', () => {
    expect(crossedEffects({ y: [1, 2], first: [0, 1], second: [0, 1] })).toBeNull();
    expect(crossedEffects({ y: [1, 2, 3], first: [0, 1, 2], second: [0, 0, 0] })).toBeNull();
    expect(
      crossedEffects({ y: [5, 5, 5, 5], first: [0, 0, 1, 1], second: [0, 1, 0, 1] }),
    ).toBeNull();
  });
  test('a factor without effect has variance 0', () => {
    const y = [1, 2, 1, 2, 1, 2, 1, 2];
    const fit = crossedEffects({
      y,
      first: [0, 0, 1, 1, 2, 2, 3, 3],
      second: [0, 1, 1, 0, 0, 1, 1, 0],
    })!;
    expect(fit.first.variance).toBeLessThan(1e-6);
    expect([...fit.first.value].every(Number.isFinite)).toBe(true);
  });
  test('a matrix that is not positive definite is refused', () => {
    expect(() => invertPositiveDefinite(Float64Array.of(1, 0, 2, 1), 2)).toThrow(RangeError);
    const { inverse, logDeterminant } = invertPositiveDefinite(Float64Array.of(4, 0, 2, 3), 2);
    expect(logDeterminant).toBeCloseTo(Math.log(8), 12);
    expect([...inverse]).toEqual([0.375, -0.25, -0.25, 0.5].map((x) => expect.closeTo(x, 12)));
  });
});

describe('agreement', () => {
  const { inputs, check } = reference('rater-krippendorff');
  const cases = inputs as unknown as Record<string, (number | string | null)[][]>;
  const codes = (value: number | string) =>
    typeof value === 'string' ? value.charCodeAt(0) : value;
  const unitsOf = (name: string) =>
    cases[name]![0]!.map((_, unit) =>
      cases[name]!.map((row) => row[unit] ?? null).flatMap((v) => (v === null ? [] : [codes(v)])),
    );
  const alpha = (name: string, metric: Metric) => krippendorff(unitsOf(name), metric)?.alpha;
  test('Krippendorff’s alpha on four scales, with missing values', () => {
    check('A.binary.nominal.published', alpha('A', 'nominal'));
    check('A.nominal', alpha('A', 'nominal'));
    check('B.nominal', alpha('B', 'nominal'));
    for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      check(`C.${metric}`, alpha('C', metric));
      check(`C.${metric}.published`, alpha('C', metric));
    }
    check('W.nominal', alpha('W', 'nominal'));
    check('W.interval', alpha('W', 'interval'));
    check('W.ordinal', alpha('W', 'ordinal'));
    check('C.pairableValues', krippendorff(unitsOf('C'), 'nominal')!.values);
    expect(
      krippendorff(
        [
          [1, 1],
          [1, 1],
        ],
        'nominal',
      ),
    ).toBeNull();
    expect(krippendorff([[1], [2]], 'nominal')).toBeNull();
  });
  test('Gwet’s AC1', () => check('C.gwetAC1.published', gwetAc1(unitsOf('C'), 5)));
  test('six intraclass correlations with their intervals', () => {
    const icc = reference('rater-shrout-fleiss');
    const found = intraclass((icc.inputs as { ratings: number[][] }).ratings)!;
    const forms = { 1: found.oneWay, 2: found.agreement, 3: found.consistency };
    for (const [form, { single, single95, mean, mean95 }] of Object.entries(forms)) {
      icc.check(`ICC${form}1`, single);
      icc.check(`ICC${form}1.published`, single);
      icc.check(`ci95.ICC${form}1`, single95);
      icc.check(`ICC${form}k`, mean);
      icc.check(`ICC${form}k.published`, mean);
      icc.check(`ci95.ICC${form}k`, mean95);
    }
    const { bms, jms, ems, wms } = found.meanSquares;
    icc.check('BMS', bms);
    icc.check('JMS', jms);
    icc.check('EMS', ems);
    icc.check('WMS', wms);
    icc.check('spearmanBrown(k=4) of ICC21', spearmanBrown(found.agreement.single, 4));
    expect(
      intraclass([
        [1, 1],
        [1, 1],
      ]),
    ).toBeNull();
  });
});

describe('changes between periods', () => {
  const estimate = (value: number, se: number) => ({ n: 30, value, se, df: 29 });
  test('are called up or down only where they hold among many', () => {
    const clear = { before: estimate(70, 1), after: estimate(80, 1) };
    const weak = { before: estimate(70, 1), after: estimate(73, 1) };
    const none = { before: estimate(70, 1), after: estimate(70, 1) };
    expect(indexChanges([weak]).map((each) => each?.direction)).toEqual(['up']);
    const many = indexChanges([clear, weak, ...Array.from({ length: 20 }, () => none)]);
    expect(many.slice(0, 3).map((each) => each?.direction)).toEqual(['up', 'unclear', 'unclear']);
  });
  test('need a value with an error in both periods', () => {
    const one = estimate(70, 1);
    expect(indexChanges([{ before: one, after: undefined }])).toEqual([null]);
    expect(indexChanges([{ before: { ...one, se: null }, after: one }])).toEqual([null]);
    expect(indexChanges([{ before: { ...one, se: 0 }, after: { ...one, se: 0 } }])).toEqual([null]);
    expect(indexChanges([])).toEqual([]);
  });
});

describe('tests of differences', () => {
  const { inputs, check } = reference('trend-welch-sleep');
  const { group1, group2, bhPvalues } = inputs as Record<string, number[]>;
  test('Welch’s test, the paired test, n of 1', () => {
    const found = welch(sampleOf(group1!), sampleOf(group2!))!;
    check('welch.t', found.t);
    check('welch.t.published', found.t);
    check('welch.df', found.freedom);
    check('welch.p', found.p);
    check('welch.p.published', found.p);
    check('welch.ci95.published', [found.low, found.high]);
    const paired = againstZero(sampleOf(group1!.map((x, i) => x - group2![i]!)))!;
    check('paired.t', paired.t);
    check('paired.p', paired.p);
    check('paired.ci95', [paired.low, paired.high]);
    check('welch.n=1', welch(sampleOf([1]), sampleOf(group2!)));
  });
  test('many tests at once', () => {
    check('benjaminiHochberg(BH1995 p-values)', benjaminiHochberg(bhPvalues!));
    check('holm(BH1995 p-values)', holm(bhPvalues!));
    check(
      'BH1995 rejections at q=0.05',
      benjaminiHochberg(bhPvalues!).filter((p) => p <= 0.05).length,
    );
  });
});

test('control charts', () => {
  const { inputs, check } = reference('trend-nist-ewma-cusum');
  const { ewma: e, cusum: c } = inputs as unknown as {
    ewma: { x: number[]; lambda: number; target: number; sigma: number; L: number };
    cusum: { x: number[]; mu0: number; k: number; h: number };
  };
  const chart = ewma(e.x, e.target, e.sigma, e.lambda, e.L);
  check('ewma', chart.values);
  check('ewma.published2dp', chart.values);
  check('ucl.timeVarying', chart.upper);
  const sums = cusum(c.x, c.mu0, c.k, c.h);
  check('cusum.hi (NIST 6.3.2.3 data, mu0=325,k=0.3175)', sums.high);
  check('cusum.lo', sums.low);
  check('cusum.firstSignal(1-based) h=4.1959', sums.firstSignal! + 1);
});

describe('severity of auditors', () => {
  const visit = (dealer: string, auditor: string, score: number, date = '2025-03-01') => ({
    ...{ dealer, auditor, score, date },
  });
  /** Six houses of different worth, three auditors; one gives 8 points less. */
  const quality = { A: 70, B: 74, C: 78, D: 82, E: 86, F: 90 };
  const severe = { X: 0, Y: 1, Z: -8 };
  const visits = Object.entries(quality).flatMap(([dealer, worth], d) =>
    Object.entries(severe).map(([auditor, bias], a) =>
      visit(dealer, auditor, worth + bias + (((d * 7 + a * 3) % 5) - 2) / 2),
    ),
  );
  test('finds the severe one, and corrects the houses for it', () => {
    const { auditors, correction, components } = auditorSeverity(visits);
    const z = auditors.find((row) => row.auditor === 'Z')!;
    expect(z.leniency).toBeLessThan(-4);
    expect(z.flags).toContain('discrepant');
    expect(components!.shares.dealers).toBeGreaterThan(0.5);
    expect(correction).toEqual({ allowed: true, reasons: [] });
  });
  test('does not depend on the order of the visits', () => {
    const shuffled = visits.map((_, i) => visits[(i * 11) % visits.length]!);
    expect(auditorSeverity(shuffled)).toEqual(auditorSeverity(visits));
  });
  test('says which parts of the market cannot be compared', () => {
    const apart = [...visits, ...['P', 'Q'].flatMap((d) => [visit(d, 'W', 80), visit(d, 'V', 85)])];
    const { groups, correction } = auditorSeverity(apart);
    expect(groups.map((group) => group.auditors)).toEqual([
      ['X', 'Y', 'Z'],
      ['V', 'W'],
    ]);
    expect(correction.allowed).toBe(false);
    expect(correction.reasons[0]).toContain('2 parts');
  });
  test.each([
    ['no visit', []],
    ['one visit', [visit('A', 'X', 80)]],
    ['one auditor only', [visit('A', 'X', 80), visit('B', 'X', 70), visit('C', 'X', 75)]],
    ['no variation', ['A', 'B'].flatMap((d) => [visit(d, 'X', 80), visit(d, 'Y', 80)])],
  ])('with %s has a defined result, and never NaN', (_, few) => {
    const result = auditorSeverity(few);
    expect(result.components).toBeNull();
    expect(result.correction.allowed).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
  });
  test('drift is told from the day it shows', () => {
    const drifting = Object.keys(quality).flatMap((dealer, d) =>
      ['X', 'Y', 'Z'].flatMap((auditor) =>
        Array.from({ length: 6 }, (__, k) => {
          const date = `2025-0${k + 1}-${String(10 + d).padStart(2, '0')}`;
          const fallen = auditor === 'Z' && k >= 3 ? -9 : 0;
          return visit(dealer, auditor, 80 + d + (((k * 5 + d * 3) % 7) - 3) / 3 + fallen, date);
        }),
      ),
    );
    const { auditors } = auditorSeverity(drifting);
    expect(auditors.find((row) => row.auditor === 'Z')!.driftSince).not.toBeNull();
    expect(auditors.find((row) => row.auditor === 'X')!.driftSince).toBeNull();
  });
});

test('InstEval: REML variances and likelihood of 73,421 ratings are those of lme4 1.1-31', () => {
  const rows = table('insteval.csv.gz');
  const fit = crossedEffects({
    y: rows.map((row) => Number(row['y'])),
    first: numbered(rows.map((row) => row['s']!)).index,
    second: numbered(rows.map((row) => row['d']!)).index,
  })!;
  // lmer(y ~ 1 + (1 | s) + (1 | d), InstEval), run on the same file.
  const lme4 = { s: 0.106214503879, d: 0.273734859664, rest: 1.387179706643 };
  expect(Math.abs(fit.first.variance / lme4.s - 1)).toBeLessThan(1e-3);
  expect(Math.abs(fit.second.variance / lme4.d - 1)).toBeLessThan(1e-3);
  expect(Math.abs(fit.residual / lme4.rest - 1)).toBeLessThan(1e-3);
  expect(Math.abs(fit.criterion - 237783.880387983) / 2).toBeLessThan(1e-3);
});

describe('what a hostile or unlucky market brings', () => {
  const visit = (dealer: string, auditor: string, score: number, kind = 'a') => ({
    ...{ dealer, auditor, score, kind, date: '2025-03-01' },
  });
  test('auditors who do another kind of visit are not called severe for it', () => {
    const houses = Array.from({ length: 12 }, (_, i) => `H${i}`);
    const visits = houses.flatMap((house, h) =>
      ['X', 'Y', 'Z', 'W'].map((auditor, a) => {
        const isWorkshop = a >= 2;
        const noise = (((h * 7 + a * 5) % 11) - 5) / 2;
        return visit(house, auditor, 80 + h + noise - (isWorkshop ? 9 : 0), isWorkshop ? 'w' : 's');
      }),
    );
    expect(auditorSeverity(visits).auditors.flatMap((row) => row.flags)).toEqual([]);
    const blind = auditorSeverity(visits.map((each) => ({ ...each, kind: 'one' })));
    expect(blind.auditors.some((row) => row.flags.includes('discrepant'))).toBe(true);
  });
  test('houses visited once each tell nothing of houses apart from chance', () => {
    const once = Array.from({ length: 9 }, (_, i) => visit(`H${i}`, `A${i % 3}`, 70 + i * 2));
    expect(auditorSeverity(once).components).toBeNull();
  });
});
