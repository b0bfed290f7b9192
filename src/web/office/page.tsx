import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Boundary } from '../ui/boundary.tsx';
import { RoleChoice } from '../ui/role-choice.tsx';
import { LanguageChoice } from '../ui/words.tsx';

/** A place of the navigation. */
export interface Place {
  readonly href: string;
  readonly title: string;
  /** What lies below it are other places. */
  readonly isExact?: boolean;
}

interface Props {
  readonly title: string;
  /** What stands beside the title of the window: the market, or the house. */
  readonly about: string;
  readonly places: readonly Place[];
  /** The choice of the market or the house, where there are several. */
  readonly choice?: ReactNode;
  /** What belongs to the heading: a period, a programme. */
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of managers and dealers: where one is, what else there is, one heading that takes the focus. */
export function OfficePage({ title, about, places, choice, beside, children }: Props) {
  const t = useTexts();
  const [place] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [title, about, 'Omotenashi'].join(', ');
  }, [title, about]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <div className="office">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header>
        <a className="home" href="/">
          Omotenashi
        </a>
        {choice}
        <nav className="places" aria-label={t('pages')}>
          {places.map(({ href, title: name, isExact }) => (
            <Link
              key={href}
              href={href}
              aria-current={
                place === href || (!isExact && place.startsWith(`${href}/`)) ? 'page' : undefined
              }
            >
              {name}
            </Link>
          ))}
        </nav>
        <div className="end">
          <RoleChoice />
          <LanguageChoice />
          <a href="/account">{t('account')}</a>
        </div>
      </header>
      <main id="content">
        <div className="heading">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {beside}
        </div>
        <Boundary>{children}</Boundary>
      </main>
    </div>
  );
}
