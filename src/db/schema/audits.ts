import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Answers, AuditScore } from '../../contracts/audits.ts';
import type { DraftContent } from '../../contracts/drafts.ts';
import { dealers, instant, marketId } from './network.ts';
import { documents, people } from './people.ts';
import { managers, managersAndOwnHouse, marketManager, tenantPolicies } from './policies.ts';

const ownWork = sql`auditor_id = app.person()`;
const ownFile = sql`owner_id = app.person()`;

export const assignments = pgTable(
  'assignments',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    dealerId: integer().notNull(),
    auditorId: uuid()
      .notNull()
      .references(() => people.id),
    document: integer()
      .notNull()
      .references(() => documents.number),
    scenario: text().notNull().default(''),
    windowFrom: date({ mode: 'string' }).notNull(),
    windowTo: date({ mode: 'string' }).notNull(),
    state: text().notNull().default('offered'),
    sentAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    foreignKey({
      name: 'assignments_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    index('assignments_auditor_index').on(table.marketId, table.auditorId, table.state),
    check('assignments_window_forward', sql`${table.windowTo} >= ${table.windowFrom}`),
    ...tenantPolicies('assignments', {
      see: { ...managers, auditor: ownWork },
      add: marketManager,
      change: { ...marketManager, auditor: ownWork },
      changeInto: {
        ...marketManager,
        auditor: sql`auditor_id = app.person() and state in ('accepted', 'declined', 'started', 'done')`,
      },
    }),
  ],
);

/** A form that is being filled, as its auditor's device last had it. Nobody else sees it. */
export const drafts = pgTable(
  'drafts',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    auditorId: uuid()
      .notNull()
      .references(() => people.id),
    /** Rises with every copy; a device that knows an older one is told so. */
    revision: integer().notNull(),
    content: jsonb().$type<DraftContent>().notNull(),
    changedAt: instant().notNull(),
    receivedAt: instant().notNull(),
  },
  (table) => [
    // An id is only one's own: nobody meets another's draft by it.
    primaryKey({ columns: [table.marketId, table.auditorId, table.id] }),
    ...tenantPolicies('drafts', {
      // Whoever audits and manages sends in as a manager: their own draft goes then too.
      see: { auditor: ownWork, 'market-manager': ownWork },
      add: { auditor: ownWork },
      change: { auditor: ownWork },
      remove: { auditor: ownWork, 'market-manager': ownWork },
    }),
  ],
);

/** One filled checklist. Holds what changes (state, present revision); contents are revisions. */
export const audits = pgTable(
  'audits',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    dealerId: integer().notNull(),
    auditorId: uuid().references(() => people.id),
    assignmentId: uuid(),
    document: integer()
      .notNull()
      .references(() => documents.number),
    type: text().notNull(),
    touchpoint: text(),
    visitDate: date({ mode: 'string' }).notNull(),
    state: text().notNull(),
    revision: integer().notNull(),
    submissionSha256: text().notNull(),
    answersSha256: text().notNull(),
    meta: jsonb().notNull().$type<Record<string, unknown>>(),
    submittedAt: instant().notNull(),
    decidedBy: uuid(),
    releasedAt: instant(),
    remarks: jsonb().notNull().$type<Record<string, string>>().default({}),
    finalMicro: integer(),
    score: jsonb().notNull().$type<AuditScore>(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    foreignKey({
      name: 'audits_dealer_fk',
      columns: [table.marketId, table.dealerId],
      foreignColumns: [dealers.marketId, dealers.id],
    }),
    foreignKey({
      name: 'audits_assignment_fk',
      columns: [table.marketId, table.assignmentId],
      foreignColumns: [assignments.marketId, assignments.id],
    }),
    uniqueIndex('audits_assignment_unique')
      .on(table.marketId, table.assignmentId)
      .where(sql`assignment_id is not null`),
    index('audits_dealer_index').on(table.marketId, table.dealerId, table.visitDate),
    check(
      'audits_state_known',
      sql`${table.state} in ('submitted', 'under-review', 'returned', 'approved', 'released', 'appealed', 'confirmed', 'amended', 'withdrawn')`,
    ),
    ...tenantPolicies('audits', {
      see: {
        ...managers,
        auditor: ownWork,
        dealer: sql`dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended')`,
      },
      add: { ...marketManager, auditor: sql`auditor_id = app.person() and state = 'submitted'` },
      change: {
        ...marketManager,
        auditor: sql`auditor_id = app.person() and state = 'returned'`,
        dealer: sql`dealer_id = app.dealer() and state = 'released'`,
      },
      changeInto: {
        ...marketManager,
        auditor: sql`auditor_id = app.person() and state = 'submitted'`,
        dealer: sql`dealer_id = app.dealer() and state = 'appealed'`,
      },
    }),
  ],
);

/** What was submitted or amended; never changed (S14). */
export const auditRevisions = pgTable(
  'audit_revisions',
  {
    marketId: marketId(),
    auditId: uuid().notNull(),
    revision: integer().notNull(),
    dealerId: integer().notNull(),
    auditorId: uuid(),
    answers: jsonb().notNull().$type<Answers>(),
    answersSha256: text().notNull(),
    score: jsonb().notNull().$type<AuditScore>(),
    madeBy: uuid(),
    reason: text().notNull(),
    madeAt: instant().notNull(),
    /** Whether the dealer sees it; the one column that changes, with the audit's own release. */
    released: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.auditId, table.revision] }),
    foreignKey({
      name: 'audit_revisions_audit_fk',
      columns: [table.marketId, table.auditId],
      foreignColumns: [audits.marketId, audits.id],
    }),
    ...tenantPolicies('audit_revisions', {
      see: {
        ...managers,
        auditor: ownWork,
        dealer: sql`dealer_id = app.dealer() and released`,
      },
      add: {
        ...marketManager,
        auditor: sql`auditor_id = app.person() and made_by = app.person() and not released`,
      },
      change: marketManager,
    }),
  ],
);

/** Evidence: named by the SHA-256 of the bytes sent; the bytes lie in the file store. */
export const files = pgTable(
  'files',
  {
    marketId: marketId(),
    sha256: text().notNull(),
    ownerId: uuid().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    /** Of the bytes as they are kept: pictures are written anew without what they told of the place. */
    storedSha256: text().notNull(),
    receivedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.ownerId, table.sha256] }),
    ...tenantPolicies('files', {
      see: { ...managers, auditor: ownFile, dealer: ownFile },
      add: { 'market-manager': ownFile, auditor: ownFile, dealer: ownFile },
    }),
  ],
);

export const appeals = pgTable(
  'appeals',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    auditId: uuid().notNull(),
    dealerId: integer().notNull(),
    state: text().notNull(),
    items: jsonb().notNull().$type<{ itemId: string; statement: string; evidence: string[] }[]>(),
    filedBy: uuid().notNull(),
    filedAt: instant().notNull(),
    reason: text(),
    decidedBy: uuid(),
    decidedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    foreignKey({
      name: 'appeals_audit_fk',
      columns: [table.marketId, table.auditId],
      foreignColumns: [audits.marketId, audits.id],
    }),
    check('appeals_state_known', sql`${table.state} in ('open', 'confirmed', 'amended')`),
    ...tenantPolicies('appeals', {
      see: managersAndOwnHouse,
      add: {
        dealer: sql`dealer_id = app.dealer() and filed_by = app.person() and state = 'open'`,
      },
      change: marketManager,
    }),
  ],
);
