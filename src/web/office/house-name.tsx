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
