import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { auditIndex, auditUnit, inWindow } from '../../src/core/indices/audit-index.ts';
import { addDays } from '../../src/core/periods.ts';
import { openStream } from '../../src/core/random.ts';
import { fitBetaBinomial, shrinkShare } from '../../src/core/statistics/beta-binomial.ts';
import { competitionRanks } from '../../src/core/statistics/competition-ranks.ts';
import { rankChances } from '../../src/core/statistics/probability-first.ts';
import { rankConfidenceSets, tiedGroups } from '../../src/core/statistics/rank-confidence-sets.ts';
import {
  nestedComponents,
  shrink,
  varianceComponents,
} from '../../src/core/statistics/shrinkage.ts';
import { wilsonInterval } from '../../src/core/statistics/wilson-interval.ts';
import { clockState, isWorkingDay, nthWorkingDay } from '../../src/core/workdays.ts';
import { reference } from '../support/reference.ts';

test("Wilson's interval gives Newcombe's published and computed limits", () => {
  const { inputs, check } = reference('prop-newcombe1998-single');
  for (const { x, n } of (inputs as { cases: { x: number; n: number }[] }).cases) {
    const { low, high } = wilsonInterval(x, n)!;
    check(`wilson[${x}/${n}]`, [low, high]);
    check(`wilson[${x}/${n}] published 4dp`, [low, high]);
  }
  expect(wilsonInterval(0, 0)).toBeNull();
});

test('competition ranks are those of the reference, ties within 1e-9 included', () => {
  const { inputs, check } = reference('rank-ties');
  check('competition(1224)', competitionRanks((inputs as { value: number[] }).value));
  expect(competitionRanks([1, 1 + 5e-10, 0])).toEqual([1, 1, 3]);
});

describe('means over audits', () => {
  const { inputs, check } = reference('aggregation-audits');
  type Row = { dealer: string; date: string; type: 'mystery' | 'announced'; score: number };
  const { asOf, audits, typeWeights, halfLifeDays } = inputs as {
    asOf: string;
    audits: Row[];
    typeWeights: { mystery: number; announced: number };
    halfLifeDays: number;
  };
  const byDealer = Map.groupBy(
    inWindow(audits, asOf).map((row) => ({ ...row, value: row.score })),
    (row) => row.dealer,
  );
  const summary = (halfLife?: number) =>
    Object.fromEntries(
      [...byDealer].map(([dealer, rows]) => {
        const index = auditIndex(rows, { ...typeWeights, asOf, halfLifeDays: halfLife })!;
        return [
          dealer,
          { n: index.n, mean: index.mean, nEff: index.nEff, var: index.variance, se: index.se },
        ];
      }),
    );

  test('type weights over a window of 365 days', () => check('window365.typeWeighted', summary()));
  test('with a half-life of 180 days', () =>
    check('window365.typeWeighted.halfLife180d', summary(halfLifeDays)));
  test('shrinkage toward the market', () => {
    const units = [...byDealer.values()].map(auditUnit);
    const components = varianceComponents(units)!;
    check('eb.MSW', components.within);
    check('eb.varBetween', components.between);
    check('eb.mu', components.centre);
    const shrunk = [...byDealer.keys()].map(
      (dealer, i) => [dealer, shrink(units[i]!, components)] as const,
    );
    check(
      'eb.reliability',
      Object.fromEntries(shrunk.map(([dealer, s]) => [dealer, s.reliability])),
    );
    check('eb.shrunk', Object.fromEntries(shrunk.map(([dealer, s]) => [dealer, s.value])));
    check('eb.posteriorSE', Object.fromEntries(shrunk.map(([dealer, s]) => [dealer, s.se])));
  });
  test('no variance between units: everybody equals the mean, with reliability 0', () => {
    const components = varianceComponents([
      { n: 2, mean: 80, variance: 50 },
      { n: 2, mean: 80, variance: 50 },
    ])!;
    expect(components.between).toBe(0);
    expect(shrink({ n: 2, mean: 90 }, components)).toEqual({ value: 80, reliability: 0, se: 0 });
  });
});

test('of one group the nested components are the plain ones; of two they share the variances', () => {
  const one = [
    { n: 4, mean: 80, variance: 20 },
    { n: 6, mean: 90, variance: 30 },
    { n: 3, mean: 70, variance: 10 },
  ];
  const shifted = one.map((unit) => ({ ...unit, mean: unit.mean + 5 }));
  expect(nestedComponents([one])![0]).toEqual(varianceComponents(one));
  const [first, second] = nestedComponents([one, shifted])!;
  expect(second!.between).toBeCloseTo(first!.between, 12);
  expect(second!.centre - first!.centre).toBeCloseTo(5, 12);
  expect(nestedComponents([[{ n: 1, mean: 5, variance: null }]])).toBeNull();
});

test('the beta-binomial fit gives the published rat tumour parameters', () => {
  const { inputs, check } = reference('shrink-rat-betabinomial');
  const { y, n } = inputs as { y: number[]; n: number[] };
  const prior = fitBetaBinomial(y.map((successes, i) => ({ successes, n: n[i]! })))!;
  check('mle.alpha.published', prior.alpha);
  check('mle.beta.published', prior.beta);
  check('mle.alpha', prior.alpha);
  const drawn = shrinkShare({ successes: 4, n: 14 }, prior);
  check('posteriorMean.new(4/14).mle', drawn.value);
  const { low, high } = drawn.interval();
  check('posteriorInterval95.new(4/14).mle', [low, high]);
  expect(fitBetaBinomial([{ successes: 3, n: 3 }])).toBeNull();
});

