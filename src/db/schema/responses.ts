import { sql } from 'drizzle-orm';
import {
  bigint,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { dealers, instant, marketId, staffMembers } from './network.ts';
import { documents } from './people.ts';
import { evidence, managers, marketManager, tenantPolicies } from './policies.ts';

/** Raw bytes; drivers differ in Buffer and Uint8Array, readers get a Uint8Array. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
});

/** One filled customer survey: the present revision. */
export const responses = pgTable(
  'responses',
  {
    marketId: marketId(),
    id: bigint({ mode: 'number' }).generatedByDefaultAsIdentity(),
    dealerId: integer().notNull(),
    staffId: integer(),
    document: integer()
      .notNull()
      .references(() => documents.number),
    touchpoint: text().notNull(),
    visitDate: date({ mode: 'string' }).notNull(),
    reference: text(),
    tenureBand: smallint().notNull(),
    items: bytea().notNull(),
    indexMicro: integer(),
    recommendation: smallint(),
    /** When the customer answered, where the sender knows it. */
    answeredAt: instant(),
    /** A one-way code of the device that was answered on, where the sender knows it. */
    device: text(),
    revision: integer().notNull().default(1),
    receivedAt: instant().notNull(),
    withdrawnAt: instant(),
    withdrawnReason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    foreignKey({
      name: 'responses_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    foreignKey({
      name: 'responses_staff_fk',
      columns: [table.marketId, table.staffId],
      foreignColumns: [staffMembers.marketId, staffMembers.id],
    }),
    uniqueIndex('responses_reference_unique')
      .on(
        table.marketId,
        table.dealerId,
        table.document,
        table.reference,
        sql`coalesce(staff_id, 0)`,
      )
      .where(sql`reference is not null`),
    index('responses_month_index').on(table.marketId, table.dealerId, table.visitDate),
    ...tenantPolicies('responses', { see: managers, add: marketManager, change: marketManager }),
  ],
);

/** What a response said before it was amended or withdrawn; never changed (S14). */
export const responseHistory = pgTable(
  'response_history',
  {
    marketId: marketId(),
    responseId: bigint({ mode: 'number' }).notNull(),
    revision: integer().notNull(),
    content: jsonb().notNull(),
    replacedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.responseId, table.revision] }),
    index('response_history_replaced_index').on(table.marketId, table.replacedAt),
    ...tenantPolicies('response_history', { see: managers, add: marketManager }),
  ],
);

/** What a customer wrote in their own words; personal data. */
export const responseComments = pgTable(
  'response_comments',
  {
    marketId: marketId(),
    responseId: bigint({ mode: 'number' }).notNull(),
    dealerId: integer().notNull(),
    itemId: text().notNull(),
    comment: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.responseId, table.itemId] }),
    foreignKey({
      name: 'response_comments_response_fk',
      columns: [table.marketId, table.responseId],
      foreignColumns: [responses.marketId, responses.id],
    }).onDelete('cascade'),
    ...tenantPolicies('response_comments', evidence),
  ],
);

const cellKey = () => ({
  marketId: marketId(),
  dealerId: integer().notNull(),
  month: date({ mode: 'string' }).notNull(),
  document: integer().notNull(),
  touchpoint: text().notNull(),
  tenureBand: smallint().notNull(),
});

/** Derived: the packed responses of one key; rebuilt from the rows at will. */
export const blocks = pgTable(
  'blocks',
  { ...cellKey(), itemCount: smallint().notNull(), bytes: bytea().notNull() },
  (table) => [
    primaryKey({
      columns: [
        table.marketId,
        table.dealerId,
        table.month,
        table.document,
        table.touchpoint,
        table.tenureBand,
      ],
    }),
    ...tenantPolicies('blocks', evidence),
  ],
);

/** Derived: exact sums over a block; staff id 0 is the whole block. */
export const cells = pgTable(
  'cells',
  {
    ...cellKey(),
    staffId: integer().notNull(),
    responses: integer().notNull(),
    lastReceivedAt: instant().notNull(),
    indexN: integer().notNull(),
    indexSum: bigint({ mode: 'bigint' }).notNull(),
    indexSumSquares: numeric({ precision: 38, scale: 0 }).notNull(),
    itemCounts: jsonb().notNull().$type<number[]>(),
    itemSums: jsonb().notNull().$type<number[]>(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.marketId,
        table.dealerId,
        table.month,
        table.document,
        table.touchpoint,
        table.tenureBand,
        table.staffId,
      ],
    }),
    ...tenantPolicies('cells', evidence),
  ],
);

/** Dealer-months whose cells are stale. A plain insert marks, so nobody waits for anybody. */
export const dirtyMonths = pgTable(
  'dirty_months',
  {
    marketId: marketId(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    dealerId: integer().notNull(),
    month: date({ mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    index('dirty_months_index').on(table.marketId, table.dealerId, table.month),
    ...tenantPolicies('dirty_months', evidence),
  ],
);

/** A customer's way to one questionnaire: by the SHA-256 of its secret only, good for one answer. */
export const surveyLinks = pgTable(
  'survey_links',
  {
    marketId: marketId(),
    sha256: text().notNull(),
    dealerId: integer().notNull(),
    staffId: integer(),
    document: integer()
      .notNull()
      .references(() => documents.number),
    visitDate: date({ mode: 'string' }).notNull(),
    reference: text().notNull(),
    /** How a customer reaches a person. */
    contact: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    answeredAt: instant(),
    answersSha256: text(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.sha256] }),
    foreignKey({
      name: 'survey_links_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    foreignKey({
      name: 'survey_links_staff_fk',
      columns: [table.marketId, table.staffId],
      foreignColumns: [staffMembers.marketId, staffMembers.id],
    }),
    // Only the service itself opens and spends a link, when a customer brings its secret.
    ...tenantPolicies('survey_links', {
      see: marketManager,
      add: marketManager,
      change: {},
      remove: marketManager,
    }),
  ],
);
