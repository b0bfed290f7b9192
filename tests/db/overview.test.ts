import { beforeAll, expect, test } from 'vitest';
import type { ChangeReport, IndexReport } from '../../src/contracts/indices.ts';
import type { Overview } from '../../src/contracts/overview.ts';
import type { CompiledChecklist } from '../../src/core/audits/answers.ts';
import { importJson } from '../../src/operations/imports/run.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';
import { cellsOf, fill, shipped } from '../support/fill.ts';
import { openWorld, type World } from '../support/world.ts';

/**
 * A market with audits of two years under two versions of one checklist; read on 15 January 2026, when
 * the award of 2025 is open.
 */
const holder = useContext();
const older = shipped('seven-personal-standards/2025.1');
const newer = shipped('seven-personal-standards/2026.1');
let world: World;

/** Good answers but for some items, which are answered as badly as can be. */
const rowOf = (
  compiled: CompiledChecklist,
  [code, dealer, day]: readonly [string, string, string],
  bad: readonly string[],
) => {
  const worst = fill(compiled, 'worst');
  const answers = { ...fill(compiled, 'best') };
  for (const item of bad) answers[item] = worst[item]!;
  return { code, dealer, visit_date: day, state: 'released', ...cellsOf(answers) };
};

const bring = (version: string, rows: object[]) =>
  perform(holder.context, systemActor, importJson, {
    ...{ market: 'PL', kind: 'audits', checklist: 'seven-personal-standards', version },
    rows: rows as never,
  });

beforeAll(async () => {
  world = await openWorld(holder.context);
  const before = [];
  const after = [];
  for (const n of [1, 2, 3]) {
    for (const k of [1, 2, 3]) {
      // Each visit misses something else; the same in both years.
      const bad = ['greeting_words', 'name_badge', 'posture'].slice(0, (n + k) % 3);
      before.push(rowOf(older, [`B-${n}-${k}`, `PL-${n}`, `2024-1${k - 1}-15`], bad));
      after.push(rowOf(newer, [`A-${n}-${k}`, `PL-${n}`, `2025-0${k + 1}-15`], bad));
    }
  }
  const stored = [await bring('2025.1', before), await bring('2026.1', after)];
  expect(stored.map((each) => each.stored)).toEqual([9, 9]);
});

const get = async <Output>(path: string, as = 'manager'): Promise<Output> => {
  const { status, body } = await world.as(as).get(`/markets/PL${path}`);
  expect([status, body]).toEqual([200, body]);
  return body as Output;
};

test('the overview says what the single reports say', async () => {
  const shown = await get<Overview>('/overview');
  const index = await get<IndexReport>('/indices/omotenashi?period=2025&by=market');
  expect(shown.index.figure).toEqual(index.rows[0]!.figure);
  expect(shown.period).toEqual({ code: '2025', from: '2025-01-01', to: '2026-01-01' });
  const tact = await get<IndexReport>('/indices/standard:tact?period=2025-H1&by=market');
  const line = shown.standards.find(({ standard }) => standard === 'tact')!;
  expect(line.points.map(({ period }) => period)).toEqual(['2024-H2', '2025-H1']);
  expect(line.points[1]!.figure).toEqual(tact.rows[0]!.figure);
  expect(shown.versionChanges).toEqual(['2025-H1']);
  expect(shown.audits).toEqual({ approved: 9, planned: 9 });
  expect(shown.qualified.of).toBe(3);
  expect(shown.needs).toEqual([{ what: 'freeze', n: 1 }]);
});

test('other versions: only items that both score alike are compared, and how many is said', async () => {
  const report = await get<ChangeReport>('/indices/omotenashi/change?period=2025&against=2024');
  const scored = [...newer.items.values()].filter(({ weight }) => weight > 0).length;
  expect(report.items).toEqual({ comparable: expect.any(Number), of: scored });
  expect(report.items!.comparable).toBeLessThan(scored);
  // The houses did the same in both years: on common ground nothing moved.
  expect(report.rows).toHaveLength(3);
  for (const { change } of report.rows) expect(change!.difference).toBeCloseTo(0, 9);
  // As they were scored they differ, since the weights do.
  const [then, now] = await Promise.all(
    ['2024', '2025'].map((period) =>
      get<IndexReport>(`/indices/omotenashi?period=${period}&by=market`),
    ),
  );
  const pointsOf = ({ rows }: IndexReport) => {
    const { figure } = rows[0]!;
    return 'value' in figure ? figure.value : Number.NaN;
  };
  expect(Math.abs(pointsOf(now!) - pointsOf(then!))).toBeGreaterThan(0.01);
  const { index } = await get<Overview>('/overview');
  expect(index.items).toEqual(report.items);
  expect(index.change!.difference).toBeCloseTo(0, 9);
  expect(index.change!.direction).toBe('unclear');
});

test('one version in both: everything is compared', async () => {
  const report = await get<ChangeReport>(
    '/indices/omotenashi/change?period=2025-03&against=2025-02',
  );
  expect(report.items).toBeNull();
});

test('what waits is of this moment, not of when the figures were last computed', async () => {
  const first = await get<Overview>('/overview');
  expect(first.needs.map(({ what }) => what)).not.toContain('review');
  const [row] = [rowOf(newer, ['N-1', 'PL-1', '2025-12-01'], [])];
  await bring('2026.1', [{ ...row, state: 'submitted' }]);
  const second = await get<Overview>('/overview');
  expect(second.needs).toContainEqual({ what: 'review', n: 1 });
  expect(second.audits).toEqual({ approved: 9, planned: 10 });
});

test('its chart is a picture of the same; a house and a stranger see neither', async () => {
  const { body, headers } = await world
    .as('manager')
    .get('/markets/PL/overview/chart?language=pl&columns=1')
    .buffer(true)
    .parse((response, done) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () => done(null, text));
    });
  expect(headers['content-type']).toMatch(/^image\/svg\+xml/);
  expect(body).toContain('Takt');
  await world.as('dealer').get('/markets/PL/overview').expect(403);
  await world.as('managerJP').get('/markets/PL/overview').expect(404);
  await world.as('manager').get('/markets/PL/overview/chart?columns=3').expect(400);
});
