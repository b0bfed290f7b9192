import { createContext } from 'react';

/** A house by its market and code. */
export interface House {
  readonly market: string;
  readonly dealer: string;
}

/** A house of whoever is signed in. */
export interface OwnHouse extends House {
  /** Whether they keep its people. */
  readonly isPrincipal: boolean;
}

/** The houses of whoever is signed in: a group may have several. */
export const HousesContext = createContext<readonly OwnHouse[]>([]);
