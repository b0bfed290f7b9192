import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface TileOf {
  readonly label: string;
  readonly value: string;
  /** Lines below the value. */
  readonly below: readonly ReactNode[];
  /** Where the rows behind it are. */
  readonly href?: string;
}

/** A few figures beside each other. */
export function Tiles({ tiles }: { readonly tiles: readonly TileOf[] }) {
  return (
    <dl className="tiles">
      {tiles.map(({ label, value, below, href }) => (
        <div key={label}>
          <dt>
            {href ? (
              <Link className="label" href={href}>
                {label}
              </Link>
            ) : (
              label
            )}
          </dt>
          <dd>
            <strong>{value}</strong>
            {below.map((line, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never change their places
              <small key={row} className="below muted">
                {line}
              </small>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
