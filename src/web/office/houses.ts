import { useEffect, useState } from 'react';
import { call } from '../api.ts';

export interface House {
  readonly code: string;
  readonly name: string;
  readonly town: string | null;
}

/** What was last seen of a market, shown until the service has answered again. */
const lastSeen = new Map<string, ReadonlyMap<string, House>>();

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
  const [houses, setHouses] = useState(lastSeen.get(market) ?? new Map<string, House>());
  useEffect(() => {
    fetchHouses(market).then(
      (fetched) => {
        lastSeen.set(market, fetched);
        setHouses(fetched);
      },
      // Codes stand for the names; the page's own question says what is wrong.
      () => undefined,
    );
  }, [market]);
  return (code) => houses.get(code) ?? { code, name: code, town: null };
}
