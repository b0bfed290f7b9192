import { Link } from 'wouter';
import type { Programme } from '../../contracts/programmes.ts';
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
  /** The code of the house, where what is named is a unit of it. */
  readonly dealer?: string;
}

/** The same, with the way to all that is known of the house. */
export function HouseLink({ market, house, dealer = house.code }: LinkProps) {
  return (
    <Link href={`/m/${market}/dealers/${encodeURIComponent(dealer)}`}>
      <HouseName house={house} />
    </Link>
  );
}

/** The house of a unit that a programme ranks: service advisors are named `house/advisor`. */
export function houseOfUnit(code: string, programme: Programme | undefined): string {
  return programme?.unit === 'service-advisor' ? code.slice(0, code.lastIndexOf('/')) : code;
}
