import { beforeAll, expect, test } from 'vitest';
import { useContext } from '../support/database.ts';
import { fill, shipped } from '../support/fill.ts';
import { openWorld, type World } from '../support/world.ts';

/** A customer's questionnaire by one-time link: one answer, counted as any other, and nothing else. */
const holder = useContext();
const survey = shipped('after-sales-questionnaire/2026.1');
const best = fill(survey, 'best');
let world: World;
beforeAll(async () => {
  world = await openWorld(holder.context);
});

const invite = (references: string[], rest: object = {}) =>
  world.as('manager').post('/markets/PL/surveys/links', {
    checklist: 'after-sales-questionnaire',
    contact: 'guests@example.org',
    visits: references.map((reference) => ({
      ...{ dealer: 'PL-1', staff: 'SA-1', visitDate: '2026-01-10', reference },
    })),
    ...rest,
  });
const aLink = async (reference: string, rest: object = {}) => {
  const { body } = await invite([reference], rest);
  return String(body.links[0].link).split('#')[1]!;
};
const open = (link: string) => world.as('nobody').post('/survey/open', { link });
const answer = (link: string, answers: object) =>
  world.as('nobody').post('/survey/answer', { link, answers });
const index = async () => {
  const { body } = await world
    .as('manager')
    .get('/markets/PL/indices/after-sales?period=2026&by=dealer');
  return JSON.stringify(body);
};

test('opens its questionnaire, without weights, and says whom one can reach', async () => {
  const link = await aLink('A');
  const { status, body } = await open(link);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    state: 'open',
    dealer: { name: 'House 1' },
    contact: 'guests@example.org',
    visitDate: '2026-01-10',
  });
  expect(JSON.stringify(body.checklist)).not.toMatch(/"weight"|"scoring"|"points"/);
  expect(JSON.stringify(body)).not.toMatch(/SA-1|"A"/);
});

test('is good for one answer, which counts; the same again is thanked for, another is refused', async () => {
  const before = await index();
  const link = await aLink('B');
  const first = await answer(link, best);
  expect([first.status, first.body.state]).toEqual([200, 'answered']);
  expect(await index()).not.toBe(before);
  const after = await index();
  expect((await answer(link, best)).status).toBe(200);
  const [item] = Object.keys(best);
  const other = await answer(link, { ...best, [item!]: { value: 1 } });
  expect([other.status, other.body.type]).toEqual([410, '/problems/link-spent']);
  expect(await index()).toBe(after);
  expect((await open(link)).body.state).toBe('answered');
});

test('two at once: one counts', async () => {
  const link = await aLink('C');
  const [item] = Object.keys(best);
  const answers = await Promise.all([
    answer(link, best),
    answer(link, { ...best, [item!]: { value: 1 } }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
});

test('some answers are enough, none is not; what does not fit is named', async () => {
  const link = await aLink('D');
  const [item] = Object.keys(best);
  expect((await answer(link, {})).body.errors).toEqual([
    expect.objectContaining({ pointer: '/answers', code: 'empty' }),
  ]);
  const wrong = await answer(link, { [item!]: { value: 11 } });
  expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, `/answers/${item}/value`]);
  expect((await answer(link, { [item!]: { value: 7 } })).status).toBe(200);
});

test.each([
  ['another secret', (link: string) => `${link.slice(0, -4)}AAAA`],
  ['another market', (link: string) => link.replace('PL.', 'JP.')],
  ['no market of ours', (link: string) => link.replace('PL.', 'XX.')],
])('%s opens nothing, and says nothing more', async (_, change) => {
  const link = change(await aLink('E'));
  for (const refused of [await open(link), await answer(link, best)]) {
    expect([refused.status, refused.body.type]).toEqual([410, '/problems/link-spent']);
  }
});

test('a link ends', async () => {
  const link = await aLink('F', { days: 1 });
  const now = holder.context.now;
  const later = new Date(now().getTime() + 86_400_001);
  (holder.context as { now: () => Date }).now = () => later;
  const refused = await open(link);
  (holder.context as { now: () => Date }).now = now;
  expect(refused.status).toBe(410);
});

test.each([
  [
    'a dealer that is not there',
    { visits: [{ dealer: 'PL-9', visitDate: '2026-01-10', reference: 'x' }] },
    '/visits/0/dealer',
  ],
  [
    'a staff member of another house',
    { visits: [{ dealer: 'PL-1', staff: 'SA-7', visitDate: '2026-01-10', reference: 'x' }] },
    '/visits/0/staff',
  ],
  ['a checklist for auditors', { checklist: 'seven-personal-standards' }, '/checklist'],
])('%s is refused with its place', async (_, change, pointer) => {
  const { status, body } = await invite(['x'], change);
  expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
});

test('nobody but a market’s manager makes links', async () => {
  const statuses = await Promise.all(
    ['dealer', 'auditor', 'managerJP', 'administrator'].map(async (who) => {
      const body = {
        ...{ checklist: 'after-sales-questionnaire', contact: 'x@example.org' },
        visits: [{ dealer: 'PL-1', visitDate: '2026-01-10', reference: 'x' }],
      };
      return (await world.as(who).post('/markets/PL/surveys/links', body)).status;
    }),
  );
  expect(statuses).toEqual([403, 403, 404, 403]);
});
