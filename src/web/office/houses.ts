import { useEffect, useState } from 'react';
import { call } from '../api.ts';

export interface House {
  readonly code: string;
  readonly name: string;
  readonly town: string | null;
}

const kept = new Map<string, Promise<ReadonlyMap<string, House>>>();

async function fetchHouses(market: string): Promise<ReadonlyMap<string, House>> {
  const houses = new Map<string, House>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: House[]; next: string | null } = await call(
      `/markets/${market}/dealers?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    for (const house of page.items) houses.set(house.code, house);
    cursor = page.next;
  }
  return houses;
}

/** Names of a market's houses by their code; the code stands for a name that is not there (yet). */
export function useHouses(market: string): (code: string) => House {
  const [houses, setHouses] = useState<ReadonlyMap<string, House>>(new Map());
  useEffect(() => {
    const asked = kept.get(market) ?? fetchHouses(market);
    kept.set(market, asked);
    asked.then(setHouses, () => kept.delete(market));
  }, [market]);
  return (code) => houses.get(code) ?? { code, name: code, town: null };
}
