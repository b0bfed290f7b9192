import type { ReactNode } from 'react';

interface Props {
  /** What the table is called for whoever cannot see it. */
  readonly label: string;
  readonly className?: string;
  /** Titles of the columns; those of numbers stand at the end of their column. */
  readonly head: readonly (ReactNode | { readonly number: ReactNode })[];
  /** One or more bodies. */
  readonly children: ReactNode;
}

const isNumber = (title: Props['head'][number]): title is { readonly number: ReactNode } =>
  typeof title === 'object' && title !== null && 'number' in title;

/** A table that scrolls by itself where it is wider than the window. */
export function Table({ label, className, head, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus nobody can scroll it by keyboard
    <section className="wide" aria-label={label} tabIndex={0}>
      <table className={className}>
        <thead>
          <tr>
            {head.map((title, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their places
              <th key={column} scope="col" className={isNumber(title) ? 'number' : undefined}>
                {isNumber(title) ? title.number : title}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </section>
  );
}
