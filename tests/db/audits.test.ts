import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import { useContext } from '../support/database.ts';
import { aSubmission, fill, shipped } from '../support/fill.ts';
import { anAssignment, openWorld, type World } from '../support/world.ts';

const holder = useContext();
const checklist = shipped('seven-personal-standards/2026.1');
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});

const url = (id: string, tail = '') => `/markets/PL/audits/${id}${tail}`;

async function submitted(answers = fill(checklist, 'best')) {
  const id = uuidv7();
  const body = aSubmission(await anAssignment(holder.context), answers);
  const answer = await world.as('auditor').put(url(id), body);
  return { id, body, answer };
}

async function released(): Promise<string> {
  const { id } = await submitted();
  await world.as('manager').post(url(id, '/approve')).expect(200);
  await world.as('manager').post(url(id, '/release')).expect(200);
  return id;
}

describe('submitting an audit', () => {
  test('gives a receipt; sending it again gives the same receipt with 200', async () => {
    const { id, body, answer } = await submitted();
    expect([answer.status, answer.body.state, answer.body.revision]).toEqual([201, 'submitted', 1]);
    const again = await world.as('auditor').put(url(id), body);
    expect(again.status).toBe(200);
    expect({ ...again.body, repeated: false }).toEqual(answer.body);
  });
  test('with other content under the same id is refused, and the stored one stays', async () => {
    const { id, body } = await submitted();
    const other = await world.as('auditor').put(url(id), { ...body, visitDate: '2026-01-09' });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ type: '/problems/audit-conflict', auditId: id });
    expect(other.headers['content-type']).toContain('application/problem+json');
    expect((await world.as('manager').get(url(id))).body.visitDate).toBe('2026-01-10');
  });
  test('with faulty answers names all of them at once and stores nothing', async () => {
    const id = uuidv7();
    const answers = {
      ...fill(checklist, 'best'),
      posture: { value: 9 },
      waiting_explained: { value: 'yes' },
      nothing: { value: 1 },
      eye_contact: { value: 4 },
    };
    const answer = await world
      .as('auditor')
      .put(url(id), aSubmission(await anAssignment(holder.context), answers as never));
    expect(answer.status).toBe(422);
    expect(
      answer.body.errors
        .map((fault: { pointer: string; code: string }) => `${fault.pointer} ${fault.code}`)
        .sort(),
    ).toEqual([
      '/answers/eye_contact/value type',
      '/answers/nothing unknown',
      '/answers/posture/value range',
      '/answers/waiting_explained hidden',
    ]);
    expect((await world.as('manager').get(url(id))).status).toBe(404);
  });
  test('with an unknown field, or a broken body, is refused with its place', async () => {
    const id = uuidv7();
    const body = aSubmission(await anAssignment(holder.context), {}, { colour: 'red' });
    const answer = await world.as('auditor').put(url(id), body);
    expect([answer.status, answer.body.type]).toEqual([400, '/problems/request-refused']);
    expect(JSON.stringify(answer.body.errors)).toContain('colour');
    const broken = await world
      .as('auditor')
      .send('put', url(id), Buffer.from('{"dealer":'))
      .set('content-type', 'application/json');
    expect([broken.status, broken.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('problem+json'),
    ]);
  });
  test('over the size limit is refused with 413 and the limit', async () => {
    const body = { ...aSubmission(uuidv7(), {}), padding: 'x'.repeat(2_100_000) };
    const answer = await world.as('auditor').put(url(uuidv7()), body);
    expect([answer.status, answer.body.type, answer.body.limitBytes]).toEqual([
      413,
      '/problems/body-too-large',
      2_000_000,
    ]);
  });
  test('before the declaration of no interest, or for a visit to come, is refused', async () => {
    const body = aSubmission(await anAssignment(holder.context), fill(checklist, 'best'), {
      noInterestDeclaredAt: '2026-01-10T11:30:00Z',
      visitDate: '2026-02-10',
    });
    const answer = await world.as('auditor').put(url(uuidv7()), body);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([
      '/noInterestDeclaredAt',
      '/visitDate',
    ]);
  });
  test("under another auditor's assignment is refused; without one too", async () => {
    const body = aSubmission(await anAssignment(holder.context), fill(checklist, 'best'));
    expect((await world.as('auditor2').put(url(uuidv7()), body)).body.errors[0]).toMatchObject({
      pointer: '/assignmentId',
      code: 'unknown',
    });
    const { assignmentId: _, ...without } = body;
    expect((await world.as('auditor').put(url(uuidv7()), without)).body.errors[0]).toMatchObject({
      code: 'missing',
    });
  });
  test('twice under one assignment is refused', async () => {
    const { body } = await submitted();
    expect((await world.as('auditor').put(url(uuidv7()), body)).body.errors[0]).toMatchObject({
      code: 'closed',
    });
  });
  test('two at once under one id store it once', async () => {
    const id = uuidv7();
    const body = aSubmission(await anAssignment(holder.context), fill(checklist, 'best'));
    const [one, two] = await Promise.all([
      world.as('auditor').put(url(id), body),
      world.as('auditor').put(url(id), body),
    ]);
    expect([one!.status, two!.status].sort()).toEqual([200, 201]);
  });
});

