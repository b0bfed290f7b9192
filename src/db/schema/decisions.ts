import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { dealers, instant, marketId } from './network.ts';
import { documents } from './people.ts';
import {
  anybody,
  everybody,
  evidence,
  keepers,
  managers,
  managersAndOwnHouse,
  marketManager,
  networkPolicies,
  tenantPolicies,
} from './policies.ts';

const ofMarket = sql`market_id = app.market()`;

/** A market's award: the frozen package and result never change; the state is a chain of steps. */
export const decisions = pgTable(
  'decisions',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    document: integer()
      .notNull()
      .references(() => documents.number),
    programme: text().notNull(),
    period: text().notNull(),
    state: text().notNull(),
    package: text().notNull(),
    packageSha256: text().notNull(),
    result: text().notNull(),
    resultSha256: text().notNull(),
    winners: jsonb().notNull().$type<string[]>().default([]),
    reason: text(),
    embargoUntil: date({ mode: 'string' }),
    frozenAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    uniqueIndex('decisions_one_a_period')
      .on(table.marketId, table.programme, table.period)
      .where(sql`state <> 'withdrawn'`),
    check(
      'decisions_state_known',
      sql`${table.state} in ('frozen', 'proposed', 'confirmed', 'published', 'withdrawn')`,
    ),
    ...tenantPolicies('decisions', {
      see: managers,
      add: marketManager,
      change: managers,
      // The market proposes; the network confirms what was proposed, publishes and withdraws.
      changeInto: {
        ...marketManager,
        network: sql`state in ('confirmed', 'published', 'withdrawn')`,
      },
    }),
  ],
);

/** Steps of a decision: who took which, when and why; never changed (S14). */
export const decisionSteps = pgTable(
  'decision_steps',
  {
    marketId: marketId(),
    decisionId: uuid().notNull(),
    number: integer().notNull(),
    step: text().notNull(),
    by: uuid().notNull(),
    at: instant().notNull(),
    winners: jsonb().notNull().$type<string[]>(),
    reason: text(),
    /** Canonical JSON of the step and of what it decides on, and the signature over it. */
    statement: text(),
    signature: text(),
    keyId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.decisionId, table.number] }),
    foreignKey({
      name: 'decision_steps_decision_fk',
      columns: [table.marketId, table.decisionId],
      foreignColumns: [decisions.marketId, decisions.id],
    }),
    ...tenantPolicies('decision_steps', {
      see: managers,
      add: { ...marketManager, network: sql`step in ('confirmed', 'published', 'withdrawn')` },
    }),
  ],
);

/** What anybody may check of a published award, by the code on its certificate. No scores. */
export const certificates = pgTable(
  'certificates',
  {
    code: text().primaryKey(),
    marketId: marketId(),
    decisionId: uuid().notNull(),
    marketName: text().notNull(),
    dealerCode: text().notNull(),
    dealerName: text().notNull(),
    programme: text().notNull(),
    period: text().notNull(),
    issuedAt: instant().notNull(),
    withdrawnAt: instant(),
    /** SHA-256 of the signed statement by which the award was published. */
    statementSha256: text().notNull(),
    signature: text().notNull(),
    keyId: text().notNull(),
  },
  () => [
    ...networkPolicies('certificates', {
      see: anybody,
      add: { 'market-manager': ofMarket, network: ofMarket },
      change: { 'market-manager': ofMarket, network: ofMarket },
    }),
  ],
);

/** A gate waived for a dealer: with a name, a reason and a document. */
export const waivers = pgTable(
  'waivers',
  {
    marketId: marketId(),
    document: integer()
      .notNull()
      .references(() => documents.number),
    dealerId: integer().notNull(),
    gate: text().notNull(),
    grantedBy: uuid().notNull(),
    reason: text().notNull(),
    paper: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.document, table.dealerId, table.gate] }),
    foreignKey({
      name: 'waivers_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('waivers', { see: managers, add: { network: true } }),
  ],
);

/** Awards of earlier editions, imported. */
export const pastDecisions = pgTable(
  'past_decisions',
  {
    marketId: marketId(),
    programme: text().notNull(),
    period: text().notNull(),
    dealerId: integer().notNull(),
    award: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.programme, table.period, table.dealerId] }),
    foreignKey({
      name: 'past_decisions_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('past_decisions', { ...evidence, see: managersAndOwnHouse }),
  ],
);

/** A dealer's released results: the frozen view that every drawing of it comes from. */
export const scorecards = pgTable(
  'scorecards',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    dealerId: integer().notNull(),
    period: text().notNull(),
    view: text().notNull(),
    viewSha256: text().notNull(),
    releasedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    unique('scorecards_view_unique').on(
      table.marketId,
      table.dealerId,
      table.period,
      table.viewSha256,
    ),
    foreignKey({
      name: 'scorecards_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    ...tenantPolicies('scorecards', { see: managersAndOwnHouse, add: marketManager }),
  ],
);

/** Head of each hash chain: one a market, and market 0 for the network. */
export const chainHeads = pgTable(
  'chain_heads',
  {
    marketId: integer().primaryKey(),
    seq: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
  },
  () => [...tenantPolicies('chain_heads', { see: everybody, add: everybody, change: everybody })],
);

/** How often anything that figures rest on has changed in a market; what was computed is kept by it. */
export const evidenceVersions = pgTable(
  'evidence_versions',
  {
    marketId: integer().primaryKey(),
    version: bigint({ mode: 'number' }).notNull(),
  },
  () => [
    ...networkPolicies('evidence_versions', {
      see: anybody,
      add: everybody,
      change: everybody,
    }),
  ],
);

/** The audit log: every write, chained by SHA-256; never changed (S14). */
export const events = pgTable(
  'events',
  {
    marketId: integer().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    record: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.seq] }),
    ...tenantPolicies('events', { see: { ...keepers, network: true }, add: everybody }),
  ],
);
