import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { crossedEffects } from '../../src/core/statistics/crossed-effects.ts';
import { invertPositiveDefinite } from '../../src/core/statistics/positive-definite.ts';
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