describe('ranks of PISA 2018 mathematics', () => {
  const { value, check } = reference('rank-csranks-pisa2018-math');
  const rows = readFileSync(new URL('../reference/pisa2018-math.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const [estimates, errors] = [
    rows.map((row) => Number(row[1])),
    rows.map((row) => Number(row[2])),
  ];
  const differing = (mine: number[], theirs: number[]) =>
    mine.filter((rank, i) => rank !== theirs[i]);

  test('the sets are those of csranks; at most one bound in ten differs, by one (Monte Carlo)', () => {
    const sets = rankConfidenceSets(estimates, errors, { level: 0.95, draws: 100_000, seed: 7 });
    for (const family of ['marginal', 'simultaneous'] as const) {
      for (const [bound, name] of [
        ['low', 'L'],
        ['high', 'U'],
      ] as const) {
        const mine = sets[family].map((set) => set[bound]);
        const theirs = value(`${family}95.${name}`) as number[];
        expect(differing(mine, theirs).length).toBeLessThanOrEqual(4);
        for (const [i, rank] of mine.entries())
          expect(Math.abs(rank - theirs[i]!)).toBeLessThanOrEqual(1);
      }
    }
  });
  test('the chances of being first and expected ranks are exact', () => {
    const chances = rankChances(estimates, errors);
    check(
      'probabilityBest',
      chances.map((chance) => chance.first),
    );
    check(
      'expectedRank',
      chances.map((chance) => chance.expectedRank),
    );
    check('rank.competition', competitionRanks(estimates));
  });
  test('the same seed gives the same sets', () => {
    const draw = () => rankConfidenceSets(estimates, errors, { seed: 3 }).marginal;
    expect(draw()).toEqual(draw());
  });
});

test('many units: drawn chances and bounds without draws still rank the clear leader first', () => {
  const estimates = Array.from({ length: 400 }, (_, i) => (i === 17 ? 100 : (i % 50) / 10));
  const errors = estimates.map(() => 1);
  expect(rankChances(estimates, errors, 1)[17]!.first).toBe(1);
  const sets = rankConfidenceSets(estimates, errors, { seed: 1 });
  expect(sets.marginal[17]).toEqual({ low: 1, high: 1 });
});

test('exact ties share the chance of being first; one unit has it whole', () => {
  expect(rankChances([5, 5, 5], [0, 0, 0]).map((c) => c.first)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(rankChances([5], [2])[0]!.first).toBeCloseTo(1, 12);
  expect(rankChances([], [])).toEqual([]);
});

test('tied groups split where any pair inside is separated', () => {
  expect(tiedGroups([0, 1, 2], (a, b) => a === 0 && b === 2)).toEqual([0, 0, 1]);
});

describe.each(['complaints-calendar-cn2024', 'complaints-calendar-sa2024'])('%s', (id) => {
  const { inputs, names, value } = reference(id);
  const given = (
    inputs as { calendar: { weekend: number[]; holidays: string[]; extraWorkdays: string[] } }
  ).calendar;
  const calendar = {
    weekend: given.weekend,
    holidays: given.holidays,
    extraWorkingDays: given.extraWorkdays,
  };
  test.each(names.filter((name) => name.endsWith('strict)')))('%s', (name) => {
    const [, received, days] = /^deadline\((\S+), (\d+) /.exec(name)!;
    expect(nthWorkingDay(received!, Number(days), calendar)).toBe(value(name));
  });
  test('the year has as many working days as announced', () => {
    let count = 0;
    for (let day = '2024-01-01'; day < '2025-01-01'; day = addDays(day, 1))
      if (isWorkingDay(day, calendar)) count += 1;
    expect(count).toBe(value(names.find((name) => name.startsWith('workingDaysIn2024'))!));
  });
});

test('a clock is met until the end of the local day, and pending until then', () => {
  const calendar = { weekend: [6, 7], holidays: [], extraWorkingDays: [] };
  const received = new Date('2026-03-05T10:00:00Z');
  const state = (end: string | null, asOf: string) =>
    clockState(received, end ? new Date(end) : null, new Date(asOf), 2, calendar, 'Asia/Tokyo');
  // Thursday 5 March + 2 working days = Monday 9 March, Tokyo time.
  expect(state('2026-03-09T14:59:00Z', '2026-04-01T00:00:00Z')).toBe('met');
  expect(state('2026-03-09T15:01:00Z', '2026-04-01T00:00:00Z')).toBe('breached');
  expect(state(null, '2026-03-09T14:59:00Z')).toBe('pending');
  expect(state(null, '2026-03-09T15:01:00Z')).toBe('breached');
});

test('a stream of numbers is the same for the same seed and differs between streams', () => {
  const draw = (stream: number) =>
    Array.from(
      { length: 3 },
      (
        (s) => () =>
          s.uniform()
      )(openStream(5, stream)),
    );
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
