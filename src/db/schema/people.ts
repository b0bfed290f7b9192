import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { anybody, everybody, keepers, networkPolicies } from './policies.ts';

const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

const byNetwork = { administrator: true, network: true } as const;
const byAdministrator = { administrator: true } as const;
const oneself = sql`id = app.person()`;

/** Reference table: the national marketing and sales companies. */
export const markets = pgTable(
  'markets',
  {
    id: integer().generatedAlwaysAsIdentity().primaryKey(),
    code: text().notNull(),
    names: jsonb().notNull().$type<Record<string, string>>(),
    languages: jsonb().notNull().$type<string[]>(),
    timeZone: text().notNull(),
    calendar: jsonb().notNull().$type<{
      weekend: number[];
      holidays: string[];
      extraWorkingDays: string[];
    }>(),
    staffNamed: boolean().notNull().default(false),
    appealDays: integer().notNull().default(14),
  },
  (table) => [
    unique('markets_code_unique').on(table.code),
    ...networkPolicies('markets', { see: anybody, add: byNetwork, change: byNetwork }),
  ],
);

/** Reference table: owners of several sites, over markets. */
export const groups = pgTable(
  'groups',
  { code: text().primaryKey(), name: text().notNull() },
  () => [...networkPolicies('groups', { see: everybody, add: keepers, change: keepers })],
);

/** Reference table: everybody who can hold a token. */
export const people = pgTable(
  'people',
  {
    id: uuid().primaryKey(),
    code: text().notNull(),
    name: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique('people_code_unique').on(table.code),
    ...networkPolicies('people', {
      // A dealer never learns who an auditor is.
      see: { ...keepers, network: true, gate: true, auditor: oneself, dealer: oneself },
      add: keepers,
      change: { administrator: true },
    }),
  ],
);

/** Reference table: what a person may be, and where. A dealer's id is checked by the application (S3). */
export const grants = pgTable(
  'grants',
  {
    id: uuid().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    marketId: integer().references(() => markets.id),
    dealerId: integer(),
  },
  (table) => [
    unique('grants_unique')
      .on(table.personId, table.role, table.marketId, table.dealerId)
      .nullsNotDistinct(),
    check(
      'grants_role_known',
      sql`${table.role} in ('administrator', 'network-manager', 'market-manager', 'auditor', 'dealer')`,
    ),
    check(
      'grants_scope_fits_role',
      sql`(${table.role} in ('administrator', 'network-manager')) = (${table.marketId} is null) and (${table.role} = 'dealer') = (${table.dealerId} is not null)`,
    ),
    ...networkPolicies('grants', {
      see: { administrator: true, gate: true },
      add: byAdministrator,
      remove: byAdministrator,
    }),
  ],
);

/** Reference table: bearer tokens, by SHA-256 only. */
export const tokens = pgTable(
  'tokens',
  {
    sha256: text().primaryKey(),
    prefix: text().notNull(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    label: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant(),
    revokedAt: instant(),
  },
  (table) => [
    index('tokens_person_index').on(table.personId),
    ...networkPolicies('tokens', {
      see: { administrator: true, gate: true },
      add: byAdministrator,
      change: byAdministrator,
    }),
  ],
);

/** Reference table: checklists and programmes, one row a version; the content never changes. */
export const documents = pgTable(
  'documents',
  {
    number: integer().generatedAlwaysAsIdentity().primaryKey(),
    type: text().notNull(),
    id: text().notNull(),
    version: text().notNull(),
    kind: text().notNull(),
    title: jsonb().notNull().$type<{ en: string }>(),
    state: text().notNull().default('draft'),
    content: text().notNull(),
    sha256: text().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    publishedBy: text(),
    publishedAt: instant(),
    retiredAt: instant(),
  },
  (table) => [
    unique('documents_version_unique').on(table.type, table.id, table.version),
    check('documents_state_known', sql`${table.state} in ('draft', 'published', 'retired')`),
    check(
      'documents_second_person',
      sql`${table.publishedBy} is null or ${table.publishedBy} <> ${table.createdBy} or ${table.createdBy} = 'release'`,
    ),
    ...networkPolicies('documents', { see: everybody, add: byNetwork, change: byNetwork }),
  ],
);

/** Reference table: the brand on every paper; one row. */
export const brand = pgTable(
  'brand',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    signatories: jsonb().notNull().$type<string[]>(),
  },
  () => [
    ...networkPolicies('brand', { see: anybody, add: byAdministrator, change: byAdministrator }),
  ],
);
