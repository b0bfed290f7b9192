import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { namedConstraints } from '../../src/db/constraints.ts';
import { rowsOf, type Settings, type Transaction } from '../../src/db/database.ts';
import { migrationsFolder } from '../../src/db/migrations.ts';
import { appendOnlyTables, tableKinds } from '../../src/db/tables.ts';
import { useContext } from '../support/database.ts';
import { makeNetwork } from '../support/world.ts';

const world = useContext();
const ask = <Row>(
  query: ReturnType<typeof sql>,
  settings: Settings = { role: 'service', marketId: 1 },
) => world.context.database.transaction(settings, (tx) => rowsOf<Row>(tx, query));
const tenants = Object.entries(tableKinds)
  .filter(([, kind]) => kind === 'tenant')
  .map(([name]) => name);

test('every table has a kind (S5)', async () => {
  const rows = await ask<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  );
  expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(tableKinds).sort());
});

test('market_id is the first column of every tenant table, never null (S1)', async () => {
  const rows = await ask<{ table: string; column: string; nullable: string }>(
    sql`select table_name as table, column_name as column, is_nullable as nullable from information_schema.columns where table_schema = 'public' and ordinal_position = 1`,
  );
  const first = new Map(rows.map((row) => [row.table, row]));
  for (const table of tenants)
    expect(first.get(table)).toMatchObject({ column: 'market_id', nullable: 'NO' });
});

test('every key, unique index and foreign key between tenant tables holds market_id (S1, S2)', async () => {
  const keys = await ask<{
    table: string;
    name: string;
    definition: string;
    foreign: string | null;
    type: string;
  }>(
    sql`select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition, nullif(confrelid::regclass::text, '-') as foreign, contype::text as type
      from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')`,
  );
  for (const key of keys.filter((each) => tenants.includes(each.table))) {
    const toReference = key.type === 'f' && !tenants.includes(key.foreign ?? '');
    if (!toReference) expect(key.definition, key.name).toContain('(market_id');
  }
  const reference = keys.filter(
    (key) =>
      key.type === 'f' && !tenants.includes(key.table) && tenants.includes(key.foreign ?? ''),
  );
  expect(reference, 'a reference table points at a tenant table (S3)').toEqual([]);
  const indexes = await ask<{ table: string; definition: string }>(
    sql`select tablename as table, indexdef as definition from pg_indexes where schemaname = 'public' and indexdef like 'CREATE UNIQUE%'`,
  );
  for (const index of indexes.filter((each) => tenants.includes(each.table)))
    expect(index.definition).toContain('(market_id');
});

test('no triggers, rules, exclusion constraints or inheritance; no SET NULL (S4, S7)', async () => {
  const [found] = await ask<{
    triggers: number;
    rules: number;
    exclusions: number;
    heirs: number;
    nulling: number;
  }>(sql`select
    (select count(*)::int from pg_trigger where not tgisinternal) as triggers,
    (select count(*)::int from pg_rules where schemaname = 'public') as rules,
    (select count(*)::int from pg_constraint where contype = 'x') as exclusions,
    (select count(*)::int from pg_inherits) as heirs,
    (select count(*)::int from pg_constraint where contype = 'f' and confdeltype = 'n') as nulling`);
  expect(found).toEqual({ triggers: 0, rules: 0, exclusions: 0, heirs: 0, nulling: 0 });
});

