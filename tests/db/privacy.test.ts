import { sql } from 'drizzle-orm';
import supertest from 'supertest';
import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, test } from 'vitest';
import { rowsOf } from '../../src/db/database.ts';
import { buildApp } from '../../src/http/app.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { forget } from '../../src/operations/directory.ts';
import { runLocally } from '../../src/operations/local.ts';
import { useContext } from '../support/database.ts';

/** Whoever asks to be forgotten is, and every number stays what it was. */
const holder = useContext();
let request: ReturnType<typeof supertest>;
let tokens: Record<string, string>;
const names = ['Anna Kowalska-Testowa', 'Guest Who Complained', 'very own words of a guest'];
const staff = { kind: 'staff', dealer: 'PL-001', staff: 'SA-99' };
const complaint = { kind: 'complaint', complaint: 'C-99' };
const response = { kind: 'response', dealer: 'PL-001', reference: 'R-99' };

const run = <Output = Record<string, unknown>>(operation: string, input: object) =>
  runLocally(holder.context, operation, input, undefined) as Promise<Output>;
const ask = (role: string, place: string, body: object) =>
  request.post(`/api/v1${place}`).set('authorization', `Bearer ${tokens[role]}`).send(body);
const asService = <Row>(query: ReturnType<typeof sql>) =>
  holder.context.database.transaction({ role: 'service', marketId: 1 }, (tx) =>
    rowsOf<Row>(tx, query),
  );

/** Every figure that is stored or told: indices, ranking, decisions, scorecards, cells. */
async function everyNumber(): Promise<string> {
  const market = 'PL';
  const told = await Promise.all([
    run('indices.compute', { market, index: 'after-sales', period: '2025' }),
    run('indices.compute', { market, index: 'after-sales', period: '2025', by: 'staff' }),
    run('awards.rank', { market }),
    run('complaints.report', { market, period: '2025' }),
    run('surveys.questions', { market, period: '2025' }),
  ]);
  const stored = await asService(
    sql`select 'decisions' as place, md5(string_agg(t::text, '|' order by t::text)) as hash from decisions t
      union all select 'steps', md5(string_agg(t::text, '|' order by t::text)) from decision_steps t
      union all select 'cells', md5(string_agg(t::text, '|' order by t::text)) from cells t
      union all select 'blocks', md5(string_agg(t::text, '|' order by t::text)) from blocks t
      union all select 'audits', md5(string_agg(t::text, '|' order by t::text)) from audits t
      union all select 'revisions', md5(string_agg(t::text, '|' order by t::text)) from audit_revisions t
      union all select 'scorecards', md5(string_agg(t::text, '|' order by t::text)) from scorecards t`,
  );
  // The name itself is told beside a figure, as long as it is kept.
  return JSON.stringify([told, stored], (key, value) => (key === 'name' ? undefined : value));
}

