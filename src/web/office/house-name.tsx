import { Link } from 'wouter';
import type { House } from './houses.ts';

/** A house's name, with its code beside it. */
export function HouseName({ house }: { readonly house: House }) {
  return (
    <>
      {house.name}
      {house.name === house.code ? null : (
        <>
          {' '}
          <small className="muted code">{house.code}</small>
        </>
      )}
    </>
  );
}

interface LinkProps {
  readonly market: string;
  readonly house: House;
}

/** The same, with the way to all that is known of the house; a unit of it leads to the house. */
export function HouseLink({ market, house }: LinkProps) {
  const [dealer] = house.code.split('/');
  return (
    <Link href={`/m/${market}/dealers/${dealer}`}>
      <HouseName house={house} />
    </Link>
  );
}
