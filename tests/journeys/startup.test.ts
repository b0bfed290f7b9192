import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbedded } from '../../src/db/embedded.ts';
import { lockFolder } from '../../src/db/folder-lock.ts';

const run = promisify(execFile);
const newFolder = () => mkdtempSync(path.join(tmpdir(), 'omotenashi-start-'));
const environment = (rest: Record<string, string>) => ({
  PATH: process.env['PATH'] ?? '',
  DEMO: 'off',
  PORT: '0',
  LOG: 'error',
  ...rest,
});

/** Runs the command line; never throws. */
async function cli(
  folder: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, ['src/cli/main.ts', ...args], {
      env: environment({ DATA_DIR: folder }),
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, err: failed.stderr };
  }
}

/** Starts the service and waits until it serves, or ends. */
function start(
  rest: Record<string, string>,
): Promise<{ child: ChildProcess; address: string; output: string; code: number | null }> {
  const child = spawn(process.execPath, ['src/http/main.ts'], { env: environment(rest) });
  let output = '';
  return new Promise((resolve) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /serves at (\S+)/.exec(output)?.[1];
      if (address) resolve({ child, address, output, code: null });
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => resolve({ child, address: '', output, code }));
  });
}

describe('the service does not start, and says why, when', () => {
  test('another process holds the data folder', async () => {
    const folder = newFolder();
    const release = lockFolder(folder);
    const { code, output } = await start({ DATA_DIR: folder });
    release();
    expect(code).toBe(1);
    expect(output).toContain(`in use by process ${process.pid}`);
  });
  test('the data folder cannot be written', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const { code, output } = await start({ DATA_DIR: path.join(file, 'data') });
    expect(code).toBe(1);
    expect(output).toMatch(/cannot be made or written \((ENOTDIR|EEXIST)\); set DATA_DIR/);
  });
  test.skipIf(process.getuid?.() === 0)('the data folder is read-only', async () => {
    const folder = newFolder();
    chmodSync(folder, 0o500);
    expect((await start({ DATA_DIR: folder })).output).toContain('cannot be written (EACCES)');
  });
  test('a newer version has written the data folder', async () => {
    const folder = newFolder();
    const database = await openEmbedded(folder);
    await database.pglite!.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)`,
    );
    await database.close();
    const { code, output } = await start({ DATA_DIR: folder });
    expect(code).toBe(1);
    expect(output).toContain('written by a newer version');
  });
  test('the database does not answer; the password is not shown', async () => {
    const { code, output } = await start({
      DATA_DIR: newFolder(),
      DATABASE_URL: 'postgres://me:secret@127.0.0.1:9/db',
    });
    expect(code).toBe(1);
    expect(output).toContain('127.0.0.1:9/db does not answer (ECONNREFUSED)');
    expect(output).not.toContain('secret');
  });
  test('the environment cannot be used', async () => {
    const { code, output } = await start({ DATA_DIR: newFolder(), PORT: 'eighty', DEMO: 'maybe' });
    expect(code).toBe(1);
    expect(output).toContain('PORT:');
    expect(output).toContain('DEMO:');
  });
});

test('a lock left behind by a dead process is taken over', () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'lock'), JSON.stringify({ pid: 999_999, started: '1' }));
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow('in use');
  release();
  expect(existsSync(path.join(folder, 'lock'))).toBe(false);
});

test('a full disk: the answer says so, nothing is half done, and it works again by itself', async () => {
  const database = await openEmbedded(undefined);
  const { problemOf } = await import('../../src/db/constraints.ts');
  for (const code of ['53100', 'ENOSPC']) {
    const full = database.transaction({ role: 'service', marketId: 0 }, async (tx) => {
      await tx.execute(sql`insert into chain_heads (market_id, seq, hash) values (0, 1, 'x')`);
      throw Object.assign(new Error('no space left on device'), { code });
    });
    const error = await full.catch((reason: unknown) => reason);
    expect(problemOf(error)?.definition).toMatchObject({ slug: 'storage-full', status: 507 });
  }
  const rows = await database.transaction({ role: 'service', marketId: 0 }, (tx) =>
    tx.execute(sql`select * from chain_heads`),
  );
  expect((rows as unknown as { rows: unknown[] }).rows).toEqual([]);
  await database.close();
});

describe('the command line', () => {
  const folder = newFolder();
  const markets = path.join(folder, 'markets.csv');
  writeFileSync(markets, 'code,name,time_zone\nPL,Poland,Europe/Warsaw\n');
  const dealers = path.join(folder, 'dealers.csv');
  writeFileSync(dealers, 'code,name\nPL-1,One\nPL-2,\n');

  const acts = (name: string) => {
    test(`${name}: imports, refuses with every fault, answers as JSON, ends with a code`, async () => {
      expect(await cli(folder, 'import', 'markets', markets)).toMatchObject({
        code: 0,
        out: expect.stringContaining('1 rows read'),
      });
      const refused = await cli(folder, 'import', 'dealers', dealers, '--market', 'PL');
      expect(refused.code).toBe(1);
      expect(refused.err).toContain('line 3, column name: a value is needed here');
      const kept = await cli(
        folder,
        '--json',
        'import',
        'dealers',
        dealers,
        '--market',
        'PL',
        '--skip-faulty',
      );
      expect([kept.code, JSON.parse(kept.out).faultyRows]).toEqual([1, 1]);
      const rank = await cli(folder, '--json', 'rank', 'PL');
      expect(JSON.parse(rank.out)).toMatchObject({
        outcome: 'no-award',
        dealers: [{ dealer: 'PL-1', status: 'open' }],
      });
      expect(
        (await cli(folder, 'token', `person-${name}`, 'market-manager', '--market', 'PL')).out,
      ).toMatch(/^omo_/);
      expect((await cli(folder, 'rebuild', 'PL')).out).toContain('rebuilt');
      expect((await cli(folder, 'nonsense')).code).toBe(2);
      expect((await cli(folder, 'rank', 'XX')).err).toContain('There is no such thing here');
      expect((await cli(folder, '--as', 'nobody', 'rank', 'PL')).code).toBe(1);
    });
  };

  describe('on the folder itself', () => acts('alone'));
  describe('while a server holds the folder', () => {
    let server: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      server = await start({ DATA_DIR: folder });
    });
    afterAll(
      () =>
        new Promise(
          (resolve) => server.child.once('exit', resolve) && server.child.kill('SIGTERM'),
        ),
    );
    acts('through');
    test('through it: the door is open only to who can read the file beside the lock', async () => {
      const door = path.join(folder, 'server.json');
      expect(statSync(door).mode & 0o777).toBe(0o600);
      const { address } = JSON.parse(readFileSync(door, 'utf8'));
      const body = JSON.stringify({ operation: 'markets.list', input: {} });
      const knock = (token: string) =>
        fetch(`${address}/local/operations`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        });
      expect((await knock('wrong')).status).toBe(404);
    });
    test('serves its pages, schema and documents', async () => {
      const get = (url: string) => fetch(`${server.address}${url}`);
      expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
      expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' });
      expect(((await (await get('/openapi.json')).json()) as { openapi: string }).openapi).toBe(
        '3.1.0',
      );
      expect(await (await get('/')).text()).toContain('Your token');
      expect((await get('/')).headers.get('content-security-policy')).toContain(
        "default-src 'self'",
      );
      expect(((await (await get('/schemas/checklist.json')).json()) as { type: string }).type).toBe(
        'object',
      );
      expect(await (await get('/problems/audit-conflict')).text()).toContain('409');
      expect((await get('/docs')).status).toBe(200);
      expect((await get('/nowhere')).status).toBe(404);
    });
  });

  test('checks files without any database and names line and column', async () => {
    const faulty = path.join(folder, 'faulty.yaml');
    writeFileSync(faulty, 'id: X\nversion: 1\n');
    const checked = await cli(folder, 'checklists', 'check', faulty);
    expect(checked.code).toBe(1);
    expect(checked.err).toContain(`${faulty}:1:5:`);
    expect((await cli(folder, 'checklists', 'check')).code).toBe(0);
  });
});
