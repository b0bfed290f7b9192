import type { ReactNode } from 'react';
import { Link } from 'wouter';

interface Props {
  readonly href: string;
  readonly title: ReactNode;
  /** What is said below the title; empty ones are left out. */
  readonly details: readonly (string | null)[];
  /** How far it is, or what came of it. */
  readonly chip: string;
}

/** A piece of work in a list: one link, as wide as the list. */
export function WorkRow({ href, title, details, chip }: Props) {
  return (
    <li>
      <Link href={href}>
        <span>
          <strong>{title}</strong>
          <small>{details.filter(Boolean).join(' · ')}</small>
        </span>
        <span className="chip">{chip}</span>
      </Link>
    </li>
  );
}