describe('evidence', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const hash = createHash('sha256').update(png).digest('hex');
  const upload = (sha256: string, bytes: Buffer) =>
    world.as('auditor').send('put', `/markets/PL/files/${sha256}`, bytes);

  test('is stored under its hash, once; a wrong hash or kind is refused', async () => {
    expect((await upload(hash, png)).body).toMatchObject({ sha256: hash, mediaType: 'image/png' });
    expect((await upload(hash, png)).status).toBe(201);
    expect((await upload('0'.repeat(64), png)).status).toBe(422);
    const html = Buffer.from('<script>alert(1)</script>');
    expect((await upload(createHash('sha256').update(html).digest('hex'), html)).status).toBe(415);
  });
  test('that an answer names must have been uploaded before', async () => {
    const answers = { ...fill(checklist, 'best'), papers_right: { value: 'no', evidence: [hash] } };
    const body = aSubmission(await anAssignment(holder.context), answers);
    await upload(hash, png);
    expect((await world.as('auditor').put(url(uuidv7()), body)).status).toBe(201);
    const other = { ...answers, papers_right: { value: 'no', evidence: ['1'.repeat(64)] } };
    const refused = await world
      .as('auditor')
      .put(url(uuidv7()), aSubmission(await anAssignment(holder.context), other));
    expect(refused.body.errors).toEqual([
      expect.objectContaining({ pointer: '/answers/papers_right/evidence', code: 'evidence' }),
    ]);
  });
});

describe('review', () => {
  test('a returned audit is corrected by a new revision; the first one stays', async () => {
    const { id } = await submitted();
    await world
      .as('manager')
      .post(url(id, '/return'), { remarks: { posture: 'Please say which hand.' } })
      .expect(200);
    const seen = await world.as('auditor').get(url(id));
    expect([seen.body.state, seen.body.remarks]).toEqual([
      'returned',
      { posture: 'Please say which hand.' },
    ]);
    const answers = { ...fill(checklist, 'best'), posture: { value: 3 } };
    const corrected = await world.as('auditor').post(url(id, '/correct'), { answers });
    expect([corrected.body.state, corrected.body.revision]).toEqual(['submitted', 2]);
  });
  test('a step from the wrong state is refused and says what is possible', async () => {
    const { id } = await submitted();
    const answer = await world.as('manager').post(url(id, '/release'));
    expect([answer.status, answer.body.state, answer.body.allowed]).toEqual([
      409,
      'submitted',
      ['approved'],
    ]);
  });
  test('a withdrawn audit stays on record', async () => {
    const id = await released();
    await world
      .as('manager')
      .post(url(id, '/withdraw'), { reason: 'visited the wrong house' })
      .expect(200);
    expect((await world.as('manager').get(url(id))).body.state).toBe('withdrawn');
    expect((await world.as('dealer').get(url(id))).status).toBe(404);
  });
});

