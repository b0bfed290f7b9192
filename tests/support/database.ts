import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { afterAll, beforeAll, inject } from 'vitest';
import { openCompute } from '../../src/compute/pool.ts';
import { type Context, closeContext } from '../../src/context.ts';
import type { Database } from '../../src/db/database.ts';
import { openEmbedded, openPglite } from '../../src/db/embedded.ts';
import { openNotices } from '../../src/db/notices.ts';
import { openServer } from '../../src/db/server.ts';
import { tableKinds } from '../../src/db/tables.ts';
import { openAnchors } from '../../src/io/anchors.ts';
import { openExportFiles } from '../../src/io/export-files.ts';
import { openFileStore } from '../../src/io/files.ts';
import { openKeys } from '../../src/io/keys.ts';
import { loadShipped } from '../../src/operations/shipped.ts';

/** Which engine this run tests on. */
export const engine = (process.env['TEST_ENGINE'] ?? 'pglite') as 'pglite' | 'pg15' | 'pg18';

/** Time in tests stands still, after the demo programme's period and before its cut-off. */
export const testNow = new Date('2026-01-15T12:00:00Z');

let counter = 0;
/** The owner's login of each database on a server, for what the service itself may not do. */
const owners = new WeakMap<Database, string>();

/** Runs statements as whoever owns the database: what the service itself may not do. */
export async function asOwner({ database }: Context, statements: readonly string[]): Promise<void> {
  if (database.pglite) {
    for (const statement of statements) await database.pglite.exec(statement);
    return;
  }
  const owner = postgres(owners.get(database)!, { max: 1, onnotice: () => undefined });
  for (const statement of statements) await owner.unsafe(statement);
  await owner.end();
}

/** Takes the second lock off, as only the owner can. */
export function withoutRowSecurity(context: Context): Promise<void> {
  return asOwner(
    context,
    Object.keys(tableKinds).map(
      (name) => `alter table ${name} no force row level security, disable row level security`,
    ),
  );
}

/**
 * A context over a database of its own: a clone of the migrated template.
 * @param isEmpty without the documents that a start brings, as a restored copy finds it
 */
export async function openTestContext(
  isEmpty = false,
): Promise<Context & { close(): Promise<void> }> {
  const database =
    engine === 'pglite'
      ? await (isEmpty ? openEmbedded(undefined) : openClone())
      : await openServerClone(isEmpty);
  const folder = mkdtempSync(path.join(tmpdir(), 'omotenashi-files-'));
  const context: Context = {
    database,
    files: openFileStore(folder),
    exportFiles: openExportFiles(folder),
    keys: openKeys(path.join(folder, 'keys'), () => testNow),
    anchors: openAnchors(path.join(folder, 'anchors.jsonl')),
    site: { origin: 'http://localhost:8080' },
    notices: openNotices(
      database,
      () => testNow,
      (error) => console.error(error),
    ),
    compute: openCompute(Number(process.env['TEST_THREADS'] ?? 0)),
    now: () => testNow,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  return { ...context, close: () => closeContext(context) };
}

/** A context for a whole test file. */
export function useContext(): { readonly context: Context } {
  const holder: { context: Context } = { context: undefined as never };
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await openTestContext();
    holder.context = opened;
    close = opened.close;
  });
  afterAll(() => close());
  return holder;
}

/** PGlite: a copy of the template that `template.ts` made before the workers started. */
async function openClone(): Promise<Database> {
  const blob = new Blob([readFileSync(inject('templateDump'))]);
  return openPglite(await PGlite.create({ loadDataDir: blob }));
}

/** PostgreSQL: a database and a login of its own, so that the login owns nothing. */
async function openServerClone(isEmpty: boolean): Promise<Database> {
  const url = new URL(process.env['TEST_SERVER_URL']!);
  const name = `test_${process.pid}_${counter++}`;
  const admin = postgres(url.href, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name}`);
  await admin.unsafe(`create role ${name} login noinherit password 'web'`);
  await admin.end();
  const owner = new URL(url.href);
  owner.pathname = `/${name}`;
  const web = new URL(owner.href);
  web.username = name;
  web.password = 'web';
  const database = await openServer({ url: web.href, migrationUrl: owner.href, connections: 8 });
  owners.set(database, owner.href);
  if (!isEmpty) await loadShipped({ database } as Context);
  return database;
}
