import { createContext } from 'react';

/** A house by its market and code. */
export interface House {
  readonly market: string;
  readonly dealer: string;
}

/** The houses of whoever is signed in: a group may have several. */
export const HousesContext = createContext<readonly House[]>([]);