describe('who sees an audit', () => {
  test('the dealer: only their own, only once released, never the auditor nor the exact day', async () => {
    const { id } = await submitted();
    expect((await world.as('dealer').get(url(id))).status).toBe(404);
    const open = await released();
    const seen = await world.as('dealer').get(url(open));
    expect(seen.body).toMatchObject({ auditor: null, assignmentId: null, visitDate: '2026-01-01' });
    expect(JSON.stringify(seen.body)).not.toContain('2026-01-10T');
    expect((await world.as('dealer2').get(url(open))).status).toBe(404);
  });
  test('another auditor and another market: nothing', async () => {
    const { id } = await submitted();
    expect((await world.as('auditor2').get(url(id))).status).toBe(404);
    expect((await world.as('managerJP').get(url(id))).status).toBe(404);
    expect((await world.as('administrator').get(url(id))).status).toBe(403);
    expect((await world.as('nobody').get(url(id))).status).toBe(401);
  });
  test('lists are paged by a cursor and hold only what the reader may see', async () => {
    const first = await world.as('manager').get('/markets/PL/audits?limit=2');
    expect(first.body.items).toHaveLength(2);
    const second = await world
      .as('manager')
      .get(`/markets/PL/audits?limit=500&cursor=${first.body.next}`);
    expect(second.body.items.map((row: { id: string }) => row.id)).not.toContain(
      first.body.items[1].id,
    );
    expect(second.body.next).toBeNull();
    const own = await world.as('dealer').get('/markets/PL/audits');
    expect(new Set(own.body.items.map((row: { state: string }) => row.state))).toEqual(
      new Set(['released']),
    );
  });
});

describe('an appeal', () => {
  const items = [{ itemId: 'posture', statement: 'He was on the telephone with an ambulance.' }];
  test('amends single items by another person than the approver; all values stay side by side', async () => {
    const { id } = await submitted({ ...fill(checklist, 'best'), posture: { value: 1 } });
    await world.as('manager').post(url(id, '/approve'));
    await world.as('manager').post(url(id, '/release'));
    const appealUrl = `/markets/PL/appeals/${uuidv7()}`;
    expect((await world.as('dealer').put(appealUrl, { auditId: id, items })).status).toBe(201);
    const answers = { posture: { value: 3 } };
    const preview = await world.as('manager2').post(`${appealUrl}/preview`, { answers });
    expect(preview.body.after.finalMicro).toBeGreaterThan(preview.body.before.finalMicro);
    // The visit lies after the period of the programme.
    expect(preview.body.award).toBeNull();
    const decision = { answers, reason: 'The call is on record.' };
    expect((await world.as('manager').post(`${appealUrl}/decide`, decision)).body.type).toBe(
      '/problems/second-person-needed',
    );
    const decided = await world.as('manager2').post(`${appealUrl}/decide`, decision);
    expect(decided.body).toMatchObject({
      state: 'amended',
      items: [{ original: { value: 1 }, appealed: { value: 3 } }],
    });
    expect((await world.as('dealer').get(url(id))).body).toMatchObject({
      state: 'amended',
      revision: 2,
    });
  });
  test('of an unknown item, or by another house, is refused', async () => {
    const id = await released();
    const unknown = await world.as('dealer').put(`/markets/PL/appeals/${uuidv7()}`, {
      auditId: id,
      items: [{ itemId: 'zzz', statement: 'x' }],
    });
    expect(unknown.status).toBe(422);
    expect(
      (await world.as('dealer2').put(`/markets/PL/appeals/${uuidv7()}`, { auditId: id, items }))
        .status,
    ).toBe(404);
  });
  test('is possible for fourteen days, which the dealer is told; then it is refused', async () => {
    const id = await released();
    expect((await world.as('dealer').get(url(id))).body.appealUntil).toBe('2026-01-29');
    const { now } = holder.context;
    const at = (instant: string) => {
      (holder.context as { now: () => Date }).now = () => new Date(instant);
    };
    // The last minute of the last day in Warsaw, and the next one.
    at('2026-01-29T22:59:00Z');
    expect((await world.as('dealer').get(url(id))).body.appealUntil).toBe('2026-01-29');
    at('2026-01-29T23:00:00Z');
    expect((await world.as('dealer').get(url(id))).body.appealUntil).toBeNull();
    const late = await world
      .as('dealer')
      .put(`/markets/PL/appeals/${uuidv7()}`, { auditId: id, items });
    (holder.context as { now: () => Date }).now = now;
    expect([late.status, late.body.type]).toEqual([409, '/problems/state-conflict']);
  });
  test('cannot change items that were not appealed', async () => {
    const id = await released();
    const appealUrl = `/markets/PL/appeals/${uuidv7()}`;
    await world.as('dealer').put(appealUrl, { auditId: id, items }).expect(201);
    const answer = await world
      .as('manager2')
      .post(`${appealUrl}/decide`, { answers: { eye_contact: { value: 'no' } }, reason: 'x' });
    expect(answer.body.errors[0]).toMatchObject({ code: 'not-appealed' });
  });
});
