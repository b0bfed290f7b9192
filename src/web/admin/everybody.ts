import type { Grant } from '../offline/person.ts';
import { type Key, useTexts } from '../texts/texts.ts';

/** Everybody with their roles, and the roles that wait for a second administrator. */
export interface Everybody {
  readonly items: readonly {
    readonly person: string;
    readonly name: string;
    readonly email: string | null;
    readonly grants: readonly Grant[];
  }[];
  readonly requests: readonly {
    readonly id: string;
    readonly person: string;
    readonly grant: Grant;
    readonly askedBy: string;
  }[];
}

/** A role with its scope in words: `Market manager · PL`. */
export function useRoleInWords(): (grant: Grant) => string {
  const t = useTexts();
  return ({ role, market, dealer, principal }) =>
    [t(`role.${role}` as Key), market, dealer, principal ? t('keepsPeople') : '']
      .filter(Boolean)
      .join(' · ');
}
