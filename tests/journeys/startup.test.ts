import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbedded } from '../../src/db/embedded.ts';
import { lockFolder } from '../../src/db/folder-lock.ts';
import { cli, newFolder, start } from '../support/service.ts';

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

/** A file system of 100 MB, where this process may make one (root on Linux). */
function tinyDisk(): string | undefined {
  const folder = newFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', folder]);
  return mounted.status === 0 ? folder : undefined;
}

describe('a full disk', () => {
  const disk = tinyDisk();
  afterAll(() => {
    if (disk) spawnSync('umount', ['-l', disk]);
  });
  test.skipIf(!disk)(
    'is said, nothing is half done, and the same command works once there is room',
    async () => {
      const files = newFolder();
      const markets = path.join(files, 'markets.csv');
      writeFileSync(markets, 'code,name,time_zone\nPL,Poland,Europe/Warsaw\n');
      const dealers = path.join(files, 'dealers.csv');
      const lines = Array.from(
        { length: 4_000 },
        (_, i) => `D-${i},House ${i} with a name that takes some room`,
      );
      writeFileSync(dealers, `code,name\n${lines.join('\n')}\n`);
      expect((await cli(disk!, 'import', 'markets', markets)).code).toBe(0);
      const filler = path.join(disk!, 'filler');
      const { bavail, bsize } = statfsSync(disk!);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 60_000));
      const full = await cli(disk!, 'import', 'dealers', dealers, '--market', 'PL');
      expect(full.code).toBe(1);
      expect(full.err).toContain('There is no room left to store this');
      expect(full.err).not.toContain('House 17');
      rmSync(filler);
      const listed = await cli(disk!, '--json', 'rank', 'PL');
      expect(JSON.parse(listed.out).dealers).toEqual([]);
      expect((await cli(disk!, 'import', 'dealers', dealers, '--market', 'PL')).out).toContain(
        '4000 stored',
      );
    },
  );
});

/** Runs a few lines as a user who may not write what root may. */
function asNobody(script: string): { status: number | null; text: string } {
  const drop = process.getuid?.() === 0 ? 'process.setegid(65534); process.seteuid(65534);' : '';
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { lockFolder } = await import(${JSON.stringify(new URL('../../src/db/folder-lock.ts', import.meta.url).href)}); ${drop} ${script}`,
    ],
    { encoding: 'utf8' },
  );
  return { status, text: stdout + stderr };
}

test('a read-only data folder is said, with the way out', () => {
  const folder = newFolder();
  chmodSync(folder, 0o555);
  const { status, text } = asNobody(`lockFolder(${JSON.stringify(folder)})`);
  expect(status).not.toBe(0);
  expect(text).toContain('cannot be written (EACCES); set DATA_DIR to a folder that you may write');
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
      expect(await (await get('/start/')).text()).toContain('Your token');
      expect(await (await get('/')).text()).toContain('/app.webmanifest');
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
