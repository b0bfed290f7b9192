import { sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, test } from 'vitest';
import type { KeptDraft } from '../../src/contracts/drafts.ts';
import { rowsOf } from '../../src/db/database.ts';
import { removeForsakenDrafts } from '../../src/db/drafts.ts';
import { useContext } from '../support/database.ts';
import { aSubmission, fill, shipped } from '../support/fill.ts';
import { anAssignment, openWorld, type World } from '../support/world.ts';

/** Forms that are being filled: kept for their auditor alone, and never overwritten unseen. */
const holder = useContext();
const checklist = shipped('seven-personal-standards/2026.1');
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});

const content = (answers: object, assignmentId: string | null = null) => ({
  ...{ assignmentId, dealer: 'PL-1', visitDate: '2026-01-10', answers },
  checklist: { id: 'seven-personal-standards', version: '2026.1' },
  ...{ declaredAt: '2026-01-10T09:00:00Z', startedAt: '2026-01-10T09:05:00Z' },
});
const keep = (id: string, seen: number, given: object, as = 'auditor') =>
  world
    .as(as)
    .put(`/markets/PL/drafts/${id}`, { seen, changedAt: '2026-01-10T09:10:00Z', content: given });
const list = async (as = 'auditor'): Promise<readonly KeptDraft[]> =>
  (await world.as(as).get('/markets/PL/drafts')).body.items;

test('half an answer is kept, with its device’s time; each copy has the next revision', async () => {
  const id = uuidv7();
  const half = content({ posture: { notApplicable: true }, greeting_words: { note: 'He said' } });
  const first = await keep(id, 0, half);
  expect([first.status, first.body]).toEqual([200, { revision: 1 }]);
  expect((await keep(id, 1, content({ posture: { value: 2 } }))).body).toEqual({ revision: 2 });
  const [kept] = await list();
  expect(kept).toMatchObject({
    ...{ id, revision: 2, changedAt: '2026-01-10T09:10:00.000Z' },
    content: { answers: { posture: { value: 2 } } },
  });
});

test('a device that has not seen the last copy overwrites nothing', async () => {
  const id = uuidv7();
  await keep(id, 0, content({ posture: { value: 3 } })).expect(200);
  const late = await keep(id, 0, content({ posture: { value: 1 } }));
  expect([late.status, late.body.detail]).toEqual([
    409,
    'another device has changed this form since, or sent it in',
  ]);
  const kept = (await list()).find((each) => each.id === id)!;
  expect(kept.content.answers['posture']).toEqual({ value: 3 });
  // Having seen it, it may.
  await keep(id, 1, content({ posture: { value: 1 } })).expect(200);
});

test('nobody else sees it: not another auditor under the same id, not a manager', async () => {
  const id = uuidv7();
  await keep(id, 0, content({ posture: { value: 3 } })).expect(200);
  await keep(id, 0, content({ posture: { value: 0 } }), 'auditor2').expect(200);
  const mine = (await list()).find((each) => each.id === id)!;
  expect(mine.content.answers['posture']).toEqual({ value: 3 });
  await world.as('manager').get('/markets/PL/drafts').expect(403);
  await world.as('dealer').get('/markets/PL/drafts').expect(403);
});

test('what came in as an audit is no draft any more; the log does not tell of drafts', async () => {
  const assignmentId = await anAssignment(holder.context);
  const id = uuidv7();
  const answers = fill(checklist, 'best');
  await keep(id, 0, content(answers, assignmentId)).expect(200);
  await world
    .as('auditor')
    .put(`/markets/PL/audits/${id}`, aSubmission(assignmentId, answers))
    .expect(201);
  expect((await list()).map((each) => each.id)).not.toContain(id);
  const [rows] = await holder.context.database.transaction({ role: 'service', marketId: 1 }, (tx) =>
    rowsOf<{ n: number }>(tx, sql`select count(*)::int as n from drafts where id = ${id}`),
  );
  expect(rows!.n).toBe(0);
  const log = await world.as('manager').get('/markets/PL/log');
  expect(JSON.stringify(log.body)).toContain('audits.submit');
  expect(JSON.stringify(log.body)).not.toContain('drafts.keep');
});

test('an audit that was sent back is a draft again', async () => {
  const assignmentId = await anAssignment(holder.context);
  const id = uuidv7();
  const answers = fill(checklist, 'best');
  await world
    .as('auditor')
    .put(`/markets/PL/audits/${id}`, aSubmission(assignmentId, answers))
    .expect(201);
  await world
    .as('manager')
    .post(`/markets/PL/audits/${id}/return`, { remarks: { posture: 'Look again.' } })
    .expect(200);
  const corrected = { ...answers, posture: { value: 2 } };
  await keep(id, 0, {
    ...content(corrected, assignmentId),
    remarks: { posture: 'Look again.' },
  }).expect(200);
  expect((await list()).map((each) => each.id)).toContain(id);
  await world.as('auditor').post(`/markets/PL/audits/${id}/correct`, { answers: corrected });
  expect((await list()).map((each) => each.id)).not.toContain(id);
});

test('another device that still has the form cannot bring it back once it was sent in', async () => {
  const assignmentId = await anAssignment(holder.context);
  const id = uuidv7();
  const answers = fill(checklist, 'best');
  await keep(id, 0, content(answers, assignmentId)).expect(200);
  const sent = aSubmission(assignmentId, answers);
  await world.as('auditor').put(`/markets/PL/audits/${id}`, sent).expect(201);
  expect((await keep(id, 1, content({ posture: { value: 1 } }, assignmentId))).status).toBe(409);
  const back = { remarks: { posture: 'Look again.' } };
  await world.as('manager').post(`/markets/PL/audits/${id}/return`, back).expect(200);
  // Without the remarks it is the form of before, not its correction.
  await keep(id, 0, content(answers, assignmentId)).expect(200);
  expect((await list()).map((each) => each.id)).not.toContain(id);
});

test('whoever has no role any more leaves no form behind; nor does what nobody has touched', async () => {
  const forgotten = uuidv7();
  const kept = uuidv7();
  await keep(forgotten, 0, content({}), 'auditor2').expect(200);
  await keep(kept, 0, content({})).expect(200);
  await world.as('administrator').post('/grants/revoke', {
    person: 'auditor2',
    grant: { role: 'auditor', market: 'PL' },
  });
  const inMarket = { role: 'service', marketId: 1 } as const;
  const clear = (since: Date) =>
    holder.context.database.transaction(inMarket, async (tx) => {
      await removeForsakenDrafts(tx, 1, since);
      const rows = await rowsOf<{ id: string }>(tx, sql`select id from drafts`);
      return rows.map((row) => row.id);
    });
  const left = await clear(new Date('2020-01-01'));
  expect(left).toContain(kept);
  expect(left).not.toContain(forgotten);
  expect(await clear(new Date('2100-01-01'))).toEqual([]);
});
