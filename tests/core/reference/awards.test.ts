import { describe, expect, test } from 'vitest';
import { checklist as shape } from '../../../src/contracts/checklists.ts';
import { compileChecklist } from '../../../src/core/audits/answers.ts';
import { scoreAudit } from '../../../src/core/audits/scoring.ts';
import { geometricMean, normalise } from '../../../src/core/awards/aggregation.ts';
import { composite } from '../../../src/core/awards/composite.ts';
import { cronbachAlpha } from '../../../src/core/statistics/cronbach.ts';
import { shapeOf } from '../../../src/core/statistics/moments.ts';
import { ranksOf, spearman } from '../../../src/core/statistics/ranks.ts';
import { columnsOf, reference, table } from '../../support/reference.ts';

const text = (en: string) => ({ en });
const checklistOf = (scoring: object, sections: object[]) =>
  compileChecklist(
    shape.parse({
      ...{ id: 'reference', version: '2024', kind: 'visit', languages: ['en'] },
      title: text('Reference'),
      scoring: { parts: 'sections', ...scoring },
      sections,
    }),
  );

describe('worked examples of peers', () => {
  const { inputs, check, expectAllRead } = reference('checklist-peers');
  const { planBrothers, sprinklr, safetyCulture } = inputs as {
    planBrothers: { weights: number[]; answers: number[] };
    sprinklr: {
      multi: { points: number[]; selected: number[] };
      category: { scores: number[]; weights: number[] };
      audit: { scores: number[]; weights: number[] };
    };
    safetyCulture: { weight: number; maxResponse: number; response: number };
  };
  /** Items that take a share of 0 to 1 as a number. */
  const shares = (weights: number[], critical?: object) =>
    weights.map((weight, i) => ({
      ...{ id: `item_${i}`, type: 'number', weight, question: text('?') },
      linear: [
        [0, 0],
        [1, 1],
      ],
      ...(critical && i === 0 ? { critical } : {}),
    }));
  const answers = (values: number[]) =>
    Object.fromEntries(values.map((value, i) => [`item_${i}`, { value }]));
  const one = (items: object[], scoring = {}) =>
    checklistOf(scoring, [{ id: 'only', title: text('Only'), items }]);

  test('weighted averages of items and of categories', () => {
    const plan = one(shares(planBrothers.weights));
    check('planBrothers.score', scoreAudit(plan, answers(planBrothers.answers)).final);
    const category = one(shares(sprinklr.category.weights));
    const percents = (list: number[]) => answers(list.map((each) => each / 100));
    check('sprinklr.category', scoreAudit(category, percents(sprinklr.category.scores)).final);
    const audit = checklistOf(
      {},
      sprinklr.audit.weights.map((weight, i) => ({
        ...{ id: `category-${i}`, title: text('?'), weight },
        items: [{ ...shares([1])[0], id: `item_${i}` }],
      })),
    );
    check('sprinklr.finalAudit', scoreAudit(audit, percents(sprinklr.audit.scores)).final);
    const { points, selected } = sprinklr.multi;
    const multiple = one([
      {
        ...{ id: 'item_0', type: 'multiple', weight: 1, question: text('?') },
        options: points.map((each, i) => ({ id: `o${i + 1}`, points: each, text: text('?') })),
      },
    ]);
    const chosen = { item_0: { value: selected.map((option) => `o${option}`) } };
    check('sprinklr.itemMultiPicklist', scoreAudit(multiple, chosen).final);
    const { weight, maxResponse, response } = safetyCulture;
    const scaled = one([
      {
        ...{ id: 'item_0', type: 'number', weight, question: text('?') },
        linear: [
          [0, 0],
          [maxResponse, 1],
        ],
      },
    ]);
    const { final } = scoreAudit(scaled, answers([response]));
    const most = weight * maxResponse;
    check('safetyCulture.weightedQuestion(score,max) for response 3 of 5, weight 4', [
      (final! / 100) * most,
      most,
    ]);
  });
  test('a critical failure zeroes its category, or the whole', () => {
    const zeroed = one(shares([10, 5], { effect: 'section-zero', minScore: 1 }));
    check(
      'sprinklr.categoryCritical: category score if its critical question is 0',
      scoreAudit(zeroed, answers([0, 1])).parts.get('only'),
    );
    const knocked = one(shares([10, 5], { effect: 'knock-out', minScore: 1 }));
    check(
      'sprinklr.templateCritical: final score if a template-critical question is 0',
      scoreAudit(knocked, answers([0, 1])).final,
    );
    expectAllRead();
  });
});

