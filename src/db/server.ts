import { sql } from 'drizzle-orm';
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { PostgresJsSession } from 'drizzle-orm/postgres-js/session';
import postgres, { type Sql } from 'postgres';
import {
  type Database,
  enterStatement,
  everyOne,
  rowsOf,
  type Settings,
  type Transaction,
} from './database.ts';
import { migrationsFolder, refuseNewerSchema } from './migrations.ts';

/** The oldest PostgreSQL whose row-level security is trusted (CVE-2023-2455, CVE-2024-10978). */
const floor = { number: 150_010, name: '15.10' };

export interface ServerOptions {
  /** The service's login; owns nothing where `migrationUrl` is given. */
  readonly url: string;
  /** The owner's login; may create roles. */
  readonly migrationUrl?: string | undefined;
  readonly connections?: number;
}

/**
 * Opens a PostgreSQL server. With a migration login it migrates under that and gives the service's
 * login the role `app_rw`; with one login alone (development) it migrates under it.
 *
 * @throws Error with a clear message where the server does not answer, is too old or too new a schema
 */
export async function openServer(options: ServerOptions): Promise<Database> {
  await migrateServer(options);
  const client = postgres(options.url, {
    max: options.connections ?? 10,
    connect_timeout: 10,
    onnotice: () => undefined,
  });
  // Called for its side effect on the client: dates come as text, as drizzle's columns expect.
  drizzle(client, { casing: 'snake_case' });
  await reach(options.url, () => client`select 1`);
  return {
    engine: 'server',
    ownerIsLogin: options.migrationUrl === undefined,
    transaction: (settings, run, last) => pipelined(client, settings, run, last),
    close: () => client.end({ timeout: 5 }),
  };
}

const dialect = new PgDialect({ casing: 'snake_case' });

/**
 * One transaction in three round trips: BEGIN, the settings and the first reads travel together,
 * then the closing statements, then COMMIT. Statements are prepared once a connection.
 */
async function pipelined<Result>(
  client: Sql,
  settings: Settings,
  run: (tx: Transaction) => Promise<Result>,
  last?: (tx: Transaction, result: Result) => readonly Promise<unknown>[],
): Promise<Result> {
  const connection = await client.reserve();
  const prepared = {
    options: client.options,
    unsafe: (query: string, values: never[]) => connection.unsafe(query, values, { prepare: true }),
  };
  // The session only calls `unsafe` and reads `options`; a reserved connection has no more to give.
  const session = new PostgresJsSession(prepared as unknown as Sql, dialect, undefined, {});
  const tx = new PgDatabase(dialect, session, undefined) as unknown as Transaction;
  try {
    // Sent in this order without waiting. drizzle sends a statement only when its result is asked for.
    const begun = connection.unsafe('begin').execute();
    const entered = tx.execute(enterStatement(settings)).then(() => undefined);
    const [result] = await Promise.all([run(tx), begun, entered]);
    // COMMIT waits for them: a statement that is new to the connection is sent in two steps, and
    // one without parameters, like COMMIT, would overtake it.
    await everyOne(last?.(tx, result) ?? []);
    await connection.unsafe('commit');
    return result;
  } catch (error) {
    await connection.unsafe('rollback').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

/** Migrates under the owner's login, one process at a time. */
export async function migrateServer({ url, migrationUrl }: ServerOptions): Promise<void> {
  const owner = postgres(migrationUrl ?? url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => undefined,
  });
  try {
    const [version] = await reach(
      migrationUrl ?? url,
      () => owner<{ number: number; name: string }[]>`
        select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
    );
    if (version!.number < floor.number) {
      throw new Error(`PostgreSQL ${version!.name} is too old; ${floor.name} or newer is needed`);
    }
    const orm = drizzle(owner, { casing: 'snake_case' });
    await owner`select pg_advisory_lock(74320026)`;
    // Cast to the one type that queries take, as in embedded.ts.
    await refuseNewerSchema(orm as unknown as Transaction);
    await migrate(orm, { migrationsFolder });
    if (migrationUrl !== undefined) await admitLogin(orm as unknown as Transaction, url);
  } finally {
    await owner.end({ timeout: 5 });
  }
}

async function admitLogin(orm: Transaction, url: string): Promise<void> {
  const login = decodeURIComponent(new URL(url).username);
  const [role] = await rowsOf<{ name: string | null }>(
    orm,
    sql`select quote_ident(rolname) as name from pg_roles where rolname = ${login}`,
  );
  if (!role?.name) throw new Error(`the login "${login}" of DATABASE_URL does not exist`);
  await orm.execute(sql.raw(`grant app_rw to ${role.name}`));
}

/** Turns "nobody answers" into a sentence that names the address without the password. */
async function reach<Result>(url: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const { host, pathname } = new URL(url);
    throw new Error(`the database at ${host}${pathname} does not answer (${code ?? message})`, {
      cause: error,
    });
  }
}
