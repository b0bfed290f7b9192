import type { Role } from '../contracts/people.ts';

/** A grant with the ids that the database knows. */
export interface ScopedGrant {
  readonly role: Role;
  readonly marketId?: number | undefined;
  readonly dealerId?: number | undefined;
  /** Of a dealer: keeps the people of the house. */
  readonly principal?: boolean | undefined;
}

/** Whoever acts: a person with grants. */
export interface Actor {
  readonly personId: string;
  readonly code: string;
  readonly grants: readonly ScopedGrant[];
  /** Acts by a token that may not write. */
  readonly readsOnly?: boolean | undefined;
  /** SHA-256 of the session that they act by. */
  readonly session?: string | undefined;
}

/** What an act wants to touch. */
export interface Target {
  readonly marketId?: number | undefined;
  readonly dealerId?: number | undefined;
}

/** The grant under which an actor may act, or why not. */
export type Decision =
  | { readonly allowed: true; readonly grant: ScopedGrant }
  | { readonly allowed: false; readonly reason: 'role' | 'scope' };

const isNetworkWide = (role: Role) => role === 'administrator' || role === 'network-manager';

/**
 * The one place that decides who may act where.
 *
 * @param roles  who may call the operation at all, most powerful first
 * @param target the market and dealer concerned; none for acts on the network
 * @returns the first fitting grant in the order of `roles`; `role` where the actor has none of the
 *   roles (403), `scope` where they have one but not there (404: it does not exist for them)
 * @see model.md, "Who may do what"
 */
export function decideAccess(
  roles: readonly Role[],
  actor: Pick<Actor, 'grants'>,
  target: Target,
): Decision {
  let hasRole = false;
  for (const role of roles) {
    for (const grant of actor.grants) {
      if (grant.role !== role) continue;
      hasRole = true;
      if (covers(grant, target)) return { allowed: true, grant };
    }
  }
  return { allowed: false, reason: hasRole ? 'scope' : 'role' };
}

function covers(grant: ScopedGrant, target: Target): boolean {
  if (isNetworkWide(grant.role)) return true;
  if (target.marketId === undefined) return true;
  if (grant.marketId !== target.marketId) return false;
  return (
    grant.role !== 'dealer' || target.dealerId === undefined || grant.dealerId === target.dealerId
  );
}

/** What an actor is bound to inside a market: a dealer to their house and what is released to it, an auditor to their own. */
export interface Own {
  readonly dealerId?: number | undefined;
  readonly auditorId?: string | undefined;
}

/** The bounds of a grant; none for managers and the network. Every query of theirs takes it. */
export function ownOf(actor: Pick<Actor, 'personId'>, grant: ScopedGrant): Own {
  if (grant.role === 'dealer') return { dealerId: grant.dealerId };
  return grant.role === 'auditor' ? { auditorId: actor.personId } : {};
}
