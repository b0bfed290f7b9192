import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Boundary } from '../ui/boundary.tsx';
import { RoleChoice } from '../ui/role-choice.tsx';
import { LanguageChoice } from '../ui/words.tsx';
import { usePrintFrame } from './print-frame.ts';

/** A place of the navigation. */
export interface Place {
  readonly href: string;
  readonly title: string;
  /** What lies below it are other places. */
  readonly isExact?: boolean;
  /** Where else one is at this place. */
  readonly also?: string;
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

/** So many places fit beside each other on a phone; more are folded there behind the present one. */
const fewPlaces = 4;

/** A page of managers and dealers: where one is, what else there is, one heading that takes the focus. */
export function OfficePage({ title, about, places, choice, beside, children }: Props) {
  const t = useTexts();
  const [place] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isHere = ({ href, isExact, also }: Place) =>
    place === href ||
    (!isExact && place.startsWith(`${href}/`)) ||
    (also !== undefined && place.startsWith(also));
  usePrintFrame([title, about].join(', '), t);
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
        {places.length > fewPlaces ? (
          <button
            type="button"
            className="menu"
            aria-expanded={isOpen}
            aria-controls="places"
            onClick={() => setOpen(!isOpen)}
          >
            {places.findLast(isHere)?.title ?? t('pages')}
          </button>
        ) : null}
        <nav
          id="places"
          className={places.length > fewPlaces && !isOpen ? 'places folded' : 'places'}
          aria-label={t('pages')}
        >
          {places.map((each) => (
            <Link
              key={each.href}
              href={each.href}
              aria-current={isHere(each) ? 'page' : undefined}
              onClick={() => setOpen(false)}
            >
              {each.title}
            </Link>
          ))}
        </nav>
        <div className="end">
          <RoleChoice />
          <LanguageChoice />
          <a href="/account">{t('account')}</a>
          <Link href={`/${place.split('/')[1]}/help`}>{t('help')}</Link>
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
