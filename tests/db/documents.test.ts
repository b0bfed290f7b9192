import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { useContext } from '../support/database.ts';
import { openWorld, type World } from '../support/world.ts';

const holder = useContext();
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});
const source = readFileSync(
  new URL('../../checklists/award-stage-1/2025.1.yaml', import.meta.url),
  'utf8',
);
const version = (name: string) => source.replace('"2025.1"', `"${name}"`);
const save = (yaml: string, person = 'administrator') =>
  world.as(person).post('/documents', { type: 'checklist', source: yaml });

test('a draft is stored, replaced, published by a second person, and then never changes', async () => {
  expect((await save(version('2027.1'))).body).toMatchObject({ state: 'draft' });
  const reworded = version('2027.1').replace('Award, stage 1: soundness', 'Stage 1: soundness');
  const { sha256 } = (await save(reworded)).body;
  const publish = (person: string) =>
    world.as(person).post('/documents/checklist/award-stage-1/2027.1/publish');
  expect((await publish('administrator')).body.type).toBe('/problems/second-person-needed');
  expect((await publish('administrator2')).body).toMatchObject({ state: 'published', sha256 });
  expect((await save(reworded)).status).toBe(201);
  const changed = await save(version('2027.1'));
  expect(changed.status).toBe(409);
  expect(changed.body).toMatchObject({
    type: '/problems/document-conflict',
    storedSha256: sha256,
    sentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(changed.body.sentSha256).not.toBe(sha256);
  expect((await publish('administrator2')).status).toBe(409);
});

test('a faulty document is refused with all its faults and places', async () => {
  const answer = await save(
    version('2028.1')
      .replace('type: yes-no', 'type: maybe')
      .replace('weight: 1, notApplicable', 'wait: 1, notApplicable'),
  );
  expect(answer.status).toBe(422);
  expect(answer.body.errors[0]).toMatchObject({
    line: expect.any(Number),
    column: expect.any(Number),
    pointer: expect.stringContaining('/sections/0/items/0'),
  });
});

test('auditors read a copy without weights that names the full hash; others read all', async () => {
  const path = '/documents/checklist/seven-personal-standards/2026.1';
  const [full, copy] = [
    (await world.as('manager').get(path)).body,
    (await world.as('auditor').get(path)).body,
  ];
  expect([full.copy, copy.copy, copy.summary.sha256]).toEqual([
    'full',
    'auditor',
    full.summary.sha256,
  ]);
  expect(JSON.stringify(copy.content)).not.toContain('"weight"');
  expect((await world.as('auditor').get('/documents/programme/european-award/2025')).status).toBe(
    404,
  );
});

test('auditors and dealers see no drafts and no programmes in lists either', async () => {
  await save(version('2030.1'));
  const listed = async (person: string, type: string) =>
    (await world.as(person).get(`/documents/${type}`)).body.documents.map(
      (each: { state: string }) => each.state,
    );
  expect(await listed('manager', 'checklist')).toContain('draft');
  expect(await listed('auditor', 'checklist')).not.toContain('draft');
  expect(await listed('dealer', 'programme')).toEqual([]);
});

test('versions can be compared', async () => {
  const { body } = await world
    .as('manager')
    .get('/checklists/seven-personal-standards/compare?from=2025.1&to=2026.1');
  expect(body.differences).toHaveLength(7);
  expect([body.comparable.length, body.items]).toEqual([47, 51]);
});

test('a role that may not publish is told so', async () => {
  const answer = await world.as('manager').post('/documents/checklist/award-stage-1/2025.1/retire');
  expect([answer.status, answer.body.roles]).toEqual([403, ['administrator', 'network-manager']]);
});
