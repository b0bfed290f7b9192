import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../src/contracts/problems.ts';
import { importFile, importJson } from '../../src/operations/imports/run.ts';
import { importTemplate } from '../../src/operations/imports/template.ts';
import { listDealerPage } from '../../src/operations/network/read.ts';
import { perform, systemActor } from '../../src/operations/operation.ts';
import { useContext } from '../support/database.ts';
import { openWorld, type World } from '../support/world.ts';

const holder = useContext();
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});

const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-import-'));
let files = 0;
function file(content: string | Uint8Array, ending = 'csv'): string {
  const name = path.join(folder, `${files++}.${ending}`);
  writeFileSync(name, content);
  return name;
}

const load = (kind: string, content: string | Uint8Array, rest: object = {}, ending = 'csv') =>
  perform(holder.context, systemActor, importFile, {
    market: 'PL',
    kind,
    path: file(content, ending),
    ...rest,
  });

async function refusal(promise: Promise<unknown>): Promise<{
  slug: string;
  errors: { line?: number; column?: string; code: string; detail: string }[];
}> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw error ?? new Error('it was not refused');
  return { slug: error.definition.slug, errors: (error.details['errors'] ?? []) as never };
}
const names = async () =>
  (
    await perform(holder.context, systemActor, listDealerPage, { market: 'PL', limit: 500 })
  ).items.map((dealer) => dealer.name);

