import { type SQL, sql } from 'drizzle-orm';
import { pgPolicy, pgRole } from 'drizzle-orm/pg-core';

/** The role under which every statement of the service runs; it owns nothing. */
export const appRole = pgRole('app_rw').existing();

/**
 * Policies of a tenant table, one a command. They read transaction-local settings only, never a
 * table: the one form that works on every step of the scale path (S16).
 *
 * @param name   table name
 * @param see    what a reader must satisfy beside being inside the market
 * @param write  what a writer's row must satisfy beside being inside the market
 */
export function tenantPolicies(
  name: string,
  options: { readonly see?: SQL; readonly write?: SQL; readonly appendOnly?: boolean } = {},
) {
  const inMarket = sql`market_id = app.market()`;
  const both = (extra?: SQL) => (extra ? sql`${inMarket} and (${extra})` : inMarket);
  const see = both(options.see);
  const write = both(options.write ?? options.see);
  const policies = [
    pgPolicy(`${name}_select`, { for: 'select', to: appRole, using: see }),
    pgPolicy(`${name}_insert`, { for: 'insert', to: appRole, withCheck: write }),
  ];
  if (options.appendOnly) return policies;
  return [
    ...policies,
    pgPolicy(`${name}_update`, { for: 'update', to: appRole, using: see, withCheck: write }),
    pgPolicy(`${name}_delete`, { for: 'delete', to: appRole, using: write }),
  ];
}

/** Not for dealers, auditors or customers: the market's own papers. */
export const forManagement = sql`app.role() in ('market-manager', 'network', 'administrator', 'service')`;

/** A dealer sees their own house; everybody else in the market sees all. */
export const forOwnDealer = sql`app.role() <> 'dealer' or dealer_id = app.dealer()`;

/** A dealer sees their own house, an auditor nothing. */
export const forOwnDealerNotAuditor = sql`app.role() not in ('dealer', 'auditor') or (app.role() = 'dealer' and dealer_id = app.dealer())`;

/** Dealers: own and released only. Auditors: their own. Management: all. */
export const forAuditParties = sql`case app.role() when 'dealer' then dealer_id = app.dealer() and state in ('released', 'appealed', 'confirmed', 'amended') when 'auditor' then auditor_id = app.person() else true end`;
