import type { CSSProperties, ReactNode } from 'react';
import './table.css';

/** A column's title; numbers stand at the end of their column, below it what the eye needs beside it. */
type Title =
  | string
  | { readonly number: string }
  | { readonly title: string; readonly beside: ReactNode };

interface Props {
  /** What the table is called for whoever cannot see it. */
  readonly label: string;
  readonly className?: string;
  readonly head: readonly Title[];
  /** One or more bodies. */
  readonly children: ReactNode;
}

/** Wider tables are stacked on a phone: each row a block, each cell a line under its column's title. */
const fitsPhones = 2;

const wordsOf = (title: Title) =>
  typeof title === 'string' ? title : 'number' in title ? title.number : title.title;

/** A table that scrolls by itself where it is wider than the window, and is stacked on a phone. */
export function Table({ label, className = '', head, children }: Props) {
  const isStacked = head.length > fitsPhones;
  const titles = head.map((title, column) => [
    `--title-${column + 1}`,
    JSON.stringify(wordsOf(title)),
  ]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus nobody can scroll it by keyboard
    <section className="wide" aria-label={label} tabIndex={0}>
      <table
        className={`${className} ${isStacked ? 'stacked' : ''}`.trim() || undefined}
        style={isStacked ? (Object.fromEntries(titles) as CSSProperties) : undefined}
      >
        <thead>
          <tr>
            {head.map((title, column) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their places
                key={column}
                scope="col"
                className={typeof title === 'object' && 'number' in title ? 'number' : undefined}
              >
                {wordsOf(title)}
                {typeof title === 'object' && 'beside' in title ? title.beside : null}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </section>
  );
}