describe('rating by points lost: food hygiene', () => {
  const { inputs, check, value, expectAllRead } = reference('gates-fhrs-a');
  const { rule } = inputs as {
    rule: { bands: { totalUpTo?: number; maxSingle?: number; rating: number }[] };
  };
  const rows = table('gates-fhrs-a.csv');
  const names = ['hygiene', 'structural', 'confidence'];
  const most = 30;
  // A rating of 5 is 100 points, of 0 none; each inspector's score is what the item loses of 30.
  const checklist = (bands: object[]) =>
    checklistOf({ lossBands: bands }, [
      {
        ...{ id: 'only', title: text('Only') },
        items: names.map((id) => ({
          ...{ id, type: 'number', weight: most, question: text('?') },
          linear: [
            [0, 1],
            [most, 0],
          ],
        })),
      },
    ]);
  const bandsOf = (worst: boolean) =>
    rule.bands.map(({ totalUpTo, maxSingle, rating }) => ({
      ...(totalUpTo === undefined ? {} : { total: totalUpTo }),
      ...(worst && maxSingle !== undefined ? { worst: maxSingle } : {}),
      score: 20 * rating,
    }));
  const answersOf = (row: Record<string, string>) =>
    Object.fromEntries(names.map((name) => [name, { value: Number(row[name]) }]));
  const rate = (bands: object[]) => {
    const compiled = checklist(bands);
    return rows.map((row) => scoreAudit(compiled, answersOf(row)).final! / 20);
  };

  test('every published rating comes out again', () => {
    const ratings = rate(bandsOf(true));
    expect(ratings).toEqual(rows.map((row) => Number(row['rating'])));
    expect(value('ratings (column rating)')).toBe('all rows equal');
    check('n', rows.length);
    check(
      'distribution rating 0..5',
      [0, 1, 2, 3, 4, 5].map((rating) => ratings.filter((each) => each === rating).length),
    );
    const byTotal = rate(bandsOf(false));
    check('rowsDowngradedByTheCap', ratings.filter((rating, i) => rating < byTotal[i]!).length);
    const raw = rows.map((row) => scoreAudit(checklist(bandsOf(true)), answersOf(row)).raw!);
    const totals = raw.map((percent) => (1 - percent / 100) * most * names.length);
    check('meanTotal', totals.reduce((sum, each) => sum + each, 0) / rows.length);
    expectAllRead();
  });
});

test('the human development index: goalposts, and other ways to aggregate', () => {
  const { inputs, check, expectAllRead } = reference('composite-hdi2021');
  const { goalposts } = inputs as { goalposts: Record<string, [number, number]> };
  const data = columnsOf('composite-hdi2021.csv');
  const n = data['le']!.length;
  const points = (row: number) => {
    const component = (metric: string, [low, high]: [number, number], value: number) =>
      composite(
        [{ id: metric, title: text('?'), metric: 'kpi-index', weight: 1, low, high }],
        [{ value, se: 0 }],
      ).value! / 100;
    const income = goalposts['gnipc']!.map(Math.log) as [number, number];
    const [eys, mys] = ['eys', 'mys'].map((name) =>
      component(name, goalposts[name]!, data[name]![row]!),
    );
    return [
      component('le', goalposts['le']!, data['le']![row]!),
      (eys! + mys!) / 2,
      component('gnipc', income, Math.log(data['gnipc']![row]!)),
    ];
  };
  const all = Array.from({ length: n }, (_, row) => points(row));
  const geometric = all.map((row) => geometricMean(row, [1, 1, 1], 1e-9));
  const arithmetic = all.map((row) => row.reduce((sum, each) => sum + each, 0) / 3);
  check('n', n);
  check('hdi', geometric);
  check('hdi.published3dp', geometric);
  check('arithmeticVariant', arithmetic);
  const [byGeometric, byArithmetic] = [ranksOf(geometric), ranksOf(arithmetic)];
  check('rank.geometric', byGeometric);
  check('spearman(geometric,arithmetic)', spearman(geometric, arithmetic));
  check(
    'maxRankShift(geometric vs arithmetic)',
    Math.max(...byGeometric.map((rank, i) => Math.abs(rank - byArithmetic[i]!))),
  );
  const four = ['le', 'eys', 'mys', 'gnipc'].map((name) => data[name]!);
  const mean4 = (by: Parameters<typeof normalise>[1]) => {
    const scaled = four.map((column) => normalise(column, by));
    return Array.from(
      { length: 10 },
      (_, row) => scaled.reduce((sum, column) => sum + column[row]!, 0) / 4,
    );
  };
  check('minmax.mean4 (first 10)', mean4('min-max'));
  check('zscore.mean4 (first 10, sd n-1)', mean4('z-score'));
  check('percentRank.mean4 (first 10)', mean4('percent-rank'));
  const scaled = four.map((column) => normalise(column, 'min-max'));
  check(
    'geometric.minmax with floor 0.01 (first 10)',
    Array.from({ length: 10 }, (_, row) =>
      geometricMean(
        scaled.map((column) => column[row]!),
        [1, 1, 1, 1],
        0.01,
      ),
    ),
  );
  const { skewness, kurtosis } = shapeOf(data['gnipc']!)!;
  check('skewness.gnipc (g1 population)', skewness);
  check('kurtosisExcess.gnipc', kurtosis);
  const z = four.map((column) => normalise(column, 'z-score'));
  check(
    'cronbachAlpha.zscored',
    cronbachAlpha(data['le']!.map((_, row) => z.map((column) => column[row]!))),
  );
  expect(normalise([5, 5], 'min-max')).toEqual([0, 0]);
  expect(normalise([5], 'percent-rank')).toEqual([0]);
  expectAllRead();
});
