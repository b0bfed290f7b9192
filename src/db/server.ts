import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { NodePgSession } from 'drizzle-orm/node-postgres/session';
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core';
import pg, { escapeLiteral } from 'pg';
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
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Statements that are asked for together travel together.
    pipeline: true,
  });
  // An idle connection that breaks leaves the pool; whoever works on one is told by their statement.
  pool.on('error', () => undefined);
  await reach(options.url, () => pool.query('select 1'));
  return {
    engine: 'server',
    ownerIsLogin: options.migrationUrl === undefined,
    transaction: (settings, run, last) => inTransaction(pool, settings, run, last),
    snapshot: (run) => snapshotOf(pool, run),
    asOwner: (run) => inOwnersTransaction(options, run),
    load: () => ({ busy: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

const dialect = new PgDialect({ casing: 'snake_case' });

/**
 * One transaction in three round trips: BEGIN, the settings and the first reads travel together, then
 * the closing statements, then COMMIT. A connection that broke is thrown away, never given back.
 */
async function inTransaction<Result>(
  pool: pg.Pool,
  settings: Settings,
  run: (tx: Transaction) => Promise<Result>,
  last?: (tx: Transaction, result: Result) => readonly Promise<unknown>[],
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw away(error);
  });
  let broken: Error | undefined;
  const note = (error: Error) => {
    broken = error;
  };
  client.on('error', note);
  try {
    const session = new NodePgSession(preparing(client), dialect, undefined);
    const tx = new PgDatabase(dialect, session, undefined) as unknown as Transaction;
    // Not waited for: the act's first statements travel behind it, in this order.
    const begun = client.query(`begin; ${enterText(settings)}`);
    const [result] = await Promise.all([run(tx), begun]);
    await everyOne(last?.(tx, result) ?? []);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(note);
    throw broken ? away(error) : error;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}

async function snapshotOf<Result>(
  pool: pg.Pool,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    return await drizzle(client, { casing: 'snake_case' }).transaction(
      (tx) => run(tx as unknown as Transaction),
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
  } finally {
    client.release();
  }
}

async function inOwnersTransaction<Result>(
  { url, migrationUrl }: ServerOptions,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const owner = new pg.Client({ connectionString: migrationUrl ?? url });
  await owner.connect();
  try {
    return await drizzle(owner, { casing: 'snake_case' }).transaction(async (tx) => {
      const owned = tx as unknown as Transaction;
      const [role] = await rowsOf<{ member: boolean }>(
        owned,
        sql`select pg_has_role(current_user, 'app_rw', 'member') as member`,
      );
      if (!role!.member) await tx.execute(sql`grant app_rw to current_user`);
      return run(owned);
    });
  } finally {
    await owner.end();
  }
}

/** Settings as one text, for the statement that travels with BEGIN. */
function enterText(settings: Settings): string {
  const { sql: text, params } = dialect.sqlToQuery(enterStatement(settings));
  return text.replace(/\$(\d+)/g, (_, n: string) => escapeLiteral(String(params[Number(n) - 1])));
}

/** Statements of usual size are prepared once a connection, named by their text. */
function preparing(client: pg.PoolClient): pg.PoolClient {
  const names = new Map<string, string>();
  const query = client.query.bind(client) as (config: unknown, values?: unknown) => unknown;
  return Object.assign(Object.create(client) as pg.PoolClient, {
    query: (config: { text: string; name?: string }, values?: readonly unknown[]) => {
      const { text } = config;
      if (text.length > 4_000) return query(config, values);
      const name =
        names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 40);
      names.set(text, name);
      return query({ ...config, name }, values);
    },
  });
}

/** What pg says in words only, with the code by which the database's absence is known. */
function away(error: unknown): unknown {
  const { code } = ((error as { cause?: unknown })?.cause ?? error) as { code?: string };
  if (code !== undefined) return error;
  return Object.assign(new Error('the connection to the database is gone', { cause: error }), {
    cause: Object.assign(new Error((error as Error).message), { code: 'CONNECTION_CLOSED' }),
  });
}

/** Migrates under the owner's login, one process at a time. */
export async function migrateServer({ url, migrationUrl }: ServerOptions): Promise<void> {
  const owner = new pg.Client({
    connectionString: migrationUrl ?? url,
    connectionTimeoutMillis: 10_000,
  });
  try {
    const { rows } = await reach(migrationUrl ?? url, async () => {
      await owner.connect();
      return owner.query<{ number: number; name: string }>(
        `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
      );
    });
    const [version] = rows;
    if (version!.number < floor.number) {
      throw new Error(`PostgreSQL ${version!.name} is too old; ${floor.name} or newer is needed`);
    }
    const orm = drizzle(owner, { casing: 'snake_case' });
    await owner.query('select pg_advisory_lock(74320026)');
    // Cast to the one type that queries take, as in embedded.ts.
    await refuseNewerSchema(orm as unknown as Transaction);
    await migrate(orm, { migrationsFolder });
    if (migrationUrl !== undefined) await admitLogin(orm as unknown as Transaction, url);
  } finally {
    await owner.end().catch(() => undefined);
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
