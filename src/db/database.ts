import type { PGlite } from '@electric-sql/pglite';
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A transaction under an actor's settings. Everything in `db/` takes it as its first argument. */
export type Transaction = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** What the database's policies read (trust.md B4); absent ones match nothing. */
export interface Settings {
  readonly role:
    | 'dealer'
    | 'auditor'
    | 'market-manager'
    | 'network'
    | 'administrator'
    | 'service'
    /** The sign-in door: finds people by their secrets, before anybody is somebody. */
    | 'gate'
    | 'nobody';
  readonly marketId?: number | undefined;
  readonly dealerId?: number | undefined;
  readonly personId?: string | undefined;
  /** A dealer who keeps the people of their house. */
  readonly principal?: boolean | undefined;
}

export interface Database {
  readonly engine: 'embedded' | 'server';
  /** True where migrations and service share one login: row-level security is then weaker. */
  readonly ownerIsLogin: boolean;
  /**
   * Runs in one transaction under the settings; a throw rolls back everything.
   *
   * @param last sends the closing statements, whose results nobody needs before the commit: on a
   *   server they travel together in one round trip. Where one fails, everything is undone.
   */
  transaction<Result>(
    settings: Settings,
    run: (tx: Transaction) => Promise<Result>,
    last?: (tx: Transaction, result: Result) => readonly Promise<unknown>[],
  ): Promise<Result>;
  /** A transaction that reads everything as of one instant and writes nothing. */
  snapshot<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** A transaction of the owner, for what the service itself may not do; it enters roles by itself. */
  asOwner<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** How many transactions are under way, and how many wait for their turn. */
  load(): { readonly busy: number; readonly waiting: number };
  /** Embedded only: the engine itself, for backup and tests. */
  readonly pglite?: PGlite;
  close(): Promise<void>;
}

/** One statement that takes on the role and the settings, for this transaction only. */
export function enterStatement(settings: Settings): SQL {
  return sql`select set_config('role', 'app_rw', true), set_config('app.role', ${settings.role}, true), set_config('app.market', ${String(settings.marketId ?? '')}, true), set_config('app.dealer', ${String(settings.dealerId ?? '')}, true), set_config('app.person', ${settings.personId ?? ''}, true), set_config('app.principal', ${String(settings.principal ?? false)}, true)`;
}

/** Rows of a raw statement; the two drivers wrap them differently. */
export async function rowsOf<Row>(tx: Transaction, statement: SQL): Promise<Row[]> {
  // drizzle types a raw result by the driver, which is not known here; these are its two forms.
  const result = (await tx.execute(statement)) as unknown as Row[] | { rows: Row[] };
  return Array.isArray(result) ? [...result] : result.rows;
}

/** The parameter form in which many rows travel in one statement, the same on both drivers. */
export function jsonRows(rows: readonly unknown[]): SQL {
  return sql`${JSON.stringify(rows)}::jsonb`;
}

/**
 * Whether a value is one of a list of any length: one parameter, where `inArray` would need one each.
 * The list is computed once, as an array, so that an index finds the rows under any policy; as a
 * sub-select the planner may read it again for every row.
 */
export function isOneOf(
  column: AnyColumn | SQL,
  values: Iterable<string | number>,
  type: 'uuid' | 'text' | 'bigint' = 'uuid',
): SQL {
  const list = jsonRows([...new Set(values)]);
  return sql`${column} = any(array(select value::${sql.raw(type)} from jsonb_array_elements_text(${list})))`;
}

/** Waits for all, then fails with the first failure: nothing is left under way on the connection. */
export async function everyOne(promises: readonly PromiseLike<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}
