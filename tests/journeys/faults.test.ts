import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { closeContext, openContext } from '../../src/context.ts';
import { hashBytes } from '../../src/io/uploads.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { loadShipped } from '../../src/operations/shipped.ts';
import { aSubmission, fill, shipped } from '../support/fill.ts';
import { startPostgres, type TestServer } from '../support/postgres.ts';
import { type Line, openLine } from '../support/proxy.ts';
import { cli, newFolder, type Service, start } from '../support/service.ts';

/**
 * What is acknowledged stays, and stays once, whatever happens to the machine, the database, the
 * network or the clock. Real processes, killed for real. `SOAK` multiplies the rounds.
 */
const rounds = Number(process.env['SOAK'] ?? 1);
const best = fill(shipped('seven-personal-standards/2026.1'), 'best');
const body = (dealer: string, rest: object = {}) => ({
  ...aSubmission(uuidv7(), best, { dealer, ...rest }),
  assignmentId: undefined,
});

interface Sent {
  readonly id: string;
  readonly content: object;
}

/** Sends a submission until it is acknowledged or `tries` are over; 0 = no answer at all. */
async function submit(
  address: () => string,
  token: string,
  { id, content }: Sent,
  tries: number,
): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const answer = await fetch(`${address()}/api/v1/markets/PL/audits/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(content),
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.status === 201 || answer.status === 200) return answer.status;
      if (answer.status < 500) throw new Error(`${answer.status} ${await answer.text()}`);
    } catch (error) {
      if (/^4\d\d /.test((error as Error).message)) throw error;
    }
    await wait(50);
  }
  return 0;
}

/** Ids of all audits that a service shows. */
async function idsAt(address: string, token: string): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const after = ids.length > 0 ? `&cursor=${ids.at(-1)}` : '';
    const answer = await fetch(`${address}/api/v1/markets/PL/audits?limit=200${after}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = (await answer.json()) as { items: { id: string }[] };
    ids.push(...items.map(({ id }) => id));
    if (items.length < 200) return ids;
  }
}

describe('the embedded database', () => {
  const folder = newFolder();
  let token: string;
  let service: Service;
  const acknowledged = new Set<string>();
  const begin = async () => {
    service = await start({ DATA_DIR: folder });
    expect(service.address, service.output).not.toBe('');
  };

  beforeAll(async () => {
    const files = newFolder();
    writeFileSync(path.join(files, 'm.csv'), 'code,name,time_zone\nPL,Poland,Europe/Warsaw\n');
    writeFileSync(path.join(files, 'd.csv'), 'code,name\nPL-1,One\n');
    expect((await cli(folder, 'import', 'markets', path.join(files, 'm.csv'))).err).toBe('');
    await cli(folder, 'import', 'dealers', path.join(files, 'd.csv'), '--market', 'PL');
    token = (await cli(folder, 'token', 'mm', 'market-manager', '--market', 'PL')).out.trim();
    cpSync(path.join(folder, 'pglite'), path.join(files, 'pglite'), { recursive: true });
    await begin();
  }, 120_000);
  afterAll(() => service?.stop());

  test('kill -9 amid submissions: nothing acknowledged is lost, nothing is doubled', async () => {
    for (let round = 0; round < 3 * rounds; round++) {
      const sent: Sent[] = Array.from({ length: 40 }, () => ({
        id: uuidv7(),
        content: body('PL-1'),
      }));
      const writers = [0, 1, 2, 3].map(async (n) => {
        for (const one of sent.filter((_, index) => index % 4 === n)) {
          if ((await submit(() => service.address, token, one, 1)) > 0) acknowledged.add(one.id);
        }
      });
      await wait(100 + 150 * Math.random());
      await service.crash();
      await Promise.all(writers);
      await begin();
      const there = await idsAt(service.address, token);
      expect(new Set(there).size).toBe(there.length);
      expect([...acknowledged].filter((id) => !there.includes(id))).toEqual([]);
      // The phone sends everything again that it has no answer for; and what it has, once more.
      for (const one of sent) {
        const status = await submit(() => service.address, token, one, 3);
        expect(status).toBe(there.includes(one.id) ? 200 : 201);
        acknowledged.add(one.id);
      }
    }
    const there = await idsAt(service.address, token);
    expect(there.sort()).toEqual([...acknowledged].sort());
  }, 300_000);

  test('power loss: what the database forgot is taken in again from the journal', async () => {
    await service.stop();
    const before = path.join(newFolder(), 'pglite');
    cpSync(path.join(folder, 'pglite'), before, { recursive: true });
    await begin();
    const picture = await sharp({
      create: { width: 8, height: 8, channels: 3, background: 'red' },
    })
      .jpeg()
      .toBuffer();
    const hash = hashBytes(picture);
    const uploaded = await fetch(`${service.address}/api/v1/markets/PL/files/${hash}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      body: new Uint8Array(picture),
    });
    expect(uploaded.status).toBe(201);
    const pictured = { ...best, papers_right: { value: 'no' as const, evidence: [hash] } };
    const sent = Array.from({ length: 25 }, (_, n) => ({
      id: uuidv7(),
      content: n % 5 === 0 ? { ...body('PL-1'), answers: pictured } : body('PL-1'),
    }));
    for (const one of sent) {
      expect(await submit(() => service.address, token, one, 1)).toBe(201);
      acknowledged.add(one.id);
    }
    await service.crash();
    // Nothing of the last minutes had reached the disk but the journal.
    rmSync(path.join(folder, 'pglite'), { recursive: true });
    cpSync(before, path.join(folder, 'pglite'), { recursive: true });
    await begin();
    expect(service.output).toContain('25 acknowledged submissions were taken in again');
    expect((await idsAt(service.address, token)).sort()).toEqual([...acknowledged].sort());
    expect(await submit(() => service.address, token, sent[0]!, 1)).toBe(200);
    await service.stop();
    await begin();
    expect(service.output).not.toContain('taken in again');
  }, 120_000);

  test('kill -9 amid an import: all of it or nothing, and the same import works again', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ code: `N-${i}`, name: `House ${i}` }));
    const send = () =>
      fetch(`${service.address}/api/v1/markets/PL/imports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ kind: 'dealers', rows }),
      });
    const count = async () => {
      const { out } = await cli(folder, '--json', 'rank', 'PL');
      return (JSON.parse(out) as { dealers: unknown[] }).dealers.length;
    };
    for (const delay of [30, 120, 250]) {
      const sending = send().catch(() => undefined);
      await wait(delay);
      await service.crash();
      const isAcknowledged = (await sending)?.ok === true;
      await begin();
      const there = await count();
      expect([1, 3_001]).toContain(there);
      if (isAcknowledged) expect(there).toBe(3_001);
    }
    expect((await send()).status).toBe(200);
    expect(await count()).toBe(3_001);
  }, 180_000);
});

