import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../src/core/auditors/double-visits.ts';
import { partialities } from '../../src/core/auditors/panels.ts';
import { scoreAudit } from '../../src/core/audits/scoring.ts';
import { geometricMean, normalise } from '../../src/core/awards/aggregation.ts';
import { composite } from '../../src/core/awards/composite.ts';
import { addMoments, meanAndVariance, momentsOf, noMoments } from '../../src/core/indices/cells.ts';
import { driversOf } from '../../src/core/indices/drivers.ts';
import { combineEstimates, spreadOf, surveyEstimate } from '../../src/core/indices/indices.ts';
import { combineFactors } from '../../src/core/indices/responses.ts';
import { trendsOf } from '../../src/core/indices/trend.ts';
import { openStream } from '../../src/core/random.ts';
import { crossedEffects } from '../../src/core/statistics/crossed-effects.ts';
import { krippendorff } from '../../src/core/statistics/krippendorff.ts';
import { mannKendall } from '../../src/core/statistics/mann-kendall.ts';
import { autocorrelation, sampleOf, sumOf } from '../../src/core/statistics/moments.ts';
import { benjaminiHochberg, holm } from '../../src/core/statistics/multiple-tests.ts';
import { netPromoter } from '../../src/core/statistics/net-promoter.ts';
import { proportionInterval } from '../../src/core/statistics/proportion.ts';
import { commonMean, shrinkAll } from '../../src/core/statistics/random-effects.ts';
import { rankChances } from '../../src/core/statistics/rank-chances.ts';
import { rankConfidenceSets } from '../../src/core/statistics/rank-confidence-sets.ts';
import { addTallies, drawRanks } from '../../src/core/statistics/rank-draws.ts';
import { ranksOf } from '../../src/core/statistics/ranks.ts';
import { correlationsOf, standardisedRegression } from '../../src/core/statistics/regression.ts';
import { relativeWeights, shapleyShares } from '../../src/core/statistics/relative-weights.ts';
import { shrink, varianceComponents } from '../../src/core/statistics/shrinkage.ts';
import { stratifiedMean } from '../../src/core/statistics/stratified-mean.ts';
import { weightedMean } from '../../src/core/statistics/weighted-mean.ts';
import { fill, shipped } from '../support/fill.ts';

// The same cases every time: a run that fails can be run again.
fc.configureGlobal({ seed: 20_260_101 });

/** Points as they are kept, in millionths. */
const score = fc.integer({ min: 0, max: 100_000_000 }).map((micro) => micro / 1e6);
const error = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 10, noNaN: true }));
const scores = fc.array(score, { minLength: 2, maxLength: 40 });
const weight = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const close = (a: number, b: number, scale = 1) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(scale)));
/** The same values in another order, the same for the same seed. */
const shuffled = <T>(values: readonly T[], seed: number): T[] => {
  const random = openStream(seed);
  const rest = [...values];
  return values.map(() => rest.splice(random.below(rest.length), 1)[0]!);
};
const seed = fc.integer({ min: 0, max: 1_000_000 });

describe('neither order nor batches matter', () => {
  test('sums of millionths are the same to the last digit, however they are cut', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000_000 })), seed, (micros, s) => {
        const whole = momentsOf(micros);
        const mixed = shuffled(micros, s);
        const cut = mixed.length >> 1;
        const parts = addMoments(momentsOf(mixed.slice(0, cut)), momentsOf(mixed.slice(cut)));
        expect(addMoments(parts, noMoments)).toEqual(whole);
      }),
    ));
  test('means, spreads, components and agreement', () =>
    fc.assert(
      fc.property(fc.array(scores, { minLength: 2, maxLength: 8 }), seed, (groups, s) => {
        const one = varianceComponents(groups.map(sampleOf));
        const other = varianceComponents(shuffled(groups, s).map((g) => sampleOf(shuffled(g, s))));
        expect(one === null).toBe(other === null);
        if (one && other) {
          close(one.within, other.within, one.within);
          close(one.betweenAsFound, other.betweenAsFound, one.within + one.msb);
        }
        const units = groups.map((group) => group.map(Math.round));
        const alpha = krippendorff(units, 'interval')?.alpha ?? 0;
        const again = krippendorff(
          shuffled(units, s).map((unit) => shuffled(unit, s + 1)),
          'interval',
        );
        close(alpha, again?.alpha ?? 0);
      }),
    ));
  test('ranks go with their values', () =>
    fc.assert(
      fc.property(scores, seed, (values, s) => {
        const order = shuffled([...values.keys()], s);
        const ranks = ranksOf(values);
        expect(ranksOf(order.map((i) => values[i]!))).toEqual(order.map((i) => ranks[i]));
        const fractional = ranksOf(values, 'fractional');
        close(sumOf(fractional), (values.length * (values.length + 1)) / 2);
      }),
    ));
  test('drawn ranks add up to the same in any number of parts', () =>
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 200 }), (values, cut) => {
        const errors = values.map((_, i) => i % 3);
        const range = (from: number, to: number) =>
          drawRanks(values, errors, { seed: 5, from, to, places: true });
        expect(addTallies([range(0, cut), range(cut, 200)])).toEqual(range(0, 200));
      }),
      { numRuns: 25 },
    ));
});

