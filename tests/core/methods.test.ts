import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Component } from '../../src/contracts/programmes.ts';
import { panelTotal } from '../../src/core/auditors/panels.ts';
import { planningOf } from '../../src/core/auditors/reliability.ts';
import { geometricMean, normalise } from '../../src/core/awards/aggregation.ts';
import { composite } from '../../src/core/awards/composite.ts';
import { readClock } from '../../src/core/care/complaint-clock.ts';
import { fixShare, fixStates } from '../../src/core/care/first-time-fix.ts';
import { followUpState } from '../../src/core/care/follow-up.ts';
import { auditIndex } from '../../src/core/indices/audit-index.ts';
import { complaintIndices } from '../../src/core/indices/complaint-index.ts';
import { combineEstimates, spreadOf } from '../../src/core/indices/indices.ts';
import { combineFactors, displayIndex } from '../../src/core/indices/responses.ts';
import { surveySigns } from '../../src/core/indices/survey-signs.ts';
import { trendsOf } from '../../src/core/indices/trend.ts';
import { shrinkShare } from '../../src/core/statistics/beta-binomial.ts';
import { cronbachAlpha } from '../../src/core/statistics/cronbach.ts';
import { cohenKappa } from '../../src/core/statistics/kappa.ts';
import { krippendorff, nominalAgreement } from '../../src/core/statistics/krippendorff.ts';
import { meanInterval } from '../../src/core/statistics/mean-interval.ts';
import { netPromoter } from '../../src/core/statistics/net-promoter.ts';
import { poissonRate } from '../../src/core/statistics/poisson-rate.ts';
import { compareProportions, proportionInterval } from '../../src/core/statistics/proportion.ts';
import { commonMean, shrinkKnown } from '../../src/core/statistics/random-effects.ts';
import {
  chanceBetter,
  comparisonReach,
  rankChances,
  rankDistribution,
} from '../../src/core/statistics/rank-chances.ts';
import { ranksOf } from '../../src/core/statistics/ranks.ts';
import { relativeWeights, shapleyShares } from '../../src/core/statistics/relative-weights.ts';
import { shrink } from '../../src/core/statistics/shrinkage.ts';
import { effectiveSize, stratifiedMean } from '../../src/core/statistics/stratified-mean.ts';
import { medianDuration } from '../../src/core/statistics/survival.ts';
import { weightAcceptability } from '../../src/core/statistics/weight-analysis.ts';
import { effectSize } from '../../src/core/statistics/welch.ts';

const page = readFileSync(new URL('../../docs/methods.md', import.meta.url), 'utf8').replace(
  /\s+/g,
  ' ',
);
const one = (x: number) => x.toFixed(1);
const two = (x: number) => x.toFixed(2);
const three = (x: number) => x.toFixed(3);
const percent = (x: number) => `${one(100 * x)} %`;
const part = (id: string, weight: number, low: number, high: number): Component => ({
  ...{ id, title: { en: id }, metric: 'kpi-index', weight, low, high },
});

/**
 * The worked examples of docs/methods.md: each sentence is made anew by the functions that the product calls,
 * and must stand on the page as it is.
 */
