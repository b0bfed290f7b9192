import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres15 from 'pg15';
import EmbeddedPostgres18 from 'pg18';
import postgres from 'postgres';

export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
  /** kill -9 of the whole server. */
  crash(): Promise<void>;
  /** Starts it again over the same files. */
  start(): Promise<void>;
}

/** Starts the real PostgreSQL that an npm package carries, on a free port, in a folder of its own. */
export async function startPostgres(version: 'pg15' | 'pg18'): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), `omotenashi-${version}-`));
  // The unprivileged user of the server must be able to enter it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const Engine = version === 'pg15' ? EmbeddedPostgres15 : EmbeddedPostgres18;
  const server = new Engine({
    databaseDir: path.join(folder, 'data'),
    user: 'owner',
    password: 'owner',
    port,
    persistent: false,
    // The server refuses to run as root; the package then makes an unprivileged user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=60',
      '-c',
      'fsync=off',
    ],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://owner:owner@127.0.0.1:${port}/postgres`;
  const admin = postgres(url, { max: 1, onnotice: () => undefined });
  // Roles belong to the whole server: made once, so that test files can migrate side by side.
  await admin`create role app_rw nologin noinherit`;
  await admin`grant app_rw to owner`;
  await admin.end();
  return {
    url,
    async crash() {
      const [pid] = readFileSync(path.join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
    },
    async start() {
      // Its children need a moment to notice that it is gone.
      for (let attempt = 0; ; attempt++) {
        try {
          return await server.start();
        } catch (error) {
          if (attempt > 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
