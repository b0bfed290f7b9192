import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { uuidv7 } from 'uuidv7';
import { beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { runLocally } from '../../src/operations/local.ts';
import { anchorChains } from '../../src/operations/log/anchor.ts';
import { asOwner, useContext } from '../support/database.ts';
import { textOfPdf } from '../support/pages.ts';
import { needs } from '../support/tools.ts';

/** Who did what stands in the log; whatever was changed behind its back is named. */
const holder = useContext();
let request: ReturnType<typeof supertest>;
let tokens: Record<string, string>;
const id = uuidv7();
const url = `/markets/PL/decisions/${id}`;

const ask = (role: string, method: 'get' | 'put' | 'post', place: string, body?: object) => {
  const sent = request[method](`/api/v1${place}`).set('authorization', `Bearer ${tokens[role]}`);
  return body ? sent.send(body) : sent;
};
const run = (operation: string, input: object = {}) =>
  runLocally(holder.context, operation, input, undefined) as Promise<Record<string, never>>;
/** The winner's certificate as it was in each state of the decision, with its code once it had one. */
const papers: { state: string; bytes: Buffer; code?: string }[] = [];
async function keepPaper(state: string, code?: string): Promise<void> {
  const { status, body } = await ask('market-manager', 'get', `${url}/certificate`);
  expect(status).toBe(200);
  papers.push({ state, bytes: body, ...(code ? { code } : {}) });
}
const verify = () =>
  run('log.verify') as Promise<unknown> as Promise<{ ok: boolean; findings: string[] }>;

beforeAll(async () => {
  const made = await buildDemo(
    holder.context,
    undefined,
    demoMarkets.filter(({ code }) => code === 'PL'),
  );
  tokens = Object.fromEntries(made.map(({ role, token }) => [role, token]));
  request = supertest((await buildApp(holder.context)).server);
}, 120_000);

test('a published award has a certificate that anybody can check, without scores', async () => {
  const frozen = await ask('market-manager', 'put', url, {});
  const winners = [frozen.body.result.first[0]];
  await ask('market-manager', 'post', `${url}/propose`, { winners });
  await ask('network-manager', 'post', `${url}/confirm`, {});
  await keepPaper('confirmed');
  const published = await ask('market-manager', 'post', `${url}/publish`, {});
  expect(published.body.state, JSON.stringify(published.body)).toBe('published');
  const [{ code }] = published.body.certificates;
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await keepPaper('published', code);
  const open = await request.get(`/api/v1/certificates/${code.toLowerCase().replaceAll('-', ' ')}`);
  expect(open.body).toMatchObject({ state: 'valid', market: 'Poland', code });
  expect(JSON.stringify(open.body)).not.toMatch(/score|rank|index|composite/i);
  expect((await request.get('/api/v1/certificates/2222-2222-2222')).status).toBe(404);
  expect((await request.get('/api/v1/keys')).body.items).toHaveLength(1);
});

test('downloads and denials stand in the log, counted', async () => {
  await ask('market-manager', 'get', `${url}/package`);
  await ask('market-manager', 'get', `${url}/package`);
  for (let i = 0; i < 5; i++) await ask('dealer', 'get', '/markets/PL/ranking');
  await request.get('/api/v1/markets/PL/ranking').set('authorization', 'Bearer omo_guess');
  await holder.context.notices.flush();
  const own = await ask('market-manager', 'get', '/markets/PL/log?operation=notices');
  const downloads = own.body.items
    .flatMap((each: { subject: { items: { operation: string }[] } }) => each.subject.items)
    .filter((each: { operation: string }) => each.operation === 'decisions.package');
  expect(downloads).toMatchObject([{ outcome: 'read', count: 2, id }]);
  const network = await ask('administrator', 'get', '/log?operation=notices');
  expect(network.body.items[0].subject.items).toMatchObject([
    { operation: 'awards.rank', outcome: 'role-needed', count: 5 },
    { operation: 'awards.rank', outcome: 'sign-in-needed', count: 1, by: null },
  ]);
});

test('can be read by its administrators and managers, filtered', async () => {
  const decided = await ask('administrator', 'get', '/markets/PL/log?operation=decisions&limit=2');
  expect(decided.body.items.map((each: { operation: string }) => each.operation)).toEqual([
    'decisions.publish',
    'decisions.confirm',
  ]);
  const { by, at } = decided.body.items[1];
  const his = await ask(
    'market-manager',
    'get',
    `/markets/PL/log?person=${by}&operation=decisions`,
  );
  expect(his.body.items).toHaveLength(1);
  expect(
    (await ask('administrator', 'get', `/markets/PL/log?to=2020-01-01T00:00:00Z`)).body.items,
  ).toEqual([]);
  expect(at).toBeDefined();
  expect((await ask('auditor', 'get', '/markets/PL/log')).status).toBe(403);
  expect((await ask('market-manager', 'get', '/log')).status).toBe(403);
});

test('a new key is introduced by the old one; what the old one signed stands', async () => {
  await anchorChains(holder.context);
  const { items } = await run('keys.rotate');
  expect(items).toMatchObject([{ signedBy: null }, { signedBy: { id: items![0]!['id'] } }]);
  await run('decisions.withdraw', { market: 'PL', id, reason: 'integrity case' });
  const [{ code }] = (await ask('network-manager', 'get', url)).body.certificates;
  const open = await request.get(`/api/v1/certificates/${code}`);
  expect(open.body.state).toBe('withdrawn');
  expect((await ask('dealer', 'get', `${url}/certificate`)).status).toBe(403);
  expect((await ask('market-manager', 'get', `${url}/certificate?winner=PL-9`)).status).toBe(404);
  await keepPaper('withdrawn');
  expect(await anchorChains(holder.context)).toBeGreaterThan(0);
  expect(await verify()).toMatchObject({ ok: true, findings: [], decisions: 1 });
});

test.skipIf(needs('qpdf', 'pdftotext'))('the certificate says in which state it is', () => {
  expect(papers.map(({ state }) => state)).toEqual(['confirmed', 'published', 'withdrawn']);
  const [confirmed, published, withdrawn] = papers.map(({ bytes }) => textOfPdf(bytes));
  expect(confirmed).toContain('Preview. It is valid only once it is published.');
  expect(confirmed).not.toMatch(/[2-9A-Z]{4}-[2-9A-Z]{4}/);
  expect(published).toContain(papers[1]!.code);
  expect(published).not.toMatch(/Preview|Withdrawn/);
  expect(withdrawn).toContain('Withdrawn: this award is no longer valid.');
  expect(withdrawn).not.toContain('Preview');
});

test('exported, it is checked offline by the command line', async () => {
  const exported = (await run('log.export', { market: 'PL' })) as unknown as {
    rows: { seq: number; record: string }[];
  };
  const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-log-'));
  const check = (content: object) => {
    const file = path.join(folder, 'log.json');
    writeFileSync(file, JSON.stringify(content));
    try {
      return JSON.parse(
        execFileSync(process.execPath, ['src/cli/main.ts', '--json', 'log', 'verify', file], {
          encoding: 'utf8',
          env: { PATH: '', DATA_DIR: '/nowhere' },
        }),
      );
    } catch (error) {
      return JSON.parse((error as { stdout: string }).stdout);
    }
  };
  expect(check(exported)).toMatchObject({ ok: true, records: exported.rows.length });
  const rows = exported.rows.map((row) =>
    row.seq === 3 ? { ...row, record: row.record.replace('"by"', '"BY"') } : row,
  );
  expect(check({ ...exported, rows })).toMatchObject({
    ok: false,
    findings: ['chain 1: record 3 was changed'],
  });
});

/** Each changes one thing as only the owner of the database can, and is undone by the rollback. */
const tampering: readonly (readonly [string, string, string])[] = [
  [
    'a record is changed',
    `update events set record = replace(record, 'decisions.propose', 'decisions.confirm') where market_id = 1 and record like '%decisions.propose%'`,
    'was changed',
  ],
  [
    'a record is removed',
    'delete from events where market_id = 1 and seq = 5',
    'record 5 is missing',
  ],
  [
    'the tail is cut, head and all',
    `delete from events where market_id = 1 and seq > 4; update chain_heads set seq = 4, hash = (select hash from events where market_id = 1 and seq = 4) where market_id = 1`,
    'the chain was cut',
  ],
  [
    'the winner is exchanged',
    `update decisions set winners = '["PL-001"]'`,
    'the winners are not those of the last step',
  ],
  [
    'the withdrawal is taken back',
    `update decisions set state = 'published'`,
    'stands as published, its last step is withdrawn',
  ],
  [
    'the withdrawal and its step are taken back',
    `update decisions set state = 'published'; delete from decision_steps where step = 'withdrawn'`,
    'the log tells of the steps frozen, proposed, confirmed, published, withdrawn; kept are',
  ],
  [
    'the one who confirmed is exchanged',
    `update decision_steps set by = '01900000-0000-7000-8000-000000000000' where step = 'confirmed'`,
    'step 3 (confirmed): "by" is not what was signed',
  ],
  [
    'a statement is written anew',
    `update decision_steps set statement = replace(statement, '"winners":[', '"winners":["PL-001",') where step = 'proposed'`,
    'step 2 (proposed): the signature',
  ],
  [
    'a score in the package is raised',
    `update decisions set package = replace(package, '"finalMicro":9', '"finalMicro":8')`,
    'the package was changed',
  ],
];

test.each(tampering)('%s: the check names it', async (_, statement, finding) => {
  const tables = ['events', 'chain_heads', 'decisions', 'decision_steps'];
  await asOwner(holder.context, [
    ...tables.map((name) => `create table kept_${name} as table ${name}`),
    ...statement.split('; '),
  ]);
  const { ok, findings } = await verify();
  const asWritten = ['decision_steps', 'decisions', 'events', 'chain_heads'];
  await asOwner(holder.context, [
    ...asWritten.map((name) => `delete from ${name}`),
    ...['decisions', 'decision_steps', 'events', 'chain_heads'].map(
      (name) => `insert into ${name} table kept_${name}`,
    ),
    ...tables.map((name) => `drop table kept_${name}`),
  ]);
  expect(ok).toBe(false);
  expect(findings.join('\n')).toContain(finding);
});

test('after all that, everything stands as it was', async () => {
  expect(await verify()).toMatchObject({ ok: true });
});

test('the clock steps back and forth: the order of the log, and who may do what until when, stand', async () => {
  const at = (shiftMs: number) => ({
    ...holder.context,
    now: () => new Date(holder.context.now().getTime() + shiftMs),
  });
  const day = 86_400_000;
  for (const shift of [0, -3 * day, 5 * day, -day]) {
    await runLocally(at(shift), 'privacy.retain', { market: 'PL', dryRun: true }, undefined);
  }
  const { items } = (await run('log.list', {
    ...{ market: 'PL', operation: 'privacy.retain', limit: 4 },
  })) as unknown as { items: { seq: number; at: string }[] };
  const inOrder = items.toReversed();
  expect(inOrder.map(({ seq }) => seq - inOrder[0]!.seq)).toEqual([0, 1, 2, 3]);
  expect(inOrder.map(({ at: said }) => said.slice(0, 10))).toEqual([
    '2026-01-15',
    '2026-01-12',
    '2026-01-20',
    '2026-01-14',
  ]);
  expect(await verify()).toMatchObject({ ok: true });
});
