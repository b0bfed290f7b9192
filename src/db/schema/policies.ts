import { type SQL, sql } from 'drizzle-orm';
import { pgPolicy, pgRole } from 'drizzle-orm/pg-core';
import type { Settings } from '../database.ts';

/** The role under which every statement of the service runs; it owns nothing. */
export const appRole = pgRole('app_rw').existing();

type PolicyRole = Settings['role'];

/** Who may do something to which rows: a role that is not named may not; `true` = all rows of the place. */
export type Rule = { readonly [role in PolicyRole]?: SQL | true };

export interface Rules {
  readonly see: Rule;
  readonly add: Rule;
  /** Rows that may be changed, as they were. */
  readonly change?: Rule;
  /** What a changed row may look like; the same rule as before the change where absent. */
  readonly changeInto?: Rule;
  readonly remove?: Rule;
}

/**
 * Policies of a tenant table, one a command, all inside the market. They read transaction-local
 * settings only, never a table: the one form that works on every step of the scale path (S16).
 * The product itself (`service`) may do everything that somebody may.
 *
 * @param name table name
 */
export function tenantPolicies(name: string, rules: Rules) {
  return policies(name, rules, sql`market_id = app.market()`);
}

/** Policies of a table that belongs to no market. */
export function networkPolicies(name: string, rules: Rules) {
  return policies(name, rules);
}

function policies(name: string, rules: Rules, place?: SQL) {
  const test = (rule: Rule) => {
    const allowed = byRole({ service: true, ...rule });
    return place ? sql`${place} and (${allowed})` : allowed;
  };
  const both = [
    pgPolicy(`${name}_select`, { for: 'select', to: appRole, using: test(rules.see) }),
    pgPolicy(`${name}_insert`, { for: 'insert', to: appRole, withCheck: test(rules.add) }),
  ];
  const { change, changeInto, remove } = rules;
  if (change) {
    both.push(
      pgPolicy(`${name}_update`, {
        for: 'update',
        to: appRole,
        using: test(change),
        withCheck: test(changeInto ?? change),
      }),
    );
  }
  if (remove) {
    both.push(pgPolicy(`${name}_delete`, { for: 'delete', to: appRole, using: test(remove) }));
  }
  return both;
}

/** One test of the role for all that may do everything, one branch for each that may do a part. */
function byRole(rule: Rule): SQL {
  const entries = Object.entries(rule) as [PolicyRole, SQL | true][];
  const whole = entries.filter(([, test]) => test === true).map(([role]) => `'${role}'`);
  const parts = entries.filter((entry): entry is [PolicyRole, SQL] => entry[1] !== true);
  const isWhole = sql.raw(`app.role() in (${whole.join(', ')})`);
  return parts.reduce(
    (text, [role, test]) => sql`${text} or (${sql.raw(`app.role() = '${role}'`)} and ${test})`,
    isWhole,
  );
}

/** The managers of a market, who do its work, and of the network, who read. */
export const managers: Rule = { 'market-manager': true, network: true };
export const marketManager: Rule = { 'market-manager': true };

/** Who keeps the master data of a market. */
export const keepers: Rule = { 'market-manager': true, administrator: true };

/** Everybody who is somebody, and the sign-in door on their behalf. */
export const everybody: Rule = {
  ...managers,
  administrator: true,
  auditor: true,
  dealer: true,
  gate: true,
};

/** What is no secret inside the service. */
export const anybody: Rule = { ...everybody, nobody: true };

/** Managers, and a dealer for what is of their own house. */
export const managersAndOwnHouse: Rule = { ...managers, dealer: sql`dealer_id = app.dealer()` };

/** The market's own evidence: read by managers, written by the market's. */
export const evidence: Rules = {
  see: managers,
  add: marketManager,
  change: marketManager,
  remove: marketManager,
};

/** Rows that name a person as theirs, for that person, whatever their role. */
export const ofOneself: Rule = Object.fromEntries(
  (['market-manager', 'network', 'administrator', 'auditor', 'dealer'] as const).map((role) => [
    role,
    sql`person_id = app.person()`,
  ]),
);
