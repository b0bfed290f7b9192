import { createContext, useContext } from 'react';
import { call, Refused } from '../api.ts';
import type { Store } from './store.ts';

/** Who works on this device; remembered, so that the app opens without a connection. */
export interface Person {
  readonly code: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** What they are where; a role without a market is the whole network's. */
  readonly grants: readonly Grant[];
}

export interface Grant {
  readonly role: string;
  readonly market?: string;
  readonly dealer?: string;
  /** Keeps the people of the house. */
  readonly principal?: boolean;
}

const key = 'person';

export function rememberedPerson(): Person | undefined {
  const text = localStorage.getItem(key);
  const person = text === null ? undefined : (JSON.parse(text) as Partial<Person>);
  // What an older version of the app remembered is not enough.
  return person?.grants ? (person as Person) : undefined;
}

export function forgetPerson(): void {
  localStorage.removeItem(key);
}

/**
 * Who is signed in, by the service where it answers; else whoever was here last.
 * @returns `isSignedIn` false where the service says that nobody is, `hasRole` false where somebody is
 * who has no role yet
 */
export async function findPerson(): Promise<{
  readonly person: Person | undefined;
  readonly isSignedIn: boolean;
  readonly hasRole: boolean;
}> {
  try {
    const account = await call<{ person: string; name: string; grants: Grant[] }>('/account');
    const person = {
      code: account.person,
      name: account.name,
      roles: [...new Set(account.grants.map(({ role }) => role))],
      grants: account.grants,
    };
    localStorage.setItem(key, JSON.stringify(person));
    return { person, isSignedIn: true, hasRole: true };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      person: rememberedPerson(),
      isSignedIn: error.status !== 401,
      hasRole: error.status !== 403,
    };
  }
}

export interface Desk {
  readonly person: Person;
  readonly store: Store;
}
export const DeskContext = createContext<Desk | undefined>(undefined);

/** The person and their store. @throws TypeError outside of the auditor's pages */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new TypeError('nobody works here');
  return desk;
}