describe('more is never less', () => {
  test('a better answer never lowers an audit', () => {
    const checklist = shipped('seven-personal-standards/2026.1');
    const best = fill(checklist, 'best');
    const worst = fill(checklist, 'worst');
    const ids = Object.keys(best).filter((id) => id in worst);
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(...ids), (good, raised) => {
        const answers = { ...worst, ...Object.fromEntries(good.map((id) => [id, best[id]!])) };
        const before = scoreAudit(checklist, answers);
        const after = scoreAudit(checklist, { ...answers, [raised]: best[raised]! });
        expect(after.raw!).toBeGreaterThanOrEqual(before.raw! - 1e-9);
        expect(after.final!).toBeGreaterThanOrEqual(before.final! - 1e-9);
      }),
    );
  });
  test('a better component never lowers a composite, and all weights may be scaled', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, score, score), { minLength: 1 }), score, (rows, up) => {
        const components = rows.map(([w], i) => ({
          ...{ id: `c${i}`, title: { en: '?' }, metric: 'kpi-index', low: 0, high: 100, weight: w },
        }));
        const at = (values: number[], by = 1) =>
          composite(
            components.map((each) => ({ ...each, weight: by * each.weight })),
            values.map((value) => ({ value, se: 1 })),
          );
        const values = rows.map(([, value]) => value);
        const better = values.with(0, Math.max(values[0]!, up));
        expect(at(better).value!).toBeGreaterThanOrEqual(at(values).value! - 1e-9);
        close(at(values, 1000).value!, at(values).value!, 100);
        close(at(values, 1000).se, at(values).se, 100);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        expect(at(values).value!).toBeGreaterThanOrEqual(low - 1e-9);
        expect(at(values).value!).toBeLessThanOrEqual(high + 1e-9);
      }),
    ));
  test('a share’s interval holds the share, rises with it, and mirrors its complement', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (n, x) => {
        const k = Math.min(n, x);
        for (const method of [
          'wilson',
          'wilson-corrected',
          'exact',
          'mid-p',
          'jeffreys',
        ] as const) {
          const { low, high } = proportionInterval(k, n, 0.95, method)!;
          expect(low).toBeLessThanOrEqual(k / n + 1e-12);
          expect(high).toBeGreaterThanOrEqual(k / n - 1e-12);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          const mirror = proportionInterval(n - k, n, 0.95, method)!;
          close(low, 1 - mirror.high);
          if (k < n)
            expect(proportionInterval(k + 1, n, 0.95, method)!.low).toBeGreaterThan(low - 1e-12);
        }
      }),
      { numRuns: 60 },
    ));
  test('a rise and its mirror have opposite trends', () =>
    fc.assert(
      fc.property(scores, (values) => {
        const [up, down] = [mannKendall(values), mannKendall(values.map((x) => -x))];
        expect(up === null).toBe(down === null);
        if (!up || !down) return;
        expect(up.s + down.s).toBe(0);
        close(up.slope, -down.slope, 100);
      }),
    ));
});

