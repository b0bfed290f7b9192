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
import type { MarketPrivacy } from '../../contracts/privacy.ts';
import type { ScopedGrant } from '../../core/access.ts';
import { anybody, everybody, keepers, networkPolicies, ofOneself } from './policies.ts';

const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

const byNetwork = { administrator: true, network: true } as const;
const byAdministrator = { administrator: true } as const;
const oneself = sql`id = app.person()`;
const ownPeople = sql`(id = app.person() or (app.principal() and home_market_id = app.market() and home_dealer_id = app.dealer()))`;
const ofMarket = sql`market_id = app.market()`;
const ofNoMarket = sql`market_id is null`;
const ownHouse = sql`(app.principal() and role = 'dealer' and market_id = app.market() and dealer_id = app.dealer() and not principal)`;

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
    privacy: jsonb().notNull().$type<MarketPrivacy>().default({ recordings: false, retention: {} }),
  },
  (table) => [
    unique('markets_code_unique').on(table.code),
    ...networkPolicies('markets', {
      see: anybody,
      add: byAdministrator,
      change: { ...byAdministrator, 'market-manager': sql`id = app.market()` },
    }),
  ],
);

/** Reference table: owners of several sites, over markets. */
export const groups = pgTable(
  'groups',
  { code: text().primaryKey(), name: text().notNull() },
  () => [...networkPolicies('groups', { see: everybody, add: keepers, change: keepers })],
);

/** Reference table: everybody who can sign in or hold a token. */
export const people = pgTable(
  'people',
  {
    id: uuid().primaryKey(),
    code: text().notNull(),
    name: text().notNull(),
    /** The house whose principal invited the person. */
    homeMarketId: integer(),
    homeDealerId: integer(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique('people_code_unique').on(table.code),
    ...networkPolicies('people', {
      // A dealer never learns who an auditor is.
      see: { ...keepers, network: true, gate: true, auditor: oneself, dealer: ownPeople },
      add: {
        ...keepers,
        dealer: sql`app.principal() and home_market_id = app.market() and home_dealer_id = app.dealer()`,
      },
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
    /** Of a dealer: may invite and remove the people of the house. */
    principal: boolean().notNull().default(false),
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
    check('grants_principal_of_house', sql`not ${table.principal} or ${table.role} = 'dealer'`),
    ...networkPolicies('grants', {
      see: {
        ...ofOneself,
        administrator: true,
        gate: true,
        dealer: sql`(person_id = app.person() or ${ownHouse})`,
      },
      add: { ...byAdministrator, dealer: ownHouse },
      remove: { ...byAdministrator, dealer: ownHouse },
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
    /** The grants that the token may use; absent = all that its person has at the time of use. */
    scope: jsonb().$type<ScopedGrant[]>(),
    readsOnly: boolean().notNull().default(false),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant(),
    revokedAt: instant(),
  },
  (table) => [
    index('tokens_person_index').on(table.personId),
    ...networkPolicies('tokens', {
      see: { ...ofOneself, administrator: true, gate: true },
      add: { ...ofOneself, administrator: true },
      change: { ...ofOneself, administrator: true, gate: true },
      remove: byAdministrator,
    }),
  ],
);

/** Reference table: personal data that must stay for now, whoever asks for its end. */
export const legalHolds = pgTable(
  'legal_holds',
  {
    id: uuid().primaryKey(),
    marketId: integer().references(() => markets.id),
    kind: text().notNull(),
    subject: text().notNull(),
    reason: text().notNull(),
    placedBy: uuid().notNull(),
    placedAt: instant().notNull(),
    liftedBy: uuid(),
    liftedAt: instant(),
  },
  (table) => [
    check(
      'legal_holds_kind_known',
      sql`${table.kind} in ('staff', 'complaint', 'response', 'person')`,
    ),
    ...networkPolicies('legal_holds', {
      see: { administrator: true, 'market-manager': ofMarket },
      add: { administrator: ofNoMarket, 'market-manager': ofMarket },
      change: { administrator: ofNoMarket, 'market-manager': ofMarket },
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