const examples: Record<string, () => string> = {
  'respondent index'() {
    const index = combineFactors([80, null, 60], [32, 19, 15], 0.6)!;
    return `Factors of 80 (weight 32), none (19) and 60 (15) give ${one(index)}; on the other scales ${Math.round(displayIndex(index, 'thousand'))} and ${Math.round(displayIndex(index, 'ratings'))}.`;
  },
  alpha() {
    const rows = [
      [8, 9],
      [6, 6],
      [9, 10],
      [5, 7],
    ];
    return `Two questions answered 8 9, 6 6, 9 10 and 5 7: alpha ${two(cronbachAlpha(rows)!)}.`;
  },
  drivers() {
    const correlations = {
      size: 2,
      among: Float64Array.of(1, 0.5, 0.5, 1),
      withOutcome: Float64Array.of(0.6, 0.4),
    };
    const weights = relativeWeights(correlations);
    const sum = weights.reduce((total, each) => total + each, 0);
    const shapley = shapleyShares(correlations)!;
    return `Two factors that go together by .5 and with the outcome by .6 and .4: R² ${three(sum)}, of which the first has ${percent(weights[0]! / sum)} (Shapley ${percent(shapley[0]! / sum)}).`;
  },
  'interval of a mean'() {
    const own = spreadOf({ n: 4, variance: 4 }, { variance: 25, freedom: 36 })!;
    const { low, high } = meanInterval(85, Math.sqrt(own.variance / 4), own.freedom);
    return `Four visits of mean 85 in a market with a pooled variance of 25 on 36 degrees of freedom: ${one(low)} to ${one(high)}, whatever their own spread.`;
  },
  share() {
    const { low, high } = proportionInterval(7, 30)!;
    return `7 best answers of 30: ${percent(7 / 30)}, from ${percent(low)} to ${percent(high)}.`;
  },
  'net promoters'() {
    const { value, low, high } = netPromoter({ promoters: 95, passives: 95, detractors: 60 })!;
    return `95 promoters, 95 passives, 60 detractors: ${one(value)}, from ${one(low)} to ${one(high)}.`;
  },
  mix() {
    const strata = [
      { size: 600, n: 10, mean: 80, variance: 16 },
      { size: 400, n: 30, mean: 90, variance: 16 },
    ];
    const { mean, se } = stratifiedMean(strata)!;
    const weights = [...new Array(10).fill(60), ...new Array(30).fill(400 / 30)];
    return `Ten new customers at 80 and thirty old ones at 90, where the market has 600 and 400: ${one(mean)} ± ${two(se!)} instead of 87.5, worth ${one(effectiveSize(weights))} answers.`;
  },
  shrinkage() {
    const { value, reliability } = shrink(
      { n: 4, mean: 90 },
      { within: 16, between: 12, centre: 80 },
    );
    return `n = 4, mean 90, variance inside 16, between 12, centre 80: reliability ${two(reliability)}, shrunk ${one(value)}.`;
  },
  'known errors'() {
    const units = [70, 80, 84, 90].map((value, i) => ({ value, se: 2 + i }));
    const found = commonMean(units)!;
    const { value } = shrinkKnown(units[0]!, found);
    return `Four regions at 70, 80, 84 and 90 with errors of 2, 3, 4 and 5: variance between them ${one(found.between)}, common mean ${one(found.mean)}, the first drawn to ${one(value)}.`;
  },
  'shrunk share'() {
    const { value } = shrinkShare({ successes: 4, n: 14 }, { alpha: 2.3048, beta: 14.0797 });
    return `4 of 14 under a prior of 2.3048 and 14.0797: ${three(value)}.`;
  },
  'all-top run'() {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      dealer: i < 20 ? 'A' : 'B',
      visitDate: `2025-01-${String(1 + (i % 28)).padStart(2, '0')}`,
      answeredAt: new Date(Date.UTC(2025, 0, 1, i)),
      device: null,
      values: [i < 8 || i % 5 === 0 ? 10 : 7],
      index: 50,
      recommendation: null,
    }));
    const item = { id: 'x', factor: 'f', min: 1, max: 10, weight: 1, cause: 'dealer' as const };
    const [sign] = surveySigns({ items: [item], factors: [], rows }, 'UTC');
    return `A house gives ${sign!.responses} best answers in a row out of ${sign!.of} where elsewhere a fifth are best: chance would make a run of ${one(sign!.expected!)}, p = ${sign!.p!.toExponential(0)}.`;
  },
  'audit index'() {
    const index = auditIndex(
      [
        { date: '2025-02-01', type: 'mystery', value: 90 },
        { date: '2025-06-01', type: 'mystery', value: 80 },
        { date: '2025-09-01', type: 'announced', value: 96 },
      ],
      { mystery: 1, announced: 0.5, asOf: '2025-12-31' },
    )!;
    return `Two mystery visits of 90 and 80 and an announced one of 96: ${one(index.mean)}, worth ${two(index.nEff)} visits.`;
  },
  'market mean'() {
    const { value, se } = combineEstimates([
      { estimate: { n: 30, value: 80, se: 2, df: 29 }, volume: 30 },
      { estimate: { n: 60, value: 86, se: 1, df: 59 }, volume: 60 },
    ]);
    return `Houses of 30 and 60 answers at 80 ± 2 and 86 ± 1: ${one(value!)} ± ${two(se!)}.`;
  },
  'complaint-handling index'() {
    const none = { successes: 0, n: 0 };
    const house = (successes: number, n: number) => ({
      ...{ answeredInTime: { successes, n }, solvedInTime: none, accepted: none },
      withoutRecurrence: none,
    });
    const [first] = complaintIndices([
      house(4, 5),
      house(9, 10),
      house(2, 10),
      house(7, 8),
      house(5, 9),
    ]);
    return `Five houses that answered 4 of 5, 9 of 10, 2 of 10, 7 of 8 and 5 of 9 in time, and nothing else known: the first has ${one(first!.value!)} ± ${one(first!.se!)}.`;
  },
  change() {
    const { d, g } = effectSize(
      { n: 40, mean: 8.4, variance: 2 },
      { n: 50, mean: 8.0, variance: 2.5 },
    )!;
    const shares = compareProportions({ successes: 18, n: 40 }, { successes: 15, n: 50 })!;
    return `18 best answers of 40 after 15 of 50: ${one(100 * shares.difference)} points more, from ${one(100 * shares.low)} to ${one(100 * shares.high)}; means of 8.4 after 8.0 with variances 2 and 2.5 are an effect of ${two(g)} (d ${two(d)}).`;
  },
  trend() {
    const [found] = trendsOf([[70, 71, 73, 72, 75, 76, 78, 77, 80]]);
    if (found?.kind !== 'tested') throw new Error('no trend');
    return `70 71 73 72 75 76 78 77 80: ${two(found.slope)} points a period, from ${two(found.low)} to ${two(found.high)}, p ${found.p < 0.001 ? '< .001' : three(found.p)}.`;
  },
  ties() {
    const values = [90, 80, 80, 70];
    return `90, 80, 80 and 70: ${ranksOf(values).join(' ')}, ${ranksOf(values, 'modified').join(' ')}, ${ranksOf(values, 'dense').join(' ')}, ${ranksOf(values, 'fractional').join(' ')} and ${ranksOf(values, 'ordinal').join(' ')}.`;
  },
  chances() {
    const [estimates, errors] = [
      [76, 75, 70],
      [1.5, 1.6, 1.5],
    ];
    const first = rankChances(estimates!, errors!).map((each) => percent(each.first));
    const places = rankDistribution(estimates!, errors!, 0).map(percent);
    const better = chanceBetter({ estimate: 76, se: 1.5 }, { estimate: 75, se: 1.6 });
    return `76 ± 1.5, 75 ± 1.6 and 70 ± 1.5: first with ${first.join(', ')}; the places of the first ${places.join(', ')}; it is better than the second with ${percent(better)}; intervals that may be compared reach ${two(comparisonReach(errors!))} errors.`;
  },
  'other weights'() {
    const points = [
      [90, 60],
      [70, 85],
    ];
    const [first] = weightAcceptability(points, { kind: 'any' }, 1, 20_000);
    return `90 and 60 points against 70 and 85 on two components: first under ${Math.round(100 * first!.first)} % of all weights (exactly four ninths).`;
  },
  agreement() {
    const units = [
      [1, 1],
      [1, 1],
      [1, 0],
      [0, 0],
      [1, 1],
    ];
    const alpha = krippendorff(units, 'nominal')!.alpha;
    const { observed, ac1, kappa } = nominalAgreement(units, 2)!;
    const cohen = cohenKappa([
      [1, 0],
      [1, 3],
    ])!;
    return `Five pairs of answers, one apart: alike ${percent(observed)}, alpha ${two(alpha)}, AC1 ${two(ac1)}, kappa ${two(kappa!)} (Cohen ${two(cohen.kappa)}).`;
  },
  planning() {
    const shares = { dealers: 0.5, auditors: 0.1, rest: 0.4 };
    const { visits, neededFor80 } = planningOf({
      ...{ mean: 80, dealers: 50, auditors: 10, rest: 40, shares },
    })!;
    const four = visits.find((each) => each.visits === 4)!;
    return `Variances of 50 (house), 10 (auditor) and 40 (rest): four visits are reliable to ${two(four.asGiven!)}, corrected ${two(four.corrected!)}; .80 takes ${neededFor80} visits.`;
  },
  panel() {
    const { mean, trimmed } = panelTotal([70, 82, 84, 85, 99]);
    return `Visits of 70, 82, 84, 85 and 99: mean ${one(mean)}, trimmed ${one(trimmed!)}.`;
  },
  composite() {
    const { value, se } = composite(
      [part('a', 35, 60, 100), part('b', 35, 50, 100)],
      [
        { value: 88, se: 2 },
        { value: 80, se: 1 },
      ],
    );
    return `88 ± 2 between 60 and 100, and 80 ± 1 between 50 and 100, with equal weights: ${one(value!)} ± ${two(se)}.`;
  },
  aggregation() {
    return `60, 75 and 90: ${normalise([60, 75, 90], 'min-max').join(', ')} by min-max, ${normalise([60, 75, 90], 'z-score').join(', ')} by z-score; 40 and 90 points have a geometric mean of ${one(geometricMean([40, 90], [1, 1], 1))}.`;
  },
  clock() {
    const calendar = { weekend: [6, 7], holidays: [], extraWorkingDays: [] };
    const clock = readClock('2026-03-05', '2026-03-09', '2026-04-01', 2, calendar);
    return `Received on Thursday 5 March 2026, two working days: until ${clock.deadline}; answered on that day it is ${clock.state} after ${clock.elapsed}.`;
  },
  aftercare() {
    const state = followUpState(
      { service: '2025-03-03', contact: '2025-03-10', isRefused: false },
      '2025-04-01',
    );
    const job = (opened: string, closed: string) => ({
      ...{ vehicle: 'v', concern: 'brakes', opened, closed },
    });
    const { successes, n } = fixShare(
      fixStates([job('2025-01-07', '2025-01-08'), job('2025-01-20', '2025-01-21')], '2025-06-01'),
    );
    const rate = poissonRate(7, 2.35)!;
    const days = medianDuration([
      { time: 3, isOver: true },
      { time: 9, isOver: true },
      { time: 20, isOver: false },
    ]);
    return `Asked on the seventh day: ${state}. The same car with the same concern twelve days later: ${successes} of ${n} repairs held. 7 complaints in 2,350 jobs: ${one(rate.value)} a thousand, from ${one(rate.low)} to ${one(rate.high)}. Solved after 3 and 9 days, one open for 20: ${days} days.`;
  },
};

test.each(Object.entries(examples))('the example of %s', (_, sentence) => {
  expect(page).toContain(sentence());
});

test('every reference to a section of the methods has a heading', () => {
  const headings = new Set([...page.matchAll(/##+ (\d(?:\.\d)?)/g)].map((match) => match[1]!));
  expect(headings.size).toBeGreaterThan(12);
  for (const section of [
    '1',
    '2.1',
    '2.2',
    '2.3',
    '2.4',
    '2.5',
    '3',
    '4',
    '5.1',
    '5.2',
    '5.3',
    '6',
    '7',
    '8',
  ])
    expect(headings).toContain(section);
});
