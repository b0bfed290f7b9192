import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { meanInterval } from '../../src/core/statistics/mean-interval.ts';
import { ranksOf } from '../../src/core/statistics/ranks.ts';
import { forget } from '../../src/operations/directory.ts';
import { publishDocument } from '../../src/operations/documents/move.ts';
import { saveDocument } from '../../src/operations/documents/save.ts';
import { computeIndex } from '../../src/operations/indices/compute.ts';
import { runLocally } from '../../src/operations/local.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';

const holder = useContext();
const example = (name: string) => new URL(`../../examples/insteval/${name}`, import.meta.url);
const rows = gunzipSync(readFileSync(new URL('../reference/insteval.csv.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .slice(1)
  .map(
    (line) =>
      line.split(',').map(Number) as [
        s: number,
        d: number,
        dept: number,
        service: number,
        y: number,
      ],
  );

let stored = 0;
let peakBytes = 0;
beforeAll(async () => {
  const bundle = parse(readFileSync(example('bundle.yaml'), 'utf8')) as {
    imports: [object, { file: string }];
  };
  await perform(holder.context, systemActor, saveDocument, {
    type: 'checklist',
    source: readFileSync(example('questionnaire.yaml'), 'utf8'),
  });
  await perform(holder.context, { ...systemActor, code: 'second' }, publishDocument, {
    type: 'checklist',
    id: 'lecture-rating',
    version: '2024.1',
  });
  await runLocally(
    holder.context,
    'imports.markets',
    { path: example('market.csv').pathname },
    undefined,
  );
  forget(holder.context);
  const { file, ...input } = bundle.imports[1];
  global.gc?.();
  const report = (await runLocally(
    holder.context,
    'imports.file',
    { ...input, path: example(file).pathname },
    undefined,
    () => {
      peakBytes = Math.max(peakBytes, process.memoryUsage().heapUsed);
    },
  )) as { stored: number };
  stored = report.stored;
}, 300_000);

/** The plain computation: mean, standard error and interval of ratings scaled to 0..100, by key. */
function plainly(keyOf: (row: (typeof rows)[number]) => string) {
  return new Map(
    [...Map.groupBy(rows, keyOf)].map(([key, group]) => {
      const values = group.map((row) => 25 * (row[4] - 1));
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const variance =
        values.length < 2
          ? Number.NaN
          : values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
      return [key, { n: values.length, mean, se: Math.sqrt(variance / values.length) }];
    }),
  );
}

const index = (by: 'dealer' | 'staff' | 'touchpoint', rank: boolean) =>
  perform(holder.context, systemActor, computeIndex, {
    market: 'ETH',
    index: 'after-sales',
    checklist: 'lecture-rating',
    period: '2024',
    by,
    rank,
  });

test('all 73,421 ratings are stored, in bounded memory', () => {
  expect([rows.length, stored]).toEqual([73_421, 73_421]);
  expect(peakBytes).toBeLessThan(600_000_000);
});

describe.each([
  ['dealer', (row: (typeof rows)[number]) => String(row[2])],
  ['staff', (row: (typeof rows)[number]) => `${row[2]}/${row[1]}`],
  ['touchpoint', (row: (typeof rows)[number]) => (row[3] === 1 ? 'workshop' : 'sales')],
] as const)('the index by %s', (by, keyOf) => {
  test('agrees with a plain computation to 1e-9: value, n and interval', async () => {
    const plain = plainly(keyOf);
    const report = await index(by, false);
    expect(report.rows).toHaveLength(plain.size);
    // Below 30 observations the spread is the one inside all groups together.
    const groups = [...plain.values()].filter((each) => each.n > 1);
    const freedom = groups.reduce((sum, each) => sum + each.n - 1, 0);
    const squares = groups.reduce((sum, each) => sum + (each.n - 1) * each.n * each.se ** 2, 0);
    const pooled = { sd: Math.sqrt(squares / freedom), freedom };
    for (const { key, figure } of report.rows) {
      const { n, mean, se } = plain.get(key)!;
      if ('tooFew' in figure) {
        expect([figure.tooFew.n, n < 5]).toEqual([n, true]);
        continue;
      }
      expect(figure.n).toBe(n);
      expect(Math.abs(figure.value - mean)).toBeLessThan(1e-9);
      const spread =
        n >= 30
          ? { error: se, freedom: n - 1 }
          : { error: pooled.sd / Math.sqrt(n), freedom: pooled.freedom };
      if (se > 0) {
        const { low, high } = meanInterval(mean, spread.error, spread.freedom);
        expect(Math.abs(figure.low! - Math.max(0, low))).toBeLessThan(1e-9);
        expect(Math.abs(figure.high! - Math.min(100, high))).toBeLessThan(1e-9);
      }
    }
  });
});

describe.each([
  ['department', 'dealer', (row: (typeof rows)[number]) => String(row[2])],
  ['lecturer', 'staff', (row: (typeof rows)[number]) => `${row[2]}/${row[1]}`],
] as const)('the ranking by %s', (_, by, keyOf) => {
  test('is the plain one, and every rank lies in its interval', async () => {
    const report = await index(by, true);
    const ranked = report.rows.filter((row) => row.place);
    const isShown = new Set(ranked.map((row) => row.key));
    const units = plainly(keyOf);
    // League tables rank from 30 answers and a reliability of .7 on (docs/methods.md).
    for (const row of report.rows) {
      const enough = units.get(row.key)!.n >= 30 && row.shrunk!.reliability >= 0.7;
      expect(isShown.has(row.key), row.key).toBe(enough);
    }
    const plain = [...units].filter(([key]) => isShown.has(key));
    const ranks = ranksOf(plain.map(([, unit]) => unit.mean));
    const wanted = new Map(plain.map(([key], i) => [key, ranks[i]]));
    expect(ranked.length).toBeGreaterThan(by === 'dealer' ? 13 : 300);
    for (const { key, place } of ranked) {
      expect(place!.rank, key).toBe(wanted.get(key));
      expect(place!.rankLow <= place!.rank && place!.rank <= place!.rankHigh).toBe(true);
    }
    const chances = ranked.reduce((sum, row) => sum + row.place!.probabilityFirst, 0);
    expect(Math.abs(chances - 1)).toBeLessThan(1e-3);
  });
});
