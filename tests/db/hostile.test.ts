import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '../../src/db/database.ts';
import { hashBytes } from '../../src/io/uploads.ts';
import { readWorkbook, writeWorkbook } from '../../src/io/workbooks.ts';
import { useContext } from '../support/database.ts';
import { aSubmission, cellsOf, fill, shipped } from '../support/fill.ts';
import { anAssignment, openWorld, type World } from '../support/world.ts';

const holder = useContext();
const checklist = shipped('seven-personal-standards/2026.1');
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});
const submit = async (person: string, answers: object, rest: object = {}) => {
  const id = uuidv7();
  const body = aSubmission(await anAssignment(holder.context), answers as never, rest);
  return { id, answer: await world.as(person).put(`/markets/PL/audits/${id}`, body) };
};
const best = fill(checklist, 'best');

describe('text that no database can hold', () => {
  test.each([
    ['NUL', 'x\u0000y'],
    ['half a surrogate pair', 'x\ud800'],
  ])('%s is refused with its place, and the service lives', async (_, note) => {
    const { answer } = await submit('auditor', { ...best, eye_contact: { value: 'yes', note } });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ pointer: '/answers/eye_contact/note', code: 'text' }),
    ]);
    expect((await submit('auditor', best)).answer.status).toBe(201);
  });
});

describe('pictures', () => {
  const upload = async (bytes: Buffer) => {
    const sha256 = hashBytes(bytes);
    const answer = await world.as('auditor').send('put', `/markets/PL/files/${sha256}`, bytes);
    const [row] = await holder.context.database.transaction(
      { role: 'service', marketId: 1 },
      (tx) =>
        rowsOf<{ stored: string }>(
          tx,
          sql`select stored_sha256 as stored from files where sha256 = ${sha256}`,
        ),
    );
    return { answer, kept: row && Buffer.from((await holder.context.files.get(1, row.stored))!) };
  };
  const plain = sharp({
    create: { width: 40, height: 20, channels: 3, background: { r: 200, g: 30, b: 30 } },
  });
  const located = () =>
    plain
      .clone()
      .jpeg()
      .withExif({
        IFD0: { Make: 'SecretPhone' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 13/1 47/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();

  test('lose place, device and what hangs behind them; they stand upright and show the same', async () => {
    const hidden = Buffer.concat([await located(), Buffer.from('<script>alert(1)</script>')]);
    expect((await sharp(hidden).metadata()).exif).toBeDefined();
    const { answer, kept } = await upload(hidden);
    expect([answer.status, answer.body.mediaType]).toEqual([201, 'image/jpeg']);
    const { exif, orientation, width, height } = await sharp(kept).metadata();
    expect({ exif, orientation, width, height }).toEqual({ width: 20, height: 40 });
    expect(kept!.toString('latin1')).not.toMatch(/SecretPhone|Exif|GPS|script/);
    const { channels } = await sharp(kept).stats();
    expect(Math.abs(channels[0]!.mean - 200)).toBeLessThan(3);
    // The auditor who sent it and the market's manager get what was kept, as a file to keep.
    const path = `/markets/PL/files/${hashBytes(hidden)}`;
    for (const who of ['auditor', 'manager'] as const) {
      const got = await world.as(who).get(path);
      expect([got.status, got.headers['content-disposition']]).toEqual([
        200,
        `attachment; filename="${hashBytes(hidden).slice(0, 12)}.jpeg"`,
      ]);
    }
    const others = ['auditor2', 'managerJP', 'dealer', 'administrator'];
    const statuses = await Promise.all(
      others.map(async (who) => (await world.as(who).get(path)).status),
    );
    expect(statuses).toEqual([404, 404, 403, 403]);
  });
  test('that are cut off, too large to hold, or none are refused', async () => {
    const whole = await located();
    const flood = Buffer.from(await plain.clone().png().toBuffer());
    // The header claims 60,000 x 60,000 pixels.
    flood.writeUInt32BE(60_000, 16);
    flood.writeUInt32BE(60_000, 20);
    flood.writeUInt32BE(crc32(flood.subarray(12, 29)), 29);
    for (const bytes of [
      whole.subarray(0, whole.length - 200),
      flood,
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('GIF89a'),
      Buffer.from('MZ\u0090\u0000'),
    ]) {
      const { answer, kept } = await upload(bytes);
      expect([answer.status, kept]).toEqual([415, undefined]);
    }
  });
});

test('a text that begins like a formula stays a text in a workbook', async () => {
  const rows = [['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0']];
  const bytes = await writeWorkbook([{ name: 'items', rows }]);
  // A formula would come back as its value, or as nothing.
  expect((await readWorkbook(bytes))[0]!.rows).toEqual(rows);
});

describe('dates and periods that do not exist', () => {
  test.each([
    '/markets/PL/dealers/PL-1?period=abc',
    '/markets/PL/indices/after-sales?period=2026-13-01/2026-14-01',
    '/markets/PL/indices/after-sales?period=0000',
    '/markets/PL/indices/after-sales?period=2026-03-01/2026-02-01',
    '/markets/PL/audits?from=0000-01-01',
  ])('%s is a 400', async (url) => {
    expect((await world.as('manager').get(url)).status).toBe(400);
  });
});

describe('files', () => {
  test('of this machine are never read over HTTP', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'omotenashi-secret-')), 'secret');
    writeFileSync(file, 'password=hunter2\n');
    const answer = await world.as('administrator').post('/markets', { path: file });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    const rows = await world
      .as('manager')
      .post('/markets/PL/imports', { kind: 'dealers', path: file, rows: [{}] });
    expect(rows.status).toBe(400);
  });
  test('over the limit are refused while they arrive', async () => {
    const answer = await world
      .as('auditor')
      .send('put', `/markets/PL/files/${'0'.repeat(64)}`, Buffer.alloc(26_000_000));
    expect([answer.status, answer.body.limitBytes]).toEqual([413, 25_000_000]);
  });
  test('are not read for who may not send them', async () => {
    const answer = await world
      .as('dealer')
      .send('post', '/markets/PL/imports/dealers/file', Buffer.from('code,name\n'));
    expect(answer.status).toBe(403);
  });
  test('with a stray quote are refused with the line', async () => {
    const answer = await world
      .as('manager')
      .send('post', '/markets/PL/imports/dealers/file', Buffer.from('code,name\nA-1,5" screen\n'));
    expect([answer.status, answer.body.errors[0].line]).toEqual([422, 2]);
  });
});

