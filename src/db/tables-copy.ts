import { createHash, type Hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { enterStatement, rowsOf, type Transaction } from './database.ts';
import { briefTables, tableKinds } from './tables.ts';

/** Rows of one table in one market (0: those of no market), as one JSON object a row. */
export interface Part {
  readonly table: string;
  readonly market: number;
  readonly lines: readonly string[];
}

/** How much a table holds, and a hash over its rows in their order. */
export interface TableSum {
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
}

const rowsAtOnce = 2_000;

/** Tables that a copy holds, in an order in which every row finds what it refers to. */
export async function copiedTables(tx: Transaction): Promise<string[]> {
  const known = Object.keys(tableKinds).filter((name) => !briefTables.has(name));
  const references = await rowsOf<{ child: string; parent: string }>(
    tx,
    sql`select child.relname as child, parent.relname as parent
        from pg_constraint
        join pg_class child on child.oid = conrelid
        join pg_class parent on parent.oid = confrelid
        where contype = 'f' and child.relname <> parent.relname`,
  );
  const ordered: string[] = [];
  while (ordered.length < known.length) {
    const ready = known.filter(
      (table) =>
        !ordered.includes(table) &&
        references.every(
          ({ child, parent }) =>
            child !== table || ordered.includes(parent) || !known.includes(parent),
        ),
    );
    if (ready.length === 0) throw new TypeError('tables refer to each other in a circle');
    ordered.push(...ready);
  }
  return ordered;
}

/**
 * All rows of all tables as the product itself sees them, table by table and market by market, each in
 * the order of its key. Inside one snapshot they belong to one instant.
 */
export async function* readTables(tx: Transaction): AsyncGenerator<Part> {
  const markets = [0, ...(await marketIds(tx))];
  for (const table of await copiedTables(tx)) {
    const places = isTenant(table) ? markets : [0];
    for (const market of places) {
      await tx.execute(enterStatement({ role: 'service', marketId: market }));
      yield* readPart(tx, table, market);
    }
  }
}

/** Adds up what is read, so that two copies can be told apart by a line each. */
export class Sums {
  readonly #hashes = new Map<string, { rows: number; readonly hash: Hash }>();

  add({ table, lines }: Part): void {
    const sum = this.#hashes.get(table) ?? { rows: 0, hash: createHash('sha256') };
    this.#hashes.set(table, sum);
    sum.rows += lines.length;
    for (const line of lines) sum.hash.update(line).update('\n');
  }

  list(): TableSum[] {
    return [...this.#hashes].map(([table, { rows, hash }]) => ({
      table,
      rows,
      sha256: hash.copy().digest('hex'),
    }));
  }
}

/** Puts rows into their empty tables, with the very keys they had. Tables come in their copied order. */
export async function writePart(tx: Transaction, { table, market, lines }: Part): Promise<void> {
  const name = sql.identifier(table);
  await tx.execute(enterStatement({ role: 'service', marketId: market }));
  for (let i = 0; i < lines.length; i += rowsAtOnce) {
    const rows = `[${lines.slice(i, i + rowsAtOnce).join(',')}]`;
    await tx.execute(
      sql`insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, ${rows}::json)`,
    );
  }
}

/** @throws Error naming the first table that holds rows */
export async function refuseFilled(tx: Transaction): Promise<void> {
  for await (const { table } of readTables(tx)) {
    throw new Error(
      `the database holds data already (table "${table}"): restore into an empty one, so that nothing is overwritten`,
    );
  }
}

/** Lets numbering go on after the rows that were put in. As the owner: the service owns no sequence. */
export async function advanceSequences(tx: Transaction): Promise<void> {
  const columns = await rowsOf<{ table: string; column: string }>(
    tx,
    sql`select table_name as table, column_name as column from information_schema.columns
        where table_schema = 'public' and is_identity = 'YES'`,
  );
  const last = new Map<string, bigint>();
  const markets = [0, ...(await marketIds(tx))];
  for (const { table, column } of columns) {
    for (const market of isTenant(table) ? markets : [0]) {
      await tx.execute(enterStatement({ role: 'service', marketId: market }));
      const [row] = await rowsOf<{ last: string | null }>(
        tx,
        sql`select max(${sql.identifier(column)})::text as last from ${sql.identifier(table)}`,
      );
      const found = BigInt(row?.last ?? 0);
      const key = `${table} ${column}`;
      if (found > (last.get(key) ?? 0n)) last.set(key, found);
    }
  }
  await tx.execute(sql`reset role`);
  for (const [key, value] of last) {
    const [table, column] = key.split(' ');
    await tx.execute(
      sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${String(value)}::bigint)`,
    );
  }
}

async function* readPart(tx: Transaction, table: string, market: number): AsyncGenerator<Part> {
  const name = sql.identifier(table);
  const keys = await rowsOf<{ column: string }>(
    tx,
    sql`select attname as column from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = ${`public.${table}`}::regclass and indisprimary
        order by array_position(indkey::int2[], attnum)`,
  );
  const order = sql.join(
    keys.map(({ column }) => sql.identifier(column)),
    sql`, `,
  );
  await tx.execute(
    sql`declare copied no scroll cursor for select row_to_json(t)::text as line from ${name} t order by ${order}`,
  );
  for (;;) {
    const rows = await rowsOf<{ line: string }>(
      tx,
      sql`fetch forward ${sql.raw(String(rowsAtOnce))} from copied`,
    );
    if (rows.length > 0) yield { table, market, lines: rows.map(({ line }) => line) };
    if (rows.length < rowsAtOnce) break;
  }
  await tx.execute(sql`close copied`);
}

async function marketIds(tx: Transaction): Promise<number[]> {
  await tx.execute(enterStatement({ role: 'service' }));
  const rows = await rowsOf<{ id: number }>(tx, sql`select id from markets order by id`);
  return rows.map(({ id }) => id);
}

function isTenant(table: string): boolean {
  return tableKinds[table as keyof typeof tableKinds] === 'tenant';
}
