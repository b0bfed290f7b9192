import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { ExportJob } from '../../src/contracts/exports.ts';
import { exportWhatWaits } from '../../src/operations/exports/keep-exporting.ts';
import { importJson } from '../../src/operations/imports/run.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { testNow, useContext } from '../support/database.ts';
import { cellsOf, fill, shipped } from '../support/fill.ts';
import { openWorld, type World } from '../support/world.ts';

/** Files that are asked for, made in the background, and taken out. */
const holder = useContext();
const checklist = shipped('seven-personal-standards/2026.1');
let world: World;
let context: Context;
let now = testNow;

beforeAll(async () => {
  context = { ...holder.context, now: () => now };
  world = await openWorld(context);
  const bring = (kind: string, rows: object[], rest: object = {}) =>
    perform(context, systemActor, importJson, { market: 'PL', kind, rows, ...rest } as never);
  const best = cellsOf(fill(checklist, 'best'));
  await bring(
    'audits',
    [
      { code: 'A-1', dealer: 'PL-1', visit_date: '2025-03-01', auditor: 'AU-1', ...best },
      { code: 'A-2', dealer: 'PL-2', visit_date: '2025-08-01', state: 'released', ...best },
      { code: 'A-3', dealer: 'PL-1', visit_date: '2026-01-02', ...best },
    ],
    { checklist: 'seven-personal-standards', version: '2026.1' },
  );
  await bring('complaints', [
    {
      ...{ code: 'C-1', dealer: 'PL-1', touchpoint: 'workshop', category: 'no-reply' },
      ...{ channel: 'telephone', severity: 'low', customer: 'Guest of honour' },
      received_at: '2025-12-22T10:00:00+01:00',
    },
  ]);
  await bring('figures', [
    {
      ...{ dealer: 'PL-1', measure: 'new-car-sales', period: '2025-H1', kind: 'count' },
      ...{ value: '412', target: '400', supplied_by: '=1+1' },
    },
  ]);
});

/** What both houses have of a kind, beside what is there already. */
const bringBoth = async (kind: string, rowOf: (dealer: string) => object, rest: object = {}) => {
  const rows = ['PL-1', 'PL-2'].map((dealer) => ({ dealer, ...rowOf(dealer) }));
  await perform(context, systemActor, importJson, { market: 'PL', kind, rows, ...rest } as never);
};

const ask = (id: string, kind: string, filters: object, as = 'manager') =>
  world.as(as).put(`/markets/PL/exports/${id}`, { kind, filters });

async function fileOf(kind: string, filters: object) {
  const id = uuidv7();
  const asked = await ask(id, kind, filters);
  expect([asked.status, asked.body.state]).toEqual([201, 'waiting']);
  expect(await exportWhatWaits(context)).toBe(1);
  const answer = await world
    .as('manager')
    .get(`/markets/PL/exports/${id}/file`)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(Buffer.from(part)));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });
  expect(answer.status).toBe(200);
  const bytes = answer.body as Buffer;
  const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
  return { id, rows, bytes, headers: answer.headers };
}

const jobs = async (): Promise<readonly ExportJob[]> =>
  (await world.as('manager').get('/markets/PL/exports')).body.items;

