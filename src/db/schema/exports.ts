import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ExportFilters, ExportKind } from '../../contracts/exports.ts';
import { instant, marketId } from './network.ts';
import { people } from './people.ts';
import { managers, tenantPolicies } from './policies.ts';

/** Files that were asked for. The product itself makes them; their bytes lie beside the database. */
export const exports = pgTable(
  'exports',
  {
    marketId: marketId(),
    id: uuid().notNull(),
    kind: text().$type<ExportKind>().notNull(),
    filters: jsonb().$type<ExportFilters>().notNull(),
    requestedBy: uuid()
      .notNull()
      .references(() => people.id),
    requestedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    state: text().notNull().default('waiting'),
    /** When a process took it up; one that died with it lets go after a while. */
    takenAt: instant(),
    rows: integer(),
    bytes: integer(),
    sha256: text(),
  },
  (table) => [
    primaryKey({ columns: [table.marketId, table.id] }),
    index('exports_state_index').on(table.marketId, table.state),
    check(
      'exports_state_known',
      sql`${table.state} in ('waiting', 'running', 'done', 'failed', 'expired')`,
    ),
    ...tenantPolicies('exports', { see: managers, add: managers, change: {} }),
  ],
);