/** Where a text still stands, over all tables of the database. */
async function placesOf(text: string): Promise<string[]> {
  const tables = await asService<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const found = [];
  for (const { name } of tables) {
    const [row] = await asService<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)} t where position(${text} in t::text) > 0`,
    );
    if (row!.n > 0) found.push(name);
  }
  return found.sort();
}

beforeAll(async () => {
  const poland = demoMarkets.filter(({ code }) => code === 'PL');
  const made = await buildDemo(holder.context, undefined, poland);
  tokens = Object.fromEntries(made.map(({ role, token }) => [role, token]));
  request = supertest((await buildApp(holder.context)).server);
  const market = 'PL';
  await run('imports.markets', {
    rows: [
      {
        code: 'PL',
        name: 'Poland',
        time_zone: 'Europe/Warsaw',
        languages: 'pl en',
        staff_named: true,
      },
    ],
  });
  forget(holder.context);
  await run('imports.rows', {
    ...{ market, kind: 'staff' },
    rows: [{ dealer: 'PL-001', code: 'SA-99', role: 'service-advisor', name: names[0] }],
  });
  await run('imports.rows', {
    ...{ market, kind: 'complaints' },
    rows: [
      {
        ...{ code: 'C-99', dealer: 'PL-001', touchpoint: 'workshop', category: 'no-reply' },
        ...{ channel: 'telephone', severity: 'medium', customer: names[1] },
        received_at: '2025-05-05T10:00:00+02:00',
      },
    ],
  });
  await run('imports.rows', {
    ...{ market, kind: 'responses', checklist: 'after-sales-questionnaire' },
    rows: [
      {
        ...{ dealer: 'PL-001', staff: 'SA-99', reference: 'R-99', device: 'phone-of-a-guest' },
        ...{ visit_date: '2025-06-06', work_done_right: 9, in_your_words: names[2] },
      },
    ],
  });
  const id = uuidv7();
  const { result } = await run<{ result: { first: string[] } }>('decisions.freeze', { market, id });
  await run('decisions.propose', { market, id, winners: result.first });
}, 180_000);

test('the code of a device cannot be guessed without the key of the installation', async () => {
  expect(await placesOf('phone-of-a-guest')).toEqual([]);
  const [{ device }] = (await asService<{ device: string }>(
    sql`select device from responses where reference = 'R-99'`,
  )) as [{ device: string }];
  expect(device).toMatch(/^[0-9a-f]{16}$/);
});

test('everything that is kept about somebody is told to them', async () => {
  const told = await ask('market-manager', '/markets/PL/privacy/export', { subject: staff });
  expect(told.body.kept).toMatchObject({ name: names[0], role: 'service-advisor' });
  const words = await ask('market-manager', '/markets/PL/privacy/export', { subject: response });
  expect(JSON.stringify(words.body.kept)).toContain(names[2]);
});

test('a legal hold keeps what it names until it is lifted', async () => {
  const held = { subject: complaint, reason: 'a court asks' };
  const { body } = await ask('market-manager', '/markets/PL/privacy/hold', held);
  const refused = await ask('market-manager', '/markets/PL/privacy/erase', { subject: complaint });
  expect(refused.body).toMatchObject({ type: '/problems/on-hold', reason: 'a court asks' });
  const lifted = await ask('market-manager', '/markets/PL/privacy/lift', { hold: body.hold });
  expect(lifted.status).toBe(200);
});

test('erasing a staff member, a customer and an auditor leaves every number byte for byte', async () => {
  const auditor = (
    await asService<{ code: string }>(
      sql`select p.code from people p where p.id in (select auditor_id from audits) order by p.code limit 1`,
    )
  )[0]!.code;
  const before = await everyNumber();
  for (const subject of [staff, complaint, response]) {
    const erased = await ask('market-manager', '/markets/PL/privacy/erase', { subject });
    expect(erased.status, erased.text).toBe(200);
  }
  const gone = await ask('administrator', '/people/erase', { person: auditor });
  expect(gone.body.person).toMatch(/^erased-[0-9a-f]{12}$/);
  expect(await everyNumber()).toBe(before);
  for (const name of names) expect(await placesOf(name), name).toEqual([]);
  // A code is no name, but it is replaced too; the log keeps what it said when it was said.
  expect((await placesOf(`"${auditor}"`)).filter((place) => place !== 'events')).toEqual([]);
  const report = await run<{ auditors: { auditor: string }[] }>('auditors.report', {
    market: 'PL',
  });
  expect(report.auditors.map((each) => each.auditor)).toContain(gone.body.person);
  expect(await run('log.verify', {})).toMatchObject({ ok: true, findings: [] });
  // The erasures themselves are logged.
  const { items } = await run<{ items: object[] }>('log.list', {
    ...{ market: 'PL', operation: 'privacy.erase' },
  });
  expect(items).toHaveLength(3);
});

test('retention ends what was kept long enough: counted first, then done, holds left out', async () => {
  const settings = { recordings: false, retention: { complaintCustomers: 1, comments: 1 } };
  await run('privacy.set', { market: 'PL', ...settings });
  const customers = () =>
    asService<{ n: number }>(sql`select count(*)::int as n from complaint_customers`).then(
      ([row]) => row!.n,
    );
  await run('imports.rows', {
    ...{ market: 'PL', kind: 'complaints' },
    rows: ['C-100', 'C-101'].map((code) => ({
      ...{ code, dealer: 'PL-001', touchpoint: 'workshop', category: 'no-reply' },
      ...{ channel: 'telephone', severity: 'medium', customer: `Guest ${code}` },
      received_at: '2025-05-05T10:00:00+02:00',
    })),
  });
  await run('privacy.hold', {
    ...{ market: 'PL', reason: 'a court asks' },
    subject: { kind: 'complaint', complaint: 'C-101' },
  });
  const before = await everyNumber();
  const kept = await customers();
  const dry = await run<{ classes: Record<string, { erased: number; held: number }> }>(
    'privacy.retain',
    { market: 'PL' },
  );
  expect(dry.classes['complaintCustomers']).toMatchObject({ held: 1 });
  expect(await customers()).toBe(kept);
  await run('privacy.retain', { market: 'PL', dryRun: false });
  expect(await customers()).toBe(kept - dry.classes['complaintCustomers']!.erased);
  expect(await placesOf('Guest C-100')).toEqual([]);
  expect(await placesOf('Guest C-101')).toEqual(['complaint_customers']);
  expect(await everyNumber()).toBe(before);
});
