import { createContext, useContext } from 'react';
import type { Person } from '../offline/person.ts';

export interface Market {
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly roles: readonly string[];
}

interface Markets {
  readonly person: Person;
  readonly markets: readonly Market[];
}

export const MarketsContext = createContext<Markets | undefined>(undefined);

/** The markets that a manager has, and one of them. @throws TypeError outside of the manager's pages */
export function useMarket(code: string): Markets & { readonly market: Market } {
  const known = useContext(MarketsContext);
  if (!known) throw new TypeError('no markets around this part');
  // A market outside of one's reach is answered by the service as not there.
  const market = known.markets.find((each) => each.code === code) ?? {
    code,
    name: code,
    timeZone: 'UTC',
    languages: [],
    roles: [],
  };
  return { ...known, market };
}
