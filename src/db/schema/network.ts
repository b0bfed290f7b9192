import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { groups, markets } from './people.ts';
import { evidence, keepers, managersAndOwnHouse, tenantPolicies } from './policies.ts';

export const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });
export const marketId = () =>
  integer()
    .notNull()
    .references(() => markets.id);

const byKeepers = { add: keepers, change: keepers } as const;

export const dealers = pgTable(
  'dealers',
  {
    marketId: marketId(),
    id: integer().generatedAlwaysAsIdentity(),
    code: text().notNull(),
    name: text().notNull(),
    town: text().notNull().default(''),
    timeZone: text(),
    openedOn: date({ mode: 'string' }),
    closedOn: date({ mode: 'string' }),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    unique('dealers_code_unique').on(table.marketId, table.code),
    ...tenantPolicies('dealers', {
      ...byKeepers,
      see: { ...keepers, network: true, auditor: true, dealer: sql`id = app.dealer()` },
    }),
  ],
);

/** What a dealer is from a date on; a period uses the values at its end. */
export const dealerAttributes = pgTable(
  'dealer_attributes',
  {
    marketId: marketId(),
    dealerId: integer().notNull(),
    validFrom: date({ mode: 'string' }).notNull(),
    region: text(),
    siteType: text(),
    sizeBand: text(),
    groupCode: text().references(() => groups.code),
    fiveStar: boolean(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.dealerId, table.validFrom] }),
    foreignKey({
      name: 'dealer_attributes_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('dealer_attributes', {
      ...byKeepers,
      see: { ...keepers, network: true, auditor: true, dealer: sql`dealer_id = app.dealer()` },
    }),
  ],
);

export const staffMembers = pgTable(
  'staff_members',
  {
    marketId: marketId(),
    id: integer().generatedAlwaysAsIdentity(),
    dealerId: integer().notNull(),
    code: text().notNull(),
    role: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    unique('staff_members_code_unique').on(table.marketId, table.dealerId, table.code),
    foreignKey({
      name: 'staff_members_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('staff_members', {
      ...byKeepers,
      see: { ...keepers, ...managersAndOwnHouse },
      remove: keepers,
    }),
  ],
);

/** Personal data: erasing a name leaves every result standing. */
export const staffNames = pgTable(
  'staff_names',
  {
    marketId: marketId(),
    staffId: integer().notNull(),
    dealerId: integer().notNull(),
    name: text().notNull(),
    keptSince: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.staffId] }),
    foreignKey({
      name: 'staff_names_staff_fk',
      columns: [table.marketId, table.staffId],
      foreignColumns: [staffMembers.marketId, staffMembers.id],
    }).onDelete('cascade'),
    ...tenantPolicies('staff_names', {
      ...byKeepers,
      see: { ...keepers, ...managersAndOwnHouse },
      remove: keepers,
    }),
  ],
);

export const figures = pgTable(
  'figures',
  {
    marketId: marketId(),
    dealerId: integer().notNull(),
    measure: text().notNull(),
    periodFrom: date({ mode: 'string' }).notNull(),
    periodTo: date({ mode: 'string' }).notNull(),
    kind: text().notNull(),
    value: numeric({ precision: 24, scale: 6 }).notNull(),
    target: numeric({ precision: 24, scale: 6 }),
    currency: text(),
    suppliedBy: text().notNull(),
    receivedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.marketId, table.dealerId, table.measure, table.periodFrom, table.periodTo],
    }),
    foreignKey({
      name: 'figures_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    check('figures_period_forward', sql`${table.periodTo} > ${table.periodFrom}`),
    check(
      'figures_currency_for_amounts',
      sql`(${table.kind} = 'amount') = (${table.currency} is not null)`,
    ),
    ...tenantPolicies('figures', evidence),
  ],
);

export const complaints = pgTable(
  'complaints',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    code: text().notNull(),
    dealerId: integer().notNull(),
    concernedDealerId: integer().notNull(),
    touchpoint: text().notNull(),
    category: text().notNull(),
    channel: text().notNull(),
    escalated: boolean().notNull().default(false),
    severity: text().notNull(),
    receivedAt: instant().notNull(),
    acknowledgedAt: instant(),
    answeredAt: instant(),
    solvedAt: instant(),
    closedAt: instant(),
    reopenedAt: instant(),
    outcome: text(),
    accepted: boolean(),
    cause: text(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    unique('complaints_code_unique').on(table.marketId, table.code),
    foreignKey({
      name: 'complaints_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    foreignKey({
      name: 'complaints_concerned_dealer_fk',
      columns: [table.marketId, table.concernedDealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('complaints', { ...evidence, see: managersAndOwnHouse }),
  ],
);

/** A job in the workshop: what was to be done, whether it held, whether the customer was asked after. */
export const repairs = pgTable(
  'repairs',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    code: text().notNull(),
    dealerId: integer().notNull(),
    /** A one-way code: the same car has the same. */
    vehicle: text().notNull(),
    kind: text().notNull(),
    concern: text().notNull(),
    openedOn: date({ mode: 'string' }).notNull(),
    closedOn: date({ mode: 'string' }),
    contactedOn: date({ mode: 'string' }),
    contactRefused: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    unique('repairs_code_unique').on(table.marketId, table.code),
    index('repairs_closed_index').on(table.marketId, table.closedOn),
    foreignKey({
      name: 'repairs_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('repairs', evidence),
  ],
);

/** Personal data of a complaint; erasable. */
export const complaintCustomers = pgTable(
  'complaint_customers',
  {
    marketId: marketId(),
    complaintId: uuid().notNull(),
    dealerId: integer().notNull(),
    name: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.complaintId] }),
    foreignKey({
      name: 'complaint_customers_complaint_fk',
      columns: [table.marketId, table.complaintId],
      foreignColumns: [complaints.marketId, complaints.id],
    }).onDelete('cascade'),
    ...tenantPolicies('complaint_customers', { ...evidence, see: managersAndOwnHouse }),
  ],
);
