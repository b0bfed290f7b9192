import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'pg18';
import postgres from 'postgres';

export interface BenchServer {
  readonly version: string;
  readonly ownerUrl: string;
  /** A fresh database with a login that owns nothing. */
  newDatabase(): Promise<{ ownerUrl: string; url: string }>;
  stop(): Promise<void>;
}

let counter = 0;

/** A real PostgreSQL with its durability on, on this machine's disk. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-bench-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    user: 'owner',
    password: 'owner',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'shared_buffers=1GB',
      '-c',
      'max_wal_size=8GB',
      '-c',
      'max_connections=100',
    ],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const ownerUrl = `postgres://owner:owner@127.0.0.1:${port}/postgres`;
  const admin = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const [row] = await admin<
    { version: string }[]
  >`select 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync') as version`;
  return {
    version: row!.version,
    ownerUrl,
    async newDatabase() {
      const name = `bench_${counter++}`;
      await admin.unsafe(`create database ${name}`);
      await admin.unsafe(`create role ${name} login noinherit password 'web'`);
      const at = (user: string, password: string) =>
        `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
      return { ownerUrl: at('owner', 'owner'), url: at(name, 'web') };
    },
    async stop() {
      await admin.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