describe('a dealer file is read', () => {
  const rows = 'code,name,town\r\nU-1,Żółw,Łódź\r\n';
  test.each([
    ['UTF-8', Buffer.from(rows), {}],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${rows}`), {}],
    ['UTF-16, little endian', Buffer.from(`\ufeff${rows}`, 'utf16le'), {}],
    ['UTF-16, big endian', Buffer.from(`\ufeff${rows}`, 'utf16le').swap16(), {}],
    [
      'Latin-2, when said',
      Buffer.from(
        [...rows].map(
          (c) => ({ Ż: 0xaf, ó: 0xf3, ł: 0xb3, Ł: 0xa3, ź: 0xbc })[c] ?? c.charCodeAt(0),
        ),
      ),
      { encoding: 'iso-8859-2' },
    ],
    ['semicolons', Buffer.from(rows.replaceAll(',', ';')), {}],
    ['gzip', gzipSync(rows), {}],
  ])('in %s', async (name, bytes, rest) => {
    const report = await load('dealers', bytes, rest, name === 'gzip' ? 'csv.gz' : 'csv');
    expect(report).toMatchObject({ rows: 1, faultyRows: 0 });
    expect(await names()).toContain('Żółw');
  });
  test('with quotes, delimiters and line breaks inside fields, and right line numbers after them', async () => {
    const { errors } = await refusal(load('dealers', 'code,name\nQ-1,"A ""b"", c\nd"\nQ-2,\n'));
    expect(errors).toEqual([expect.objectContaining({ line: 4, column: 'name', code: 'missing' })]);
    await load('dealers', 'code,name\nQ-1,"A ""b"", c\nd"\n');
    expect(await names()).toContain('A "b", c\nd');
  });
  test('from XLSX', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'x',
          rows: [
            ['code', 'name', 'opened'],
            ['X-1', '東京', '2015-04-01'],
            ['X-2', 'Две', ''],
          ],
        },
      ],
    });
    expect(await load('dealers', bytes, {}, 'xlsx')).toMatchObject({ rows: 2, stored: 2 });
    expect(await names()).toEqual(expect.arrayContaining(['東京', 'Две']));
  });
});

describe('nothing is stored, and every fault is named, of a file with', () => {
  test('bytes that are not of its encoding', async () => {
    const { slug, errors } = await refusal(
      load(
        'dealers',
        Buffer.concat([
          Buffer.from('code,name\nE-1,ok\nE-2,'),
          Buffer.from([0xf3, 0xb3]),
          Buffer.from('\n'),
        ]),
      ),
    );
    expect([slug, errors[0]!.line, errors[0]!.code]).toEqual(['file-unreadable', 3, 'encoding']);
    expect(errors[0]!.detail).toContain('name the encoding');
  });
  test('missing, unknown and double columns', async () => {
    const { errors } = await refusal(load('dealers', 'name,colour,name\nA,red,B\n'));
    expect(errors.map((fault) => `${fault.column} ${fault.code}`)).toEqual([
      'colour extra-column',
      'name double-column',
      'code missing-column',
    ]);
  });
  test('31 February, a decimal comma, a wrong word, an unknown dealer: each row, each column', async () => {
    const rows = [
      'dealer,measure,period,kind,value,supplied_by',
      'PL-1,sales,2025,count,"4,5",x',
      'PL-1,sales,2025-13,count,4,x',
      'PL-9,sales,2025,count,4,x',
      'PL-1,sales,2025,number,4,x',
      'PL-1,Sales,2025,count,4,x',
    ];
    const { errors } = await refusal(load('figures', rows.join('\n')));
    expect(errors.map((fault) => `${fault.line} ${fault.column} ${fault.code}`)).toEqual([
      '2 value type',
      '3 period range',
      '4 dealer unknown',
      '5 kind range',
      '6 measure range',
    ]);
    expect(errors[0]!.detail).toContain('decimal');
    const dates = await refusal(
      load('dealers', 'code,name,opened\nF-1,A,2025-02-31\nF-2,B,2025-02-28\n'),
    );
    expect(dates.errors).toEqual([
      expect.objectContaining({ line: 2, column: 'opened', code: 'date' }),
    ]);
    expect(await names()).not.toContain('B');
  });
  test('double keys: the second line names the first', async () => {
    const { errors } = await refusal(load('dealers', 'code,name\nD-1,A\nD-2,B\nD-1,C\n'));
    expect(errors).toEqual([
      expect.objectContaining({
        line: 4,
        code: 'double',
        detail: expect.stringContaining('line 2'),
      }),
    ]);
  });
  test('too many or too few cells in a row', async () => {
    const { errors } = await refusal(load('dealers', 'code,name\nD-1,A,x\nD-2\n'));
    expect(errors.map((fault) => `${fault.line} ${fault.code}`)).toEqual([
      '2 too-many-cells',
      '3 too-few-cells',
    ]);
  });
  test('nothing in it; not there; no XLSX under that name; broken gzip; an open quote', async () => {
    for (const attempt of [
      () => load('dealers', ''),
      () =>
        perform(holder.context, systemActor, importFile, {
          market: 'PL',
          kind: 'dealers',
          path: '/nowhere.csv',
        }),
      () => load('dealers', 'code,name\n', {}, 'xlsx'),
      () => load('dealers', 'no gzip at all', {}, 'csv.gz'),
      () => load('dealers', 'code,name\nD-1,"open\n'),
    ]) {
      expect((await refusal(attempt())).slug).toBe('file-unreadable');
    }
  });
  test('an unknown market', async () => {
    const promise = perform(holder.context, systemActor, importFile, {
      market: 'XX',
      kind: 'dealers',
      path: file('code,name\nA,A\n'),
    });
    expect((await refusal(promise)).slug).toBe('not-found');
  });
});

describe('an import', () => {
  test('accepts decimal commas where they are said', async () => {
    const rows =
      'dealer;measure;period;kind;value;supplied_by\nPL-1;equity-ratio;2025;ratio;0,25;x\n';
    expect(await load('figures', rows, { decimal: 'comma' })).toMatchObject({ stored: 1 });
  });
  test('is an upsert by code: the same file again changes nothing', async () => {
    const rows =
      'code,name,valid_from,region\nR-1,One,2025-01-01,north\nR-2,Two,2025-01-01,south\n';
    expect(await load('dealers', rows)).toMatchObject({ stored: 2, unchanged: 0 });
    expect(await load('dealers', rows)).toMatchObject({ stored: 0, unchanged: 2 });
    expect(await load('dealers', rows.replace('south', 'west'))).toMatchObject({
      stored: 1,
      unchanged: 1,
    });
  });
  test('as a dry run stores nothing and lists the faults', async () => {
    expect(await load('dealers', 'code,name\nY-1,Dry\nY-2,\n', { dryRun: true })).toMatchObject({
      dryRun: true,
      rows: 2,
      stored: 1,
      faultyRows: 1,
    });
    expect(await names()).not.toContain('Dry');
  });
  test('keeps the good rows where that is asked for', async () => {
    expect(
      await load('dealers', 'code,name\nS-1,Kept\nS-2,\n', { skipFaulty: true }),
    ).toMatchObject({ stored: 1, faultyRows: 1 });
    expect(await names()).toContain('Kept');
  });
  test('by JSON follows the same path and names the row', async () => {
    const answer = await world.as('manager').post('/markets/PL/imports', {
      kind: 'dealers',
      rows: [{ code: 'J-1', name: 'Json', five_star: true }, { code: 'J-2' }],
    });
    expect(answer.body).toMatchObject({
      type: '/problems/import-refused',
      errors: [{ line: 2, column: 'name', code: 'missing' }],
    });
  });
  test('a market’s days are dates, and its languages codes', async () => {
    const rows = [
      {
        ...{ code: 'XA', name: 'Elsewhere', time_zone: 'Europe/Riga', languages: 'lv English' },
        ...{ holidays: '2026-01-01 in May', extra_working_days: '2026-02-30' },
      },
    ];
    const answer = await world.as('administrator').post('/markets', { rows });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((each: { column: string }) => each.column)).toEqual([
      'languages',
      'holidays',
      'extra_working_days',
    ]);
  });
  test('by upload streams the body', async () => {
    const csv = Buffer.from('code,name\nUP-1,Uploaded\n');
    expect(
      (await world.as('manager').send('post', '/markets/PL/imports/dealers/file', csv)).body,
    ).toMatchObject({ stored: 1 });
    expect(
      (await world.as('managerJP').send('post', '/markets/PL/imports/dealers/file', csv)).status,
    ).toBe(404);
    expect(
      (await world.as('dealer').send('post', '/markets/PL/imports/dealers/file', csv)).status,
    ).toBe(403);
  });
  test('names staff only where the market allows it', async () => {
    const { errors } = await refusal(
      load('staff', 'dealer,code,role,name\nPL-1,SA-9,service-advisor,Anna\n'),
    );
    expect(errors[0]).toMatchObject({ column: 'name', code: 'privacy' });
  });
  test('of complaints, staff and past decisions takes every column', async () => {
    const complaint = {
      code: 'C-1',
      dealer: 'PL-1',
      touchpoint: 'workshop',
      category: 'no-parts',
      channel: 'telephone',
      received_at: '2025-03-03T09:15:00+01:00',
      answered_at: '2025-03-04T10:00:00+01:00',
      customer: 'A. B.',
    };
    const rows = (kind: string, list: object[]) =>
      perform(holder.context, systemActor, importJson, { market: 'PL', kind, rows: list });
    expect(await rows('complaints', [complaint])).toMatchObject({ stored: 1 });
    expect(await rows('complaints', [complaint])).toMatchObject({ stored: 0, unchanged: 1 });
    expect(
      await rows('staff', [{ dealer: 'PL-1', code: 'SA-2', role: 'service-advisor' }]),
    ).toMatchObject({ stored: 1 });
    expect(
      await rows('decisions', [
        { programme: 'european-award', period: '2024', dealer: 'PL-1', award: 'winner' },
      ]),
    ).toMatchObject({ stored: 1 });
    const early = rows('complaints', [
      { ...complaint, code: 'C-2', answered_at: '2025-03-01T10:00:00+01:00' },
    ]);
    expect((await refusal(early)).errors[0]).toMatchObject({
      column: 'answered_at',
      code: 'order',
    });
  });
});

describe('responses', () => {
  const survey = { checklist: 'after-sales-questionnaire' };
  const row = (rest: object) => ({
    dealer: 'PL-1',
    staff: 'SA-1',
    visit_date: '2025-03-05',
    reference: 'W-1',
    work_done_right: 9,
    advisor_explained: 8,
    ready_as_promised: 7,
    recommend: 9,
    ...rest,
  });
  const send = (...rows: object[]) =>
    perform(holder.context, systemActor, importJson, {
      market: 'PL',
      kind: 'responses',
      ...survey,
      rows,
    });
  test('under one reference amend each other; without one nothing is merged', async () => {
    expect(await send(row({}))).toMatchObject({ stored: 1 });
    expect(await send(row({}))).toMatchObject({ stored: 0, unchanged: 1 });
    expect(await send(row({ work_done_right: 2 }))).toMatchObject({ stored: 1 });
    expect(await send(row({ reference: null }), row({ reference: null }))).toMatchObject({
      stored: 2,
    });
  });
  test('that do not fit the questionnaire are refused with row and column', async () => {
    const { errors } = await refusal(
      send(
        row({ reference: 'W-2', work_done_right: 11 }),
        row({ reference: 'W-3', staff: 'SA-99' }),
        row({ reference: 'W-4', recommend: 'yes' }),
      ),
    );
    expect(errors.map((fault) => `${fault.line} ${fault.column} ${fault.code}`)).toEqual([
      '1 work_done_right range',
      '2 staff unknown',
      '3 recommend type',
    ]);
  });
  test('need a survey', async () => {
    const promise = perform(holder.context, systemActor, importJson, {
      market: 'PL',
      kind: 'responses',
      checklist: 'award-stage-1',
      rows: [row({})],
    });
    expect((await refusal(promise)).slug).toBe('input-refused');
  });
});

test('a template holds every column, for answers those of the checklist too', async () => {
  const template = await perform(holder.context, systemActor, importTemplate, {
    kind: 'responses',
    checklist: 'after-sales-questionnaire',
  });
  const [header, example] = template.csv.split('\r\n');
  expect(header!.split(',')).toEqual(template.columns.map((column) => column.name));
  expect(header).toContain('work_done_right');
  expect(example!.split(',')).toHaveLength(template.columns.length);
});