test('migrations hold one statement each, and generated columns are stored (S5, S6, S12)', () => {
  for (const file of readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'))) {
    const statements = readFileSync(`${migrationsFolder}/${file}`, 'utf8').split(
      '--> statement-breakpoint',
    );
    for (const statement of statements) {
      const bare = statement
        .replace(/\$\$[\s\S]*?\$\$/g, '')
        .replace(/--.*/g, '')
        .trim()
        .replace(/;$/, '');
      expect(bare, file).not.toContain(';');
      expect(bare).not.toMatch(/GENERATED ALWAYS AS \((?![\s\S]*STORED)/);
    }
  }
});

const commands = ['DELETE', 'INSERT', 'SELECT', 'UPDATE'];

test('row-level security is on and forced for every table, with policies that read settings alone (S16)', async () => {
  const rows = await ask<{ table: string; on: boolean; forced: boolean }>(
    sql`select relname as table, relrowsecurity as on, relforcerowsecurity as forced from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  for (const row of rows) expect(row, row.table).toMatchObject({ on: true, forced: true });
  const policies = await ask<{ table: string; text: string }>(
    sql`select tablename as table, concat(qual, ' ', with_check) as text from pg_policies`,
  );
  for (const { table, text } of policies) {
    if (tenants.includes(table)) expect(text, table).toContain('market_id = app.market()');
    expect(text, table).toContain('app.role()');
    expect(text, table).not.toMatch(/select/i);
  }
});

test('rights are granted exactly where a policy speaks of them; append-only tables are never changed (S14)', async () => {
  const rights = await ask<{ table: string; right: string }>(
    sql`select table_name as table, privilege_type as right from information_schema.role_table_grants where grantee = 'app_rw' and table_schema = 'public'`,
  );
  const policies = await ask<{ table: string; command: string }>(
    sql`select tablename as table, cmd as command from pg_policies`,
  );
  const columns = await ask<{ table: string; column: string; right: string }>(
    sql`select table_name as table, column_name as column, privilege_type as right from information_schema.column_privileges
      where grantee = 'app_rw' and privilege_type = 'UPDATE'`,
  );
  for (const table of Object.keys(tableKinds)) {
    const granted = rights.filter((row) => row.table === table).map((row) => row.right);
    const spoken = policies.filter((row) => row.table === table).map((row) => row.command);
    const isAppendOnly = (appendOnlyTables as readonly string[]).includes(table);
    expect(granted.sort(), table).toEqual(
      commands.filter((each) =>
        isAppendOnly ? /INSERT|SELECT/.test(each) : spoken.includes(each),
      ),
    );
    if (isAppendOnly) {
      const changeable = columns.filter((row) => row.table === table).map((row) => row.column);
      expect(changeable, table).toEqual(table === 'audit_revisions' ? ['released'] : []);
    }
  }
  const [role] = await ask<{ bypass: boolean; root: boolean }>(
    sql`select rolbypassrls as bypass, rolsuper as root from pg_roles where rolname = 'app_rw'`,
  );
  expect(role).toEqual({ bypass: false, root: false });
});

test.each(appendOnlyTables)('%s cannot be changed or emptied', async (table) => {
  for (const statement of [`update ${table} set market_id = market_id`, `delete from ${table}`]) {
    const change = world.context.database.transaction(
      { role: 'service', marketId: 1 },
      (tx: Transaction) => tx.execute(sql.raw(statement)),
    );
    await expect(change).rejects.toMatchObject({
      cause: { message: expect.stringContaining('permission denied') },
    });
  }
});

test('every named constraint has a meaning for people', async () => {
  const rows = await ask<{ name: string }>(
    sql`select conname as name from pg_constraint where connamespace = 'public'::regnamespace and contype in ('u', 'c') union select conname from pg_constraint where contype = 'f' and conname like '%\_fk' and conname not like '%\_id\_fk' and connamespace = 'public'::regnamespace`,
  );
  // Foreign keys that drizzle named itself point at ids that only we put there.
  const own = rows
    .map((row) => row.name)
    .filter((name) => !/_(markets|people|documents|groups)_(id|number|code)_fk$/.test(name));
  expect(own.filter((name) => !namedConstraints.includes(name))).toEqual([]);
});

test('without a market, and in another market, no row is seen or written', async () => {
  await makeNetwork(world.context);
  const count = (settings: Settings) =>
    ask<{ n: number }>(sql`select count(*)::int as n from dealers`, settings).then(
      ([row]) => row!.n,
    );
  expect(await count({ role: 'network', marketId: 1 })).toBe(3);
  expect(await count({ role: 'network' })).toBe(0);
  expect(await count({ role: 'network', marketId: 99 })).toBe(0);
  expect(await count({ role: 'dealer', marketId: 1, dealerId: 1 })).toBe(1);
  const foreign = world.context.database.transaction(
    { role: 'market-manager', marketId: 1 },
    (tx) => tx.execute(sql`insert into dealers (market_id, code, name) values (2, 'X', 'X')`),
  );
  await expect(foreign).rejects.toMatchObject({
    cause: { message: expect.stringContaining('row-level security') },
  });
});

test('role and settings are gone after the transaction', async () => {
  await ask(sql`select 1`, { role: 'network', marketId: 1 });
  const [left] = await ask<{ market: number | null }>(sql`select app.market() as market`, {
    role: 'nobody',
  });
  expect(left!.market).toBeNull();
});