describe('weights and scales', () => {
  test('weights may be scaled, and extreme ones leave every figure finite', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(score, weight), { minLength: 1 }), weight, (rows, by) => {
        const values = rows.map(([value]) => value);
        const weights = rows.map(([, each]) => each);
        const [one, other] = [
          weightedMean(values, weights)!,
          weightedMean(
            values,
            weights.map((each) => by * each),
          )!,
        ];
        close(one.mean, other.mean, 100);
        close(one.nEff, other.nEff, one.nEff);
        expect(Number.isFinite(one.mean) && Number.isFinite(one.nEff)).toBe(true);
        const mixed = [...weights, 1e-12, 1e12];
        const factors = combineFactors([...values, 0, 100], mixed, 0)!;
        expect(Number.isFinite(factors)).toBe(true);
        const strata = rows.map(([mean, size]) => ({ size, n: 3, mean, variance: 4 }));
        const scaled = strata.map((each) => ({ ...each, size: by * each.size }));
        close(stratifiedMean(strata)!.mean, stratifiedMean(scaled)!.mean, 100);
      }),
    ));
  test('a shrunk mean lies between its own and the common one', () =>
    fc.assert(
      fc.property(
        score,
        score,
        fc.integer({ min: 1, max: 1000 }),
        weight,
        weight,
        (own, centre, n, a, b) => {
          const { value, reliability, se } = shrink(
            { n, mean: own },
            { within: a, between: b, centre },
          );
          expect(value).toBeGreaterThanOrEqual(Math.min(own, centre) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(own, centre) + 1e-9);
          expect(reliability).toBeGreaterThanOrEqual(0);
          expect(reliability).toBeLessThanOrEqual(1);
          expect(se).toBeLessThanOrEqual(Math.sqrt(b) + 1e-9);
        },
      ),
    ));
  test('estimates with known errors are drawn inward, all by their own reliability', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, fc.double({ min: 0.01, max: 50, noNaN: true })), { minLength: 4 }),
        (rows) => {
          const units = rows.map(([value, se]) => ({ value, se }));
          const { mean, between } = commonMean(units)!;
          expect(between).toBeGreaterThanOrEqual(0);
          for (const [i, { value }] of shrinkAll(units)!.shrunk.entries()) {
            const own = units[i]!.value;
            expect(value).toBeGreaterThanOrEqual(Math.min(own, mean) - 1e-6);
            expect(value).toBeLessThanOrEqual(Math.max(own, mean) + 1e-6);
          }
        },
      ),
    ));
  test('crossed effects move with the scores', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.nat(3), score), { minLength: 25, maxLength: 40 }),
        (rows) => {
          const data = {
            y: rows.map(([, , y]) => y),
            first: rows.map(([a]) => a),
            second: rows.map(([, b]) => b),
          };
          if (new Set(data.first).size < 5 || new Set(data.second).size < 4) return;
          const [one, other] = [
            crossedEffects(data),
            crossedEffects({ ...data, y: data.y.map((y) => 2 * y + 10) }),
          ];
          expect(one === null).toBe(other === null);
          if (!one || !other) return;
          expect(Math.abs(other.residual / one.residual - 4)).toBeLessThan(1e-3);
          expect(Math.abs(other.mean - 2 * one.mean - 10)).toBeLessThan(0.1);
        },
      ),
      { numRuns: 30 },
    ));
  test('relative weights share out R², none below 0; so do Shapley’s shares', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, score, score, score), { minLength: 12, maxLength: 40 }),
        (rows) => {
          const found = correlationsOf(
            [0, 1, 2].map((k) => rows.map((row) => row[k]!)),
            rows.map((row) => row[3]),
          );
          const fit = found && standardisedRegression(found);
          if (!found || !fit) return;
          const weights = relativeWeights(found);
          expect(Math.abs(sumOf(weights) - fit.r2)).toBeLessThan(1e-6);
          expect(Math.min(...weights)).toBeGreaterThanOrEqual(-1e-9);
          expect(Math.abs(sumOf(shapleyShares(found)!) - fit.r2)).toBeLessThan(1e-6);
        },
      ),
    ));
  test('adjusted p-values never fall below their own, never pass 1, and keep their order', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        for (const adjusted of [benjaminiHochberg(p), holm(p)]) {
          for (const [i, value] of adjusted.entries()) {
            expect(value).toBeGreaterThanOrEqual(p[i]! - 1e-12);
            expect(value).toBeLessThanOrEqual(1);
          }
          const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
          for (const [at, i] of order.slice(1).entries()) {
            expect(adjusted[i]!).toBeGreaterThanOrEqual(adjusted[order[at]!]! - 1e-12);
          }
        }
      }),
    ));
});

describe('ranks with their uncertainty', () => {
  const units = fc.array(fc.tuple(score, error), { maxLength: 12 });
  test('chances of being first sum to 1, expected ranks to those of all places', () =>
    fc.assert(
      fc.property(units, (rows) => {
        const chances = rankChances(
          rows.map(([estimate]) => estimate),
          rows.map(([, error]) => error),
        );
        if (rows.length === 0) return;
        const p = rows.length;
        expect(Math.abs(sumOf(chances.map(({ first }) => first)) - 1)).toBeLessThan(0.02);
        const places = sumOf(chances.map(({ expectedRank }) => expectedRank));
        expect(Math.abs(places - (p * (p + 1)) / 2)).toBeLessThan(0.02 * p);
      }),
      { numRuns: 40 },
    ));
  test('a set of ranks holds the rank itself; all alike hold every rank', () =>
    fc.assert(
      fc.property(units, (rows) => {
        const estimates = rows.map(([estimate]) => estimate);
        const sets = rankConfidenceSets(
          estimates,
          rows.map(([, error]) => error),
          { seed: 1, draws: 200 },
        );
        for (const [j, rank] of ranksOf(estimates).entries()) {
          for (const { low, high } of [sets.marginal[j]!, sets.simultaneous[j]!]) {
            expect(low).toBeLessThanOrEqual(rank);
            expect(high).toBeGreaterThanOrEqual(rank);
          }
        }
        const alike = rankConfidenceSets(
          rows.map(() => 80),
          rows.map(() => 2),
          { seed: 1, draws: 200 },
        );
        for (const set of alike.marginal) expect(set).toEqual({ low: 1, high: rows.length });
      }),
      { numRuns: 30 },
    ));
});