test('a file holds exactly the rows that were filtered, and the list says what it is', async () => {
  const { id, rows, bytes, headers } = await fileOf('audits', { period: '2025' });
  expect(rows.map(({ dealer, visit_date, state }) => [dealer, visit_date, state])).toEqual(
    expect.arrayContaining([
      ['PL-1', '2025-03-01', 'approved'],
      ['PL-2', '2025-08-01', 'released'],
    ]),
  );
  expect(rows).toHaveLength(2);
  expect(rows.find(({ dealer }) => dealer === 'PL-1')).toMatchObject({
    ...{ auditor: 'AU-1', checklist: 'seven-personal-standards', version: '2026.1' },
    ...{ score: '100', tact: '100', passed: 'true' },
  });
  expect(headers['content-disposition']).toBe('attachment; filename="audits-PL-2025.csv"');
  const job = (await jobs()).find((each) => each.id === id)!;
  expect(job).toMatchObject({
    ...{ kind: 'audits', filters: { period: '2025' }, by: 'manager', state: 'done', rows: 2 },
    ...{ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  });
  const one = await fileOf('audits', { period: '2025', dealer: 'PL-1', state: 'released' });
  expect(one.rows).toEqual([]);
});

test('answers in full; nothing that a spreadsheet would run, nothing of a customer', async () => {
  const { rows } = await fileOf('answers', { period: '2025-H1' });
  const asked = Object.keys(fill(checklist, 'best'));
  expect(rows.map(({ item }) => item).sort()).toEqual(asked.sort());
  const complaints = await fileOf('complaints', { period: '2025' });
  expect(complaints.rows).toHaveLength(1);
  expect(complaints.rows[0]).toMatchObject({ code: 'C-1', answer: 'breached' });
  expect(complaints.bytes.toString()).not.toContain('Guest of honour');
  const figures = await fileOf('figures', { period: '2025' });
  expect(figures.rows).toEqual([
    expect.objectContaining({ value: '412', to: '2025-06-30', supplied_by: "'=1+1" }),
  ]);
});

test('a file of one house holds that house alone, of every kind', async () => {
  await bringBoth(
    'responses',
    (dealer) => ({
      ...{ visit_date: '2024-06-01', reference: `V-${dealer}` },
      ...{ work_done_right: 9, advisor_explained: 9, ready_as_promised: 9, recommend: 9 },
    }),
    { checklist: 'after-sales-questionnaire', version: '2025.1' },
  );
  await bringBoth('figures', () => ({
    ...{ measure: 'stock-days', period: '2024-H1', kind: 'count' },
    ...{ value: '40', supplied_by: 'dealer' },
  }));
  await bringBoth('complaints', (dealer) => ({
    ...{ code: `C-${dealer}`, touchpoint: 'workshop', category: 'no-reply' },
    ...{ channel: 'telephone', severity: 'low', received_at: '2024-05-02T10:00:00+01:00' },
  }));
  await bringBoth(
    'audits',
    (dealer) => ({
      ...{ code: `B-${dealer}`, visit_date: '2024-05-02' },
      ...cellsOf(fill(checklist, 'best')),
    }),
    { checklist: 'seven-personal-standards', version: '2026.1' },
  );
  for (const kind of ['audits', 'answers', 'responses', 'complaints', 'figures']) {
    const both = (await fileOf(kind, { period: '2024' })).rows;
    expect(new Set(both.map(({ dealer }) => dealer)), kind).toEqual(new Set(['PL-1', 'PL-2']));
    const one = (await fileOf(kind, { period: '2024', dealer: 'PL-2' })).rows;
    expect(one, kind).toEqual(both.filter(({ dealer }) => dealer === 'PL-2'));
    expect(one.length, kind).toBeGreaterThan(0);
  }
});

test('what cannot be is refused at once; a file that is not made yet cannot be taken', async () => {
  expect((await ask(uuidv7(), 'audits', { period: 'last year' })).status).toBe(400);
  expect((await ask(uuidv7(), 'audits', { period: '2025', dealer: 'PL-77' })).status).toBe(404);
  expect((await ask(uuidv7(), 'audits', { period: '2025' }, 'dealer')).status).toBe(403);
  expect((await ask(uuidv7(), 'audits', { period: '2025' }, 'managerJP')).status).toBe(404);
  const id = uuidv7();
  await ask(id, 'responses', { period: '2025' }).expect(201);
  expect((await world.as('manager').get(`/markets/PL/exports/${id}/file`)).status).toBe(409);
  await exportWhatWaits(context);
  const again = await ask(id, 'responses', { period: '2025' });
  expect(again.status).toBe(409);
});

test('a file is gone after a week; its line stays', async () => {
  const { id } = await fileOf('figures', { period: '2025' });
  now = new Date(testNow.getTime() + 8 * 86_400_000);
  expect((await jobs()).find((each) => each.id === id)!.state).toBe('expired');
  expect((await world.as('manager').get(`/markets/PL/exports/${id}/file`)).status).toBe(409);
  await exportWhatWaits(context);
  expect(await context.exportFiles.read(1, id)).toBeUndefined();
  now = testNow;
});

test('a process that died lets go: the file is made by another', async () => {
  const id = uuidv7();
  await ask(id, 'audits', { period: '2025' }).expect(201);
  const { takeExport } = await import('../../src/db/exports.ts');
  const long = new Date(testNow.getTime() - 3_600_000);
  const inMarket = { role: 'service', marketId: 1 } as const;
  await context.database.transaction(inMarket, (tx) => takeExport(tx, 1, long, long));
  expect((await jobs()).find((each) => each.id === id)!.state).toBe('running');
  expect(await exportWhatWaits(context)).toBe(1);
  expect((await jobs()).find((each) => each.id === id)!.state).toBe('done');
});