describe.skipIf(process.env['PG_TESTS'] === 'off')('PostgreSQL', () => {
  let server: TestServer;
  let databaseLine: Line;
  let one: Service;
  let two: Service;
  let token: string;
  let network: string;
  let sql: postgres.Sql;
  let settings: Record<string, string>;
  const acknowledged = new Set<string>();
  const house = 'PL-001';

  beforeAll(async () => {
    server = await startPostgres('pg18');
    const port = Number(new URL(server.url).port);
    const admin = postgres(server.url, { max: 1 });
    await admin`create database faults`;
    await admin`create role web login noinherit password 'web'`;
    await admin.end();
    databaseLine = await openLine(port);
    const owner = `postgres://owner:owner@127.0.0.1:${port}/faults`;
    settings = {
      KEYS_DIR: newFolder(),
      MIGRATION_DATABASE_URL: owner,
      DATABASE_URL: `postgres://web:web@127.0.0.1:${port}/faults`,
    };
    const context = await openContext(
      readConfig({ ...settings, DATA_DIR: newFolder(), THREADS: '0' }),
    );
    await loadShipped(context);
    const poland = demoMarkets.filter(({ code }) => code === 'PL');
    const tokens = await buildDemo(context, undefined, poland);
    token = tokens.find(({ role }) => role === 'market-manager')!.token;
    network = tokens.find(({ role }) => role === 'network-manager')!.token;
    await closeContext(context);
    sql = postgres(owner, { max: 1, onnotice: () => undefined });
    // The first server reaches its database over the line that can be cut.
    const overLine = settings['DATABASE_URL']!.replace(`:${port}/`, `:${databaseLine.port}/`);
    one = await start({ ...settings, DATABASE_URL: overLine, DATA_DIR: newFolder() });
    two = await start({ ...settings, DATA_DIR: newFolder() });
    expect([one.address, two.address], one.output + two.output).not.toContain('');
  }, 180_000);
  afterAll(async () => {
    await sql?.end({ timeout: 1 });
    await one?.stop();
    await two?.stop();
    await databaseLine?.close();
    await server?.stop();
  }, 60_000);

  const stored = async () =>
    (await sql<{ id: string }[]>`select id from audits where meta->>'imported' is null`).map(
      ({ id }) => id,
    );

  test('two servers: the same submission at both at once is stored once', async () => {
    for (let i = 0; i < 20 * rounds; i++) {
      const sent = { id: uuidv7(), content: body(house) };
      const statuses = await Promise.all(
        [one, two, one, two].map(({ address }) => submit(() => address, token, sent, 1)),
      );
      expect(statuses.sort()).toEqual([200, 200, 200, 201]);
      acknowledged.add(sent.id);
    }
    const rows =
      await sql`select audit_id, count(*) from audit_revisions where audit_id = any(${[...acknowledged]}::uuid[]) group by 1 having count(*) <> 1`;
    expect(rows).toHaveLength(0);
  }, 120_000);

  const freeze = (address: string, id: string) =>
    fetch(`${address}/api/v1/markets/PL/decisions/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{}',
    });

  test('two servers: of several who close an award at once, one does', async () => {
    const ids = Array.from({ length: 4 }, () => uuidv7());
    const answers = await Promise.all(
      ids.map((id, index) => freeze((index % 2 ? one : two).address, id)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const [row] = await sql`select count(*)::int as n from decisions where state <> 'withdrawn'`;
    expect(row!['n']).toBe(1);
    const id = ids[answers.findIndex(({ status }) => status === 201)]!;
    const withdrawn = await fetch(`${two.address}/api/v1/markets/PL/decisions/${id}/withdraw`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${network}` },
      body: JSON.stringify({ reason: 'the next test makes another' }),
    });
    expect(withdrawn.status).toBe(200);
  }, 120_000);

  test('kill -9 amid a freeze or a release: before or after, never between', async () => {
    for (const delay of [5, 60, 400]) {
      const id = uuidv7();
      const sending = freeze(two.address, id).catch(() => undefined);
      const releasing = fetch(`${two.address}/api/v1/markets/PL/scorecards`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: '{}',
      }).catch(() => undefined);
      await wait(delay);
      await two.crash();
      const isAcknowledged = (await sending)?.status === 201;
      await releasing;
      two = await start({ ...settings, DATA_DIR: newFolder() });
      const rows = await sql<{ n: number; steps: number }[]>`
        select count(*)::int as n, (select count(*)::int from decision_steps where decision_id = ${id}) as steps
        from decisions where id = ${id}`;
      expect(rows[0]!.steps).toBe(rows[0]!.n);
      if (isAcknowledged) expect(rows[0]!.n).toBe(1);
      const again = await freeze(two.address, rows[0]!.n === 1 ? uuidv7() : id);
      expect(again.status).toBe(rows[0]!.n === 1 ? 409 : 201);
      const [found] = await sql<
        { id: string }[]
      >`select id from decisions where state <> 'withdrawn'`;
      await fetch(`${two.address}/api/v1/markets/PL/decisions/${found!.id}/withdraw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${network}` },
        body: JSON.stringify({ reason: 'the next round makes another' }),
      });
    }
  }, 180_000);

  /** Writers who go on until each of theirs is acknowledged, while `disturb` runs. */
  async function writeThrough(count: number, disturb: () => Promise<void>): Promise<void> {
    const sent = Array.from({ length: count }, () => ({ id: uuidv7(), content: body(house) }));
    const writers = [0, 1, 2, 3].map(async (n) => {
      for (const each of sent.filter((_, index) => index % 4 === n)) {
        const { address } = n % 2 ? one : two;
        expect(await submit(() => address, token, each, 400)).toBeGreaterThan(0);
        acknowledged.add(each.id);
      }
    });
    await Promise.all([...writers, disturb()]);
    const there = await stored();
    expect(new Set(there).size).toBe(there.length);
    expect([...acknowledged].filter((id) => !there.includes(id))).toEqual([]);
  }

  test('kill -9 of the database under writers: it comes back, and nothing is lost or doubled', async () => {
    await writeThrough(120 * rounds, async () => {
      for (let round = 0; round < 2 * rounds; round++) {
        await wait(300);
        await server.crash();
        await server.start();
        const started = performance.now();
        const sent = { id: uuidv7(), content: body(house) };
        expect(await submit(() => two.address, token, sent, 200)).toBeGreaterThan(0);
        acknowledged.add(sent.id);
        console.log(
          `served again ${Math.round(performance.now() - started)} ms after the database`,
        );
      }
    });
  }, 180_000);

  test('the database is cut off: a clear refusal, then all goes on by itself', async () => {
    databaseLine.up(false);
    const answer = await fetch(`${one.address}/api/v1/markets/PL/audits`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    });
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
      503,
      '/problems/database-away',
    ]);
    databaseLine.up(true);
    await writeThrough(20, async () => {
      await wait(200);
      databaseLine.up(false);
      await wait(400);
      databaseLine.up(true);
    });
  }, 120_000);

  test('a network that eats answers: sent again until heard, stored once', async () => {
    const line = await openLine(Number(new URL(two.address).port));
    const address = `http://127.0.0.1:${line.port}`;
    for (let i = 0; i < 30 * rounds; i++) {
      const sent = { id: uuidv7(), content: body(house) };
      line.answers = 'break';
      expect(await submit(() => address, token, sent, 1)).toBe(0);
      line.answers = 'pass';
      const status = await submit(() => address, token, sent, 5);
      expect([200, 201]).toContain(status);
      acknowledged.add(sent.id);
    }
    await line.close();
    const there = await stored();
    expect([...acknowledged].filter((id) => !there.includes(id))).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
  }, 120_000);
});