describe('nothing, one, all alike', () => {
  const questions = { items: [], factors: [], rows: [] };
  const cases: [string, () => unknown][] = [
    ['mean of none', () => weightedMean([])],
    ['moments of none', () => meanAndVariance(noMoments)],
    ['estimate of none', () => surveyEstimate(noMoments)],
    ['estimate of one', () => surveyEstimate(momentsOf([80_000_000]))],
    [
      'estimate of one beside others',
      () => surveyEstimate(momentsOf([80_000_000]), { variance: 9, freedom: 40 }),
    ],
    ['all alike', () => surveyEstimate(momentsOf([1, 1, 1]))],
    ['no houses together', () => combineEstimates([])],
    [
      'a house without an error among others',
      () => combineEstimates([{ estimate: { n: 1, value: 5, se: null }, volume: 1 }]),
    ],
    ['spread of nothing', () => spreadOf({ n: 0, variance: null }, null)],
    ['components of one', () => varianceComponents([{ n: 1, mean: 5, variance: null }])],
    ['common mean of one', () => commonMean([{ value: 1, se: 1 }])],
    ['ranks of none', () => ranksOf([])],
    ['chances of none', () => rankChances([], [])],
    ['sets of none', () => rankConfidenceSets([], [], { seed: 1 }).marginal],
    [
      'drawn ranks of all alike',
      () => [...drawRanks([5, 5], [0, 0], { seed: 1, from: 0, to: 4 }).first],
    ],
    ['share of none', () => proportionInterval(0, 0)],
    ['recommendation of none', () => netPromoter({ promoters: 0, passives: 0, detractors: 0 })],
    ['alpha of none', () => krippendorff([], 'nominal')],
    ['trend of none', () => trendsOf([[], [null, null], [5, 5, 5, 5, 5, 5, 5, 5]])],
    ['drivers of none', () => driversOf({ ids: ['a', 'b'], rows: [], outcome: [] })],
    ['agreement of none', () => agreementOf([], 14)],
    ['partiality of none', () => partialities([])],
    ['crossed effects of none', () => crossedEffects({ y: [], first: [], second: [] })],
    ['autocorrelation of a constant', () => autocorrelation([3, 3, 3, 3])],
    ['min-max of a constant', () => normalise([3, 3], 'min-max')],
    ['geometric mean of zeros', () => geometricMean([0, 0], [1, 1], 1)],
    ['questions of none', () => questions],
  ];
  test.each(cases)('%s has a defined result, and never NaN', (_, run) => {
    expect(
      JSON.stringify(run(), (__, value) => (typeof value === 'bigint' ? String(value) : value)) ??
        'null',
    ).not.toMatch(/NaN|Infinity/);
    const walk = (value: unknown): void => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      else if (value && typeof value === 'object')
        for (const each of Object.values(value)) walk(each);
    };
    walk(run());
  });
});

test('a million rows lose nothing', () => {
  const n = 1_000_000;
  const random = openStream(3);
  const micros = Array.from({ length: n }, () => 99_000_000 + random.below(1_000_001));
  const { mean, variance } = meanAndVariance(momentsOf(micros));
  const exact = micros.reduce((sum, x) => sum + BigInt(x), 0n);
  expect(mean).toBe(Number(exact) / n / 1e6);
  const points = micros.map((x) => x / 1e6);
  const sample = sampleOf(points);
  close(sample.mean, mean!);
  expect(Math.abs(sample.variance! / variance! - 1)).toBeLessThan(1e-9);
  // Seven constant leading digits, as in NIST's hardest case, a million times.
  const hard = Array.from({ length: n }, (_, i) => 10_000_000.2 + (i % 2 ? 0.1 : -0.1));
  const found = sampleOf(hard);
  expect(Math.abs(found.mean / 10_000_000.2 - 1)).toBeLessThan(1e-14);
  expect(Math.abs(Math.sqrt(found.variance!) / 0.1 - 1)).toBeLessThan(1e-6);
});
