import { describe, expect, test } from 'vitest';
import { panelDistances, partialities } from '../../../src/core/auditors/panels.ts';
import { crossedEffects } from '../../../src/core/statistics/crossed-effects.ts';
import {
  decisionStudy,
  nestedComponentsOf,
} from '../../../src/core/statistics/generalizability.ts';
import {
  intraclass,
  ratersNeeded,
  spearmanBrown,
} from '../../../src/core/statistics/intraclass.ts';
import { cohenKappa, fleissKappa } from '../../../src/core/statistics/kappa.ts';
import {
  krippendorff,
  type Metric,
  nominalAgreement,
} from '../../../src/core/statistics/krippendorff.ts';
import { sampleOf } from '../../../src/core/statistics/moments.ts';
import { reference, table } from '../../support/reference.ts';

/** Levels numbered in the order of their names. */
function numbered(values: readonly string[]) {
  const names = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  const at = new Map(names.map((name, index) => [name, index]));
  return { names, index: values.map((value) => at.get(value)!) };
}

describe('crossed random effects: Penicillin', () => {
  const { check, expectAllRead } = reference('mixed-penicillin');
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
    check('fixef.se.published', fit.meanError);
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
    expectAllRead();
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

test('judges at the Olympic diving: distances, partiality to their own country, severity', () => {
  const { inputs, check, value, expectAllRead } = reference('severity-diving-men');
  const { judges: homes } = inputs as { judges: Record<string, string> };
  const scores = table('severity-diving-men-scores.csv');
  const performances = new Map(
    table('severity-diving-men-performances.csv').map((row) => [row['perf']!, row]),
  );
  const judges = numbered(scores.map((row) => row['judge']!));
  expect(judges.names).toEqual((value('judges') as string[]).toSorted());
  check('n.scores', scores.length);
  check('n.performances', performances.size);
  const panels = [...Map.groupBy(scores, (row) => row['perf']!)].map(([perf, rows]) => ({
    perf,
    panel: rows.map((row) => ({ auditor: row['judge']!, score: Number(row['score']) })),
  }));
  const distances = panelDistances(panels.map(({ panel }) => panel));
  const samples = judges.names.map((judge) => sampleOf(distances.get(judge)!));
  check(
    'meanDiscrepancy(score - panel mean incl. self) by judge',
    samples.map(({ mean }) => mean),
  );
  check(
    'sdDiscrepancy by judge',
    samples.map(({ variance }) => Math.sqrt(variance!)),
  );
  check(
    'nRatings by judge',
    samples.map(({ n }) => n),
  );
  // Tests of a judge against divers of one country: the reference lists each judge's own country.
  const wanted = value('homeBias.welch by judge') as Record<
    string,
    { nSame: number; diff: number; t: number; p: number }
  >;
  const found = partialities(
    panels.flatMap(({ perf, panel }) => {
      const { mean } = sampleOf(panel.map(({ score }) => score));
      return panel.map(({ auditor, score }) => ({
        auditor,
        group: homes[auditor] === performances.get(perf)!['country'] ? 'home' : undefined,
        distance: score - mean,
      }));
    }),
  );
  const byJudge = Object.fromEntries(
    found.map(({ auditor, n, difference, t, p }) => [
      auditor,
      { nSame: n, diff: difference, t, p },
    ]),
  );
  expect(Object.keys(byJudge)).toEqual(Object.keys(wanted));
  check('homeBias.welch by judge', byJudge);
  check(
    'homeBias.BH-adjusted p (order of names)',
    Object.fromEntries(found.map(({ auditor, adjusted }) => [auditor, adjusted])),
  );
  const fit = crossedEffects({
    y: scores.map((row) => Number(row['score'])),
    first: numbered(scores.map((row) => row['perf']!.padStart(5, '0'))).index,
    second: judges.index,
  })!;
  check('REML.var.performance', fit.first.variance);
  check('REML.var.judge', fit.second.variance);
  check('REML.var.residual', fit.residual);
  check('REMLcriterion', fit.criterion);
  check('intercept', fit.mean);
  check('judgeSeverity.BLUP by judge (positive = lenient)', [...fit.second.value]);
  check('judgeSeverity.condSD by judge', [...fit.second.sd]);
  check('performance.BLUP.first20', [...fit.first.value.slice(0, 20)]);
  const components = {
    persons: fit.first.variance,
    tasks: 0,
    raters: fit.second.variance,
    personsByTasks: 0,
    rest: fit.residual,
  };
  const plan = (raters: number) => decisionStudy(components, { tasks: 1, raters })!.absolute;
  check('reliability.singleScore', plan(1));
  check('reliability.mean7(absolute)', plan(7));
  expectAllRead();
});

describe('agreement', () => {
  const { inputs, check, expectAllRead } = reference('rater-krippendorff');
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
    check('B.nominal.published', alpha('B', 'nominal'));
    for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      check(`C.${metric}`, alpha('C', metric));
      check(`C.${metric}.published`, alpha('C', metric));
    }
    check('W.nominal', alpha('W', 'nominal'));
    check('W.nominal.published', alpha('W', 'nominal'));
    check('W.interval', alpha('W', 'interval'));
    check('W.interval.published', alpha('W', 'interval'));
    check('W.ordinal', alpha('W', 'ordinal'));
    check('C.pairableValues', krippendorff(unitsOf('C'), 'nominal')!.values);
    const same = [
      [1, 1],
      [1, 1],
    ];
    check('constantData (all values equal)', krippendorff(same, 'nominal'));
    check('noPairableUnits', krippendorff([[1], [2]], 'nominal'));
  });
  test('nominal agreement beyond chance, three ways', () => {
    const found = nominalAgreement(unitsOf('C'), 5)!;
    check('C.percentAgreement', found.observed);
    check('C.gwetAC1.published', found.ac1);
    check('C.gwetAC1.pe.published', found.ac1Chance);
    check('C.fleissGeneralised.published', found.kappa);
    check('C.brennanPrediger.published', found.brennanPrediger);
    expect(nominalAgreement([[1], [2]], 2)).toBeNull();
    expect(nominalAgreement([[1, 1]], 2)).toMatchObject({ kappa: null, ac1: 1, observed: 1 });
    expectAllRead();
  });
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
    icc.check('MS.published(BMS,WMS,JMS,EMS)', [bms, wms, jms, ems]);
    icc.check('spearmanBrown(k=4) of ICC21', spearmanBrown(found.agreement.single, 4));
    icc.check(
      'ratersNeeded for reliability 0.8 from ICC21',
      ratersNeeded(found.agreement.single, 0.8),
    );
    const flat = [
      [1, 1],
      [1, 1],
    ];
    expect(intraclass(flat)).toBeNull();
    expect(ratersNeeded(0, 0.8)).toBeNull();
    icc.expectAllRead();
  });
  test('kappa of Cohen, plain and weighted, and of Fleiss', () => {
    const kappa = reference('rater-kappa');
    const { fleissCounts, cohenTable, cohenDisagreementWeights } = kappa.inputs as Record<
      string,
      number[][]
    >;
    const many = fleissKappa(fleissCounts!)!;
    kappa.check('fleiss.kappa.published', many.kappa);
    kappa.check('fleiss.kappa', many.kappa);
    kappa.check('fleiss.Pbar.published', many.observed);
    // Fleiss printed .2201 from rounded shares; irr and we find .2199.
    const printed = kappa.value('fleiss.Pe.published') as number;
    expect(Math.abs(many.expected - printed)).toBeLessThan(2e-4);
    kappa.check('fleiss.se (Fleiss, Nee & Landis 1979)', many.se);
    kappa.check('fleiss.z', many.z);
    kappa.check('fleiss.z.published(irr)', many.z);
    kappa.check('fleiss.kappaPerCategory', many.categories);
    kappa.check('fleiss.kappaPerCategory.published', many.categories);
    const plain = cohenKappa(cohenTable!)!;
    kappa.check('cohen.kappa', plain.kappa);
    kappa.check('cohen.kappa.published', plain.kappa);
    kappa.check('cohen.kappa.se (Fleiss, Cohen & Everitt 1969)', plain.se);
    const weighted = cohenKappa(cohenTable!, cohenDisagreementWeights!)!;
    kappa.check('cohen.weightedKappa', weighted.kappa);
    kappa.check('cohen.weightedKappa.published', weighted.kappa);
    kappa.check('cohen.weightedKappa.se', weighted.se);
    expect(cohenKappa([[3]])).toBeNull();
    expect(
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    ).toBeNull();
    expect(
      fleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toBeNull();
    kappa.expectAllRead();
  });
  test('generalizability: components, and what other plans would give', () => {
    const { check: compare, value, expectAllRead: done } = reference('rater-gtheory-brennan');
    const rows = table('brennan32.csv');
    const levels = (name: string) => [...new Set(rows.map((row) => row[name]!))];
    const scores = levels('person').map((person) =>
      levels('task').map((task) =>
        rows
          .filter((row) => row['person'] === person && row['task'] === task)
          .map((row) => Number(row['score'])),
      ),
    );
    const found = nestedComponentsOf(scores)!;
    const { persons, tasks, raters, personsByTasks, rest } = found;
    compare('var.published(p,t,r:t,pt,pr:t)', [persons, tasks, raters, personsByTasks, rest]);
    compare('var.p', persons);
    compare('var.t', tasks);
    compare('var.r:t', raters);
    compare('var.pt', personsByTasks);
    compare('var.pr:t', rest);
    const plans = value('dStudy') as { nt: number; nr: number }[];
    compare(
      'dStudy',
      plans.map(({ nt, nr }) => {
        const plan = decisionStudy(found, { tasks: nt, raters: nr })!;
        return {
          ...{ nt, nr, Erho2: plan.relative, Phi: plan.absolute },
          ...{ relErr: plan.relativeError, absErr: plan.absoluteError },
        };
      }),
    );
    expect(nestedComponentsOf([[[1]]])).toBeNull();
    done();
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