describe('the second person', () => {
  test("is needed where a manager made a revision; a correction is the auditor's own", async () => {
    const { id } = await submit('auditor', best);
    const url = `/markets/PL/audits/${id}`;
    await world
      .as('manager')
      .post(`${url}/return`, { remarks: { posture: 'Kowalski, look again.' } })
      .expect(200);
    expect(
      (await world.as('manager').post(`${url}/correct`, { answers: fill(checklist, 'best') }))
        .status,
    ).toBe(404);
    await world.as('auditor').post(`${url}/correct`, { answers: best }).expect(200);
    await world.as('manager').post(`${url}/approve`).expect(200);
    await world.as('manager').post(`${url}/release`).expect(200);
    expect((await world.as('dealer').get(url)).body.remarks).toEqual({});
    const asked = await world.as('dealer').get('/markets/PL/audits?from=2026-01-10&to=2026-01-11');
    expect(asked.body.items).toEqual([]);
  });
  test('is needed for an imported audit too: the importer does not decide its appeal', async () => {
    const rows = [
      {
        code: 'IMP-1',
        dealer: 'PL-1',
        visit_date: '2026-01-05',
        state: 'released',
        ...cellsOf(best),
      },
    ];
    const sent = await world.as('manager').post('/markets/PL/imports', {
      kind: 'audits',
      checklist: 'seven-personal-standards',
      version: '2026.1',
      rows,
    });
    expect(sent.body).toMatchObject({ stored: 1 });
    const { items } = (
      await world.as('manager').get('/markets/PL/audits?state=released&dealer=PL-1')
    ).body;
    const audit = items.find((each: { visitDate: string }) => each.visitDate === '2026-01-05');
    const appeal = `/markets/PL/appeals/${uuidv7()}`;
    await world
      .as('dealer')
      .put(appeal, { auditId: audit.id, items: [{ itemId: 'posture', statement: 'x' }] })
      .expect(201);
    const decision = { answers: {}, reason: 'as it was' };
    expect((await world.as('manager').post(`${appeal}/decide`, decision)).body.type).toBe(
      '/problems/second-person-needed',
    );
    expect(
      (
        await world.as('manager').post('/markets/PL/imports', {
          kind: 'audits',
          checklist: 'seven-personal-standards',
          version: '2026.1',
          rows: rows.map((row) => ({ ...row, posture: 1 })),
        })
      ).status,
    ).toBe(409);
  });
});

describe('an assignment', () => {
  test('takes its own checklist only', async () => {
    const standards = shipped('award-stage-1/2025.1');
    const { answer } = await submit('auditor', fill(standards, 'best'), {
      checklist: { id: 'award-stage-1', version: '2025.1' },
    });
    expect(answer.body.errors).toContainEqual(
      expect.objectContaining({ pointer: '/checklist/id', code: 'other-checklist' }),
    );
  });
  test('is answered by the auditor and called off by the manager', async () => {
    const id = await anAssignment(holder.context);
    const move = (person: string, to: string) =>
      world.as(person).post(`/markets/PL/assignments/${id}/move`, { to });
    expect((await move('auditor', 'cancelled')).status).toBe(403);
    expect((await move('manager', 'accepted')).status).toBe(403);
    expect((await move('auditor', 'accepted')).body.state).toBe('accepted');
    expect((await move('manager', 'cancelled')).body.state).toBe('cancelled');
  });
});

test('no award rests on a draft, and an administrator imports no scores', async () => {
  const source = readFileSync(
    new URL('../../checklists/programmes/european-award/2025.yaml', import.meta.url),
    'utf8',
  ).replace('version: "2025"', 'version: "2099"');
  await world.as('administrator').post('/documents', { type: 'programme', source }).expect(201);
  expect(
    (await world.as('manager').put(`/markets/PL/decisions/${uuidv7()}`, { version: '2099' }))
      .status,
  ).toBe(404);
  const rows = [{ dealer: 'PL-1', visit_date: '2025-02-02', work_done_right: 10 }];
  expect(
    (
      await world.as('administrator').post('/markets/PL/imports', {
        kind: 'responses',
        checklist: 'after-sales-questionnaire',
        rows,
      })
    ).status,
  ).toBe(403);
});
